// Handles the conversion of a Lead (M10): the link goes on with its Contact and Account, and neither of them makes a lead of its own.
import { explain } from '../../model/catalogue/catalogue.ts';
import { recordIdsOf } from '../../model/recordId.ts';
import { PRIMARY_PHONE } from '../../model/mapping.ts';
import type { FollowedObject, SalesforceFields } from '../../model/salesforce.ts';
import { relinkTo, type Target } from './relink.ts';
import type { Draft } from '../turn/draft.ts';
import { leadNow } from '../turn/lead.ts';
import { lookups } from '../turn/lookups.ts';
import { towardsSellfire } from '../mapping/rules.ts';
import { type Happened, type Moment, reportLifecycle } from './lifecycleReport.ts';
import { goOnAsContact } from './movedOn.ts';
import { otherLead, endDuplicate, endLink } from './ending.ts';

/** A conversion saves its records in sequence. They are at most this old at its commit. */
const CONVERSION_MS = 10_000;
/** Half a day on either side of noon, and the range of the time zones. */
const DAY_AND_ZONES_MS = 26 * 60 * 60_000;

/** Fields of a Lead that describe its conversion. */
export const CONVERSION_FIELDS = ['IsConverted', 'ConvertedDate', 'ConvertedContactId', 'ConvertedAccountId'] as const;

export const isConverted = (object: FollowedObject, fields: SalesforceFields): boolean =>
  object === 'Lead' && fields['IsConverted'] === true;

/**
 * Moves the link of a converted Lead to the Contact and the Account.
 * @param fromEvent whether an event reports the conversion and its time; otherwise a later read found it
 */
export function onConverted(draft: Draft, lead: Moment, fields: SalesforceFields, fromEvent: boolean): void {
  const { link } = draft;
  const { recordId } = lead;
  if (!link || link.ended?.by === 'sellfire' || link.record?.id !== recordId) return;
  const [contactId, accountId] = [filledText(fields['ConvertedContactId']), filledText(fields['ConvertedAccountId'])];
  const subject = leadNow(draft, link.leadId);
  // A lead that an interrupted attempt had moved to its Contact has left the Lead before the conversion.
  const isElsewhere = subject && recordIdsOf(subject).contact_id !== (contactId ?? null);
  if (isElsewhere && goOnAsContact(draft, { object: 'Lead', recordId, at: lead.at }) !== false) return;
  if (contactId === undefined) {
    endLink(draft, 'salesforce', lead.at, explain('CONVERTED_UNSEEN', { id: recordId }));
    return;
  }
  const contact = lookups(draft).record('Contact', contactId);
  const other = otherLead(draft, contactId, contact);
  const account = accountId === undefined ? null : lookups(draft).record('Account', accountId);
  if (subject === undefined || other === undefined || contact === undefined || account === undefined) return;
  if (other) {
    endDuplicate(draft, 'Contact', contactId, other, lead.at);
    return;
  }
  const targets: Target[] = [
    { object: 'Contact', id: contactId, record: contact },
    ...(accountId === undefined ? [] : [{ object: 'Account' as const, id: accountId, record: account }]),
  ];
  // On a record that the conversion created, people entered every difference. A record that existed before keeps its
  // values.
  const isMade = ({ record }: Target): boolean =>
    record !== null &&
    (fromEvent
      ? record.createdAt >= lead.at - CONVERSION_MS
      : isOfDay(record.createdAt, filledText(fields['ConvertedDate'])));
  const made = targets.flatMap((target) => (target.record && isMade(target) ? [target.record.createdAt] : []));
  const at = fromEvent ? lead.at : Math.max(lead.at, ...made.map(endOfSecond));
  const isMoved = relinkTo(draft, subject, targets, {
    kind: 'converted',
    left: [recordId],
    at,
    fromEvent,
    isDeliberate: isMade,
  });
  if (isMoved) reportLifecycle(draft, at, explain('CONVERTED', { id: recordId }), 'Contact', contactId);
}

/** Salesforce stores whole seconds. */
export const endOfSecond = (ms: number): number => ms + 999;

/** The date is in the time zone of the user who converted the Lead. */
function isOfDay(ms: number, day: string | undefined): boolean {
  const noon = day === undefined ? NaN : Date.parse(`${day}T12:00:00Z`);
  return Math.abs(ms - noon) <= DAY_AND_ZONES_MS;
}

/**
 * M18: whether the created Contact or Account is the target of a conversion of a linked Lead.
 * @returns undefined (and a need) while that is not known
 */
export function isConversionTarget(draft: Draft, { object, recordId }: Happened): boolean | undefined {
  if (object === 'Lead' || !makesLeads(draft, object)) return false;
  const leadRecord = lookups(draft).conversion(object, recordId);
  if (leadRecord === undefined) return undefined;
  if (leadRecord === null) return false;
  // If the converted Lead has no Sellfire lead, the Contact gets one and the Account does not.
  if (object === 'Account' && makesLeads(draft, 'Contact')) return true;
  const linked = lookups(draft).leadByRecord(leadRecord);
  if (!linked) return linked === undefined ? undefined : false;
  // If the lead left the Lead before its conversion, it does not follow the conversion.
  const { contact_id, account_id } = recordIdsOf(linked);
  const home = object === 'Contact' ? contact_id : account_id;
  return home === null || home === recordId;
}

const makesLeads = ({ config }: Draft, object: FollowedObject): boolean =>
  config.mappings.some(
    (one) =>
      one.salesforceObject === object && one.sellfireField === PRIMARY_PHONE && towardsSellfire(one.rule, 'a number'),
  );

const filledText = (value: SalesforceFields[string] | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
