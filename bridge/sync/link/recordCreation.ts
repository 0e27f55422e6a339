// Creates a Salesforce Lead or Contact for a Sellfire lead (M17).
import type { SyncConfig } from '../../model/config.ts';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { Lead } from '../../model/lead.ts';
import type { Delivery, PhoneCandidate, Write } from '../../model/plan.ts';
import { causeOf } from '../../model/report.ts';
import type { PersonObject, SalesforceFields } from '../../model/salesforce.ts';
import { unfitFor } from '../mapping/unfit.ts';
import { canonical, toSalesforce } from '../values/canonical.ts';
import { ensureLink, type Draft } from '../turn/draft.ts';
import * as reports from '../turn/reports.ts';
import { lookups, saleLookups } from '../turn/lookups.ts';
import { resumeFromLead } from './initRegisters.ts';
import { takenBy } from './claim.ts';
import { editOfLead } from '../fields/carriedEdit.ts';
import { creationObstacle, creationPause, requiredOf } from './creationPause.ts';
import { onSeveral } from './pairs.ts';
import { afterEvent } from './state.ts';
import { leadCountry } from '../mapping/country.ts';
import { holdersOf, phoneOfLead } from '../mapping/phone.ts';
import { waitsForOption } from '../mapping/inactiveOptions.ts';
import { recordTypeOf } from '../mapping/recordTypes.ts';
import { mappedFields, towardsSalesforce } from '../mapping/rules.ts';
import { momentsOfContact } from '../mapping/transactions.ts';

/**
 * Creates the record unless its primary phone is on a Lead or Contact already.
 * @param object Contact when the lead moves from a cold-call phase to its first demo, otherwise Lead
 */
export function createInSalesforce(draft: Draft, lead: Lead, object: PersonObject, at: number): void {
  const link = ensureLink(draft, lead.id);
  const phone = phoneOfLead(draft.config, lead);
  const missing = missingForCreation(draft.config, lead, object);
  if ('code' in phone || missing) {
    wait(draft, at, object, missing ?? (phone as Explanation));
    return;
  }
  const candidates = lookups(draft).phone(phone.number);
  if (!candidates) return;
  const holders = holdersOf(draft.config, phone.number, candidates);
  const ours =
    holders.find((holder) => holder.leadId === lead.id && takenBy(draft, holder.id) === undefined) ??
    recordOfEarlierAttempt(draft, lead.id, object);
  if (ours === undefined) return;
  const [first] = holders;
  if (ours) {
    draft.link = afterEvent(link, { kind: 'created', record: { object: ours.object, id: ours.id } });
    resumeFromLead(draft, lead);
  } else if (first) {
    reports.skipped(
      draft,
      {
        occurredAt: at,
        direction: 'ToSalesforce',
        event: 'LeadCreated',
        salesforceObject: first.object,
        salesforceRecordId: first.id,
      },
      heldByRecords(draft.config, phone.number, [first, ...holders.slice(1)]),
    );
  } else {
    const written = fieldsForCreation(draft, lead, object, at);
    draft.writes.push({ kind: 'createInSalesforce', object, leadId: lead.id, ...written });
  }
}

/**
 * The record that an attempt of unknown outcome made, perhaps a Lead before a demo asked for a Contact. Its phone may have changed since, so
 * that only the lead's id finds it; created again it would lose what people entered meanwhile. @returns undefined while it is looked up
 */
function recordOfEarlierAttempt(
  draft: Draft,
  leadId: string,
  object: PersonObject,
): { object: PersonObject; id: string } | null | undefined {
  if (!draft.maybeApplied) return null;
  const { keyed } = saleLookups(draft.found.sale, draft.needs.sale);
  const objects: PersonObject[] = object === 'Contact' ? ['Contact', 'Lead'] : ['Lead'];
  const found = objects.map((one) => keyed({ object: one, field: draft.config.names.leadId, key: leadId }));
  if (found.includes(undefined)) return undefined;
  const made = objects.map((one, index) => ({ object: one, id: found[index] ?? null }));
  return (
    made.find(
      (one): one is { object: PersonObject; id: string } => one.id !== null && takenBy(draft, one.id) === undefined,
    ) ?? null
  );
}

/**
 * Links the lead to the Lead that an earlier attempt of this turn made, before a demo or a sale of the turn connects it to a Contact: the Lead
 * would be left with the lead's id, and nobody would say where the lead went.
 */
export function resumeEarlierCreation(draft: Draft, lead: Lead): void {
  if (draft.link?.record || draft.link?.ended) return;
  const made = recordOfEarlierAttempt(draft, lead.id, 'Lead');
  if (!made) return;
  draft.link = afterEvent(ensureLink(draft, lead.id), { kind: 'created', record: made });
  resumeFromLead(draft, lead);
}

/** Explains why no record is created for a phone that records already hold. @param phone E.164 */
export function heldByRecords(
  config: SyncConfig,
  phone: string,
  [first, ...others]: readonly [PhoneCandidate, ...PhoneCandidate[]],
): Explanation {
  if (others.length > 0)
    return onSeveral(
      phone,
      [first, ...others].map(({ object, name, id }) => `${object} "${name}" (${id})`),
    );
  const { object, name, id, leadId } = first;
  if (leadId !== null) return explain('PHONE_EXISTS.onRecordOfLead', { phone, object, name, id, lead: leadId });
  const moment = momentsOfContact(config);
  return moment !== undefined && isMatchedLater(config, phone, first)
    ? explain('PHONE_EXISTS.onContact', { phone, name, id, moment })
    : explain('PHONE_EXISTS.onRecord', { phone, object, name, id });
}

/** A later demo or sale may match a Contact by its Phone (M24), never a Lead. */
const isMatchedLater = (config: SyncConfig, phone: string, candidate: PhoneCandidate): boolean => {
  const { Phone = '' } = candidate.phones;
  return candidate.object === 'Contact' && holdersOf(config, phone, [{ ...candidate, phones: { Phone } }]).length > 0;
};

type CreationWrite = Extract<Write, { kind: 'createInSalesforce' }>;

/** Every mapped field that has a value and whose rule goes to Salesforce. */
function fieldsForCreation(
  draft: Draft,
  lead: Lead,
  object: PersonObject,
  at: number,
): Pick<CreationWrite, 'fields' | 'deliveries' | 'later' | 'leadValues'> {
  const fields: SalesforceFields = recordTypeOf(draft.config, object);
  const deliveries: Delivery[] = [];
  /** Values that wait until their picklist has them again (B23). */
  const later: Delivery[] = [];
  const leadValues: CreationWrite['leadValues'] = {};
  const { config } = draft;
  const country = leadCountry(config, lead.fields);
  for (const field of mappedFields(config, [object])) {
    const value = canonical(field.sellfire.type, lead.fields[field.sellfire.name] ?? null, country);
    if (value === null || !towardsSalesforce(field.mapping.rule) || !field.salesforce.createable) {
      const { name } = field.sellfire;
      leadValues[name] = { lastKnown: value, at: Date.parse(lead.changed_at[name] ?? lead.created_at) };
      continue;
    }
    const unfit = unfitFor(field.salesforce, value);
    if (unfit !== undefined) {
      // Salesforce would refuse the whole record because of this value.
      reports.failed(
        draft,
        {
          occurredAt: at,
          direction: 'ToSalesforce',
          event: 'LeadCreated',
          salesforceObject: object,
          changes: [{ field: field.salesforce.name, after: value }],
        },
        explain('VALUE_UNFIT.onCreation', { unfit, object, field: field.sellfire.label }),
      );
      continue;
    }
    const delivery = {
      sellfireField: field.sellfire.name,
      replica: field.replica,
      field: field.salesforce.name,
      version: 1,
      value,
      edit: editOfLead(draft, lead, field.sellfire.name, value),
    };
    if (waitsForOption(field, value) && field.salesforce.nillable) {
      later.push(delivery);
      continue;
    }
    fields[field.salesforce.name] = toSalesforce(field.salesforce, value);
    deliveries.push(delivery);
  }
  return { fields, deliveries, ...(later.length > 0 ? { later } : {}), leadValues };
}

/** M17: the required fields of the object must be mapped towards Salesforce and have values. */
export function missingForCreation(config: SyncConfig, lead: Lead, object: PersonObject): Explanation | undefined {
  const obstacle = creationPause(config, object) ?? creationObstacle(config, object);
  const described = config.objects[object];
  if (obstacle || !described) return obstacle;
  const mapped = mappedFields(config, [object]).filter((field) => towardsSalesforce(field.mapping.rule));
  const required = requiredOf(described);
  const empty = required.filter((field) =>
    mapped
      .filter((candidate) => candidate.salesforce.name === field.name)
      .every(
        ({ sellfire }) =>
          canonical(sellfire.type, lead.fields[sellfire.name] ?? null, leadCountry(config, lead.fields)) === null,
      ),
  );
  if (empty.length > 0) {
    const fields = empty.map((field) => field.label).join(', ');
    return explain('REQUIRED_EMPTY.onCreation', { fields, object });
  }
  return undefined;
}

/** Marks the link as waiting, so that the lead's next change tries again. The same reason is reported once. */
function wait(draft: Draft, at: number, object: PersonObject, why: Explanation): void {
  const { link } = draft;
  if (!link) return;
  const waiting = causeOf(why);
  const isKnown = link.waiting?.code === waiting.code && link.waiting.reason === waiting.reason;
  draft.link = afterEvent(link, { kind: 'refused', why: waiting });
  // What holds up every lead is reported once, for the object.
  if (isKnown || why.code === 'CREATION_PAUSED') return;
  const about = { occurredAt: at, direction: 'ToSalesforce', event: 'LeadCreated', salesforceObject: object } as const;
  if (why.code === 'PHONE_INVALID') reports.skipped(draft, about, why);
  else reports.failed(draft, about, why);
}
