// Queries over REST, page by page. What does not fit the first page waits behind a locator: as on the platform a user
// has ten of them, and the one unused longest is forgotten.
import { Router, type Request } from 'express';
import { idAt } from '../ids.ts';
import { PlatformError } from '../model.ts';
import type { Org } from '../org.ts';
import { DEFAULT_PAGE, pageSize, runQuery, type JsonRecord, type QueryRun } from '../soql.ts';
import { methodNotAllowed, seal, type Asking } from './request.ts';

interface Cursor {
  userId: string;
  records: JsonRecord[];
  size: number;
}

/** Open query cursors per user (SOQL and SOSL Reference, query cursor limits). */
const CURSORS_PER_USER = 10;

/** Open queries, of whichever handlers opened them. */
export interface Cursors {
  byId: Map<string, Cursor>;
  opened: number;
}

export function queryRouter(
  org: Org,
  asking: (request: Request) => Asking,
  store: Cursors = { byId: new Map(), opened: 0 },
): Router {
  const router = Router();
  const cursors = store.byId;

  function page(id: string | undefined, cursor: Cursor, from: number, base: string) {
    const records = cursor.records.slice(from, from + cursor.size);
    const next = from + records.length;
    const done = next >= cursor.records.length;
    const totalSize = cursor.records.length;
    return { totalSize, done, ...(!done && id && { nextRecordsUrl: `${base}/query/${id}-${next}` }), records };
  }

  function keep(cursor: Cursor): string {
    const own = [...cursors].filter(([, other]) => other.userId === cursor.userId);
    if (own.length >= CURSORS_PER_USER) cursors.delete(own[0]?.[0] ?? '');
    store.opened += 1;
    const id = idAt('01g', store.opened);
    cursors.set(id, cursor);
    return id;
  }

  function answer(request: Request, all: boolean) {
    const { userId, base } = asking(request);
    const soql = request.query['q'];
    if (typeof soql !== 'string') throw new PlatformError('MALFORMED_QUERY', 'A query string has to be specified');
    const run = runQuery(soql, { schema: org.schema, tables: org.tables, now: org.clock(), base, all });
    if (request.query['columns'] === 'true') return columns(run);
    if (run.compiled.countOnly) return { totalSize: run.totalSize, done: true, records: [] };
    if (run.compiled.aggregate && run.totalSize > DEFAULT_PAGE) {
      const message =
        'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';
      throw new PlatformError('EXCEEDED_ID_LIMIT', message);
    }
    if (run.compiled.aggregate) return { totalSize: run.totalSize, done: true, records: run.records };
    const cursor = { userId, records: run.records, size: pageSize(request.get('sforce-query-options')) };
    return page(cursor.records.length > cursor.size ? keep(cursor) : undefined, cursor, 0, base);
  }

  for (const path of ['/query', '/queryAll', '/tooling/query']) {
    router
      .route(path)
      .get((request, response) => void response.json(answer(request, path === '/queryAll')))
      .all(methodNotAllowed('GET,HEAD'));
  }

  const turn = (request: Request) => {
    const { userId, base } = asking(request);
    const [id = '', from] = String(request.params['locator']).split('-');
    const cursor = cursors.get(id);
    if (!cursor || cursor.userId !== userId || !/^\d+$/.test(from ?? '')) {
      throw new PlatformError('INVALID_QUERY_LOCATOR', 'invalid query locator');
    }
    // Asked for last, forgotten last.
    cursors.delete(id);
    cursors.set(id, cursor);
    return page(id, cursor, Number(from), base);
  };
  for (const path of ['/query/:locator', '/queryAll/:locator']) {
    router
      .route(path)
      .get((request, response) => void response.json(turn(request)))
      .all(methodNotAllowed('GET,HEAD'));
  }
  return seal(router);
}

/** `columns=true`: what the query's columns are, for clients that print tables. */
function columns({ compiled }: QueryRun) {
  const numbers = new Set(['int', 'double', 'currency', 'percent']);
  return {
    columnMetadata: compiled.columnNames.map(({ name, field }) => ({
      aggregate: compiled.aggregate,
      apexType: numbers.has(field.type) ? 'Double' : field.type === 'boolean' ? 'Boolean' : 'String',
      booleanType: field.type === 'boolean',
      columnName: name,
      custom: field.custom,
      displayName: name,
      foreignKeyName: field.type === 'reference' ? field.relationshipName : null,
      insertable: field.createable,
      joinColumns: [],
      numberType: numbers.has(field.type),
      textType: !numbers.has(field.type) && field.type !== 'boolean',
      updatable: field.updateable,
    })),
    entityName: compiled.object.name,
    groupBy: compiled.aggregate,
    idSelected: compiled.columnNames.some(({ name }) => name === 'Id'),
    keyPrefix: compiled.object.keyPrefix,
  };
}
