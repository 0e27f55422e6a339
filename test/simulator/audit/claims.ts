// What a row says is the reason is so (M31): a switch that was off, a side that was deleted, a number that somebody has, an edit that was overtaken. A
// row excuses what was not done, so one without its cause would excuse anything.
import type { Evidence, OrgRecord, Row, Values } from './evidence.ts';
import { isSame, lineOf, text, valuesOfLead, valuesOfRecord } from './journal.ts';

export function auditClaims(evidence: Evidence): string[] {
  return evidence.rows.flatMap((row) =>
    isTrue(evidence, row)
      ? []
      : [`M31: a row of ${row.event} says ${row.code}, and it is not so: ${row.reason} (${about(row)})`],
  );
}

const about = ({ sellfireLeadId, salesforceRecordId, outcome }: Row): string =>
  `${outcome} ${String(sellfireLeadId)} ${String(salesforceRecordId)}`;

/** By code: whether what has happened is what a row with it says. */
const CAUSES: Readonly<Record<string, (evidence: Evidence, row: Row) => boolean>> = {
  CREATION_OFF: ({ alwaysOn }) => !alwaysOn.createInSalesforce,
  // A converted Lead whose Contact is another lead's ends a link as well.
  LINK_ENDED: (evidence, { sellfireLeadId: leadId }) =>
    evidence.records.some(({ fields }) => fields['IsConverted'] === true) ||
    isLeadDeleted(evidence, leadId) ||
    evidence.commits.some(({ changes }) => changes.some(({ kind }) => kind === 'delete')),
  REQUIRED_EMPTY: (evidence, { event, reason, sellfireLeadId: leadId }) => {
    const fields = /: ([a-z_]+(?:, [a-z_]+)*)\. Fill/.exec(reason)?.[1]?.split(', ');
    if (!fields || !['Sale', 'DemoSet'].includes(event)) return true;
    const held = fieldsOf(evidence, leadId);
    return fields.every((field) => held.some((values) => isSame(values[field] ?? null, null)));
  },
  LEAD_GONE: (evidence, { sellfireLeadId: leadId }) => isLeadDeleted(evidence, leadId),
  NOT_FOUND: (evidence, { sellfireLeadId: leadId }) => isLeadDeleted(evidence, leadId),
  RECORD_NOT_VISIBLE: (evidence, { salesforceRecordId: id }) => isRecordDeleted(evidence, id),
  CONVERTED: ({ records }, { reason }) =>
    records.some(({ id, fields }) => fields['IsConverted'] === true && reason.includes(id)),
  // It may have been undeleted since, or its master merged.
  MERGED: (evidence, { reason }) =>
    evidence.records.some(({ id }) => reason.includes(id) && isRecordDeleted(evidence, id)),
  LINK_RESUMED: ({ events, commits }, { sellfireLeadId: leadId, reason }) =>
    reason.startsWith('Restored in Sellfire')
      ? events.some(({ type, lead_id: id }) => type === 'lead.deleted' && id === leadId)
      : commits.some(({ changes }) => changes.some(({ kind }) => kind === 'undelete')),
  // The record, or the lead, that has the number has had it.
  PHONE_EXISTS: (evidence, row) =>
    row.direction === 'ToSalesforce' ? isOnRecord(evidence, row) : isOnLead(evidence, row),
  PHONE_AMBIGUOUS: (evidence, { sellfireLeadId: leadId, reason }) =>
    leadId === null ||
    evidence.records.filter(
      ({ id }) => reason.includes(id) && shareALine(linesOfRecord(evidence, id), linesOfLead(evidence, leadId)),
    ).length > 1,
  PHONE_INVALID: ({ records, commits, events }, { reason }) => {
    const held = /holds "(.*)", /s.exec(reason)?.[1];
    return (
      [...records, ...commits.flatMap(({ changes }) => changes)].some(({ fields }) =>
        Object.values(fields).includes(held ?? null),
      ) || events.some(({ changes }) => changes['primary_phone_number']?.to === held)
    );
  },
  CURRENCY_MISSING: ({ events, currencies }, { sellfireRecordId: saleId, reason }) => {
    const sale = events.find((one) => one.sale?.id === saleId)?.sale;
    if (!sale || currencies.includes(sale.currency)) return false;
    return [sale.currency, ...currencies].every((code) => reason.includes(code));
  },
  // No product of theirs but the new one is missing, and it is each one that the row names.
  PRODUCT_MISSING: ({ events, currencies, retired }, { sellfireRecordId: saleId, reason }) => {
    const sale = events.find((one) => one.sale?.id === saleId)?.sale;
    const named = (sale?.items ?? []).filter((one) => reason.includes(`${one.product_name} (${one.product_code})`));
    if (!sale || named.length === 0 || named.some((one) => !['NEW', retired].includes(one.product_code))) return false;
    return currencies.length === 0 || reason.includes(`in ${sale.currency} `);
  },
  // Or what it named was no record, or was another lead's or deleted by then.
  NOT_CONNECTED: (evidence, { sellfireLeadId: leadId }) =>
    evidence.events.some(({ lead, lead_id: leadOf }) => {
      const named = lead ? [lead.salesforce.lead_id, lead.salesforce.contact_id] : [];
      const isOwn = ({ id, fields }: OrgRecord): boolean =>
        named.includes(id) &&
        !isRecordDeleted(evidence, id) &&
        !wasOfOther(evidence, id, leadId) &&
        fields['Sellfire_Lead_Id__c'] === leadId;
      return leadOf === leadId && lead !== null && !evidence.records.some(isOwn);
    }),
  NOTHING_TO_REPUSH: ({ events }, { event, sellfireLeadId: leadId, sellfireRecordId: of }) =>
    event === 'DemoSet' ||
    !events.some((one) => one.lead_id === leadId && (event === 'Sale' ? one.sale : one.activity)?.id === of),
  // Of a value that a record which its lead left, or found, held as well: somebody has set the field on one of the two sides at least.
  OVERTAKEN: (evidence, { changes, sellfireLeadId: leadId }) =>
    changes.every(({ field }) =>
      evidence.mappings
        .filter((one) => one.sellfireField === field || one.salesforceField === field)
        .some(
          (one) =>
            evidence.events.some((of) => of.lead_id === leadId && of.changes[one.sellfireField]) ||
            evidence.commits.some((of) => of.changes.some(({ fields }) => fields[one.salesforceField] !== undefined)),
        ),
    ),
  OWNER_REFUSED: ({ reps, left, events }, { changes, reason, outcome, sellfireLeadId: leadId }) =>
    outcome !== 'Refused' ||
    (reason.includes('has events with this lead')
      ? events.some((one) => one.lead_id === leadId && one.schedule_item)
      : changes.some(({ after }) =>
          reason.includes('deleted rep') ? left.has(String(after)) : !reps.some(({ id }) => id === after),
        )),
  PHASE_REFUSED: (evidence, row) => row.outcome !== 'Refused' || isPhaseKept(evidence, row),
  PRODUCT_INACTIVE: ({ events, retired }, { sellfireRecordId: saleId }) =>
    events.some(({ sale }) => sale?.id === saleId && sale?.items.some((one) => one.product_code === retired)),
  VALUE_CUT: ({ limits }, { changes }) =>
    changes.every(({ field, after }) => (limits.get(field) ?? Infinity) === String(after).length),
  VALUE_ROUNDED: ({ limits }, { changes }) => changes.every(({ field }) => limits.has(field)),
  TWO_LEADS_ONE_RECORD: ({ records }) =>
    records.some(({ mergedInto, fields }) => mergedInto !== undefined || fields['IsConverted'] === true),
  BOUNCING: ({ automated }) => automated.length > 0,
};

function isTrue(evidence: Evidence, row: Row): boolean {
  // What was refused is another value than the one that stands (M14, M15).
  const isRule = ['PHASE_REFUSED', 'OWNER_REFUSED'].includes(row.code) && row.outcome === 'Refused';
  if (isRule && row.changes.some((one) => one.before !== undefined && isSame(one.before, one.after))) return false;
  // Or it is Sellfire that has refused it.
  if (isRule && evidence.refusals.some(({ code, message }) => code === row.code && row.reason.startsWith(message)))
    return true;
  return CAUSES[row.code]?.(evidence, row) ?? true;
}

const fieldsOf = ({ events }: Evidence, leadId: string | null): Readonly<Record<string, unknown>>[] =>
  events.flatMap((one) => (one.lead_id === leadId && one.lead ? [one.lead.fields] : []));

const isLeadDeleted = ({ events }: Evidence, leadId: string | null): boolean =>
  events.some(({ type, lead_id: id }) => type === 'lead.deleted' && id === leadId);

const isRecordDeleted = ({ commits }: Evidence, id: string | null): boolean =>
  commits.some(({ changes }) => changes.some(({ recordId, kind }) => recordId === id && kind === 'delete'));

const wasOfOther = ({ commits }: Evidence, id: string, leadId: string | null): boolean =>
  commits.some(({ changes }) =>
    changes.some(
      ({ recordId, fields: { Sellfire_Lead_Id__c: named } }) =>
        recordId === id && typeof named === 'string' && named !== leadId,
    ),
  );

const linesOfLead = (evidence: Evidence, leadId: string): string[] =>
  valuesOfLead(evidence, leadId, 'primary_phone_number').flatMap((one) =>
    typeof one === 'string' ? [lineOf(one)] : [],
  );

const linesOfRecord = (evidence: Evidence, id: string): string[] =>
  valuesOfRecord(evidence, id, 'Phone').flatMap((one) => (typeof one === 'string' ? [lineOf(one)] : []));

const shareALine = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => others.includes(one));

/** A record that is there, and is no other side of the lead, has had its number. */
function isOnRecord(evidence: Evidence, { sellfireLeadId: leadId, reason, event }: Row): boolean {
  if (leadId === null || event !== 'LeadCreated') return true;
  const mine = linesOfLead(evidence, leadId);
  return evidence.records.some(({ id }) => reason.includes(id) && shareALine(linesOfRecord(evidence, id), mine));
}

/** The lead that the row names has had the number of its record, of one that its lead has left for that, or of an Account that this is synced with. */
function isOnLead(evidence: Evidence, { salesforceRecordId: id, sellfireLeadId: leadId, reason }: Row): boolean {
  if (id === null) return true;
  const left = evidence.records.filter(
    (one) => leadId !== null && valuesOfRecord(evidence, one.id, 'Sellfire_Lead_Id__c').includes(leadId),
  );
  const theirs = [id, ...left.map((one) => one.id), ...accountsOf(evidence, leadId)].flatMap((one) =>
    linesOfRecord(evidence, one),
  );
  return evidence.leads.some((one) => reason.includes(one.id) && shareALine(linesOfLead(evidence, one.id), theirs));
}

/** The Accounts that a lead has named, where an edit of their number goes to it (M11). */
function accountsOf({ events, mappings }: Evidence, leadId: string | null): string[] {
  const isSynced = mappings.some(
    (one) =>
      one.salesforceObject === 'Account' &&
      one.salesforceField === 'Phone' &&
      one.sellfireField === 'primary_phone_number' &&
      one.triggers.includes('createUpdate'),
  );
  if (!isSynced) return [];
  return events.flatMap(({ lead_id: id, lead }) =>
    id === leadId && typeof lead?.salesforce.account_id === 'string' ? [lead.salesforce.account_id] : [],
  );
}

/** M15: five phases are accepted, and ColdCallCold only from the end of a cycle. */
const ACCEPTED = ['ColdCallCold', 'Resting', 'LongResting', 'Retired', 'Customer'];
const ENDS = [
  'RestingColdCall',
  'LongRestingColdCall',
  'Resting',
  'LongResting',
  'RetiredColdCall',
  'Retired',
  'Customer',
];

function isPhaseKept(evidence: Evidence, { changes, sellfireLeadId: leadId }: Row): boolean {
  const held = fieldsOf(evidence, leadId).map((fields) => text(fields as Values, 'phase'));
  return changes.every(({ field, after }) => {
    if (field !== 'phase') return true;
    if (!ACCEPTED.includes(String(after))) return true;
    return (
      after === 'ColdCallCold' &&
      (leadId === null || held.some((phase) => !ENDS.includes(phase) && phase !== 'ColdCallCold'))
    );
  });
}
