// The User Interface API: metadata and records as pages show them, and their writes, which a key makes repeatable.
// Source: User Interface API Developer Guide, "Records", "Error with Output", "Record Exception".
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { normaliseId } from '../ids.ts';
import { PlatformError, type ObjectDef, type Row } from '../model.ts';
import type { Org } from '../org.ts';
import { displayFor, type Display } from '../uiapi/display.ts';
import { IdempotencyKeys, type KeptAnswer } from '../uiapi/idempotency.ts';
import {
  allPicklistValues,
  directoryEntry,
  MASTER_RECORD_TYPE,
  objectInfo,
  picklistValues,
  uiObject,
} from '../uiapi/objectInfo.ts';
import { uiRecord, wholeRecord } from '../uiapi/record.ts';
import { parseBody } from './composite.ts';
import { contextOf, methodNotAllowed, notFound, seal, showError, type Asking } from './request.ts';

/** Records of one batch. */
const MAXIMUM_BATCH = 200;

const fieldsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const createSchema = z.strictObject({
  apiName: z.string(),
  fields: fieldsSchema,
  allowSaveOnDuplicate: z.boolean().optional(),
});
const updateSchema = z.strictObject({ fields: fieldsSchema, allowSaveOnDuplicate: z.boolean().optional() });

/** What a write is about, once it is known. */
interface About {
  object?: ObjectDef;
}

export function uiApiRouter(org: Org, asking: (request: Request) => Asking): Router {
  const router = Router();
  const keys = new IdempotencyKeys(org.clock);
  const display = (request: Request) => displayFor(org, asking(request).userId);
  const objectOf = (request: Request): ObjectDef => uiObject(org.schema, String(request.params['object']));

  router
    .route('/ui-api/object-info')
    .get((request, response) => {
      const objects = org.schema.objects().filter(({ kind }) => kind === 'record');
      const { base } = asking(request);
      response.json({
        objects: Object.fromEntries(
          objects.map((object) => [object.name, directoryEntry(object, base, display(request))]),
        ),
      });
    })
    .all(methodNotAllowed('GET,HEAD'));
  router
    .route('/ui-api/object-info/:object')
    .get((request, response) => void response.json(objectInfo(org.schema, objectOf(request), display(request))))
    .all(methodNotAllowed('GET,HEAD'));
  for (const path of ['', '/:field']) {
    router
      .route(`/ui-api/object-info/:object/picklist-values/:recordType${path}`)
      .get((request, response) => {
        const object = objectOf(request);
        const recordType = String(request.params['recordType']);
        if (normaliseId(recordType) !== MASTER_RECORD_TYPE)
          throw notFound(`No record type ${recordType} for ${object.name}`);
        const { base } = asking(request);
        const name = (request.params as Record<string, string | undefined>)['field'];
        if (name === undefined) {
          response.json(allPicklistValues(object, recordType, base, display(request)));
          return;
        }
        const field = org.schema.field(object, name);
        if (!field) throw new PlatformError('INVALID_FIELD', `No field ${name} on ${object.name}`);
        response.json(picklistValues(object, recordType, field, base, display(request)));
      })
      .all(methodNotAllowed('GET,HEAD'));
  }

  /** Runs a write once per key, and tells its refusals as this API does. */
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
  router
    .route('/ui-api/records/batch/:ids')
    .get((request, response) => {
      const ids = String(request.params['ids']).split(',');
      if (ids.length > MAXIMUM_BATCH)
        throw new PlatformError('INVALID_INPUT', `A batch has at most ${MAXIMUM_BATCH} records`);
      const results = ids.map((id) => {
        try {
          return { result: readRecord(org, request, id, display(request)), statusCode: 200 };
        } catch (error) {
          if (!(error instanceof PlatformError)) throw error;
          return { result: [showError(error)], statusCode: error.status };
        }
      });
      response.json({ hasErrors: results.some(({ statusCode }) => statusCode !== 200), results });
    })
    .all(methodNotAllowed('GET,HEAD'));
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

/** @throws PlatformError for what is no id, of no supported object, or of no record that is there */
function existing(org: Org, given: string): { object: ObjectDef; row: Row } {
  const id = normaliseId(given);
  const object = id === undefined ? undefined : org.schema.byKeyPrefix(id.slice(0, 3));
  if (!id || object?.kind !== 'record') throw new PlatformError('INVALID_ID_FIELD', `Invalid ID: ${given}`);
  const row = org.get(object.name, id);
  if (row) return { object, row };
  throw notFound('The requested resource does not exist');
}

function readRecord(org: Org, request: Request, id: string, display: Display): Record<string, unknown> {
  const { object, row } = existing(org, id);
  const list = (name: string): string[] => {
    const value = request.query[name];
    return typeof value === 'string' ? value.split(',').filter(Boolean) : [];
  };
  const [fields, optional] = [list('fields'), list('optionalFields')];
  if (request.query['layoutTypes'] !== undefined) {
    throw new PlatformError('INVALID_INPUT', 'layoutTypes is not supported in this org: name the fields');
  }
  if (fields.length + optional.length === 0) {
    throw new PlatformError('MISSING_ARGUMENT', 'Specify the fields, optionalFields or layoutTypes of the record');
  }
  return uiRecord(org, object, row, fields, optional, display);
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
