// Search over REST: SOSL, and the same without SOSL by parameters.
// Source: REST API Developer Guide, "Search", "Parameterized Search".
import { Router, type Request } from 'express';
import { z } from 'zod';
import { PlatformError } from '../model.ts';
import type { Org } from '../org.ts';
import { malformedSearch } from '../search/query.ts';
import { runSearch } from '../search/run.ts';
import { isGroup, MAXIMUM_RESULTS, parseSosl, type Returning, type Search } from '../search/sosl.ts';
import { parseBody } from './composite.ts';
import { methodNotAllowed, seal, type Asking } from './request.ts';

/** Results per object where nothing is said. */
const DEFAULT_LIMIT = MAXIMUM_RESULTS;
const count = z.number().int().positive().max(MAXIMUM_RESULTS);

const parametersSchema = z.strictObject({
  q: z.string(),
  in: z.string().default('ALL'),
  fields: z.array(z.string()).default([]),
  sobjects: z
    .array(
      z.strictObject({
        name: z.string(),
        fields: z.array(z.string()).optional(),
        where: z.string().optional(),
        orderBy: z.string().optional(),
        limit: count.optional(),
      }),
    )
    .optional(),
  defaultLimit: count.default(DEFAULT_LIMIT),
  overallLimit: count.default(MAXIMUM_RESULTS),
});
type Parameters = z.output<typeof parametersSchema>;

export function searchRouter(org: Org, asking: (request: Request) => Asking): Router {
  const router = Router();
  router
    .route('/search')
    .get((request, response) => {
      const sosl = request.query['q'];
      if (typeof sosl !== 'string') throw malformedSearch('A search string has to be specified');
      response.json({ searchRecords: runSearch(parseSosl(sosl), { org, base: asking(request).base }) });
    })
    .all(methodNotAllowed('GET,HEAD'));
  router
    .route('/parameterizedSearch')
    .get((request, response) => {
      const search = toSearch(parseBody(parametersSchema, fromQuery(request)));
      response.json({ searchRecords: runSearch(search, { org, base: asking(request).base }) });
    })
    .post((request, response) => {
      const search = toSearch(parseBody(parametersSchema, request.body));
      response.json({ searchRecords: runSearch(search, { org, base: asking(request).base }) });
    })
    .all(methodNotAllowed('GET,HEAD,POST'));
  return seal(router);
}

/** `q=Acme&sobject=Account&Account.fields=id,name&Account.limit=10` */
function fromQuery(request: Request): Record<string, unknown> {
  const given = request.query as Record<string, unknown>;
  const names = given['sobject'] === undefined ? [] : [given['sobject']].flat().map(String);
  const number = (name: string) =>
    given[name] === undefined ? {} : { [name.split('.').at(-1) ?? '']: Number(given[name]) };
  const list = (name: string) =>
    typeof given[name] === 'string' ? { fields: given[name].split(',').map((field) => field.trim()) } : {};
  const text = (object: string, name: string) =>
    typeof given[`${object}.${name}`] === 'string' ? { [name]: given[`${object}.${name}`] } : {};
  const sobjects = names.map((name) => ({
    name,
    ...list(`${name}.fields`),
    ...text(name, 'where'),
    ...text(name, 'orderBy'),
    ...number(`${name}.limit`),
  }));
  const known = /^(?:q|in|fields|sobject|defaultLimit|overallLimit|\w+\.(?:fields|where|orderBy|limit))$/;
  const unknown = Object.keys(given).find((name) => !known.test(name));
  if (unknown !== undefined) throw new PlatformError('INVALID_INPUT', `The parameter ${unknown} is not supported`);
  return {
    q: given['q'],
    ...(given['in'] !== undefined && { in: given['in'] }),
    ...list('fields'),
    ...number('defaultLimit'),
    ...number('overallLimit'),
    ...(sobjects.length > 0 && { sobjects }),
  };
}

function toSearch({ q, in: within, fields, sobjects, defaultLimit, overallLimit }: Parameters): Search {
  const group = within.toUpperCase();
  if (!isGroup(group)) throw malformedSearch(`IN ${group} FIELDS is not supported in this org`);
  const returning = sobjects?.map((one): Returning => {
    const where = one.where === undefined ? '' : `WHERE ${one.where}`;
    const order = one.orderBy === undefined ? '' : `ORDER BY ${one.orderBy}`;
    return {
      object: one.name,
      fields: one.fields ?? fields,
      rest: `${where} ${order}`,
      limit: one.limit ?? defaultLimit,
    };
  });
  return { query: q, group, limit: overallLimit, ...(returning && { returning }) };
}
