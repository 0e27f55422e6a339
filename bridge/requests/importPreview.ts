// Counts what an import would do: it reads everything and writes nothing.
import type { SyncConfig } from '../model/config.ts';
import { largeQuery } from '../salesforce/api/largeQuery.ts';
import { batches, chunkOf, type ObjectQuery } from './importFile.ts';
import { counted, type RequestContext, type Run } from './request.ts';

/** @throws PeerError */
export async function previewImport(
  run: Run,
  context: RequestContext,
  config: SyncConfig,
  queries: readonly ObjectQuery[],
): Promise<string> {
  const lines: string[] = [];
  let done = 0;
  const phones = new Map<string, string>();
  for (const { object, query } of queries) {
    const seen = { records: 0, create: 0, connect: 0, noPhone: 0, invalid: 0, linked: 0, taken: 0 };
    for await (const records of batches(largeQuery(context.rest, query, run.signal))) {
      if (run.signal.aborted) return '';
      const { rows, counts } = await chunkOf(context, config, object, records, phones);
      seen.records += records.length;
      for (const name of ['noPhone', 'invalid', 'linked', 'taken'] as const) seen[name] += counts[name];
      for (const { leadId } of rows) seen[leadId === null ? 'create' : 'connect'] += 1;
      run.reportProgress({ done: (done += records.length), failed: 0 });
    }
    const number = (count: number): string => count.toLocaleString('en-US');
    lines.push(
      `${counted(seen.records, object)}: ${number(seen.records - seen.noPhone)} with a phone number, ${number(seen.noPhone)} without; ` +
        `${number(seen.linked)} linked already; ${number(seen.create)} would be created in Sellfire, ${number(seen.connect)} connected with leads whose number Sellfire knows; ` +
        `${number(seen.taken)} share a number with another record, and ${number(seen.invalid)} have one that is no phone number.`,
    );
  }
  return lines.join('\n');
}
