// Single records over REST: create, read, update, delete; upsert and read by external id; what changed in a span of
// time. Also the publishing of a platform event, which is a create to its client.
import { Router, type Request, type Response } from 'express';
import { changedBetween } from '../changedBetween.ts';
import { describeBrief, describeGlobal, describeObject } from '../describe.ts';
import { idAt, normaliseId } from '../ids.ts';
import { PlatformError, type FieldDef, type ObjectDef, type Row } from '../model.ts';
import type { Org } from '../org.ts';
import { toStored } from '../values.ts';
import { asRecord, byExternalId, fieldsOf, isIdentifier } from './body.ts';
import { entityTag, isConditional, isUnchanged, lastModified } from './conditions.ts';
import { contextOf, methodNotAllowed, notFound, seal, type Asking } from './request.ts';
import { showRecord } from './show.ts';

type Handler = (request: Request, response: Response, asking: Asking) => void;

/** Publishing answers with an id that names nothing afterwards: events cannot be read by id. */
export const PUBLISHED_ID = idAt('e01', 1);

export function recordsRouter(org: Org, asking: (request: Request) => Asking): Router {
  const router = Router();
  const handle = (handler: Handler) => (request: Request, response: Response) =>
    handler(request, response, asking(request));

  router
    .route('/sobjects')
    .get(handle((_request, response, { base }) => void response.json(describeGlobal(org.schema, base))))
    .all(methodNotAllowed('GET,HEAD'));
  router
    .route('/sobjects/:object/describe')
    .get(
      handle((request, response, { base, userId }) => {
        const object = objectOf(org, request);
        response.json(describeObject(org.schema, object, base, org.recordTypes.infos(userId, object.name)));
      }),
    )
    .all(methodNotAllowed('GET,HEAD'));
  router
    .route('/sobjects/:object')
    .get(
      handle((request, response, { base }) => {
        response.json({ objectDescribe: describeBrief(objectOf(org, request), base), recentItems: [] });
      }),
    )
    .post(handle((request, response, who) => create(org, request, response, who)))
    .all(methodNotAllowed('GET,HEAD,POST'));
  for (const span of ['updated', 'deleted'] as const) {
    router
      .route(`/sobjects/:object/${span}`)
      .get(handle((request, response) => void response.json(changed(org, request, span))))
      .all(methodNotAllowed('GET,HEAD'));
  }
  router
    .route('/sobjects/:object/:id')
    .get(handle((request, response, who) => read(org, request, response, who, byId(org, request))))
    .patch(handle((request, response, who) => update(org, request, response, who)))
    .post(
      handle((request, response, who) => {
        if (String(request.params['id']).toLowerCase() === 'id') create(org, request, response, who);
        else methodNotAllowed('DELETE,GET,HEAD,PATCH')(request, response);
      }),
    )
    .delete(handle((request, response, who) => remove(org, request, response, who, idOf(org, request))))
    .all(methodNotAllowed('DELETE,GET,HEAD,PATCH'));
  router
    .route('/sobjects/:object/:field/:value')
    .get(
      handle((request, response, who) => {
        const only = sendIfAmbiguous(request, response, who, named(org, request));
        if (only) read(org, request, response, who, only);
      }),
    )
    .patch(handle((request, response, who) => upsert(org, request, response, who)))
    .delete(
      handle((request, response, who) => {
        const only = sendIfAmbiguous(request, response, who, named(org, request));
        if (only) remove(org, request, response, who, String(only['Id']));
      }),
    )
    .all(methodNotAllowed('DELETE,GET,HEAD,PATCH'));
  return seal(router);
}

function objectOf(org: Org, request: Request): ObjectDef {
  const object = org.schema.find(String(request.params['object']));
  if (!object) throw notFound();
  return object;
}

/** @throws PlatformError NOT_FOUND, MALFORMED_ID */
function idOf(org: Org, request: Request): string {
  const object = objectOf(org, request);
  const given = String(request.params['id']);
  const id = normaliseId(given);
  if (!id) throw notFound(`Provided external ID field does not exist or is not accessible: ${given}`);
  if (!id.startsWith(object.keyPrefix)) throw new PlatformError('MALFORMED_ID', `malformed id ${given}`);
  if (request.method !== 'GET') org.faults.checkLock(id);
  return id;
}

function byId(org: Org, request: Request): Row {
  const object = objectOf(org, request);
  if (object.kind !== 'record') throw notFound();
  const row = org.tables.read(object, idOf(org, request));
  if (!row) throw notFound();
  if (row['IsDeleted'] === true) throw new PlatformError('ENTITY_IS_DELETED', 'entity is deleted', { status: 404 });
  return row;
}

/** The field that the path names and the records that carry its value. */
function named(org: Org, request: Request): { object: ObjectDef; field: FieldDef; found: Row[] } {
  const object = objectOf(org, request);
  const name = String(request.params['field']);
  const field = org.schema.field(object, name);
  if (!field || !isIdentifier(field) || object.kind !== 'record') {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
  }
  return { object, field, found: byExternalId(org, object, field, request.params['value']) };
}

/** Answers 300 with the records' addresses where there are several; undefined then. */
function sendIfAmbiguous(
  _request: Request,
  response: Response,
  { base }: Asking,
  { object, found }: { object: ObjectDef; found: Row[] },
): Row | undefined {
  const [only] = found;
  if (!only) throw notFound();
  if (found.length === 1) return only;
  response.status(300).json(found.map((row) => `${base}/sobjects/${object.name}/${String(row['Id'])}`));
  return undefined;
}

function read(org: Org, request: Request, response: Response, { base }: Asking, row: Row): void {
  const object = objectOf(org, request);
  const unchanged = isUnchanged(request, object, row);
  const tag = entityTag(object, row);
  if (tag !== undefined) response.set('ETag', tag);
  response.set('Last-Modified', new Date(lastModified(row)).toUTCString());
  if (unchanged) {
    response.status(304).end();
    return;
  }
  const names = request.query['fields'];
  response.json(showRecord(org.schema, object, row, base, typeof names === 'string' ? names.split(',') : undefined));
}

function create(org: Org, request: Request, response: Response, asking: Asking): void {
  const object = objectOf(org, request);
  const fields = fieldsOf(org, object, asRecord(request.body)) as Row;
  const context = contextOf(asking, request, true);
  if (object.kind === 'platformEvent') {
    const uuid = org.publish(context, object.name, fields);
    const queued = { statusCode: 'OPERATION_ENQUEUED', message: uuid, fields: [] };
    response.status(201).json({ id: PUBLISHED_ID, success: true, errors: [queued] });
    return;
  }
  const id = org.transact(context, (transaction) => transaction.create(object.name, fields));
  response.setHeader('Location', `${asking.base}/sobjects/${object.name}/${id}`);
  response.status(201).json({ id, success: true, errors: [] });
}

function update(org: Org, request: Request, response: Response, asking: Asking): void {
  const object = objectOf(org, request);
  const id = idOf(org, request);
  const record = asRecord(request.body);
  refuseIdentifier(record, 'Id');
  const row = isConditional(request) ? org.get(object.name, id) : undefined;
  if (row) isUnchanged(request, object, row);
  const fields = fieldsOf(org, object, record) as Row;
  org.transact(contextOf(asking, request, true), (transaction) => transaction.update(object.name, id, fields));
  response.status(204).end();
}

function refuseIdentifier(record: Record<string, unknown>, name: string): void {
  if (!Object.keys(record).some((given) => given.toLowerCase() === name.toLowerCase())) return;
  throw new PlatformError('INVALID_FIELD', `The ${name} field should not be specified in the sobject data.`);
}

function upsert(org: Org, request: Request, response: Response, asking: Asking): void {
  const { object, field, found } = named(org, request);
  const record = asRecord(request.body);
  refuseIdentifier(record, field.name);
  if (found.length === 0 && (field.type === 'id' || request.query['updateOnly'] === 'true')) throw notFound();
  const fields = fieldsOf(org, object, record) as Row;
  const context = contextOf(asking, request, true);
  if (found.length === 0) {
    const key = { [field.name]: toStored(field, request.params['value']) };
    const id = org.transact(context, (transaction) => transaction.create(object.name, { ...fields, ...key }));
    response.status(201).json({ id, success: true, errors: [], created: true });
    return;
  }
  const only = sendIfAmbiguous(request, response, asking, { object, found });
  if (!only) return;
  const id = String(only['Id']);
  org.faults.checkLock(id);
  org.transact(context, (transaction) => transaction.update(object.name, id, fields));
  response.status(200).json({ id, success: true, errors: [], created: false });
}

function remove(org: Org, request: Request, response: Response, asking: Asking, id: string): void {
  const object = objectOf(org, request);
  org.transact(contextOf(asking, request, true), (transaction) => transaction.remove(object.name, id));
  response.status(204).end();
}

/** `/updated` and `/deleted`. */
function changed(org: Org, request: Request, kind: 'updated' | 'deleted'): unknown {
  const { start, end } = request.query;
  return changedBetween(org, objectOf(org, request), String(start ?? ''), String(end ?? ''))[kind]();
}
