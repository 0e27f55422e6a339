// Deletes records by id, up to 200 in one API call. A record that is deleted already counts as deleted.
import { z } from 'zod';
import type { Fault } from '../../model/fault.ts';
import { errorItemSchema, faultOfItem } from '../faults.ts';
import type { Rest } from './rest.ts';

/** Records in one collections call; the platform's own limit ("Delete Records", sObject Collections). */
const COLLECTION = 200;

const answerSchema = z.array(z.object({ success: z.boolean(), errors: z.array(errorItemSchema).default([]) }));

/** @returns one fault per record that still exists. @throws PeerError */
export async function deleteRecords(rest: Rest, ids: readonly string[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (let index = 0; index < ids.length; index += COLLECTION) {
    const some = ids.slice(index, index + COLLECTION);
    const answer = await rest.call({
      method: 'DELETE',
      path: '/composite/sobjects',
      query: { ids: some.join(','), allOrNone: 'false' },
      schema: answerSchema.length(some.length),
    });
    for (const { success, errors } of answer) {
      const [error] = errors;
      if (success || !error) continue;
      const fault = faultOfItem(error);
      if (fault.class !== 'gone') faults.push(fault);
    }
  }
  return faults;
}
