// What the bridge asks of the two systems, they take (M31, M32): it is refused only what a rule of the org, a type, or what has happened meanwhile
// forbids, and a row says so. So nothing that is written wrong is excused by its refusal.
import type { Evidence, RefusedCall, Row } from './evidence.ts';
import { isSame, valuesOfLead, valuesOfRecord } from './journal.ts';

export function auditRefusals(evidence: Evidence): string[] {
  return [
    ...evidence.refusals.flatMap((refusal) =>
      isDue(evidence, refusal)
        ? []
        : [`M32: ${refusal.call} of ${String(refusal.id)} was refused: ${refusal.code} ${refusal.message}`],
    ),
    ...evidence.refusals.flatMap((refusal) => unreported(evidence, refusal)),
    ...evidence.rows.flatMap((row) => [...unasked(evidence, row), ...blameless(evidence, row)]),
  ];
}

/** Whether the refusal follows from what people, the org's rules or a type forbid, which the bridge cannot know before. */
function isDue(evidence: Evidence, { call, id, given, code, message, fields, culprit }: RefusedCall): boolean {
  const { leads, records, orgFields, sellfireTypes, quiet, calm } = evidence;
  const isSurprised = !quiet || !calm;
  const [field = ''] = fields;
  switch (code) {
    // Of the org, which nobody knows before.
    case 'FIELD_CUSTOM_VALIDATION_EXCEPTION':
    case 'INACTIVE_OWNER_OR_USER':
      return culprit !== undefined;
    case 'DUPLICATES_DETECTED':
      return call !== 'salesforce.update';
    case 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST':
      // A value that the list has, and that is not active, waits (B23).
      return (
        culprit !== undefined ||
        Object.entries(orgFields).some(
          ([name, { values }]) => name.endsWith(`.${field}`) && !values.some(({ value }) => value === given[field]),
        )
      );
    case 'STRING_TOO_LONG':
    case 'NUMBER_OUTSIDE_VALID_RANGE':
      return culprit !== undefined || Object.keys(orgFields).some((name) => name.endsWith(`.${field}`));
    case 'DUPLICATE_VALUE':
      return (
        call === 'salesforce.writeTransaction' ||
        records.some((one) => one.id !== id && valuesOfRecord(evidence, one.id, field).includes(given[field] as string))
      );
    case 'ENTITY_IS_DELETED':
      return isGone(evidence, id);
    case 'NOT_FOUND':
      return (
        call === 'sellfire.updateLead' &&
        evidence.events.some((one) => one.type === 'lead.deleted' && one.lead_id === id)
      );
    case 'PHONE_EXISTS':
      // Whether a lead has the number is asked before a new one is made.
      return (
        (call === 'sellfire.updateLead' || isSurprised) &&
        leads.some(
          (one) => one.id !== id && valuesOfLead(evidence, one.id, field).some((phone) => isSame(phone, given[field])),
        )
      );
    case 'OWNER_REFUSED':
      // Whether a demo holds the lead is known once its event has come.
      return (
        call === 'sellfire.createLead' ||
        isSurprised ||
        message.includes(' is assigned to nobody.') ||
        evidence.events.some((one) => one.lead_id === id && one.schedule_item?.kind === 'demo')
      );
    case 'PHASE_REFUSED':
      return call === 'sellfire.updateLead';
    case 'INVALID_VALUE':
    case 'UNKNOWN_OPTION':
      // What people wrote in Salesforce is no value of the field; a number may be none of the country of its record.
      if (sellfireTypes[field] === 'phone') return isWritten(evidence, given[field]);
      return (given[field] ?? null) !== null && !['text', undefined].includes(sellfireTypes[field]);
    default:
      return false;
  }
}

/** Whether somebody else than the bridge wrote exactly that into a record. */
const isWritten = ({ commits, bridgeUser }: Evidence, value: unknown): boolean =>
  commits.some(({ changes }) =>
    changes.some((one) => one.user !== bridgeUser && Object.values(one.fields).includes(value as string)),
  );

const isGone = ({ records, commits }: Evidence, id: string | null): boolean =>
  id === null ||
  records.some((one) => one.id === id && (one.deleted || one.fields['IsConverted'] === true)) ||
  commits.some(({ changes }) => changes.some((one) => one.recordId === id && one.kind === 'delete'));

/** What nothing but a person can mend is reported. */
const REPORTED = ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'STRING_TOO_LONG'];

function unreported(evidence: Evidence, refusal: RefusedCall): string[] {
  const { rows, calm, refusals } = evidence;
  const { call, code, message, culprit } = refusal;
  // A demo or sale that is refused once more, for another reason, is reported by that: nothing of it is there.
  const next = refusals.slice(refusals.indexOf(refusal) + 1).find((one) => one.call === call);
  if (call === 'salesforce.writeTransaction' && next && next.message !== message) return [];
  // The state of the sync is no value of the customer (M35), whatever a rule of the org objects to in the record that is to show it.
  const isOfState = culprit?.startsWith('Sellfire_') === true || isState(refusal);
  if (!calm || !REPORTED.includes(code) || isOfState || isGivenUp(evidence, refusal) || isUntried(evidence, refusal))
    return [];
  return rows.some((row) => row.outcome !== 'Success' && row.code === code && row.reason.includes(message.slice(0, 40)))
    ? []
    : [`M32: ${code} "${message}" was refused, and no row says so.`];
}

/** Whether the write was to show the state of the sync, and nothing else. */
const isState = ({ call, given }: RefusedCall): boolean =>
  call === 'salesforce.update' &&
  Object.keys(given).every((name) => name.startsWith('Sellfire_') && name !== 'Sellfire_Lead_Id__c');

/** Whether nothing was made of a demo or a sale, whose link ended before the next attempt, which a row says. */
function isGivenUp({ rows, graphs }: Evidence, { call, given }: RefusedCall): boolean {
  const keys = Object.values(given).map(String);
  const isMade = graphs.some(({ nodes }) => nodes.some(({ op }) => op.key !== undefined && keys.includes(op.key)));
  return (
    call === 'salesforce.writeTransaction' &&
    !isMade &&
    rows.some(
      ({ code, event, sellfireLeadId: leadId }) =>
        code === 'LINK_ENDED' &&
        ['Sale', 'DemoSet'].includes(event) &&
        leadId !== null &&
        keys.some((key) => key.split(':')[0] === leadId),
    )
  );
}

/**
 * Whether the refusal of a Task names no field, and the link ended before its fields were tried one by one, so that nobody knows which it is
 * about: a row of the activity says why it has none.
 */
const isUntried = ({ rows }: Evidence, { call, given, fields }: RefusedCall): boolean =>
  call === 'salesforce.upsert' &&
  fields.length === 0 &&
  typeof given['Sellfire_Activity_Id__c'] === 'string' &&
  rows.some(
    ({ event, code, sellfireRecordId: id }) =>
      event === 'Activity' && code === 'LINK_ENDED' && id === given['Sellfire_Activity_Id__c'],
  );

/** Codes that only a refusal gives. */
const REFUSED = [
  ...REPORTED,
  ...['INACTIVE_OWNER_OR_USER', 'DUPLICATES_DETECTED', 'DUPLICATE_VALUE', 'ENTITY_IS_DELETED', 'INVALID_VALUE'],
];

/** A row that says that something was refused has its refusal. */
function unasked({ refusals }: Evidence, { code, reason, event }: Row): string[] {
  if (!REFUSED.includes(code)) return [];
  return refusals.some((one) => one.code === code && reason.includes(one.message.replace(/\.$/, '')))
    ? []
    : [`M31: a row of ${event} says ${code}, and nothing was refused: ${reason}`];
}

/** Of a record that is there, the field that a rule objects to fails alone, unless the record holds it already (M32). */
function blameless({ refusals, quiet }: Evidence, row: Row): string[] {
  const { code, event, changes, salesforceRecordId: id, reason } = row;
  if (!REPORTED.includes(code) || id === null || !['LeadUpdated', 'PhaseChange', 'OwnerChange'].includes(event))
    return [];
  const mine = refusals.filter((one) => one.id === id && one.code === code);
  if (!quiet || mine.length === 0 || mine.some(({ culprit = '', given }) => given[culprit] === undefined)) return [];
  const culprits = new Set(mine.map(({ culprit }) => culprit));
  return changes
    .filter(({ field }) => !culprits.has(field))
    .map(({ field }) => `M32: ${field} of ${id} failed for ${[...culprits].join()}: ${reason}`);
}
