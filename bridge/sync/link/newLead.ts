// Creates a Sellfire lead for a Salesforce Lead, Contact or Account (M18).
import type { SalesforceChange } from '../../model/change.ts';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SellfireValue } from '../../model/field.ts';
import type { Lead } from '../../model/lead.ts';
import { PHASE_FIELD, PRIMARY_PHONE } from '../../model/mapping.ts';
import { recordIdsOf } from '../../model/recordId.ts';
import type { Delivery } from '../../model/plan.ts';
import { PERSON_ACCOUNT, type FollowedObject, type SalesforceFields } from '../../model/salesforce.ts';
import { toSellfire } from '../values/canonical.ts';
import type { Draft } from '../turn/draft.ts';
import * as reports from '../turn/reports.ts';
import { lookups } from '../turn/lookups.ts';
import { phaseFromSalesforce } from '../fields/phase.ts';
import { recordCountry } from '../mapping/country.ts';
import { mappedFields, towardsSellfire } from '../mapping/rules.ts';
import { fromSalesforce } from '../mapping/asStored.ts';
import { phoneOf } from '../mapping/phone.ts';
import { connect } from './connect.ts';
import { connectById, reportElsewhere } from './connectById.ts';
import { salesforceIds } from './salesforceIds.ts';

/**
 * Creates the lead with every mapped field whose rule goes to Sellfire, unless a lead has the primary phone already. One that an interrupted
 * attempt has made is linked, whatever the settings and the mappings say by now: its record's edits are carried over from here on (I2).
 */
export function createInSellfire(draft: Draft, change: SalesforceChange, fields: SalesforceFields): void {
  const { config } = draft;
  const phone = phoneOf(config, change.object, fields);
  const row = {
    occurredAt: change.at,
    direction: 'ToSellfire',
    event: 'LeadCreated',
    salesforceObject: change.object,
    salesforceRecordId: change.recordId,
  } as const;
  if (isOfContact(config, change.object, fields)) return;
  const isWanted = config.settings.createInSellfire && !('code' in phone);
  const known = isWanted || draft.maybeApplied ? lookups(draft).leadByRecord(change.recordId) : null;
  const holder = isWanted ? lookups(draft).leadByPhone(phone.number) : null;
  if (known === undefined || holder === undefined) return;
  if (known) {
    const home = homeOf(known, change.object);
    // An attempt before may have made the lead; any other one was given the id of the record by somebody (M16).
    if (home === change.recordId && draft.maybeApplied) connect(draft, known.id, change.object, change.recordId);
    else if (home === change.recordId)
      connectById(draft, known, { at: change.at, isOwn: false, isMade: false, isEdit: false });
    else if (home !== null) {
      // One that the lead has left, or that is being linked to it, carries its id.
      const record = lookups(draft).record(change.object, change.recordId);
      if (record?.fields[config.names.leadId] === null && change.object !== 'Account')
        reportElsewhere(
          draft,
          known.id,
          { object: change.object, id: change.recordId },
          { present: home, at: change.at },
        );
    }
    return;
  }
  if (!config.settings.createInSellfire) return;
  if ('code' in phone) {
    if (phone.code !== 'PHONE_UNMAPPED') reports.skipped(draft, row, phone);
    return;
  }
  if (holder) {
    reports.skipped(draft, { ...row, sellfireLeadId: holder.id }, heldByLead(holder, phone.number));
    return;
  }
  const since = holdsSince(draft, change);
  if (since === undefined) return;
  const written = fieldsForCreation(draft, change, fields, since);
  const country = recordCountry(config, change.object, fields);
  const recordValues = Object.fromEntries(
    mappedFields(config, [change.object]).map((field) => [
      field.replica,
      fromSalesforce(field, fields[field.salesforce.name] ?? null, country),
    ]),
  );
  draft.writes.push({
    kind: 'createInSellfire',
    recordValues,
    ...(country === config.country ? {} : { country }),
    object: change.object,
    recordId: change.recordId,
    heldAt: heldAt(draft, change),
    salesforce: salesforceIds(change.object, change.recordId),
    ...written,
  });
}

/** The record that the lead names as its own. One that has moved to a Contact is not linked to its Lead again. */
export function homeOf(lead: Lead, object: FollowedObject): string | null {
  const { contact_id, lead_id, account_id } = recordIdsOf(lead);
  return object === 'Account' ? account_id : (contact_id ?? lead_id);
}

/** Why a record whose phone a lead has makes no other one. @param phone E.164 */
export function heldByLead({ id, fields }: Lead, phone: string): Explanation {
  return explain('PHONE_EXISTS.onLead', { name: String(fields['business_name'] ?? id), id, phone });
}

/** A person account is an Account and a Contact of one phone: where the Contact makes the lead, its Account makes no second one. */
export const isOfContact = (config: Draft['config'], object: string, fields: SalesforceFields): boolean =>
  object === 'Account' &&
  (fields[PERSON_ACCOUNT] === true || typeof fields['LastName'] === 'string') &&
  isPhoneRead(config);

/** Whether a Contact's phone is mapped towards Sellfire. */
const isPhoneRead = (config: Draft['config']): boolean =>
  mappedFields(config, ['Contact']).some(
    ({ sellfire, mapping }) => sellfire.name === PRIMARY_PHONE && towardsSellfire(mapping.rule, 'any'),
  );

function fieldsForCreation(
  draft: Draft,
  change: SalesforceChange,
  given: SalesforceFields,
  since: number,
): { fields: Record<string, SellfireValue>; deliveries: Delivery[] } {
  const { config } = draft;
  const fields: Record<string, SellfireValue> = {};
  const deliveries: Delivery[] = [];
  for (const field of mappedFields(config, [change.object])) {
    const raw = given[field.salesforce.name];
    const { name, type, read_only } = field.sellfire;
    if (raw === undefined || raw === null || read_only || name in fields) continue;
    const value = fromSalesforce(field, raw, recordCountry(config, change.object, given));
    if (value === null || !towardsSellfire(field.mapping.rule, value)) continue;
    if (name === PHASE_FIELD && !phaseForCreation(draft, change, String(value))) continue;
    fields[name] = toSellfire(type, value);
    const edit = { at: setAt(draft, change, field.salesforce.name, since), by: 'salesforce' as const };
    deliveries.push({ sellfireField: name, replica: 'sellfire', field: name, version: 1, value, edit });
  }
  return { fields, deliveries };
}

/** When the record held the values, by the clock of Salesforce. */
const heldAt = ({ changes }: Draft, { recordId, at }: SalesforceChange): number =>
  Math.max(
    at,
    ...changes.filter((one) => one.source === 'salesforce' && one.recordId === recordId).map((one) => one.at),
  );

/**
 * When the record's field got its value, as far as the changes of this turn tell: at its last change, else when it was created. An undeletion
 * names every field and changes none.
 * @param since ms: when the record may have held its first values
 */
function setAt({ changes }: Draft, { recordId }: SalesforceChange, name: string, since: number): number {
  const times = changes
    .filter((one) => one.source === 'salesforce')
    .filter((one) => one.recordId === recordId && !isUndeletion(one) && one.fields[name] !== undefined);
  return Math.max(since, ...times.map((one) => one.at));
}

export const isUndeletion = ({ kind, undeleted }: SalesforceChange): boolean =>
  kind === 'undelete' || undeleted === true;

/**
 * ms: since when the record may hold the values that make the lead: those of its creation event since that. What was read may be as old as the
 * record, as it may be after an undeletion, which sets nothing; undefined while it is read.
 */
export function holdsSince(draft: Draft, change: SalesforceChange): number | undefined {
  if (isEventOfCreation(draft, change)) return change.at;
  const record = lookups(draft).record(change.object, change.recordId);
  return record === undefined ? undefined : (record?.createdAt ?? change.at);
}

/** Whether its event says what the record was created with; a comparison reads it, and so do a gap and a number that is entered later. */
const isEventOfCreation = ({ changes }: Draft, change: SalesforceChange): boolean =>
  change.kind === 'create' &&
  !isUndeletion(change) &&
  changes.some(({ source, eventId }) => source === 'salesforce' && eventId === change.eventId);

/** M15 for a new lead: it begins as ColdCallCold unless Salesforce may set the phase that it names. */
function phaseForCreation(draft: Draft, change: SalesforceChange, wanted: string): boolean {
  const verdict = phaseFromSalesforce('ColdCallCold', wanted);
  if (verdict.accepted) return true;
  reports.refused(
    draft,
    {
      occurredAt: change.at,
      direction: 'ToSellfire',
      event: 'PhaseChange',
      salesforceObject: change.object,
      salesforceRecordId: change.recordId,
      changes: [{ field: PHASE_FIELD, before: 'ColdCallCold', after: wanted }],
    },
    verdict.why,
  );
  return false;
}
