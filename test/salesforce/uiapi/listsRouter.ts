// Lists of records over HTTP: list views and related lists, what they are and what is in them.
// Source: User Interface API Developer Guide, "Get List View Metadata", "Get List View Records", "Get Related List
// Records".
import { Router, type Request } from 'express';
import { z } from 'zod';
import type { ObjectDef } from '../model.ts';
import type { Org } from '../org.ts';
import { parseBody } from '../rest/composite.ts';
import { methodNotAllowed, seal, type Asking } from '../rest/request.ts';
import { runQuery } from '../soql.ts';
import type { ListView } from './components.ts';
import { displayFor, type Display } from './display.ts';
import {
  defaultOrder,
  listById,
  listFilter,
  listInfo,
  listNamed,
  listReference,
  listsOf,
  listViewId,
} from './listViews.ts';
import { pageRequest, recordPage } from './recordPages.ts';
import {
  columnsOf,
  filterOf,
  orderOf,
  relatedInfo,
  relatedList,
  relatedListsOf,
  relatedReference,
  relatedSummary,
  type RelatedList,
} from './relatedLists.ts';
import { answer, batch, existing, objectIn, parameter } from './requests.ts';

type Json = Record<string, unknown>;

/** Records of a related list are counted so far (User Interface API Developer Guide, "Get Related List Record Counts"). */
const GREATEST_COUNT = 2_000;

const relatedBatchSchema = z.object({
  relatedListParameters: z.array(z.object({ relatedListId: z.string() }).loose()),
});

export function listsRouter(org: Org, asking: (request: Request) => Asking): Router {
  const router = Router();
  const display = (request: Request): Display => displayFor(org, asking(request).userId);
  const get = (path: string, work: (request: Request) => unknown): void =>
    void router.route(path).get(answer(work)).all(methodNotAllowed('GET,HEAD'));
  /** Parameters come in the query string, or in a body. */
  const both = (path: string, work: (request: Request, input: unknown) => unknown): void =>
    void router
      .route(path)
      .get(answer((request) => work(request, request.query)))
      .post(answer((request) => work(request, request.body)))
      .all(methodNotAllowed('GET,HEAD,POST'));

  function viewIn(request: Request): { object: ObjectDef; view: ListView } {
    const object = objectIn(org, request);
    return { object, view: listNamed(org, object, parameter(request, 'view')) };
  }

  function recordsOf(request: Request, input: unknown, { object, view }: { object: ObjectDef; view: ListView }): Json {
    const { base, userId } = asking(request);
    const page = recordPage(
      org,
      {
        object,
        filter: listFilter(org, object, view, userId),
        order: defaultOrder(object),
        columns: view.columns,
        url: `${base}/ui-api/list-records/${object.name}/${view.name}`,
      },
      pageRequest(input),
      display(request),
    );
    const { eTag } = listInfo(org, object, view, display(request));
    return { ...page, listInfoETag: eTag, listReference: listReference(object, view) };
  }

  const collection = (request: Request): Json => {
    const object = objectIn(org, request);
    const { base } = asking(request);
    const lists = listsOf(org, object).map((view) => ({
      apiName: view.name,
      id: listViewId(object, view),
      label: view.label,
      listUiUrl: `${base}/ui-api/list-ui/${listViewId(object, view)}`,
      visibility: 'Public',
    }));
    const { offset } = pageRequest({ pageToken: request.query['pageToken'] });
    return {
      count: lists.length,
      currentPageToken: String(offset),
      currentPageUrl: `${base}/ui-api/list-info/${object.name}`,
      lists,
      nextPageToken: null,
      nextPageUrl: null,
      objectApiName: object.name,
      pageSize: lists.length,
      previousPageToken: null,
      previousPageUrl: null,
      queryString: null,
      recentListsOnly: false,
    };
  };
  const whole = (request: Request, of: { object: ObjectDef; view: ListView }): Json => ({
    info: listInfo(org, of.object, of.view, display(request)),
    records: recordsOf(request, request.query, of),
  });

  get('/ui-api/list-info/:object', collection);
  get('/ui-api/list-info/:object/:view', (request) => {
    const { object, view } = viewIn(request);
    return listInfo(org, object, view, display(request));
  });
  both('/ui-api/list-records/:object/:view', (request, input) => recordsOf(request, input, viewIn(request)));
  get('/ui-api/list-ui/:object/:view', (request) => whole(request, viewIn(request)));
  // An object's name, or the id of a view.
  get('/ui-api/list-ui/:object', (request) => {
    const key = parameter(request, 'object');
    return org.schema.find(key) ? collection(request) : whole(request, listById(org, key));
  });

  get('/ui-api/related-list-info/:object', (request) => {
    const parent = objectIn(org, request);
    const { base } = asking(request);
    return {
      parentObjectApiName: parent.name,
      parentRecordTypeId: request.query['recordTypeId'] ?? null,
      relatedLists: relatedListsOf(org, parent).map((list) => relatedSummary(org, list, base, display(request))),
    };
  });
  get('/ui-api/related-list-info/batch/:object/:lists', (request) => {
    const parent = objectIn(org, request);
    return batch(parameter(request, 'lists').split(','), (id) =>
      relatedInfo(org, relatedList(org, parent, id), display(request)),
    );
  });
  get('/ui-api/related-list-info/:object/:list', (request) =>
    relatedInfo(org, relatedList(org, objectIn(org, request), parameter(request, 'list')), display(request)),
  );

  function listOf(request: Request, id = parameter(request, 'list')): { list: RelatedList; parentId: string } {
    const { object, row } = existing(org, parameter(request, 'parent'));
    return { list: relatedList(org, object, id), parentId: String(row['Id']) };
  }
  function relatedRecords(request: Request, input: unknown, id?: string): Json {
    const { list, parentId } = listOf(request, id);
    const { base } = asking(request);
    const page = recordPage(
      org,
      {
        object: list.child,
        filter: filterOf(list, parentId),
        order: orderOf(list),
        // Only what is asked for; without that nothing but the ids.
        columns: pageRequest(input).fields.length > 0 ? [] : columnsOf(org, list),
        url: `${base}/ui-api/related-list-records/${parentId}/${list.id}`,
      },
      pageRequest(input),
      display(request),
    );
    return { ...page, listInfoETag: null, listReference: relatedReference(list, parentId) };
  }
  function count(request: Request, id?: string): Json {
    const { list, parentId } = listOf(request, id);
    const { totalSize } = runQuery(`SELECT COUNT() FROM ${list.child.name} WHERE ${filterOf(list, parentId)}`, {
      schema: org.schema,
      tables: org.tables,
      now: org.clock(),
      base: '',
    });
    return {
      count: Math.min(totalSize, GREATEST_COUNT),
      hasMore: totalSize > GREATEST_COUNT,
      listReference: relatedReference(list, parentId),
    };
  }
  router
    .route('/ui-api/related-list-records/batch/:parent')
    .post(
      answer((request) => {
        const { relatedListParameters } = parseBody(relatedBatchSchema, request.body);
        const byId = new Map(relatedListParameters.map((one) => [one.relatedListId, one]));
        return batch([...byId.keys()], (id) => relatedRecords(request, byId.get(id), id));
      }),
    )
    .all(methodNotAllowed('POST'));
  both('/ui-api/related-list-records/:parent/:list', (request, input) => relatedRecords(request, input));
  get('/ui-api/related-list-count/batch/:parent/:lists', (request) =>
    batch(parameter(request, 'lists').split(','), (id) => count(request, id)),
  );
  get('/ui-api/related-list-count/:parent/:list', (request) => count(request));
  return seal(router);
}
