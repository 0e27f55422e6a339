// Counts what an import would do: it reads everything and writes nothing.
import type { SyncConfig } from '../model/config.ts';
import { largeQuery } from '../salesforce/api/largeQuery.ts';
import { batches, chunkOf, type ObjectQuery } from './importFile.ts';
import { counted, type RequestContext, type Run } from './request.ts';

/** Of one object. */
interface Seen {
  records: number;
  create: number;
  connect: number;
  linked: number;
  taken: number;
  invalid: number;
  noPhone: number;
}

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
    const seen: Seen = { records: 0, create: 0, connect: 0, noPhone: 0, invalid: 0, linked: 0, taken: 0 };
    for await (const records of batches(largeQuery(context.rest, query, run.signal))) {
      if (run.signal.aborted) return '';
      const { rows, counts } = await chunkOf(context, config, object, records, phones);
      seen.records += records.length;
      for (const name of ['noPhone', 'invalid', 'linked', 'taken'] as const) seen[name] += counts[name];
      for (const { leadId } of rows) seen[leadId === null ? 'create' : 'connect'] += 1;
      run.reportProgress({ done: (done += records.length), failed: 0 });
    }
    lines.push(`${counted(seen.records, object)}${wordsFor(seen)}.`);
  }
  return lines.join('\n');
}

/** What would become of the records; of what there is none, nothing is said. */
function wordsFor({ create, connect, linked, noPhone, invalid, taken }: Omit<Seen, 'records'>): string {
  const parts: [count: number, words: string][] = [
    [create, 'would be created in Sellfire'],
    [connect, 'would be connected with leads whose number Sellfire has'],
    [linked, 'linked already'],
    [taken, 'that share a number with another record'],
    [invalid, 'whose number is none'],
    [noPhone, 'without a phone number'],
  ];
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count.toLocaleString('en-US')} ${words}`);
  return said.length === 0 ? '' : `: ${said.join(', ')}`;
}
