// What the store, the two systems and the reports know about the pair that a question names (B16).
import { z } from 'zod';
import { joined, messageSchema, say, type Message } from '../model/message.ts';
import type { Link } from '../model/link.ts';
import { recordIdsOf } from '../model/recordId.ts';
import type { SalesforceFields } from '../model/salesforce.ts';
import type { Subject } from '../model/subject.ts';
import { query } from '../salesforce/api/query.ts';
import { identifier, text } from '../salesforce/api/soql.ts';
import { holdersOf } from '../sync/mapping/phone.ts';
import type { WhyInput } from '../sync/why/situation.ts';
import type { RequestContext } from './request.ts';

export type Pair = Pick<WhyInput, 'leadId' | 'record' | 'link'>;

/** @returns what to say where the question names nothing that there is @throws PeerError */
export async function pairOf(
  subject: Exclude<Subject, { kind: 'none' }>,
  context: RequestContext,
): Promise<Pair | Message> {
  switch (subject.kind) {
    case 'record':
      return pairOfRecord(subject, context);
    case 'lead':
      return pairOfLead(subject, context);
    case 'phone':
      return pairOfPhone(subject, context);
  }
}

async function pairOfRecord(
  { object, id }: Extract<Subject, { kind: 'record' }>,
  { store, connection, sellfire, peers, config }: RequestContext,
): Promise<Pair> {
  const record = { object, id };
  const link = await store.linkOfRecord(connection, id);
  if (link) return { record, link, leadId: link.leadId };
  const lead = await sellfire.leadBySalesforceId(id);
  if (lead) return { record, leadId: lead.id, link: await store.linkOfLead(connection, lead.id) };
  // A record that its lead has left still names it.
  const read = await peers.salesforce.read(object, id);
  const named = read?.fields[config().names.leadId];
  const former = typeof named === 'string' && named !== '' ? await store.linkOfLead(connection, named) : undefined;
  return former?.left?.includes(id)
    ? { record, leadId: former.leadId, link: former }
    : { record, leadId: null, link: undefined };
}

async function pairOfLead(
  { id, other }: Extract<Subject, { kind: 'lead' }>,
  { store, connection, sellfire }: RequestContext,
): Promise<Pair | Message> {
  const link = await store.linkOfLead(connection, id);
  if (!link && !(await sellfire.leadById(id)))
    return other ? say('whyOtherObject', { id }) : say('whyLeadUnknown', { id });
  return { leadId: id, link, record: null };
}

async function pairOfPhone(
  { number: phone, leadId }: Extract<Subject, { kind: 'phone' }>,
  context: RequestContext,
): Promise<Pair | Message> {
  const { store, connection, sellfire, peers, config } = context;
  const lead = (await sellfire.leadByPhone(phone)) ?? (leadId === null ? null : await sellfire.leadById(leadId));
  if (lead) return { leadId: lead.id, link: await store.linkOfLead(connection, lead.id), record: null };
  const [holder] = holdersOf(config(), phone, await peers.salesforce.findByPhone(phone));
  if (!holder) return say('whyPhoneOfNobody', { phone });
  return pairOfRecord({ kind: 'record', object: holder.object, id: holder.id }, context);
}

/** Rows of one key that are counted; more say the same. */
const COUNTED = 200;
/** Rows that are set aside, of all keys. */
const SET_ASIDE = 1_000;

export async function waitingOf(
  { leadId, record }: Pair,
  { store, connection }: RequestContext,
): Promise<Pick<WhyInput, 'pending' | 'parked'>> {
  const keys = [leadId, record?.id].filter((key) => key !== null && key !== undefined);
  const works = await Promise.all(keys.map((key) => store.load(connection, key, COUNTED)));
  const parked = (await store.parked(connection, SET_ASIDE)).findLast(({ key }) => keys.includes(key));
  return {
    pending: works.reduce((sum, { rows }) => sum + rows.length, 0),
    parked: parked && { code: parked.code, reason: parked.reason },
  };
}

/** Rows that one change may leave, with one time. */
const OF_ONE_CHANGE = 20;

/**
 * The latest report about either side: of the rows of one moment, one that has failed. What was left out on purpose (Skipped) has
 * its own gate. A change that is set aside has a report of the same words, which has them as codes and values. @throws PeerError
 */
export async function attemptsOf(
  { leadId, record, link }: Pair,
  parked: WhyInput['parked'],
  { rest, config }: RequestContext,
): Promise<Pick<WhyInput, 'attempt' | 'parked'>> {
  const { prefix } = config().names;
  const field = (name: string): string => identifier(prefix + name);
  const recordIds = [record?.id, link?.record?.id].filter((id) => id !== undefined);
  const where = [
    ...(leadId === null ? [] : [`${field('Sellfire_Lead_Id__c')} = ${text(leadId)}`]),
    ...recordIds.map((id) => `${field('Salesforce_Record_Id__c')} = ${text(id)}`),
  ];
  const columns = ['Outcome__c', 'Code__c', 'Reason__c', 'Messages__c', 'Occurred_At__c'].map(field);
  const from = `FROM ${field('Integration_Report__c')} WHERE (${where.join(' OR ')}) AND ${field('Outcome__c')} != 'Skipped'`;
  const order = `ORDER BY ${field('Occurred_At__c')} DESC, CreatedDate DESC LIMIT ${OF_ONE_CHANGE}`;
  const rows: Attempt[] = [];
  for await (const row of query(rest, `SELECT Id, ${columns.join(', ')} ${from} ${order}`))
    rows.push(attemptOf(row, prefix));
  const inCodes = rows.find(({ code, sentence }) => code === parked?.code && sentence === parked.reason);
  return {
    attempt: rows.find(({ hasFailed, at }) => hasFailed && at === rows[0]?.at) ?? rows[0],
    parked: parked && { ...parked, reason: inCodes?.reason ?? parked.reason },
  };
}

/** `sentence`: the reason in English, as it was saved. */
type Attempt = NonNullable<WhyInput['attempt']> & { sentence: string };

function attemptOf(row: SalesforceFields, prefix: string): Attempt {
  const value = (name: string): string => String(row[prefix + name] ?? '');
  return {
    id: String(row['Id']),
    hasFailed: ['Failed', 'Refused'].includes(value('Outcome__c')),
    code: value('Code__c'),
    reason: reasonOf(value('Messages__c')) ?? value('Reason__c'),
    at: Date.parse(value('Occurred_At__c')),
    sentence: value('Reason__c'),
  };
}

/** The reason in codes and values; undefined where the row has none, as one of an older bridge. */
function reasonOf(text: string): Message | undefined {
  const [first, ...others] = z.array(messageSchema).safeParse(jsonOf(text)).data ?? [];
  return first && joined([first, ...others], 'joined');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Records that the lead names or awaits, and that the link of another lead has; nothing is reserved. */
export async function takenFrom(
  { leadId, link, record }: Pair,
  { store, connection, sellfire }: RequestContext,
): Promise<Map<string, string>> {
  const lead = leadId === null ? null : await sellfire.leadById(leadId);
  const ids = [record?.id, link?.awaits?.id, ...(lead ? Object.values(recordIdsOf(lead)) : [])];
  const taken = new Map<string, string>();
  for (const id of new Set(ids)) {
    const other: Link | undefined = id ? await store.linkOfRecord(connection, id) : undefined;
    const isPerson = other?.record?.id === id;
    if (id && other && isPerson && !other.ended && other.leadId !== leadId) taken.set(id, other.leadId);
  }
  return taken;
}
