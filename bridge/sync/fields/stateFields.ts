// The fields of the package by which a record shows the state of its sync: state, detail, cycle, next event, last synced (M35). They
// are written together with another write of the record, or when the state changes, and never for their own sake: each write is an
// event of the org's allocation.
import { entryOf } from '../../model/catalogue/catalogue.ts';
import type { SyncConfig } from '../../model/config.ts';
import type { Fault } from '../../model/fault.ts';
import type { Link } from '../../model/link.ts';
import type { Write } from '../../model/plan.ts';
import type { NodeValue } from '../../model/saleTransaction.ts';
import type { FollowedObject, SalesforceFields, SalesforceValue } from '../../model/salesforce.ts';
import { cutText } from '../../model/text.ts';
import { compiled } from '../mapping/compiled.ts';
import { towardsSalesforce } from '../mapping/rules.ts';
import { linkedFields, linkedObjects, type Draft } from '../turn/draft.ts';
import { refusalOf } from '../values/register.ts';
import { noteSchedule } from './plans.ts';

/** The length of Sellfire_Sync_Detail__c. */
const DETAIL_LENGTH = 255;

const STATE_FIELDS = ['Sync_State', 'Sync_Detail', 'Cycle', 'Next_Event_At', 'Last_Synced_At'] as const;
type StateField = (typeof STATE_FIELDS)[number];

export const stateFieldName = ({ names }: Pick<SyncConfig, 'names'>): string => `${names.prefix}Sellfire_Sync_State__c`;

export const detailFieldName = ({ names }: Pick<SyncConfig, 'names'>): string =>
  `${names.prefix}Sellfire_Sync_Detail__c`;

/** Of a record that its lead left for another one: blank, as far as the fields may be written. */
export function notLinked(config: SyncConfig, object: FollowedObject): SalesforceFields {
  const names = [stateFieldName(config), detailFieldName(config)];
  const writable = names.filter((name) => config.objects[object]?.fields[name]?.updateable);
  return Object.fromEntries(writable.map((name) => [name, null]));
}

/** How the detail of a Lead begins that its lead left, where that of a refusal begins with its code; the id of the Contact follows. */
export const MOVED = 'MOVED: ';

/** The code of the refusal that stands; undefined where both sides agree. */
function problemOf(draft: Draft): string | undefined {
  const { link } = draft;
  if (!link) return undefined;
  if (link.ownerDiffers) return 'OWNER_REFUSED';
  const objects = linkedObjects(link);
  let first: string | undefined;
  // Each turn looks at every replica, and nearly none of them was refused.
  for (const name in link.fields) {
    const state = link.fields[name];
    for (const key in state?.replicas) {
      const refused = state && refusalOf(state, key);
      if (!refused || !isOf(objects, key)) continue;
      const isMapped = linkedFields(draft).some(({ sellfire }) => sellfire.name === name);
      if (isMapped && (first === undefined || refused.code < first)) first = refused.code;
    }
  }
  return first;
}

const isOf = (objects: readonly string[], replica: string): boolean =>
  replica === 'sellfire' || objects.some((object) => replica.startsWith(`${object}.`));

/** Adds the state to the writes of a turn; without any write it has one of its own where it has changed. */
export function showState(draft: Draft, writes: readonly Write[]): Write[] {
  noteProblem(draft);
  const { changes } = draft;
  noteSchedule(
    draft,
    changes.filter((change) => change.source === 'sellfire'),
  );
  const at = Math.max(...changes.map((change) => change.at));
  const written = withStateFields(draft, writes, at);
  return written.length > 0 ? written : changedState(draft, at);
}

/** Keeps the words of the refusal, which the report rows of this turn have. */
export function noteProblem(draft: Draft): void {
  const { link } = draft;
  if (!link) return;
  const code = problemOf(draft);
  if (code === link.problem?.code) return;
  const { problem: _, ...rest } = link;
  if (code === undefined) {
    draft.link = rest;
    return;
  }
  const row = draft.reports.findLast((one) => one.code === code);
  const detail = cutText(
    `${code}: ${row?.reason ?? entryOf(code)?.title ?? 'See the integration reports.'}`,
    DETAIL_LENGTH,
  );
  draft.link = { ...rest, problem: { code, detail } };
}

/**
 * Adds the fields to every write of a linked record.
 * @param at ms since the epoch: when the change happened that is carried
 */
export function withStateFields(draft: Draft, writes: readonly Write[], at: number): Write[] {
  const { link } = draft;
  return writes.map((write) => {
    if (write.kind === 'saleTransaction') return inTransaction(draft, write, at);
    // Blank where it was refused.
    if ('state' in write) return write;
    if (write.kind === 'createInSalesforce')
      return withState(write, stateFields(draft, write.object, at, write.fields));
    if (
      write.kind !== 'updateInSalesforce' ||
      write.object === 'Opportunity' ||
      write.object === 'Task' ||
      !link ||
      link.ended
    )
      return write;
    if (write.id !== link.record?.id && write.id !== link.accountId) return write;
    return withState(write, stateFields(draft, write.object, at, write.fields));
  });
}

/** The Account of a demo or a sale shows the state from its creation on; a Contact does once the link has moved to it. */
function inTransaction(draft: Draft, write: Extract<Write, { kind: 'saleTransaction' }>, at: number): Write {
  const { transaction } = write;
  const nodes = transaction.nodes.map((node) =>
    node.ref === 'account' && Object.keys(stateAmong(draft, node.fields)).length === 0
      ? { ...node, fields: { ...node.fields, ...stateFields(draft, 'Account', at, node.fields) } }
      : node,
  );
  return { ...write, transaction: { ...transaction, nodes } };
}

const isState = ({ config }: Draft, name: string): boolean =>
  STATE_FIELDS.some((field) => name === `${config.names.prefix}Sellfire_${field}__c`);

/** Those of the fields that show the state. */
export const stateAmong = (draft: Draft, fields: Record<string, NodeValue>): SalesforceFields =>
  Object.fromEntries(
    Object.entries(fields).filter(
      (pair): pair is [string, SalesforceValue] => isState(draft, pair[0]) && !isReference(pair[1]),
    ),
  );

const isReference = (value: NodeValue): value is { ref: string } => typeof value === 'object' && value !== null;

/** What a report says of a record is what people work with. */
export const withoutState = <V>(draft: Draft, fields: Record<string, V>): Record<string, V> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !isState(draft, name)));

const withState = <W extends Write>(write: W, state: SalesforceFields): W =>
  Object.keys(state).length === 0 ? write : { ...write, state };

/** A write of its own where the state has changed since it was written to the record. */
export function changedState(draft: Draft, at: number): Write[] {
  const { link, config } = draft;
  const place = link?.record ?? (link?.accountId ? { object: 'Account' as const, id: link.accountId } : undefined);
  if (!link || link.ended || !place || !config.settings.updateInSalesforce) return [];
  if (link.stateWritten?.[place.id] === keyOf(link)) return [];
  const state = stateFields(draft, place.object, at, {});
  return stateFieldName(config) in state
    ? [{ kind: 'updateInSalesforce', ...place, fields: {}, deliveries: [], state }]
    : [];
}

/** Whether a refusal names one of these fields: the record is worth more than they are. */
export const namesState = ({ fields, message }: Fault, state: SalesforceFields): boolean =>
  Object.keys(state).some((name) => fields.includes(name) || message.includes(name));

/** Keeps what a record shows, or refused to show: it is not tried again before the state changes. */
export function noteWritten(draft: Draft, id: string, state: SalesforceFields | undefined): void {
  const { link } = draft;
  if (!link || !state || !(stateFieldName(draft.config) in state)) return;
  const shows = `${String(state[stateFieldName(draft.config)])} ${codeIn(draft, state)}`.trim();
  const linked = [link.record?.id, link.accountId];
  const kept = Object.entries(link.stateWritten ?? {}).filter(([key]) => linked.includes(key));
  draft.link = { ...link, stateWritten: { ...Object.fromEntries(kept), [id]: shows } };
}

/**
 * Keeps what a record was read to show: an attempt whose outcome is not recorded may have written another state than the link knows of.
 * @param fields of the record, as read
 */
export function noteShown(draft: Draft, id: string, fields: SalesforceFields): void {
  const { link, config } = draft;
  const shown = fields[stateFieldName(config)];
  if (!link || shown === undefined) return;
  if (shown !== null) {
    noteWritten(draft, id, fields);
    return;
  }
  const { [id]: _, ...stateWritten } = link.stateWritten ?? {};
  draft.link = { ...link, stateWritten };
}

const codeIn = ({ config }: Draft, state: SalesforceFields): string =>
  String(state[detailFieldName(config)] ?? '').split(':')[0] ?? '';

/** What identifies the state: the word and the code of the refusal. */
const keyOf = ({ problem }: Link): string => (problem ? `Refused ${problem.code}` : 'InSync');

/** The state, as far as it may be written. @param others what the write carries already */
function stateFields(
  { config, link, lead }: Draft,
  object: FollowedObject,
  at: number,
  others: Readonly<Record<string, unknown>>,
): SalesforceFields {
  const next = Object.values(link?.planned ?? {})
    .filter((time) => time > at)
    .toSorted((a, b) => a - b)[0];
  const values: Record<StateField, SalesforceValue | undefined> = {
    Sync_State: link?.problem ? 'Refused' : 'InSync',
    Sync_Detail: link?.problem?.detail ?? null,
    Cycle: lead?.cycle,
    Next_Event_At: next === undefined ? null : new Date(next).toISOString(),
    Last_Synced_At: new Date(at).toISOString(),
  };
  const state: SalesforceFields = {};
  for (const [field, name] of writableState(config, [object])) {
    const value = values[field];
    if (value !== undefined && !(name in others)) state[name] = value;
  }
  return state;
}

/** The fields of the state on an object that the connected user may write and no mapping writes, with their names there. */
const writableState = compiled(({ names, mappings, objects }, [object = '']): readonly [StateField, string][] => {
  const mapped = mappings.filter(
    ({ salesforceObject, rule }) => salesforceObject === object && towardsSalesforce(rule),
  );
  return STATE_FIELDS.map((field): [StateField, string] => [field, `${names.prefix}Sellfire_${field}__c`]).filter(
    ([, name]) =>
      objects[object]?.fields[name]?.updateable === true &&
      !mapped.some(({ salesforceField }) => salesforceField === name),
  );
});
