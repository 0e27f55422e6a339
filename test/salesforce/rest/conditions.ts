// Conditional requests on single records. Entity tags are sent and compared for accounts only; the time of the last
// change is compared for every object, to the second. Deletes take no conditions.
// Source: REST API Developer Guide, "Conditional Request Headers".
import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { PlatformError, type ObjectDef, type Row } from '../model.ts';

/** Undefined for objects that have none. */
export function entityTag(object: ObjectDef, row: Row): string | undefined {
  if (object.name !== 'Account') return undefined;
  return `"${createHash('sha256').update(JSON.stringify(row)).digest('base64')}--gzip"`;
}

export function lastModified(row: Row): number {
  return Date.parse(String(row['SystemModstamp']));
}

const CONDITIONS = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'] as const;

/** Most requests are not, and then the record as it stands need not be looked at. */
export function isConditional(request: Request): boolean {
  return CONDITIONS.some((header) => header in request.headers);
}

/**
 * @returns true where a read is to be answered by 304
 * @throws PlatformError 412 where a condition does not hold, 400 where a write's condition cannot be read
 */
export function isUnchanged(request: Request, object: ObjectDef, row: Row): boolean {
  const reading = request.method === 'GET' || request.method === 'HEAD';
  const tag = entityTag(object, row);
  const tags = (header: 'if-match' | 'if-none-match'): string[] | undefined => {
    const value = request.get(header);
    if (tag === undefined || value === undefined) return undefined;
    const given = value.split(',').map((one) => one.trim());
    if (given.every((one) => one === '*' || /^(?:W\/)?"[^"]*"$/.test(one))) return given;
    if (reading) return undefined;
    throw unreadable(header, value);
  };
  const date = (header: 'if-modified-since' | 'if-unmodified-since'): number | undefined => {
    const value = request.get(header);
    const at = Date.parse(value ?? '');
    if (value === undefined || !Number.isNaN(at)) return value === undefined ? undefined : at;
    if (reading || header === 'if-modified-since') return undefined;
    throw unreadable(header, value);
  };

  const wanted = tags('if-match');
  if (wanted && tag !== undefined && !wanted.includes(tag) && !wanted.includes('*')) throw failed();
  const unmodified = date('if-unmodified-since');
  if (unmodified !== undefined && lastModified(row) > unmodified) throw failed();
  const known = tags('if-none-match');
  if (known && tag !== undefined && (known.includes(tag) || known.includes('*'))) {
    if (reading) return true;
    throw failed();
  }
  const since = date('if-modified-since');
  return reading && since !== undefined && lastModified(row) <= since;
}

function failed(): PlatformError {
  return new PlatformError('ENTITY_MODIFIED', 'A precondition of the request does not hold', { status: 412 });
}

function unreadable(header: string, value: string): PlatformError {
  return new PlatformError('INVALID_HTTP_HEADER', `The value of ${header} cannot be read: ${value}`);
}
