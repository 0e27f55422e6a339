// Turns pending deliveries into writes: one write for each record, however many edits led to it (I9, I11).
import { explain } from '../../model/catalogue/catalogue.ts';
import type { SellfireValue } from '../../model/field.ts';
import type { Delivery, Write } from '../../model/plan.ts';
import type { FollowedObject, SalesforceFields } from '../../model/salesforce.ts';
import { waitsForOption } from '../mapping/inactiveOptions.ts';
import { unfitFor } from '../mapping/unfit.ts';
import { toSalesforce, toSellfire } from '../values/canonical.ts';
import { linkedFields, linkedObjects, setState, stateOf, type Draft } from '../turn/draft.ts';
import * as reports from '../turn/reports.ts';
import { withoutAwaited } from '../values/inFlight.ts';
import { isUndelivered, refused, replicaOf, withReplica } from '../values/register.ts';
import { towardsSalesforce, towardsSellfire, type MappedField } from '../mapping/rules.ts';

export function deliver(draft: Draft): Write[] {
  const { link } = draft;
  if (!link || link.ended) return [];
  const writes: Write[] = [];
  for (const object of linkedObjects(link) as FollowedObject[]) {
    const fields: SalesforceFields = {};
    const deliveries: Delivery[] = [];
    for (const field of linkedFields(draft)) {
      // What was decided by another rule and has waited, as for a repush or for a value of a picklist, goes no way that is closed by now (M5).
      if (field.mapping.salesforceObject !== object || !towardsSalesforce(field.mapping.rule)) continue;
      const delivery = deliveryTo(draft, field.sellfire.name, field.replica, field.salesforce.name);
      if (!delivery || field.salesforce.name in fields || waitsForOption(field, delivery.value)) continue;
      if (leftOut(draft, field, delivery)) continue;
      fields[field.salesforce.name] = toSalesforce(field.salesforce, delivery.value);
      deliveries.push(delivery);
    }
    const id = object === 'Account' ? link.accountId : link.record?.id;
    if (id && deliveries.length > 0) writes.push({ kind: 'updateInSalesforce', object, id, fields, deliveries });
  }
  const fields: Record<string, SellfireValue> = {};
  const deliveries: Delivery[] = [];
  for (const { sellfire, mapping } of linkedFields(draft)) {
    const delivery = deliveryTo(draft, sellfire.name, 'sellfire', sellfire.name);
    if (!delivery || sellfire.name in fields || !towardsSellfire(mapping.rule, delivery.value)) continue;
    fields[sellfire.name] = toSellfire(sellfire.type, delivery.value);
    deliveries.push(delivery);
  }
  if (deliveries.length > 0) writes.push({ kind: 'updateInSellfire', leadId: link.leadId, fields, deliveries });
  return writes;
}

/**
 * Without what was due when its direction was switched off: it is as if it had been edited then (M19). An edit that a write of the bridge
 * replaced is put back on its own side all the same.
 */
export function withdrawn(draft: Draft): Draft {
  const { updateInSalesforce, updateInSellfire } = draft.config.settings;
  if (updateInSalesforce && updateInSellfire) return draft;
  for (const [name, state] of Object.entries(draft.link?.fields ?? {})) {
    let next = state;
    for (const [key, { delivered }] of Object.entries(state.replicas)) {
      const [side, isOn] = key === 'sellfire' ? ['sellfire', updateInSellfire] : ['salesforce', updateInSalesforce];
      if (!isOn && state.register?.by !== side && isUndelivered(next, key))
        next = withReplica(next, key, { targetVersion: delivered });
    }
    if (next !== state) setState(draft, name, next);
  }
  return draft;
}

/**
 * A value that its field cannot parse would fail the whole record. It is reported and left out, and the other fields
 * are written.
 */
function leftOut(draft: Draft, { salesforce, sellfire, mapping }: MappedField, delivery: Delivery): boolean {
  const unfit = unfitFor(salesforce, delivery.value);
  const { link } = draft;
  if (unfit === undefined || !link) return false;
  const { replica, version, before, value } = delivery;
  const state = stateOf(link, sellfire.name);
  const why = explain('VALUE_UNFIT.onUpdate', { unfit, field: sellfire.label });
  setState(draft, sellfire.name, refused(state, replica, version, why.code));
  reports.failed(
    draft,
    {
      occurredAt: state.register?.at ?? 0,
      direction: 'ToSalesforce',
      event: 'LeadUpdated',
      salesforceObject: mapping.salesforceObject,
      changes: [{ field: salesforce.name, ...(before === undefined ? {} : { before }), after: value }],
    },
    why,
  );
  return true;
}

/** Merges the updates of one Salesforce record into one write. */
export function oneForEach(writes: readonly Write[]): Write[] {
  const merged: Write[] = [];
  for (const write of writes) {
    const index = merged.findIndex(
      (one) =>
        one.kind === 'updateInSalesforce' &&
        write.kind === 'updateInSalesforce' &&
        one.id === write.id &&
        one.event === write.event,
    );
    const before = merged[index];
    if (before?.kind === 'updateInSalesforce' && write.kind === 'updateInSalesforce') {
      const deliveries = [...before.deliveries, ...write.deliveries];
      merged[index] = { ...before, fields: { ...before.fields, ...write.fields }, deliveries };
    } else merged.push(write);
  }
  return merged;
}

function deliveryTo(draft: Draft, sellfireField: string, replica: string, field: string): Delivery | undefined {
  const state = draft.link && stateOf(draft.link, sellfireField);
  if (!state?.register || !isUndelivered(state, replica)) return undefined;
  if (draft.held.has(`${sellfireField} ${replica}`)) return undefined;
  const key = `${sellfireField} ${replica}`;
  const before = draft.shown.has(key) ? draft.shown.get(key) : replicaOf(state, replica).lastKnown;
  return {
    sellfireField,
    replica,
    field,
    version: state.register.version,
    value: state.register.value,
    ...(before === undefined ? {} : { before }),
  };
}

/**
 * Confirms the deliveries to these replicas, whose events nobody waits for any more: what is read now is what they made, or was made after
 * them. An event of one that comes all the same costs no more than a write of the same value.
 */
export function confirmDeliveries(draft: Draft, isRead: (replica: string) => boolean, isGap = false): void {
  for (const [name, state] of Object.entries(draft.link?.fields ?? {})) {
    const replicas = Object.entries(state.replicas).map(([key, one]) => [
      key,
      isRead(key) ? withoutAwaited(one, isGap) : one,
    ]);
    setState(draft, name, { ...state, replicas: Object.fromEntries(replicas) });
  }
}
