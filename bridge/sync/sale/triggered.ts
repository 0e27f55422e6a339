// Fields of a linked Lead, Contact or Account that are mapped on demo or sale fire at that event, whatever the demo toggles say
// (M4). What the event's transaction writes anyway is not written twice.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { SellfireChange } from '../../model/change.ts';
import type { Lead } from '../../model/lead.ts';
import type { Write } from '../../model/plan.ts';
import type { Sale } from '../../model/sale.ts';
import type { FollowedObject, SalesforceFields } from '../../model/salesforce.ts';
import { isRecordRefused, linkedObjects, type Draft } from '../turn/draft.ts';
import * as reports from '../turn/reports.ts';
import { unfitFor } from '../mapping/unfit.ts';
import { mappedValues, triggerOf, withoutSynced } from './fields.ts';
import { currentLead, leavesRecord } from './plan.ts';

export function addTriggeredFields(draft: Draft, changes: readonly SellfireChange[]): void {
  if (!draft.config.settings.updateInSalesforce || draft.link?.ended) return;
  for (const change of changes) {
    const { lead: fromEvent, sale } = change.event;
    if (!fromEvent || draft.deferred.includes(change.eventId)) continue;
    const lead = currentLead(draft, fromEvent);
    if (isBeingCreated(draft, lead, sale)) {
      // The record is tried with each demo and sale: refused again, it would be tried without end.
      if (isRecordRefused(draft)) continue;
      draft.deferred.push(change.eventId);
      continue;
    }
    for (const object of linkedObjects(draft.link) as FollowedObject[]) {
      const id = object === 'Account' ? draft.link?.accountId : draft.link?.record?.id;
      if (id === undefined || isWrittenBySale(draft, object)) continue;
      const fields = fitting(draft, change, object, fieldsOf(draft, lead, sale, object));
      if (Object.keys(fields).length === 0) continue;
      draft.writes.push({ kind: 'updateInSalesforce', object, id, fields, deliveries: [], ...subjectOf(change) });
    }
  }
}

/** The demo or the sale that a row is about, so that its repush does that one and no other (M27). */
const subjectOf = ({ event: { sale, schedule_item: demo } }: SellfireChange) =>
  sale
    ? { event: 'Sale' as const, sellfireRecordId: sale.id }
    : { event: 'DemoSet' as const, sellfireRecordId: demo?.id ?? null };

function fieldsOf({ config, link }: Draft, lead: Lead, sale: Sale | null, object: string): SalesforceFields {
  const mapped = mappedValues(config, lead, lead.fields, 'lead', object, [triggerOf(sale ?? undefined)]).fields;
  const sold = sale ? mappedValues(config, lead, sale.fields, 'sale', object, ['sale']).fields : {};
  return withoutSynced(config, object, { ...mapped, ...sold }, link);
}

/** The record has no id yet; what it is to be given follows once it has. */
function isBeingCreated(draft: Draft, lead: Lead, sale: Sale | null): boolean {
  const creation = draft.writes.find((write) => write.kind === 'createInSalesforce');
  return creation !== undefined && Object.keys(fieldsOf(draft, lead, sale, creation.object)).length > 0;
}

function isWrittenBySale({ writes, link }: Draft, object: FollowedObject): boolean {
  const write = writes.find(
    (one): one is Extract<Write, { kind: 'saleTransaction' }> => one.kind === 'saleTransaction',
  );
  if (!write) return false;
  if (object === 'Account') return true;
  return leavesRecord(link, write) || (object === 'Contact' && write.transaction.contact !== undefined);
}

/** A value that its field cannot parse would fail the others. */
function fitting(draft: Draft, change: SellfireChange, object: string, fields: SalesforceFields): SalesforceFields {
  const entries = Object.entries(fields).filter(([name, value]) => {
    const field = draft.config.objects[object]?.fields[name];
    const unfit = field && unfitFor(field, typeof value === 'number' ? String(value) : value);
    if (unfit === undefined) return true;
    const about = { occurredAt: change.at, direction: 'ToSalesforce', salesforceObject: object } as const;
    const changes = [{ field: name, after: String(value) }];
    const row = { ...about, ...subjectOf(change), changes };
    reports.failed(draft, row, explain('VALUE_UNFIT.onUpdate', { unfit, field: `${object}.${name}` }));
    return false;
  });
  return Object.fromEntries(entries);
}
