// Why: explains why a record or a lead is, or is not, in step (B16). It reads both sides, the store and the latest report, lets the
// core go through its gates, and shows the plan of the same decision that a comparison would execute. Nothing is written.
import { z } from 'zod';
import { say, type Message } from '../model/message.ts';
import { readSubject, type Subject } from '../model/subject.ts';
import { query } from '../salesforce/api/query.ts';
import { identifier } from '../salesforce/api/soql.ts';
import { nowOf, type Now } from '../sync/why/now.ts';
import { explainWhy, whyNothing, type Why } from '../sync/why/why.ts';
import type { WhyInput } from '../sync/why/situation.ts';
import { planFor, withLookups } from '../jobs/planner.ts';
import { changeOf } from './enqueue.ts';
import { parametersOf, type Handler, type RequestContext, type RequestResult, type SyncRequest } from './request.ts';
import { attemptsOf, pairOf, takenFrom, waitingOf } from './whyFacts.ts';

/** A text is as long as an address may be. */
export const whySchema = z.object({ about: z.string().max(2_000) });

/** The most fields that a page lists. */
const LISTED = 50;

interface Answer extends Why {
  subject: { kind: Subject['kind']; object: string | null; recordId: string | null; leadId: string | null };
  now: Now;
}

export const why: Handler = async (run, context) => {
  const { about } = parametersOf(run.request, whySchema);
  const places = await placesOf(context);
  return resultOf(await answerTo(readSubject(about, places), run.request, context), places.sellfireUrl);
};

/** @throws PeerError */
async function placesOf({ config, rest }: RequestContext): Promise<Parameters<typeof readSubject>[1]> {
  const { orgUrl, country, names } = config();
  const field = identifier(`${names.prefix}Sellfire_Address__c`);
  const settings = identifier(`${names.prefix}Sync_Settings__c`);
  let sellfireUrl = '';
  for await (const row of query(rest, `SELECT ${field} FROM ${settings} ORDER BY CreatedDate, Id LIMIT 1`))
    sellfireUrl = String(row[field] ?? '');
  return { orgUrl, country, sellfireUrl };
}

async function answerTo(subject: Subject, request: SyncRequest, context: RequestContext): Promise<Answer> {
  const config = context.config();
  const sync = context.control.current();
  const nothing = (because: Message): Answer => ({
    ...whyNothing(because, { config, sync }),
    subject: { kind: subject.kind, object: null, recordId: null, leadId: null },
    now: { messages: [say('whyNowNothing')], writes: [] },
  });
  if (subject.kind === 'none') return nothing(subject.why);
  const pair = await pairOf(subject, context);
  if ('code' in pair) return nothing(pair);
  const [{ pending, parked }, taken] = await Promise.all([waitingOf(pair, context), takenFrom(pair, context)]);
  const input: WhyInput = { config, sync, ...pair, pending, ...(await attemptsOf(pair, parked, context)) };
  const { leadId, record, link } = pair;
  const key = leadId ?? record?.id ?? request.id;
  const explained = await withLookups(key, taken, context.peers, (found) => explainWhy(input, found));
  // The lead that a record's question found is not named to the decision: whether they are one is what it decides.
  const command = { key, leadId: link?.leadId ?? (record ? null : leadId), record: record ?? link?.record ?? null };
  const changes = [changeOf(request, { ...command, command: { kind: 'compare', create: true } })];
  const plan = await planFor({ key, changes, link, maybeApplied: false, taken }, config, context.peers);
  return {
    ...explained,
    subject: {
      kind: subject.kind,
      object: record?.object ?? link?.record?.object ?? null,
      recordId: record?.id ?? link?.record?.id ?? link?.accountId ?? null,
      leadId,
    },
    now: nowOf({ config, isRunning: sync.state === 'Running' }, plan),
  };
}

/** @param sellfireUrl the address under which the page leads to a lead; a setting, which may be blank */
function resultOf({ gates, differing, subject, now }: Answer, sellfireUrl: string): RequestResult {
  const first = gates.find(({ state }) => state === 'stop');
  const answer = first?.message ?? say('whyInStep');
  return {
    messages: [answer],
    data: {
      answer,
      subject,
      gates,
      differing: differing.slice(0, LISTED),
      more: Math.max(0, differing.length - LISTED),
      now,
      sellfireUrl,
    },
  };
}
