// Records over HTTP: read by fields or layouts, created, changed and deleted, with a key that makes a write repeatable;
// and what forms begin with.
// Source: User Interface API Developer Guide, "Records", "Record Input", "Error with Output", "Record Exception".
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { PlatformError, type ObjectDef, type Row } from '../model.ts';
import type { Org } from '../org.ts';
import { parseBody } from '../rest/composite.ts';
import { contextOf, methodNotAllowed, seal, showError, type Asking } from '../rest/request.ts';
import { displayFor, type Display } from './display.ts';
import { IdempotencyKeys, type KeptAnswer } from './idempotency.ts';
import { layoutTypeSchema, modeSchema, type LayoutType, type Mode } from './layout.ts';
import { uiObject } from './objectInfo.ts';
import { uiRecord, wholeRecord } from './record.ts';
import { cloneDefaults, createDefaults, layoutFields, recordUi } from './recordViews.ts';
import { answer, batch, existing, listIn, objectIn, parameter } from './requests.ts';

const fieldsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
/** Of mails and assignment rules, which this org does not have; accepted where they ask for nothing. */
const optionsSchema = {
  allowSaveOnDuplicate: z.boolean().optional(),
  triggerOtherEmail: z.literal(false).optional(),
  triggerUserEmail: z.literal(false).optional(),
  useDefaultRule: z.literal(false).optional(),
};
const createSchema = z.strictObject({ apiName: z.string(), fields: fieldsSchema, ...optionsSchema });
const updateSchema = z.strictObject({ apiName: z.null().optional(), fields: fieldsSchema, ...optionsSchema });

/** What a write is about, once it is known. */
interface About {
  object?: ObjectDef;
}

export function recordsRouter(org: Org, asking: (request: Request) => Asking): Router {
  const router = Router();
  const keys = new IdempotencyKeys(org.clock);
  const display = (request: Request) => displayFor(org, asking(request).userId);
  /** Runs a write once per key, and answers refusals in this API's form. */
  const write = (work: (request: Request, about: About) => KeptAnswer) => (request: Request, response: Response) => {
    const { userId } = asking(request);
    const resource = `${userId} ${request.method} ${request.path}`;
    const { status, body } = keys.once(request.get('idempotency-key'), resource, () => {
      const about: About = {};
      try {
        return work(request, about);
      } catch (error) {
        if (error instanceof PlatformError) return { status: error.status, body: withOutput(error, about.object) };
        throw error;
      }
    });
    if (body === undefined) response.status(status).end();
    else response.status(status).json(body);
  };
  const contextFor = (request: Request, allowDuplicates = false) => ({
    ...contextOf(asking(request), request, true),
    // Asked for by useDefaultRule, which no page of the package does.
    assigns: false,
    ...(allowDuplicates && { allowDuplicates: true }),
  });

  router
    .route('/ui-api/records')
    .post(
      write((request, about) => {
        const { apiName, fields, allowSaveOnDuplicate } = parseBody(createSchema, request.body);
        const object = (about.object = uiObject(org.schema, apiName));
        const id = org.transact(contextFor(request, allowSaveOnDuplicate), (tx) => tx.create(object.name, fields));
        return { status: 201, body: wholeRecord(org, object, org.get(object.name, id) ?? {}, display(request)) };
      }),
    )
    .all(methodNotAllowed('POST'));
  const get = (path: string, work: (request: Request) => unknown): void =>
    void router.route(path).get(answer(work)).all(methodNotAllowed('GET,HEAD'));
  get('/ui-api/records/batch/:ids', (request) =>
    batch(parameter(request, 'ids').split(','), (id) => readRecord(org, request, id, display(request))),
  );
  get('/ui-api/record-ui/:ids', (request) => {
    const { types, modes } = layoutsIn(request);
    const records = parameter(request, 'ids')
      .split(',')
      .map((id) => existing(org, id));
    const optional = listIn(request, 'optionalFields');
    return recordUi(org, records, types.length > 0 ? types : ['Full'], modes, optional, display(request));
  });
  get('/ui-api/record-defaults/create/:object', (request) => {
    const object = objectIn(org, request);
    const { userId } = asking(request);
    return createDefaults(org, object, userId, listIn(request, 'optionalFields'), display(request));
  });
  get('/ui-api/record-defaults/clone/:id', (request) => {
    const { object, row } = existing(org, parameter(request, 'id'));
    const { userId } = asking(request);
    return cloneDefaults(org, object, row, userId, listIn(request, 'optionalFields'), display(request));
  });
  router
    .route('/ui-api/records/:id')
    .get(
      (request, response) =>
        void response.json(readRecord(org, request, String(request.params['id']), display(request))),
    )
    .patch(
      write((request, about) => {
        const { fields, allowSaveOnDuplicate } = parseBody(updateSchema, request.body);
        const { object, row } = existing(org, String(request.params['id']));
        about.object = object;
        const id = String(row['Id']);
        org.faults.checkLock(id);
        checkUnmodified(request, row);
        org.transact(contextFor(request, allowSaveOnDuplicate), (tx) => tx.update(object.name, id, fields));
        return { status: 200, body: wholeRecord(org, object, org.get(object.name, id) ?? {}, display(request)) };
      }),
    )
    .delete(
      write((request) => {
        const { object, row } = existing(org, String(request.params['id']));
        const id = String(row['Id']);
        org.faults.checkLock(id);
        org.transact(contextFor(request), (tx) => tx.remove(object.name, id));
        return { status: 204, body: undefined };
      }),
    )
    .all(methodNotAllowed('DELETE,GET,HEAD,PATCH'));
  return seal(router);
}

/** By named fields, by the fields of layouts, or both. @throws PlatformError */
function readRecord(org: Org, request: Request, id: string, display: Display): Record<string, unknown> {
  const { object, row } = existing(org, id);
  const fields = listIn(request, 'fields');
  const optional = listIn(request, 'optionalFields');
  for (const name of ['childRelationships', 'pageSize', 'updateMru']) {
    if (request.query[name] === undefined || request.query[name] === 'false') continue;
    throw new PlatformError('INVALID_INPUT', `${name} is not supported in this org`);
  }
  const { types, modes } = layoutsIn(request);
  if (types.length > 0) {
    return uiRecord(
      org,
      object,
      row,
      fields,
      [...layoutFields(org, object, types, modes, display), ...optional],
      display,
    );
  }
  if (fields.length + optional.length === 0) {
    throw new PlatformError('MISSING_ARGUMENT', 'Specify the fields, optionalFields or layoutTypes of the record');
  }
  return uiRecord(org, object, row, fields, optional, display);
}

/** @throws PlatformError INVALID_INPUT */
function layoutsIn(request: Request): { types: LayoutType[]; modes: Mode[] } {
  const types = layoutTypeSchema.array().safeParse(listIn(request, 'layoutTypes'));
  const modes = modeSchema.array().safeParse(listIn(request, 'modes'));
  if (!types.success) throw new PlatformError('INVALID_INPUT', 'layoutTypes are Compact and Full');
  if (!modes.success) throw new PlatformError('INVALID_INPUT', 'modes are Create, Edit and View');
  return { types: types.data, modes: modes.data.length > 0 ? modes.data : ['View'] };
}

/** @throws PlatformError 412 where the record was changed after the given time */
function checkUnmodified(request: Request, row: Row): void {
  const header = request.get('if-unmodified-since');
  if (header === undefined) return;
  const since = Date.parse(header);
  if (Number.isNaN(since)) throw new PlatformError('INVALID_HTTP_HEADER', `If-Unmodified-Since is no date: ${header}`);
  if (Date.parse(String(row['LastModifiedDate'])) <= since) return;
  const message = 'Someone else updated this record after the time of If-Unmodified-Since';
  throw new PlatformError('CONFLICT', message, { status: 412 });
}

/** A refused save: what is wrong with the record, and what with each field of it. Anything else: the plain array. */
function withOutput(error: PlatformError, object: ObjectDef | undefined): unknown {
  if (error.status !== 400 || error.errorCode === 'JSON_PARSER_ERROR' || error.errorCode === 'INVALID_TYPE') {
    return [showError(error)];
  }
  const { errorCode, message, fields } = error;
  const detail = { constituentField: null, duplicateRecordError: null, errorCode, message };
  const about = fields.map((field) => ({ ...detail, field, fieldLabel: object?.fields.get(field)?.label ?? field }));
  return {
    message: 'An error occurred while trying to update the record. Please try again.',
    statusCode: 400,
    enhancedErrorType: 'RecordError',
    output: {
      errors: about.length === 0 ? [{ ...detail, field: null, fieldLabel: null }] : [],
      fieldErrors: Object.fromEntries(about.map((one) => [one.field, [one]])),
    },
  };
}
