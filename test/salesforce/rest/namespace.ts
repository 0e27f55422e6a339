// `Sforce-Call-Options: defaultNamespace=…`: names of that package may be written without its prefix, and are answered
// without it. Describes take no notice, so that there is one place where names are whole.
// Source: REST API Developer Guide, "Call Options Header"; SOAP API Developer Guide, "CallOptions".
import type { NextFunction, Request, RequestHandler, Response, Router } from 'express';
import type { Org } from '../org.ts';
import type { Schema } from '../schema.ts';

/** What the header is documented for: basic information, rows by id and external id, queries and searches. */
const APPLIES = /^\/(?:sobjects\/(?!.*\/describe\/?$)|query(?:All)?\b|search\b|parameterizedSearch\b)/i;
const OBJECT = /^\/sobjects\/(\w+)/i;

/** @param routers makes the handlers for an org whose names are found without the prefix too */
export function defaultNamespace(org: Org, routers: (org: Org) => Router): RequestHandler {
  const made = new Map<string, Router>();
  return (request: Request, response: Response, next: NextFunction) => {
    const options = request.get('sforce-call-options');
    const namespace = options && /defaultNamespace\s*=\s*(\w+)/i.exec(options)?.[1];
    if (!namespace || !APPLIES.test(request.path)) {
      next();
      return;
    }
    const schema = resolving(org.schema, namespace);
    const router = made.get(namespace) ?? routers(withSchema(org, schema));
    made.set(namespace, router);
    const object = schema.find(OBJECT.exec(request.path)?.[1] ?? '');
    const body: unknown = request.body;
    if (object && typeof body === 'object' && body !== null && !Array.isArray(body)) {
      const whole = (name: string): string =>
        schema.field(object, name)?.name ?? schema.relationship(object, name)?.relationshipName ?? name;
      request.body = Object.fromEntries(Object.entries(body).map(([name, value]) => [whole(name), value]));
    }
    const answer = response.json.bind(response);
    response.json = (body: unknown) => answer(stripped(body, `${namespace}__`.toLowerCase()));
    router(request, response, next);
  };
}

/** The org in all but its schema. A copy would miss what an org seen by one user has from the whole one. */
function withSchema(org: Org, schema: Schema): Org {
  return Object.create(org, { schema: { value: schema } }) as Org;
}

function resolving(schema: Schema, namespace: string): Schema {
  const whole = (name: string): string => `${namespace}__${name}`;
  return {
    ...schema,
    find: (name) => schema.find(name) ?? schema.find(whole(name)),
    object: (name) => schema.find(whole(name)) ?? schema.object(name),
    field: (object, name) => schema.field(object, name) ?? schema.field(object, whole(name)),
    relationship: (object, name) => schema.relationship(object, name) ?? schema.relationship(object, whole(name)),
  };
}

function stripped(value: unknown, prefix: string): unknown {
  if (Array.isArray(value)) return value.map((item) => stripped(item, prefix));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name.toLowerCase().startsWith(prefix) ? name.slice(prefix.length) : name,
      stripped(item, prefix),
    ]),
  );
}
