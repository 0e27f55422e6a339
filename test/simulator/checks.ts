// Checks the invariants that hold once all work of a history is done, whatever happened before.
import { entryOf } from '../../bridge/model/catalogue/catalogue.ts';
import type { Link } from '../../bridge/model/link.ts';
import type { Sale } from '../../bridge/model/sale.ts';
import type { OutboxReport } from '../../bridge/store/store.ts';
import { ORG_ID } from './configuration.ts';
import { wasAlwaysOn } from './eras.ts';
import { fieldsOf } from './fieldChecks.ts';
import { idsOf, isRefusal, UNREADABLE } from './idChecks.ts';
import { accountsOf, daysOf, demosOf, switchesOf, triggersOf } from './ruleChecks.ts';
import { BRIDGE_USER } from './peers.ts';
import { memoryOf } from './linkChecks.ts';
import { statesOf } from './stateChecks.ts';
import type { Simulation } from './simulation.ts';

/** What the core relies on and did not hold. */
export const brokenOf = ({ broken }: Simulation): string[] =>
  broken.map(({ invariant, detail }) => `The invariant ${invariant} is broken: ${detail}.`);

/** What is lost, doubled or unsaid. */
export const lossesOf = (simulation: Simulation): string[] => [
  ...brokenOf(simulation),
  ...unfinished(simulation),
  ...duplicates(simulation),
  ...unconnected(simulation),
  ...unexplained(simulation),
  ...salesOf(simulation),
  ...tasksOf(simulation),
];

export function problemsOf(simulation: Simulation): string[] {
  return [
    ...lossesOf(simulation),
    ...answered(simulation),
    ...repeated(simulation),
    ...wasted(simulation),
    ...unparsedOf(simulation),
    ...triggersOf(simulation),
    ...switchesOf(simulation),
    ...demosOf(simulation),
    ...accountsOf(simulation),
    ...daysOf(simulation),
    ...simulation.store
      .allLinks(ORG_ID)
      .flatMap((link) => [
        ...fieldsOf(simulation, link),
        ...idsOf(simulation, link),
        ...statesOf(simulation, link),
        ...memoryOf(simulation, link),
      ]),
  ];
}

/** M8, M32: what a field cannot read is not sent to it, since it fails the whole record and names no field. */
function unparsedOf({ org }: Simulation): string[] {
  return org.unparsed
    .filter(({ user }) => user === BRIDGE_USER)
    .map(({ id }) => `M8: ${id} was sent a value that its field cannot read.`);
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
function answered({ calls, org, dialer, calm, commands }: Simulation): string[] {
  const writes = (calls.get('salesforce.update') ?? 0) + (calls.get('sellfire.updateLead') ?? 0);
  const events = org.stream.flatMap(({ changes }) => changes).length + dialer.feed.lastSequence;
  // A command may write once on each side; a write that an automation puts back has no event, and neither has one that a rule refuses.
  const most = events / 2 + WRITES_WITHOUT_EVENT + 2 * commands + org.automated.length + org.refused.length;
  if (!calm || writes <= most) return [];
  return [`I3: ${writes} writes were made for ${events} events.`];
}

/** Edits of both sides that meet: each side is written the value that it has been given already. */
const MEETING = 3;

/** Of the state that a record shows (M35); a refused phase, over which the bridge may have written before its event came (M15). */
const WRITTEN_AGAIN = /^Sellfire_|^Phase__c$/;

/**
 * I3: no field is written what the bridge itself has set there last, unless an admin asks for it, or the bridge may not know that it has. What
 * is mapped to demos and sales alone is written at each, and of an Account whatever is mapped to them (M4).
 */
function wasted({ org, givenAgain, commands, calm, config }: Simulation): string[] {
  if (commands > 0 || !calm) return [];
  const isOfSales = (object: string | undefined, field: string): boolean => {
    const mapped = config.mappings.filter((one) => one.salesforceObject === object && one.salesforceField === field);
    return object === 'Account' || mapped.every(({ triggers }) => !triggers.includes('createUpdate'));
  };
  const inSalesforce = org.givenAgain.filter(
    ({ user, operation, field, recordId }) =>
      user === BRIDGE_USER &&
      operation === 'salesforce.update' &&
      !WRITTEN_AGAIN.test(field) &&
      !isOfSales(org.get(recordId)?.object, field),
  );
  const written = [
    ...inSalesforce.map(({ recordId, field }) => `${field} of ${recordId}`),
    ...givenAgain.map(({ leadId, field }) => `${field} of ${leadId}`),
  ];
  return written.length > 0 ? [`I3: ${written.join(', ')} were written what they held.`] : [];
}

/**
 * M31: an attempt has one row. I3, M35: nothing is written for its own sake. Where nobody asked for anything and no call failed, no two rows
 * are the same, and hardly a write leaves everything as it was.
 */
function repeated(simulation: Simulation): string[] {
  const { store, org, idle, calm, commands } = simulation;
  if (!calm || commands > 0) return [];
  // Two items of one sale may be rounded alike.
  const interrupted = store.interruptedReports(ORG_ID);
  const told = store
    .allReports(ORG_ID)
    .filter(({ id, code }) => code !== 'VALUE_ROUNDED' && !interrupted.has(id))
    .filter((row) => !isAskedTwice(simulation, row));
  const rows = told.map(({ id: _, ...row }) => JSON.stringify(row));
  const twice = rows.filter((row, index) => {
    const nth = rows.slice(0, index).filter((one) => one === row).length;
    return nth > 0 && timesAutomated(simulation, told[index]) <= nth;
  });
  const inVain = org.idle.filter(({ user, operation }) => user === BRIDGE_USER && operation === 'salesforce.update');
  const written = [...inVain.map(({ recordId }) => recordId), ...idle];
  return [
    ...(org.refused.length > 0 ? [] : twice.map((row) => `M31: a row is there twice: ${row}`)),
    ...(written.length > MEETING ? [`I3: ${written.join(', ')} were written for nothing.`] : []),
  ];
}

/**
 * Two attempts, of which each has its row: two events of a lead in one millisecond, of which a turn each asks whether its record is made; and a
 * record that a lead went on with, and left in the same turn, which is asked whether it makes a lead by the event of its creation, and once
 * more as the record to which the link had moved, whose events may have been the lead's in between.
 */
function isAskedTwice({ store, dialer }: Simulation, row: OutboxReport): boolean {
  const { event, outcome, direction, salesforceRecordId: id, sellfireLeadId: leadId, occurredAt } = row;
  if (event !== 'LeadCreated' || outcome !== 'Skipped') return false;
  if (store.allLinks(ORG_ID).some(({ left = [] }) => left.includes(id ?? ''))) return true;
  const ofThen = dialer.feed
    .after(0, Infinity)
    .filter((one) => one.lead_id === leadId && Date.parse(one.occurred_at) === occurredAt);
  return direction === 'ToSalesforce' && ofThen.length > 1;
}

/** How often an automation set the value that has lost, each time an edit of its own: what is read of it has whole seconds. */
function timesAutomated({ org }: Simulation, row: OutboxReport | undefined): number {
  if (row?.code !== 'OVERTAKEN' || row.direction !== 'ToSellfire') return 0;
  const [change, ...others] = row.changes;
  if (!change || others.length > 0) return 0;
  return org.automated.filter(
    ({ recordId, field, value }) =>
      recordId === row.salesforceRecordId && field === change.field && value === change.before,
  ).length;
}

/** I5: no key has two records, and no record two leads. I11: no lead is created twice from one record by the same request. */
function duplicates(simulation: Simulation): string[] {
  const seen = new Map<string, string>();
  const problems: string[] = [];
  const once = (what: string, who: string): void => {
    const other = seen.get(what);
    if (other !== undefined) problems.push(`I5: ${what} is both ${other} and ${who}.`);
    seen.set(what, who);
  };
  for (const { id, object, fields } of simulation.org.live()) {
    if (!['Lead', 'Contact'].includes(object)) continue;
    if (typeof fields['Sellfire_Lead_Id__c'] === 'string') once(`${object} of ${fields['Sellfire_Lead_Id__c']}`, id);
  }
  for (const { leadId, request } of simulation.creations) once(`creation by ${request}`, leadId);
  // An id that is not followed stays on its lead, with a report (M16).
  const refused = simulation.store
    .allReports(ORG_ID)
    .filter(
      ({ code, event, outcome }) => code === 'RECORD_CLAIMED' || (event === 'LeadLinked' && outcome !== 'Success'),
    );
  for (const { id, salesforce } of simulation.dialer.leads.live()) {
    if (refused.some(({ sellfireLeadId }) => sellfireLeadId === id)) continue;
    const record = salesforce.contact_id ?? salesforce.lead_id;
    if (record !== null && !isNotFollowed(simulation, id, record)) once(`lead of ${record}`, id);
  }
  return problems;
}

/**
 * M16: an id that an import gave a lead, and that is not followed, stays on it, with a row: its record was gone before the lead was linked, or
 * went on as the Contact of another lead.
 */
function isNotFollowed({ store, org, dialer }: Simulation, leadId: string, recordId: string): boolean {
  const hasEnded = store.allLinks(ORG_ID).some((link) => link.leadId === leadId && link.ended !== undefined);
  const isImported = dialer.feed
    .after(0, Infinity)
    .some((one) => one.lead_id === leadId && one.actor.kind === 'import');
  const ids = [recordId, org.records.get(recordId)?.fields['ConvertedContactId']];
  const rows = store
    .allReports(ORG_ID)
    .filter(({ sellfireLeadId, event }) => sellfireLeadId === leadId && event === 'LeadDeleted');
  return (
    hasEnded &&
    isImported &&
    rows.some(
      ({ code, salesforceRecordId: id }) => ['LINK_ENDED', 'TWO_LEADS_ONE_RECORD'].includes(code) && ids.includes(id),
    )
  );
}

/** A lead of a rep is connected, or a report row says why not; so is a record that a person created with a phone. */
function unconnected(simulation: Simulation): string[] {
  const links = new Map(simulation.store.allLinks(ORG_ID).map((link) => [link.leadId, link]));
  const reports = simulation.store.allReports(ORG_ID);
  const problems: string[] = [];
  for (const lead of simulation.dialer.leads.live()) {
    const link = links.get(lead.id);
    const isReported = reports.some(
      ({ sellfireLeadId, code }) =>
        sellfireLeadId === lead.id && code !== '' && code !== 'OVERTAKEN' && code !== UNREADABLE,
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
    // A direction that is off makes nothing, and says nothing of it.
    if (!isReported && !ours && !followed && wasAlwaysOn(simulation, 'createInSellfire'))
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
  const people = new Map<string, Sale['associated_contacts']>();
  for (const { sale } of simulation.dialer.feed.after(0, Infinity)) {
    if (!sale) continue;
    const key = `${sale.lead_id}:${sale.cycle}`;
    made.set(key, [...(made.get(key) ?? []), ...sale.items]);
    people.set(key, [...(people.get(key) ?? []), ...sale.associated_contacts]);
  }
  for (const [key, items] of made) {
    const leadId = key.split(':')[0];
    const excused = reports.some((one) => one.sellfireLeadId === leadId && one.event === 'Sale' && isRefusal(one));
    const lead = simulation.dialer.leads.find(leadId ?? '');
    const link = simulation.store.allLinks(ORG_ID).find((one) => one.leadId === leadId);
    if (excused || lead?.deleted_at !== null || link?.ended) continue;
    const won = simulation.org.byKey('Opportunity', 'Sellfire_Opportunity_Key__c', key);
    if (won?.fields['StageName'] !== 'Closed Won') problems.push(`I2: the sale ${key} won no Opportunity.`);
    const lines = items.flatMap(({ id, product_code: code }) => {
      const line = simulation.org.byKey('OpportunityLineItem', 'Sellfire_Sale_Item_Id__c', id);
      return line ? [{ entry: line.fields['PricebookEntryId'], code }] : [];
    });
    for (const { entry, code } of lines)
      if (productCodeOf(simulation, entry)?.toUpperCase() !== code)
        problems.push(`I2: an item of the sale ${key} is on ${String(entry)} instead of a price of ${code}.`);
    for (const { last_name: name, phone_number: phone } of people.get(key) ?? [])
      if (!everHeld(simulation, 'Contact', 'LastName', name) && !(link && isLeadItself(simulation, link, name, phone)))
        problems.push(`I2: ${name} of the sale ${key} never was a Contact.`);
    if (lines.length !== items.length)
      problems.push(`I2: the sale ${key} has ${lines.length} of ${items.length} items.`);
  }
  return problems;
}

/** M24: who has the lead's own phone and name is the lead's Contact, whose name may be another by now. */
function isLeadItself({ dialer }: Simulation, { leadId, record }: Link, name: string, phone: string | null): boolean {
  const own = dialer.feed
    .after(0, Infinity)
    .flatMap((event) => (event.lead_id === leadId && event.lead ? [event.lead] : []));
  const isOwn = own.some(({ fields }) => fields['last_name'] === name && fields['primary_phone_number'] === phone);
  return record?.object === 'Contact' && isOwn;
}

/** The code of the product of a price. */
function productCodeOf({ org }: Simulation, entryId: unknown): string | null | undefined {
  const known = org.prices.find((one) => one.entryId === entryId);
  const product = known ? undefined : org.get(String(org.get(String(entryId))?.fields['Product2Id']));
  return known ? known.code : String(product?.fields['ProductCode']);
}

/** Whether a record has or had the value, or would have had it but for an automation. */
const everHeld = ({ org }: Simulation, object: string, field: string, value: string): boolean =>
  org.stream.some(({ changes, hidden = changes }) =>
    hidden.some((one) => one.object === object && one.fields[field] === value),
  ) ||
  [...org.records.values()].some((one) => one.object === object && one.fields[field] === value) ||
  org.automated.some((one) => one.field === field && one.asked === value);

/** M29: where Tasks are on, each activity has one Task, or a report row says why not. */
function tasksOf(simulation: Simulation): string[] {
  if (!wasAlwaysOn(simulation, 'activitySync')) return [];
  const reports = simulation.store.allReports(ORG_ID);
  return simulation.dialer.feed.after(0, Infinity).flatMap(({ activity }) => {
    if (!activity) return [];
    const { id, lead_id: leadId } = activity;
    const exists = simulation.org.byKey('Task', 'Sellfire_Activity_Id__c', id) !== undefined;
    const ended = simulation.store.allLinks(ORG_ID).find((link) => link.leadId === leadId)?.ended !== undefined;
    const isReported = reports.some(
      (one) => one.sellfireLeadId === leadId && one.event === 'Activity' && isRefusal(one),
    );
    const gone = simulation.dialer.leads.find(leadId)?.deleted_at !== null;
    return exists || (ended && !simulation.calm) || isReported || gone
      ? []
      : [`I2: the activity ${id} of ${leadId} has no Task.`];
  });
}
