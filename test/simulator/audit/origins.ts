// What the bridge wrote, the other side has held (M5): no value comes from nowhere, or from another customer, and no record is written to that
// no lead of it ever named.
import type { Evidence, Mapping, Value } from './evidence.ts';
import { orgBefore, valuesOfRecord } from './journal.ts';
import { agree, isSameInOrg, isSameInSellfire } from './types.ts';

/** Kept by rules of their own: the values of one side are not those of the other. */
const OWN_RULES = ['phase', 'owned_rep_id'];
const LEAD_ID = 'Sellfire_Lead_Id__c';

export function auditOrigins(evidence: Evidence): string[] {
  const plain = evidence.mappings.filter(
    (one) =>
      one.sellfireObject === 'lead' && one.triggers.includes('createUpdate') && !OWN_RULES.includes(one.sellfireField),
  );
  return [...toSalesforce(evidence, plain), ...toSellfire(evidence, plain)];
}

function toSalesforce(evidence: Evidence, mappings: readonly Mapping[]): string[] {
  const { commits, bridgeUser, automated } = evidence;
  return commits.flatMap(({ changes }) =>
    changes
      .filter((one) => one.user === bridgeUser && ['create', 'update'].includes(one.kind))
      .flatMap(({ recordId, object, fields, kind }) =>
        mappings.flatMap((mapping) => {
          const { salesforceObject, salesforceField, sellfireField } = mapping;
          const value = fields[salesforceField];
          const isSet = automated.some((one) => one.recordId === recordId && one.field === salesforceField);
          // A box of a new record that is not ticked is the platform's own.
          const isDefault = kind === 'create' && value === false;
          if (object !== salesforceObject || isBlank(value) || isSet || isDefault) return [];
          const leads = leadsOf(evidence, recordId);
          // An edit of the Lead that its lead has left goes on to the Contact; and one that was undone for a moment comes back.
          const held = [
            ...leads.flatMap((leadId) => heldByLead(evidence, leadId, sellfireField)),
            ...saidOfPeople(evidence, recordId, sellfireField),
          ];
          const entered = leads.flatMap((leadId) => [
            ...enteredInRecords(evidence, leadId, mappings, sellfireField),
            ...heldBySharedAccounts(evidence, leadId, mappings, sellfireField),
          ]);
          return held.some((one) => agree(evidence, mapping, one, value)) ||
            entered.some((one) => isSameInOrg(evidence, mapping, one, value))
            ? []
            : [`M5: ${salesforceField} of ${recordId} became ${String(value)}, which no lead of it has held.`];
        }),
      ),
  );
}

function toSellfire(evidence: Evidence, mappings: readonly Mapping[]): string[] {
  return evidence.events
    .filter(({ actor, type }) => actor.kind === 'api' && ['lead.created', 'lead.updated'].includes(type))
    .flatMap(({ lead_id: leadId, changes }) =>
      Object.entries(changes).flatMap(([field, { to }]) => {
        if (leadId === null || isBlank(to) || !mappings.some((one) => one.sellfireField === field)) return [];
        // A Contact of a sale may become the lead's own, with what the sale said of that person; and a rep's edit that was undone for
        // a moment comes back.
        const byReps = evidence.events.filter((one) => one.lead_id === leadId && one.actor.kind !== 'api');
        const isHeld = recordsOf(evidence, leadId).some((id) =>
          mappings.some(
            (one) =>
              one.sellfireField === field &&
              valuesOfRecord(evidence, id, one.salesforceField).some((value) => agree(evidence, one, to, value)),
          ),
        );
        return isHeld || byReps.some((one) => isSameInSellfire(evidence, field, one.changes[field]?.to, to))
          ? []
          : [`M5: ${field} of ${leadId} became ${String(to)}, which no record of it has held.`];
      }),
    );
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Every lead that has named the record or one that was converted to it or merged into it, or that one of these has named. */
function leadsOf(evidence: Evidence, recordId: string): string[] {
  const found = new Set([recordId]);
  // A set goes on over what is added to it on the way.
  for (const id of found)
    for (const { id: before, mergedInto, fields } of evidence.records)
      if ([mergedInto, fields['ConvertedContactId'], fields['ConvertedAccountId']].includes(id)) found.add(before);
  const named = [...found]
    .flatMap((id) => valuesOfRecord(evidence, id, LEAD_ID))
    .filter((id): id is string => typeof id === 'string');
  return [...new Set([...named, ...naming(evidence, (id) => found.has(id)).map(([leadId]) => leadId)])];
}

/** What people, and automations, have set of what is mapped to a field of the lead in any record of it. */
const enteredInRecords = (
  evidence: Evidence,
  leadId: string,
  mappings: readonly Mapping[],
  field: string,
): unknown[] => {
  const names = new Set(mappings.flatMap((one) => (one.sellfireField === field ? [one.salesforceField] : [])));
  const ids = recordsOf(evidence, leadId);
  const { commits, bridgeUser, automated } = evidence;
  return [
    ...commits.flatMap(({ changes }) =>
      changes
        .filter((one) => ids.includes(one.recordId) && one.user !== bridgeUser)
        .flatMap(({ fields }) => Object.entries(fields)),
    ),
    ...automated.filter((one) => ids.includes(one.recordId)).map((one) => [one.field, one.value] as const),
    ...ids.flatMap((id) => chosenInMerges(evidence, id)),
  ].flatMap(([name, value]) => (names.has(name) ? [value] : []));
};

/** What an Account of the lead has held that is another lead's as well: it may be that one's, and so may what is applied from there (spec M9). */
const heldBySharedAccounts = (
  evidence: Evidence,
  leadId: string,
  mappings: readonly Mapping[],
  field: string,
): unknown[] => {
  const names = mappings
    .filter((one) => one.sellfireField === field && one.salesforceObject === 'Account')
    .map((one) => one.salesforceField);
  const accounts = recordsOf(evidence, leadId).filter(
    (id) =>
      evidence.records.some((one) => one.id === id && one.object === 'Account') &&
      naming(evidence, (one) => one === id).some(([other]) => other !== leadId),
  );
  return accounts.flatMap((id) => names.flatMap((name) => valuesOfRecord(evidence, id, name)));
};

/** What the master record held when the record was merged into it, whoever had entered it: people chose it in the merge. */
export function chosenInMerges(evidence: Evidence, id: string): [name: string, value: Value][] {
  const master = evidence.records.find((one) => one.id === id)?.mergedInto;
  const merge = evidence.commits.findLastIndex(({ changes }) =>
    changes.some(({ recordId, kind }) => recordId === id && kind === 'delete'),
  );
  if (master === undefined || merge < 0) return [];
  return Object.entries(orgBefore(evidence, merge).find((one) => one.id === master)?.fields ?? {});
}

/** Every record that the lead has named, that has named the lead, or that one of these was converted to or merged into. */
function recordsOf(evidence: Evidence, leadId: string): string[] {
  const { records, commits } = evidence;
  const byRecord = [
    ...records.map(({ id, fields }) => ({ recordId: id, fields })),
    ...commits.flatMap(({ changes }) => changes),
  ].flatMap(({ recordId, fields }) => (fields[LEAD_ID] === leadId ? [recordId] : []));
  const byLead = naming(evidence, () => true).flatMap(([lead, id]) => (lead === leadId ? [id] : []));
  const found = new Set([...byRecord, ...byLead]);
  // A set goes on over what is added to it on the way.
  for (const id of found) {
    const { mergedInto, fields } = records.find((one) => one.id === id) ?? {};
    for (const next of [mergedInto, fields?.['ConvertedContactId'], fields?.['ConvertedAccountId']])
      if (typeof next === 'string') found.add(next);
  }
  return [...found];
}

/** The lead and the record of every time that a lead named one. */
function naming({ events, leads }: Evidence, isWanted: (id: string) => boolean): [leadId: string, id: string][] {
  return [...leads, ...events.flatMap(({ lead }) => lead ?? [])].flatMap(({ id: leadId, salesforce }) =>
    [salesforce.lead_id, salesforce.contact_id, salesforce.account_id].flatMap((id): [string, string][] =>
      id !== null && isWanted(id) ? [[leadId, id]] : [],
    ),
  );
}

/** M24: what a sale says of the further people who are its Contacts. */
function saidOfPeople(evidence: Evidence, recordId: string, field: string): unknown[] {
  const keys = valuesOfRecord(evidence, recordId, 'Sellfire_Contact_Key__c').filter((key) => !isBlank(key));
  if (keys.length === 0) return [];
  return evidence.events
    .flatMap(({ sale }) => sale?.associated_contacts ?? [])
    .flatMap((one) => {
      const said: Record<string, string | null> = { ...one, primary_phone_number: one.phone_number };
      return said[field] ?? [];
    });
}

function heldByLead({ events, leads }: Evidence, leadId: string, field: string): unknown[] {
  const states = [...leads, ...events.flatMap(({ lead }) => lead ?? [])].filter(({ id }) => id === leadId);
  const changed = events.flatMap((one) =>
    one.lead_id === leadId && one.changes[field] ? [one.changes[field].from, one.changes[field].to] : [],
  );
  return [...states.map(({ fields }) => fields[field] as Value | undefined), ...changed];
}
