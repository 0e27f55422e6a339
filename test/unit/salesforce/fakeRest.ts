// What a Rest of a test answers: as the real one reads it, for whoever calls, jsforce or a schema.
import type { Call } from '../../../bridge/salesforce/api/rest.ts';

/** @throws ZodError where the call wants another answer */
export function answerTo<T>({ read, schema }: Pick<Call<T>, 'read' | 'schema'>, json: unknown): T {
  return schema.parse(read ? read(JSON.stringify(json), { 'content-type': 'application/json' }) : json);
}
