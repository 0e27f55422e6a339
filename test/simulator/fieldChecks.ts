// Checks of the fields of a link once all work of a history is done: what both sides hold, what the link knows, and that the
// last edit has won (I1, I2).
import type { Canonical, Link, Register } from '../../bridge/model/link.ts';
import { OWNER_FIELD, PHASE_FIELD } from '../../bridge/model/mapping.ts';
import type { Lead } from '../../bridge/model/lead.ts';
import { canonical, sameValue } from '../../bridge/sync/values/canonical.ts';
import { asStored, fromSalesforce, readStored } from '../../bridge/sync/mapping/asStored.ts';
import { mappedFields } from '../../bridge/sync/mapping/rules.ts';
import { PERSON } from './randomEdits.ts';
import { BRIDGE_USER } from './peers.ts';
import { changedFields, wasAlwaysOn, wasEverOn } from './eras.ts';
import type { Simulation } from './simulation.ts';

type Field = ReturnType<typeof mappedFields>[number];

/** ms */
const SECOND = 1_000;

/** A value that a person set. */
interface Edit {
  at: number;
  /** Salesforce wins a tie. */
  side: 0 | 1;
  value: Canonical;
  /** Set by an automation of the org, whoever saved the record. */
  automated?: true;
  /** The value that the bridge wrote, in whose place the automation set this one. */
  written?: Canonical;
}

function inSellfire(simulation: Simulation, leadId: string, { sellfire: { name, type } }: Field): Edit[] {
  return simulation.dialer.feed.after(0, Infinity).flatMap(({ lead_id, actor, changes, occurred_at }) => {
    const change = changes[name];
    return lead_id === leadId && actor.kind !== 'api' && change
      ? [{ at: Date.parse(occurred_at), side: 0, value: canonical(type, change.to, simulation.config.country) }]
      : [];
  });
}

/** By which a number of the record is read (M17). */
function countryOf({ org, config }: Simulation, recordId: string): string {
  const { fields = {} } = org.records.get(recordId) ?? {};
  const named = ['CountryCode', 'MailingCountryCode', 'BillingCountryCode'].map((name) => fields[name]);
  return String(named.find((one) => typeof one === 'string') ?? config.country);
}

/**
 * Edits of people, and of the org's automations (F29).
 * @param madeAt virtual time at which the lead was made from the record: what the bridge wrote before carried the edits of another lead
 */
function inSalesforce(simulation: Simulation, recordId: string, field: Field, madeAt = -Infinity): Edit[] {
  const { org } = simulation;
  const country = countryOf(simulation, recordId);
  const { salesforce } = field;
  const isOfAnother = (user: string, at: number): boolean =>
    user === BRIDGE_USER && simulation.timeOf('salesforce', at) < madeAt;
  const byPeople = org.stream
    .flatMap(({ changes }) => changes)
    .flatMap(({ recordId: id, at, user, fields, kind }) => {
      const raw = fields[salesforce.name];
      if (id !== recordId || raw === undefined || (user !== PERSON && !isOfAnother(user, at))) return [];
      // An undeletion publishes every field and changes none.
      return kind === 'undelete' ? [] : [{ at, raw }];
    });
  const automated = org.automated
    .filter((one) => one.recordId === recordId && one.field === salesforce.name)
    .map(({ at, value, asked = null, user }) => {
      const isAnswer = user === BRIDGE_USER;
      const written = isAnswer ? { written: fromSalesforce(field, asked, country) } : {};
      return { at, raw: value, automated: true as const, ...written };
    });
  return [...byPeople, ...automated].map(({ raw, ...edit }) => {
    return { ...edit, side: 1, value: fromSalesforce(field, raw, country) };
  });
}

/** What an automation set in a write follows the edit that the write carried: one that lost is not brought back by it (spec B9). */
function causedAt(edits: readonly Edit[], timeOf: (edit: Edit) => number): (edit: Edit) => number {
  return (edit) => {
    const { written } = edit;
    if (written === undefined) return timeOf(edit);
    const carried = edits.filter(
      (one) => !one.automated && sameValue(one.value, written) && timeOf(one) < timeOf(edit),
    );
    return carried.length === 0 ? timeOf(edit) : Math.max(...carried.map(timeOf));
  };
}

/** I1: the known value of each replica is its value, a delivered value is there, and the last edit has won. */
export function fieldsOf(simulation: Simulation, link: Link): string[] {
  const lead = simulation.dialer.leads.find(link.leadId);
  if (link.ended || !lead || lead.deleted_at !== null) return [];
  const records = [
    ...(link.record ? [{ ...link.record }] : []),
    ...(link.accountId ? [{ object: 'Account' as const, id: link.accountId }] : []),
  ].filter(({ id }) => simulation.org.get(id) !== undefined);
  const problems: string[] = [];
  const objects = records.map(({ object }) => object);
  const changed = changedFields(simulation);
  for (const field of mappedFields(simulation.config, objects)) {
    const record = records.find(({ object }) => object === field.mapping.salesforceObject);
    const state = link.fields[field.sellfire.name];
    if (!record || !state?.register || state.suspended || changed.has(field.sellfire.name)) continue;
    const actual: Record<string, Canonical> = {
      sellfire: canonical(field.sellfire.type, lead.fields[field.sellfire.name] ?? null, simulation.config.country),
      [field.replica]: readStored(
        field,
        simulation.org.get(record.id)?.fields[field.salesforce.name] ?? null,
        countryOf(simulation, record.id),
        state,
      ),
    };
    for (const [key, value] of Object.entries(actual)) {
      const replica = state.replicas[key];
      const where = `${field.sellfire.name} of ${link.leadId} at ${key}`;
      // What was read before the lead held a value that is stored like it is that value.
      const isStoredAs = (one: Canonical): Canonical =>
        key === 'sellfire' ? one : asStored(field, one, simulation.config.country);
      if (replica?.lastKnown !== undefined && !sameValue(isStoredAs(replica.lastKnown), isStoredAs(value)))
        problems.push(
          `I1: ${where} is believed to hold ${JSON.stringify(replica.lastKnown)}, and holds ${JSON.stringify(value)}.`,
        );
      // A refused owner stays different (M14).
      const isRefusedOwner = field.sellfire.name === OWNER_FIELD && link.ownerDiffers !== undefined;
      const isDelivered =
        !isRefusedOwner &&
        replica?.targetVersion === state.register.version &&
        replica.refused?.version !== state.register.version;
      if (
        isDelivered &&
        !sameValue(state.register.value, value) &&
        !leftAlone(simulation, link, record.id, field, key, state.register)
      )
        problems.push(
          `I1: ${where} should hold ${JSON.stringify(state.register.value)}, and holds ${JSON.stringify(value)}.`,
        );
    }
    // Where a direction is off, the auditor says what may stand.
    if (!wasAlwaysOn(simulation, 'updateInSalesforce') || !wasAlwaysOn(simulation, 'updateInSellfire')) continue;
    problems.push(...rulesOf(field.sellfire.name, field.mapping.rule, actual, field.replica, link));
    // Where a field of the Account is the same, an edit of either may be the last.
    const isShared = objects.some(
      (object) =>
        object !== record.object &&
        mappedFields(simulation.config, [object]).some((other) => other.sellfire.name === field.sellfire.name),
    );
    if (!isShared) problems.push(...lastEditOf(simulation, link, lead, record.id, field));
  }
  return problems;
}

/** Whether a record was merged into this one. It has the values that were chosen in the merge. */
function isMasterRecord(simulation: Simulation, recordId: string): boolean {
  return [...simulation.org.records.values()].some(({ mergedInto }) => mergedInto === recordId);
}

/** Whether a person's value stays on a side that the rule, or the settings, do not let set it (I13). */
function leftAlone(
  simulation: Simulation,
  link: Link,
  recordId: string,
  field: Field,
  key: string,
  { value: held, at: since, by }: Register,
): boolean {
  const isBothWays = wasAlwaysOn(simulation, 'updateInSalesforce') && wasAlwaysOn(simulation, 'updateInSellfire');
  if (field.mapping.rule === 'TwoWay' && isBothWays) return false;
  if (key !== 'sellfire' && isMasterRecord(simulation, recordId)) return true;
  const side = key === 'sellfire' ? 'sellfire' : 'salesforce';
  const edits: Pick<Edit, 'at' | 'value'>[] =
    side === 'sellfire' ? inSellfire(simulation, link.leadId, field) : inSalesforce(simulation, recordId, field);
  // Nothing was ever written there (M19), whatever was entered, and when.
  const isClosed = !wasEverOn(simulation, side === 'salesforce' ? 'updateInSalesforce' : 'updateInSellfire');
  if (isClosed && edits.length > 0) return true;
  // The event of a person's edit may have been a gap.
  const gaps = simulation.org.stream
    .flatMap(({ changes }) => changes)
    .filter((change) => side === 'salesforce' && change.kind === 'gap' && change.recordId === recordId);
  // Later by the clocks of the two systems, or by the order of time, where they differ (I18).
  // A record that is read says the second only, in which its clock may have jumped.
  const timeBy = (system: Register['by']): number =>
    Math.min(simulation.timeOf(system, since), simulation.timeOf(system, since + SECOND) - SECOND);
  // What an automation set in a write has the time of the edit that the write carried, by the clock of that (spec B9).
  const isAnswer = simulation.org.automated.some(
    (one) => one.recordId === recordId && one.field === field.salesforce.name && one.user === BRIDGE_USER,
  );
  const time = isAnswer ? Math.min(timeBy('sellfire'), timeBy('salesforce')) : timeBy(by);
  // A number that was read without the country of its record, whose event is lost, is another one as that is read, and carried nowhere.
  const isAbroad = field.sellfire.type === 'phone' && countryOf(simulation, recordId) !== simulation.config.country;
  const ofMoment = side === 'salesforce' && by === side && isAbroad ? edits.filter(({ at }) => at === since) : [];
  const isOff = !wasAlwaysOn(simulation, 'updateInSellfire');
  if (isOff && ofMoment.length > 0 && ofMoment.every(({ value }) => !sameValue(value, held))) return true;
  return [...edits, ...gaps].some(({ at }) => at > since || simulation.timeOf(side, at) > time);
}

/** M15, M14: the phase is Sellfire's on both sides; owners may differ where the link says so. */
function rulesOf(name: string, rule: string, actual: Record<string, Canonical>, replica: string, link: Link): string[] {
  const same = sameValue(actual['sellfire'], actual[replica]);
  if (same || rule !== 'TwoWay') return [];
  const refused = Object.values(link.fields[name]?.replicas ?? {}).some((one) => one.refused !== undefined);
  if (name === PHASE_FIELD && !refused)
    return [
      `I1: the phase of ${link.leadId} is ${String(actual['sellfire'])} in Sellfire and ${String(actual[replica])} at ${replica}.`,
    ];
  // A Contact that was found keeps its owner until either side changes it.
  const found = link.fields[name]?.replicas[replica]?.targetVersion === 0;
  if (name === OWNER_FIELD && !link.ownerDiffers && !refused && !found)
    return [
      `I1: the owner of ${link.leadId} is ${String(actual['sellfire'])} in Sellfire and ${String(actual[replica])} at ${replica}, unmarked.`,
    ];
  return [];
}

/** I2: for a two-way field that both sides shared from the start, both sides hold the last edit. */
function lastEditOf(simulation: Simulation, link: Link, lead: Lead, recordId: string, field: Field): string[] {
  const { name, type } = field.sellfire;
  const plain = name !== PHASE_FIELD && name !== OWNER_FIELD && field.mapping.rule === 'TwoWay';
  if (!plain || isMasterRecord(simulation, recordId) || !isMadeByBridge(simulation, lead, recordId) || simulation.lossy)
    return [];
  const refused = Object.values(link.fields[name]?.replicas ?? {}).some((one) => one.refused !== undefined);
  if (refused) return [];
  const gapped = simulation.org.stream.some(({ changes }) =>
    changes.some((one) => one.recordId === recordId && one.kind === 'gap'),
  );
  // Nor does anybody know the value of an event that cannot be read, where another was written over it before the lead was read.
  const isUnread = simulation.dialer.feed
    .after(0, Infinity)
    .some((one) => one.lead_id === lead.id && one.changes[name] && simulation.received(one) !== one);
  if (gapped || isUnread) return [];
  const { actor, occurred_at: bornAt } = birthOf(simulation, lead) ?? {};
  const madeAt = actor?.kind === 'api' ? simulation.timeOf('sellfire', Date.parse(bornAt ?? '')) : undefined;
  const edits = [...inSellfire(simulation, lead.id, field), ...inSalesforce(simulation, recordId, field, madeAt)];
  const last = edits.sort((a, b) => a.at - b.at || a.side - b.side).at(-1);
  const current = canonical(type, lead.fields[name] ?? null, simulation.config.country);
  // What Salesforce shows of a value that it rounded, or keeps without its time of day, is that value.
  const country = countryOf(simulation, recordId);
  const isSame = ({ side, value }: Edit): boolean =>
    sameValue(value, current) ||
    (side === 1 && sameValue(asStored(field, value, country), asStored(field, current, country)));
  if (!last || isSame(last)) return [];
  // Where a record had to be read, what followed counts as later, whatever the two clocks say; and so does what an automation set.
  const timeOf = ({ at, side }: Edit): number => simulation.timeOf(side === 0 ? 'sellfire' : 'salesforce', at);
  const latest = edits.sort((a, b) => timeOf(a) - timeOf(b) || a.side - b.side).at(-1);
  if (latest && isSame(latest)) return [];
  const cause = causedAt(edits, timeOf);
  const caused = edits.toSorted((a, b) => cause(a) - cause(b) || timeOf(a) - timeOf(b) || a.side - b.side).at(-1);
  if (caused && isSame(caused)) return [];
  const { clocks, org } = simulation;
  const isAutomated = edits.some((one) => one.automated);
  if (isAutomated && clocks.salesforce !== clocks.sellfire) return [];
  // A write that is made again after an automation was deactivated has the value that was asked for.
  const byPeople = edits.filter((one) => !one.automated).at(-1);
  if (isAutomated && org.deactivated && !simulation.calm && byPeople && sameValue(byPeople.value, current)) return [];
  return [
    `I2: the last edit of ${name} of ${lead.id} was ${JSON.stringify(last.value)} at ${last.at}, and ${JSON.stringify(current)} stands.`,
  ];
}

/**
 * Whether the bridge created one side from the other, with the phone of that moment, and never relinked it. A Contact that it made for the sale
 * of another lead, and that somebody linked to this one, keeps its values (M16).
 */
function isMadeByBridge(simulation: Simulation, lead: Lead, recordId: string): boolean {
  const birth = birthOf(simulation, lead);
  const creation = simulation.org.stream
    .flatMap(({ changes }) => changes)
    .find((one) => one.recordId === recordId && one.kind === 'create');
  const { lead_id, contact_id, account_id } = birth?.lead?.salesforce ?? {};
  const isLeadMade = birth?.actor.kind === 'api' && [contact_id ?? lead_id, account_id].includes(recordId);
  const isRecordMade = creation?.user === BRIDGE_USER && creation.fields['Sellfire_Lead_Id__c'] === lead.id;
  const bridgeMade = birth?.actor.kind !== 'import' && (isLeadMade || isRecordMade);
  const other = [lead.salesforce.lead_id, lead.salesforce.contact_id].filter((id) => id !== null && id !== recordId);
  return bridgeMade && other.length === 0;
}

const birthOf = ({ dialer }: Simulation, lead: Lead) =>
  dialer.feed.after(0, Infinity).find(({ type, lead_id: id }) => type === 'lead.created' && id === lead.id);
