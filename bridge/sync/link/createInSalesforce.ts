// Whether and how a Sellfire lead becomes a Salesforce Lead or Contact (M17).
import type { SyncConfig } from '../../model/config.ts';
import type { Lead } from '../../model/lead.ts';
import { PRIMARY_PHONE } from '../../model/mapping.ts';
import type { Delivery } from '../../model/plan.ts';
import type { PersonObject, SalesforceFields } from '../../model/salesforce.ts';
import { canonical, toSalesforce, whyUnfit } from '../values/canonical.ts';
import { ensureLink, report, type Draft } from '../turn/draft.ts';
import { resumeFromLead } from './initRegisters.ts';
import { leadCountry } from '../mapping/country.ts';
import { holdersOf } from '../mapping/phone.ts';
import { mappedFields, towardsSalesforce } from '../mapping/rules.ts';

/**
 * Creates a Contact when the lead moves from a cold-call phase to its first demo, otherwise a Lead, unless its primary phone
 * is on a Lead or Contact already.
 */
export function createInSalesforce(draft: Draft, lead: Lead, object: PersonObject, at: number): void {
  const link = ensureLink(draft, lead.id);
  const country = leadCountry(draft.config, lead.fields);
  const phone = canonical('phone', lead.fields[PRIMARY_PHONE] ?? null, country);
  const missing = missingForCreation(draft.config, lead, object);
  if (typeof phone !== 'string' || missing) {
    wait(draft, at, object, missing ?? { code: 'NO_PHONE', reason: 'The lead has no primary phone number.' });
    return;
  }
  const candidates = draft.found.salesforceByPhone.get(phone);
  if (!candidates) {
    draft.needs.salesforceByPhone.push(phone);
    return;
  }
  const holders = holdersOf(draft.config, phone, candidates);
  const ours = holders.find((holder) => holder.leadId === lead.id);
  const [first] = holders;
  if (ours) {
    draft.link = { ...link, record: { object: ours.object, id: ours.id } };
    resumeFromLead(draft, lead);
  } else if (first) {
    report(draft, {
      occurredAt: at,
      direction: 'ToSalesforce',
      event: 'LeadCreated',
      outcome: 'Skipped',
      code: 'PHONE_EXISTS',
      reason: `${phone} is on the ${first.object} "${first.name}" (${first.id}) already, so nothing was created or connected. An import connects the two; a demo or a sale does later.`,
      salesforceObject: first.object,
      salesforceRecordId: first.id,
    });
  } else {
    const { fields, deliveries } = fieldsForCreation(draft, lead, object, at);
    draft.writes.push({ kind: 'createInSalesforce', object, leadId: lead.id, fields, deliveries });
  }
}

/** Every mapped field whose rule goes to Salesforce and that has a value. */
function fieldsForCreation(
  draft: Draft,
  lead: Lead,
  object: PersonObject,
  at: number,
): { fields: SalesforceFields; deliveries: Delivery[] } {
  const fields: SalesforceFields = {};
  const deliveries: Delivery[] = [];
  const { config } = draft;
  const country = leadCountry(config, lead.fields);
  for (const field of mappedFields(config, [object])) {
    const value = canonical(field.sellfire.type, lead.fields[field.sellfire.name] ?? null, country);
    if (value === null || !towardsSalesforce(field.mapping.rule) || !field.salesforce.createable) continue;
    const unfit = whyUnfit(field.salesforce, value);
    if (unfit !== undefined) {
      // Salesforce would refuse the whole record for it.
      report(draft, {
        occurredAt: at,
        direction: 'ToSalesforce',
        event: 'LeadCreated',
        outcome: 'Failed',
        code: 'VALUE_UNFIT',
        reason: `${unfit} Correct ${field.sellfire.label} in Sellfire, or map it to another field. The ${object} is made without it.`,
        salesforceObject: object,
        changes: [{ field: field.salesforce.name, after: value }],
      });
      continue;
    }
    fields[field.salesforce.name] = toSalesforce(field.salesforce, value);
    deliveries.push({
      sellfireField: field.sellfire.name,
      replica: field.replica,
      field: field.salesforce.name,
      version: 1,
      value,
    });
  }
  return { fields, deliveries };
}

/** M17: the object's required fields must be mapped towards Salesforce and have values. */
function missingForCreation(
  config: SyncConfig,
  lead: Lead,
  object: PersonObject,
): { code: string; reason: string } | undefined {
  const described = config.objects[object];
  if (!described) return { code: 'NOTHING_MAPPED', reason: `No Sellfire field is mapped to ${object}.` };
  const mapped = mappedFields(config, [object]).filter((field) => towardsSalesforce(field.mapping.rule));
  if (!mapped.some((field) => field.sellfire.name === PRIMARY_PHONE)) {
    return { code: 'PHONE_UNMAPPED', reason: `The primary phone number is not mapped towards a field of ${object}.` };
  }
  const required = Object.values(described.fields).filter(
    (field) => !field.nillable && field.createable && !field.defaultedOnCreate && field.type !== 'boolean',
  );
  const unmapped = required.filter((field) => !mapped.some((candidate) => candidate.salesforce.name === field.name));
  if (unmapped.length > 0) {
    const names = unmapped.map((field) => field.label).join(', ');
    return {
      code: 'REQUIRED_UNMAPPED',
      reason: `Salesforce requires ${names} on ${object}. Map a Sellfire field to it, towards Salesforce.`,
    };
  }
  const empty = required.filter((field) =>
    mapped
      .filter((candidate) => candidate.salesforce.name === field.name)
      .every(
        ({ sellfire }) =>
          canonical(sellfire.type, lead.fields[sellfire.name] ?? null, leadCountry(config, lead.fields)) === null,
      ),
  );
  if (empty.length > 0) {
    const names = empty.map((field) => field.label).join(', ');
    return {
      code: 'REQUIRED_EMPTY',
      reason: `Salesforce requires ${names} on ${object}, which is empty in Sellfire. The lead is created as soon as it has a value.`,
    };
  }
  return undefined;
}

/** The lead is remembered as waiting: its next change tries again. The same reason is told once. */
function wait(draft: Draft, at: number, object: PersonObject, why: { code: string; reason: string }): void {
  const { link } = draft;
  if (!link) return;
  const fromEvent = link.waiting?.code === why.code && link.waiting.reason === why.reason;
  draft.link = { ...link, waiting: why };
  if (fromEvent) return;
  report(draft, {
    occurredAt: at,
    direction: 'ToSalesforce',
    event: 'LeadCreated',
    outcome: 'Failed',
    salesforceObject: object,
    ...why,
  });
}
