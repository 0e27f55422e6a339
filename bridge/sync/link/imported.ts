// Links a lead with the record from which an import by the bridge created or filled it (M16). The registers begin with
// the values that the record held when it was read for the import. A later edit in Salesforce overwrites them.
import type { SellfireChange } from '../../model/change.ts';
import type { Lead } from '../../model/lead.ts';
import type { Canonical } from '../../model/link.ts';
import { recordIdsOf } from '../../model/recordId.ts';
import type { FoundRecord } from '../../model/plan.ts';
import { canonical, sameValue } from '../values/canonical.ts';
import { linkedFields, setState, stateOf, type Draft } from '../turn/draft.ts';
import { lookups } from '../turn/lookups.ts';
import { isOwn } from '../fields/carriedEdit.ts';
import { mergeSalesforceRecord, mergeSellfireLead } from '../fields/merge.ts';
import { delivered, withReplica } from '../values/register.ts';
import { towardsSellfire, type MappedField } from '../mapping/rules.ts';
import { resumeFromRecord } from './initRegisters.ts';
import { fromSalesforce } from '../mapping/asStored.ts';
import { leadCountry, recordCountry } from '../mapping/country.ts';
import { awaitRecord, takenBy } from './claim.ts';
import { connect } from './connect.ts';

/**
 * @returns whether the event belongs to such an import and needs no further handling. A lead that had a record by then, and a record that
 * carries the id of another lead, are looked at as with any id that is supplied.
 */
export function linkImported(draft: Draft, change: SellfireChange, lead: Lead): boolean {
  const { event } = change;
  if (event.actor.kind !== 'import' || !isOwn(change) || draft.link?.ended) return false;
  const { contact_id, lead_id, account_id } = recordIdsOf(lead);
  const record = contact_id
    ? { object: 'Contact' as const, id: contact_id }
    : lead_id
      ? { object: 'Lead' as const, id: lead_id }
      : undefined;
  if (!record || draft.link?.record) return false;
  const holder = takenBy(draft, record.id);
  if (holder !== undefined) {
    awaitRecord(draft, lead.id, record, { holder, at: change.at });
    return true;
  }
  const current = lookups(draft).record(record.object, record.id);
  if (current === undefined) return true;
  const holderId = current?.fields[draft.config.names.leadId] ?? '';
  if (holderId !== '' && holderId !== lead.id) return false;
  const account = account_id ? lookups(draft).record('Account', account_id) : null;
  if (account === undefined) return true;
  connect(draft, lead.id, record.object, record.id);
  if (account_id) connect(draft, lead.id, 'Account', account_id);
  // The record was deleted or is hidden: its own event, or the next comparison, reports that.
  if (!current) return true;
  if (event.type === 'lead.created') resumeFromRecord(draft, lead, current, current.createdAt, { edits: false });
  else writeId(draft, lead, record, current);
  initFromImport(draft, change, record.object, current);
  mergeSalesforceRecord(draft, record.object, current);
  // The import has set nothing from the Account: what it holds is known, and no edit (I15).
  if (account) mergeSalesforceRecord(draft, 'Account', account);
  // Fields that the import left unchanged are recorded, so that a later read detects a change.
  mergeSellfireLead(draft, lead);
  return true;
}

/** Initializes each field that the import set: both sides held its value at that moment. */
function initFromImport(draft: Draft, { event, at }: SellfireChange, object: string, current: FoundRecord): void {
  for (const name of Object.keys(event.changes)) {
    const origin = originOf(draft, event, object, name, current);
    if (!draft.link || !origin) continue;
    const { field, value, edited } = origin;
    let state = stateOf(draft.link, name);
    if (state.register && !sameValue(state.register.value, value)) continue;
    if (!state.register) {
      // An edit after the read must be later than the register. The register is therefore as old as the record.
      const since = edited ? current.createdAt : at;
      state = { ...state, register: { value, at: since, by: 'salesforce', version: 1 } };
      state = withReplica(state, 'sellfire', { lastKnown: value, at, targetVersion: 1, delivered: 1, confirmed: 1 });
    }
    setState(draft, name, delivered(state, field.replica, state.register?.version ?? 1, value));
  }
}

/**
 * The field from which the value came. Where several are mapped, it is the one that still holds the value, else the
 * first.
 */
function originOf(
  draft: Draft,
  event: SellfireChange['event'],
  object: string,
  name: string,
  current: FoundRecord,
): { field: MappedField; value: Canonical; edited: boolean } | undefined {
  const country = recordCountry(draft.config, object, current.fields, draft.link);
  const mapped = linkedFields(draft).filter(
    ({ sellfire, mapping }) => sellfire.name === name && mapping.salesforceObject === object,
  );
  const [first] = mapped;
  if (!first) return undefined;
  const value = canonical(
    first.sellfire.type,
    event.changes[name]?.to ?? null,
    leadCountry(draft.config, event.lead?.fields ?? {}),
  );
  const able = mapped.filter(({ mapping }) => towardsSellfire(mapping.rule, value));
  const isFilled = ({ salesforce }: MappedField): boolean => (current.fields[salesforce.name] ?? '') !== '';
  const recordValues = (field: MappedField): boolean =>
    sameValue(fromSalesforce(field, current.fields[field.salesforce.name] ?? null, country), value);
  const holder = able.find(recordValues);
  // A new lead has values that Sellfire sets, such as its phase. A value that the record lacks did not come from the
  // record.
  const field = holder ?? (event.type === 'lead.created' ? able.find(isFilled) : able[0]);
  return field && { field, value, edited: !holder };
}

function writeId(
  draft: Draft,
  lead: Lead,
  record: { object: 'Lead' | 'Contact'; id: string },
  { fields }: FoundRecord,
): void {
  const { leadId } = draft.config.names;
  if (fields[leadId] === lead.id) return;
  draft.writes.push({ kind: 'updateInSalesforce', ...record, fields: { [leadId]: lead.id }, deliveries: [] });
}
