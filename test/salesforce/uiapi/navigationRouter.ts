// What a page needs around its records over HTTP: suggestions for lookups, apps and tabs, actions, duplicates.
// Source: User Interface API Developer Guide, "Get Lookup Field Suggestions With POST", "Get Apps", "Get All Navigation
// Items", "Get Record Actions", "Check for Duplicate Records".
import { Router, type Request } from 'express';
import { z } from 'zod';
import { DuplicatesDetected, type DuplicateResult } from '../duplicateRules.ts';
import { quotedPattern } from '../graphql/literals.ts';
import { PlatformError, type ObjectDef, type Row } from '../model.ts';
import type { Org } from '../org.ts';
import { parseBody } from '../rest/composite.ts';
import { methodNotAllowed, notFound, seal, type Asking } from '../rest/request.ts';
import { instant } from '../values.ts';
import { displayFor, type Display } from './display.ts';
import { apps, navItems, recordActions } from './navigation.ts';
import { nameFields, uiObject } from './objectInfo.ts';
import { pageRequest, recordPage } from './recordPages.ts';
import { answer, existing, listIn, objectIn, parameter } from './requests.ts';

type Json = Record<string, unknown>;

const searchSchema = z.enum(['Recent', 'Search', 'TypeAhead']);
const predupeSchema = z.object({
  apiName: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  allowSaveOnDuplicate: z.boolean().optional(),
});
const lookupSchema = z.object({ sourceRecord: z.unknown().optional() }).loose();

const SUGGESTIONS = 25;
const NAV_ITEMS = 25;

export function navigationRouter(org: Org, asking: (request: Request) => Asking): Router {
  const router = Router();
  const display = (request: Request): Display => displayFor(org, asking(request).userId);
  const get = (path: string, work: (request: Request) => unknown): void =>
    void router.route(path).get(answer(work)).all(methodNotAllowed('GET,HEAD'));

  /** By one of the objects that the field may refer to. */
  function suggestions(request: Request, target: ObjectDef): Json {
    const type = searchSchema.safeParse(request.query['searchType'] ?? 'Recent');
    if (!type.success) throw new PlatformError('INVALID_INPUT', 'searchType is Recent, Search or TypeAhead');
    const q = typeof request.query['q'] === 'string' ? request.query['q'].trim() : '';
    const name = nameFields(target).at(-1) ?? 'Id';
    const size = Number(request.query['pageSize'] ?? SUGGESTIONS);
    const page = Number(request.query['page'] ?? 1);
    return recordPage(
      org,
      {
        object: target,
        filter: q === '' ? undefined : matching(name, q, type.data),
        order: q === '' ? 'LastModifiedDate DESC' : `${name} ASC`,
        columns: [name],
        url: `${asking(request).base}${request.path}`,
      },
      pageRequest({ pageSize: size, pageToken: String(Math.max(0, page - 1) * size) }),
      display(request),
    );
  }
  function targets(request: Request): ObjectDef[] {
    const object = objectIn(org, request);
    const field = org.schema.field(object, parameter(request, 'field'));
    if (field?.type !== 'reference') {
      throw new PlatformError('INVALID_FIELD', `${parameter(request, 'field')} is no lookup field of ${object.name}`);
    }
    if (request.method === 'POST') parseBody(lookupSchema, request.body ?? {});
    return field.referenceTo.flatMap((name) => org.schema.find(name) ?? []);
  }
  const all = (request: Request): Json => ({
    lookupResults: Object.fromEntries(targets(request).map((target) => [target.name, suggestions(request, target)])),
  });
  const one = (request: Request): Json => {
    const name = parameter(request, 'target').toLowerCase();
    const target = targets(request).find((known) => known.name.toLowerCase() === name);
    if (!target) throw new PlatformError('INVALID_TYPE', `The lookup field does not refer to ${name}`);
    return suggestions(request, target);
  };
  for (const [path, work] of [
    ['/ui-api/lookups/:object/:field', all],
    ['/ui-api/lookups/:object/:field/:target', one],
  ] as const) {
    router.route(path).get(answer(work)).post(answer(work)).all(methodNotAllowed('GET,HEAD,POST'));
  }

  get('/ui-api/apps', (request) => ({ apps: apps(org, display(request)) }));
  get('/ui-api/apps/:app', (request) => {
    const key = parameter(request, 'app');
    const found = apps(org, display(request)).find((app) =>
      key === 'selected' ? app['selected'] === true : app['appId'] === key || app['developerName'] === key,
    );
    if (!found) throw notFound(`The app ${key} does not exist`);
    return found;
  });
  get('/ui-api/nav-items', (request) => {
    const names = listIn(request, 'navItemNames');
    const items = navItems(org, display(request), names.length > 0 ? names : undefined);
    const page = Number(request.query['page'] ?? 0);
    const size = Number(request.query['pageSize'] ?? NAV_ITEMS);
    const url = (at: number): string => `${asking(request).base}/ui-api/nav-items?page=${at}&pageSize=${size}`;
    return {
      currentPageUrl: url(page),
      navItems: items.slice(page * size, (page + 1) * size),
      nextPageUrl: (page + 1) * size < items.length ? url(page + 1) : null,
      previousPageUrl: page > 0 ? url(page - 1) : null,
    };
  });
  get('/ui-api/actions/record/:ids', (request) => {
    const { base } = asking(request);
    const ids = parameter(request, 'ids').split(',');
    const url = `${base}/ui-api/actions/record/`;
    const actions = ids.map((id): [string, Json] => {
      const { object, row } = existing(org, id);
      const found = String(row['Id']);
      return [found, { actions: recordActions(org, object, found), url: url + found }];
    });
    return { actions: Object.fromEntries(actions), url: url + ids.join(',') };
  });

  router
    .route('/ui-api/predupe')
    .post(
      answer((request) => {
        const { apiName, fields } = parseBody(predupeSchema, request.body);
        return duplicatesOf(org, uiObject(org.schema, apiName), fields, asking(request).userId);
      }),
    )
    .all(methodNotAllowed('POST'));
  return seal(router);
}

/** A type-ahead is by the beginning of a word, a search by any part. */
function matching(name: string, q: string, type: z.infer<typeof searchSchema>): string {
  const text = q.replace(/[%_]/g, '\\$&');
  if (type === 'Search') return `${name} LIKE ${quotedPattern(`%${text}%`)}`;
  return `(${name} LIKE ${quotedPattern(`${text}%`)} OR ${name} LIKE ${quotedPattern(`% ${text}%`)})`;
}

/** Looks, and saves nothing. */
function duplicatesOf(org: Org, object: ObjectDef, fields: Row, user: string): Json {
  const row: Row = { ...org.tables.blank(object), ...fields };
  try {
    org.duplicates.check(object, row, undefined, { now: instant(org.clock()), user, allowDuplicates: false });
  } catch (error) {
    if (error instanceof DuplicatesDetected) return found(error.duplicateResult);
    throw error;
  }
  return { allowSave: true, duplicateError: false, duplicateRules: [], matches: [] };
}

function found({ allowSave, duplicateRule, matchResults }: DuplicateResult): Json {
  return {
    allowSave,
    duplicateError: true,
    duplicateRules: [duplicateRule],
    matches: matchResults.map(({ entityType, matchRecords, rule }) => ({
      duplicateResultInfos: {
        [duplicateRule]: {
          allowSave,
          matchResultInfo: { matchRule: rule, size: matchRecords.length },
          rule: duplicateRule,
        },
      },
      objectApiName: entityType,
      recordIds: matchRecords.map(({ record }) => record.Id),
    })),
  };
}
