// What the handlers of this API read of a request.
import type { Request, RequestHandler } from 'express';
import { normaliseId } from '../ids.ts';
import { PlatformError, type ObjectDef, type Row } from '../model.ts';
import type { Org } from '../org.ts';
import { notFound, showError } from '../rest/request.ts';
import { uiObject } from './objectInfo.ts';

/** Items of one batch (records, object infos, related lists). */
const MAXIMUM_BATCH = 200;

export function parameter(request: Request, name: string): string {
  return String(request.params[name]);
}

/** The object that the path names. @throws PlatformError INVALID_TYPE */
export function objectIn(org: Org, request: Request, name = 'object'): ObjectDef {
  return uiObject(org.schema, parameter(request, name));
}

/** A list of the query string, which is one parameter with commas or the same one several times. */
export function listIn(request: Request, name: string): string[] {
  const value = request.query[name];
  const all = Array.isArray(value) ? value : [value];
  return all.flatMap((one) => (typeof one === 'string' ? one.split(',').filter(Boolean) : []));
}

/** @throws PlatformError for what is no id, of no supported object, or of no record that is there */
export function existing(org: Org, given: string): { object: ObjectDef; row: Row } {
  const id = normaliseId(given);
  const object = id === undefined ? undefined : org.schema.byKeyPrefix(id.slice(0, 3));
  if (!id || object?.kind !== 'record') throw new PlatformError('INVALID_ID_FIELD', `Invalid ID: ${given}`);
  const row = org.get(object.name, id);
  if (row) return { object, row };
  throw notFound('The requested resource does not exist');
}

/** Each key of a batch with its own answer and status. @throws PlatformError where the batch is too large */
export function batch(keys: readonly string[], work: (key: string) => unknown): object {
  if (keys.length > MAXIMUM_BATCH) {
    throw new PlatformError('INVALID_INPUT', `A batch has at most ${MAXIMUM_BATCH} items`);
  }
  const results = keys.map((key) => {
    try {
      return { result: work(key), statusCode: 200 };
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return { result: [showError(error)], statusCode: error.status };
    }
  });
  return { hasErrors: results.some(({ statusCode }) => statusCode !== 200), results };
}

/** Answers with what the work gives. */
export function answer(work: (request: Request) => unknown): RequestHandler {
  return (request, response) => void response.json(work(request));
}
