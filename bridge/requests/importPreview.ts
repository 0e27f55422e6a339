// Counts what an import would do: it reads everything and writes nothing.
import type { SyncConfig } from '../model/config.ts';
import { joined, say, sentencesOf, type Message } from '../model/message.ts';
import type { PersonObject } from '../model/salesforce.ts';
import { largeQuery } from '../salesforce/api/largeQuery.ts';
import { batches, chunkOf, type ObjectQuery } from './importFile.ts';
import { NOTHING, waitingOf, type RequestContext, type RequestResult, type Run } from './request.ts';

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

/** What is said of each count, in this order. */
const PARTS = [
  ['create', 'wouldCreate'],
  ['connect', 'wouldConnect'],
  ['linked', 'linkedAlready'],
  ['taken', 'phoneShared'],
  ['invalid', 'phoneNone'],
  ['noPhone', 'withoutPhone'],
] as const;

/** @throws PeerError */
export async function previewImport(
  run: Run,
  context: RequestContext,
  config: SyncConfig,
  queries: readonly ObjectQuery[],
): Promise<RequestResult> {
  const messages: Message[] = [];
  let done = 0;
  const phones = new Map<string, string>();
  for (const { object, query } of queries) {
    const seen: Seen = { records: 0, create: 0, connect: 0, noPhone: 0, invalid: 0, linked: 0, taken: 0 };
    for await (const records of batches(largeQuery(context.rest, query, waitingOf(run, context)))) {
      if (run.signal.aborted) return NOTHING;
      const { rows, counts } = await chunkOf(context, config, object, records, phones);
      seen.records += records.length;
      for (const name of ['noPhone', 'invalid', 'linked', 'taken'] as const) seen[name] += counts[name];
      for (const { leadId } of rows) seen[leadId === null ? 'create' : 'connect'] += 1;
      run.reportProgress({ done: (done += records.length), failed: 0 });
    }
    messages.push(resultOf(object, seen));
  }
  return { messages, sentence: sentencesOf(messages, '\n') };
}

/** What would become of the records; of what there is none, nothing is said. */
function resultOf(object: PersonObject, seen: Seen): Message {
  const what = say('recordsOf', { count: seen.records, object });
  const [first, ...more] = PARTS.flatMap(([name, code]) => (seen[name] > 0 ? [say(code, { number: seen[name] })] : []));
  return first ? say('recordsThat', { what, parts: joined([first, ...more], 'listed') }) : say('recordsOnly', { what });
}
