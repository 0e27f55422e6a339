// Checks the invariants that hold once all work of a history is done, whatever happened before.
import { entryOf } from '../../bridge/model/catalogue/catalogue.ts';
import type { Canonical, Link } from '../../bridge/model/link.ts';
import { OWNER_FIELD, PHASE_FIELD } from '../../bridge/model/mapping.ts';
import type { Lead } from '../../bridge/model/lead.ts';
import type { Sale } from '../../bridge/model/sale.ts';
import { canonical, sameValue } from '../../bridge/sync/values/canonical.ts';
import { mappedFields } from '../../bridge/sync/mapping/rules.ts';
import { ORG_ID } from './configuration.ts';
import { PERSON } from './randomEdits.ts';
import { BRIDGE_USER } from './peers.ts';
import { daysOf, demosOf, switchesOf, triggersOf } from './ruleChecks.ts';
import type { Simulation } from './simulation.ts';

export function problemsOf(simulation: Simulation): string[] {
  return [
    ...unfinished(simulation),
    ...duplicates(simulation),
    ...answered(simulation),
    ...unconnected(simulation),
    ...unexplained(simulation),
    ...salesOf(simulation),
    ...tasksOf(simulation),
    ...triggersOf(simulation),
    ...switchesOf(simulation),
    ...demosOf(simulation),
    ...daysOf(simulation),
    ...simulation.store.allLinks(ORG_ID).flatMap((link) => [...fieldsOf(simulation, link), ...idsOf(simulation, link)]),
  ];
}

/** I7: every received change is done, or parked with its reason. */
function unfinished(simulation: Simulation): string[] {
  return simulation.store.rows(ORG_ID).flatMap((row) => {
    if (row.state === 'pending') return [`I7: ${row.entry.eventId} still waits under ${row.key}.`];
    if (row.state === 'parked') return [`I7: ${row.entry.eventId} is parked: ${row.code} ${row.reason}`];
    return [];
  });
}

/** M31: a row that is no success has a code of the catalogue, one of that code's outcomes, and a remedy. */
function unexplained({ store }: Simulation): string[] {
  return store.allReports(ORG_ID).flatMap(({ code, outcome, reason }) => {
    if (code === '' && outcome === 'Success') return [];
    if (entryOf(code)?.outcomes?.includes(outcome) && reason !== '') return [];
    return [`M31: a row is ${outcome} with the code "${code}" and says "${reason}".`];
  });
}

/** Creations and connections take more writes than they publish events; far above the number in a history. */
const WRITES_WITHOUT_EVENT = 6;

/**
 * I3: a change is written once, and the event of that write causes no write: at most every second event is a write's.
 */
function answered({ calls, org, dialer, calm }: Simulation): string[] {
  const writes = (calls.get('salesforce.update') ?? 0) + (calls.get('sellfire.updateLead') ?? 0);
  const events = org.stream.flatMap(({ changes }) => changes).length + dialer.feed.lastSequence;
  if (!calm || writes <= events / 2 + WRITES_WITHOUT_EVENT) return [];
  return [`I3: ${writes} writes were made for ${events} events.`];
}

/** I5: no key has two records, and no record two leads. */
function duplicates(simulation: Simulation): string[] {
  const seen = new Map<string, string>();
  const problems: string[] = [];
  const once = (what: string, who: string): void => {
    const other = seen.get(what);
    if (other !== undefined) problems.push(`I5: ${what} is both ${other} and ${who}.`);
    seen.set(what, who);
  };
  for (const { id, object, fields } of simulation.org.live()) {
    if (object === 'Account') continue;
    if (typeof fields['Sellfire_Lead_Id__c'] === 'string') once(`${object} of ${fields['Sellfire_Lead_Id__c']}`, id);
  }
  const claimed = simulation.store.allReports(ORG_ID).filter(({ code }) => code === 'RECORD_CLAIMED');
  for (const { id, salesforce } of simulation.dialer.leads.live()) {
    if (claimed.some(({ sellfireLeadId }) => sellfireLeadId === id)) continue;
    const record = salesforce.contact_id ?? salesforce.lead_id;
    if (record !== null) once(`lead of ${record}`, id);
  }
  return problems;
}

/** A lead of a rep is connected, or a report row says why not; so is a record that a person created with a phone. */
function unconnected(simulation: Simulation): string[] {
  const links = new Map(simulation.store.allLinks(ORG_ID).map((link) => [link.leadId, link]));
  const reports = simulation.store.allReports(ORG_ID);
  const problems: string[] = [];
  for (const lead of simulation.dialer.leads.live()) {
    const link = links.get(lead.id);
    const isReported = reports.some(
      ({ sellfireLeadId, code }) => sellfireLeadId === lead.id && code !== '' && code !== 'OVERTAKEN',
    );
    if (!link?.record && !link?.accountId && !isReported)
      problems.push(`I2: lead ${lead.id} is connected to nothing, and nothing was reported.`);
  }
  const connected = new Set([...links.values()].flatMap(({ record, accountId }) => [record?.id, accountId]));
  for (const record of simulation.org.live()) {
    if (!['Lead', 'Contact'].includes(record.object) || connected.has(record.id)) continue;
    if (record.fields['IsConverted'] === true || typeof record.fields['Phone'] !== 'string') continue;
    const isReported = reports.some(({ salesforceRecordId }) => salesforceRecordId === record.id);
    // A sale's Contacts beside the linked Lead belong to the sale (M22, M24).
    const ours = ['Sellfire_Contact_Key__c', 'Sellfire_Lead_Id__c'].some(
      (name) => typeof record.fields[name] === 'string',
    );
    // Where the lead left or deleted the converted Lead, the report row is about that Lead.
    const origin = [...simulation.org.records.values()].find(
      ({ fields }) => fields['ConvertedContactId'] === record.id,
    );
    const followed = origin && reports.some(({ salesforceRecordId }) => salesforceRecordId === origin.id);
    if (!isReported && !ours && !followed)
      problems.push(`I2: ${record.object} ${record.id} is connected to nothing, and nothing was reported.`);
  }
  return problems;
}

/**
 * M22, M24, M25: each sale is in one won Opportunity of its cycle with an item for each thing sold and a Contact for each
 * person, or a report row says why not.
 */
function salesOf(simulation: Simulation): string[] {
  const reports = simulation.store.allReports(ORG_ID);
  const problems: string[] = [];
  const made = new Map<string, Sale['items']>();
  const people = new Map<string, string[]>();
  for (const { sale } of simulation.dialer.feed.after(0, Infinity)) {
    if (!sale) continue;
    const key = `${sale.lead_id}:${sale.cycle}`;
    made.set(key, [...(made.get(key) ?? []), ...sale.items]);
    people.set(key, [...(people.get(key) ?? []), ...sale.associated_contacts.map(({ last_name: name }) => name)]);
  }
  for (const [key, items] of made) {
    const leadId = key.split(':')[0];
    const excused = reports.some(
      (one) => one.sellfireLeadId === leadId && one.event === 'Sale' && one.outcome !== 'Success',
    );
    const lead = simulation.dialer.leads.find(leadId ?? '');
    const link = simulation.store.allLinks(ORG_ID).find((one) => one.leadId === leadId);
    if (excused || lead?.deleted_at !== null || link?.ended) continue;
    const won = simulation.org.byKey('Opportunity', 'Sellfire_Opportunity_Key__c', key);
    if (won?.fields['StageName'] !== 'Closed Won') problems.push(`I2: the sale ${key} won no Opportunity.`);
    const lines = items.flatMap(({ id, product_code: code }) => {
      const line = simulation.org.byKey('OpportunityLineItem', 'Sellfire_Sale_Item_Id__c', id);
      return line ? [{ entry: line.fields['PricebookEntryId'], sold: `01u${code}` }] : [];
    });
    for (const { entry, sold } of lines)
      if (entry !== sold) problems.push(`I2: an item of the sale ${key} is on ${String(entry)} instead of ${sold}.`);
    for (const name of people.get(key) ?? [])
      if (!everHeld(simulation, 'Contact', 'LastName', name))
        problems.push(`I2: ${name} of the sale ${key} never was a Contact.`);
    if (lines.length !== items.length)
      problems.push(`I2: the sale ${key} has ${lines.length} of ${items.length} items.`);
  }
  return problems;
}

/** Whether a record has or had the value. */
const everHeld = ({ org }: Simulation, object: string, field: string, value: string): boolean =>
  org.stream.some(({ changes, hidden = changes }) =>
    hidden.some((one) => one.object === object && one.fields[field] === value),
  ) || [...org.records.values()].some((one) => one.object === object && one.fields[field] === value);

/** M29: where Tasks are on, each activity has one Task, or a report row says why not. */
function tasksOf(simulation: Simulation): string[] {
  if (!simulation.config.settings.activitySync) return [];
  const reports = simulation.store.allReports(ORG_ID);
  return simulation.dialer.feed.after(0, Infinity).flatMap(({ activity }) => {
    if (!activity) return [];
    const { id, lead_id: leadId } = activity;
    const exists = simulation.org.byKey('Task', 'Sellfire_Activity_Id__c', id) !== undefined;
    const ended = simulation.store.allLinks(ORG_ID).find((link) => link.leadId === leadId)?.ended !== undefined;
    const isReported = reports.some(
      (one) => one.sellfireLeadId === leadId && one.event === 'Activity' && one.outcome !== 'Success',
    );
    const gone = simulation.dialer.leads.find(leadId)?.deleted_at !== null;
    return exists || ended || isReported || gone ? [] : [`I2: the activity ${id} of ${leadId} has no Task.`];
  });
}

/** The link and both records name each other. */
function idsOf(simulation: Simulation, link: Link): string[] {
  const lead = simulation.dialer.leads.find(link.leadId);
  if (link.ended || !lead || lead.deleted_at !== null || !link.record) return [];
  // Two leads claimed one record at once: one of them was stopped and reported.
  const claimed = simulation.store.allReports(ORG_ID).filter(({ code }) => code === 'RECORD_CLAIMED');
  if (
    claimed.some(
      ({ sellfireLeadId, salesforceRecordId }) => sellfireLeadId === lead.id || salesforceRecordId === link.record?.id,
    )
  )
    return [];
  const { object, id } = link.record;
  const named = object === 'Lead' ? lead.salesforce.lead_id : lead.salesforce.contact_id;
  const record = simulation.org.get(id);
  const problems: string[] = [];
  if (named !== id) problems.push(`I1: lead ${lead.id} shows ${object} ${named}, but is linked to ${id}.`);
  // A sale created a Contact while somebody converted the Lead: the two Contacts were reported.
  const isReported = simulation.store
    .allReports(ORG_ID)
    .some(({ code, salesforceRecordId }) => code === 'DUPLICATE_VALUE' && salesforceRecordId === id);
  if (record && !isReported && record.fields['Sellfire_Lead_Id__c'] !== lead.id)
    problems.push(
      `I1: ${object} ${id} shows lead ${String(record.fields['Sellfire_Lead_Id__c'])}, but is linked to ${lead.id}.`,
    );
  return problems;
}

type Field = ReturnType<typeof mappedFields>[number];

/** A value that a person set. */
interface Edit {
  at: number;
  /** Salesforce wins a tie. */
  side: 0 | 1;
  value: Canonical;
}

function inSellfire(simulation: Simulation, leadId: string, { sellfire: { name, type } }: Field): Edit[] {
  return simulation.dialer.feed.after(0, Infinity).flatMap(({ lead_id, actor, changes, occurred_at }) => {
    const change = changes[name];
    return lead_id === leadId && actor.kind !== 'api' && change
      ? [{ at: Date.parse(occurred_at), side: 0, value: canonical(type, change.to, simulation.config.country) }]
      : [];
  });
}

function inSalesforce(simulation: Simulation, recordId: string, { sellfire, salesforce }: Field): Edit[] {
  return simulation.org.stream
    .flatMap(({ changes }) => changes)
    .flatMap(({ recordId: id, at, user, fields, kind }) => {
      const raw = fields[salesforce.name];
      // An undeletion publishes every field and changes none.
      if (id !== recordId || user !== PERSON || raw === undefined || kind === 'undelete') return [];
      return [{ at, side: 1, value: canonical(sellfire.type, raw, simulation.config.country) }];
    });
}

/** I1: the known value of each replica is its value, a delivered value is there, and the last edit has won. */
function fieldsOf(simulation: Simulation, link: Link): string[] {
  const lead = simulation.dialer.leads.find(link.leadId);
  if (link.ended || !lead || lead.deleted_at !== null) return [];
  const records = [
    ...(link.record ? [{ ...link.record }] : []),
    ...(link.accountId ? [{ object: 'Account' as const, id: link.accountId }] : []),
  ].filter(({ id }) => simulation.org.get(id) !== undefined);
  const problems: string[] = [];
  const objects = records.map(({ object }) => object);
  for (const field of mappedFields(simulation.config, objects)) {
    const record = records.find(({ object }) => object === field.mapping.salesforceObject);
    const state = link.fields[field.sellfire.name];
    if (!record || !state?.register || state.suspended) continue;
    const actual: Record<string, Canonical> = {
      sellfire: canonical(field.sellfire.type, lead.fields[field.sellfire.name] ?? null, simulation.config.country),
      [field.replica]: canonical(
        field.sellfire.type,
        simulation.org.get(record.id)?.fields[field.salesforce.name] ?? null,
        simulation.config.country,
      ),
    };
    for (const [key, value] of Object.entries(actual)) {
      const replica = state.replicas[key];
      const where = `${field.sellfire.name} of ${link.leadId} at ${key}`;
      if (replica?.lastKnown !== undefined && !sameValue(replica.lastKnown, value))
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
        !leftAlone(simulation, link, record.id, field, key, state.register.at)
      )
        problems.push(
          `I1: ${where} should hold ${JSON.stringify(state.register.value)}, and holds ${JSON.stringify(value)}.`,
        );
    }
    problems.push(...rulesOf(field.sellfire.name, field.mapping.rule, actual, field.replica, link));
    problems.push(...lastEditOf(simulation, link, lead, record.id, field));
  }
  return problems;
}

/** Whether a record was merged into this one. It has the values that were chosen in the merge. */
function isMasterRecord(simulation: Simulation, recordId: string): boolean {
  return [...simulation.org.records.values()].some(({ mergedInto }) => mergedInto === recordId);
}

/** Whether a person's value stays on a side that the rule does not let set it (I13). */
function leftAlone(
  simulation: Simulation,
  link: Link,
  recordId: string,
  field: Field,
  key: string,
  since: number,
): boolean {
  if (field.mapping.rule === 'TwoWay') return false;
  if (key !== 'sellfire' && isMasterRecord(simulation, recordId)) return true;
  // The event of a person's edit may have been a gap.
  const gaps = simulation.org.stream.flatMap(({ changes }) => changes).filter(({ kind }) => kind === 'gap');
  if (key !== 'sellfire' && gaps.some((gap) => gap.recordId === recordId && gap.at > since)) return true;
  return key === 'sellfire'
    ? inSellfire(simulation, link.leadId, field).some(({ at }) => at > since)
    : inSalesforce(simulation, recordId, field).some(({ at }) => at > since);
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
  if (gapped) return [];
  const edits = [...inSellfire(simulation, lead.id, field), ...inSalesforce(simulation, recordId, field)];
  const last = edits.sort((a, b) => a.at - b.at || a.side - b.side).at(-1);
  const current = canonical(type, lead.fields[name] ?? null, simulation.config.country);
  if (!last || sameValue(last.value, current)) return [];
  return [
    `I2: the last edit of ${name} of ${lead.id} was ${JSON.stringify(last.value)} at ${last.at}, and ${JSON.stringify(current)} stands.`,
  ];
}

/** Whether the bridge created one side from the other, with the phone of that moment, and never relinked it. */
function isMadeByBridge(simulation: Simulation, lead: Lead, recordId: string): boolean {
  const birth = simulation.dialer.feed
    .after(0, Infinity)
    .find(({ type, lead_id }) => type === 'lead.created' && lead_id === lead.id);
  const creation = simulation.org.stream
    .flatMap(({ changes }) => changes)
    .find((one) => one.recordId === recordId && one.kind === 'create');
  const bridgeMade = birth?.actor.kind === 'api' || creation?.user === BRIDGE_USER;
  const other = [lead.salesforce.lead_id, lead.salesforce.contact_id].filter((id) => id !== null && id !== recordId);
  return bridgeMade && other.length === 0;
}
