// Verifies both sides after an attempt whose outcome is unknown, before anything is written again. A value that was
// written is not written twice, and an edit in between is not overwritten.
import type { Canonical, Link } from '../../model/link.ts';
import { canonical, sameValue } from '../values/canonical.ts';
import { inFlight, linkedFields, setState, stateOf, type Draft } from '../turn/draft.ts';
import { lookups } from '../turn/lookups.ts';
import { delivered, replicaOf, sent, withReplica, written } from '../values/register.ts';
import { towardsSalesforce, towardsSellfire, type MappedField } from '../mapping/rules.ts';
import { NEEDS_NO_EVENT, ofEarlierAttempt } from '../values/inFlight.ts';
import { leadCountry } from '../mapping/country.ts';
import { readReplica } from '../mapping/asStored.ts';
import { isCarried } from './carriedEdit.ts';
import { noteShown } from './stateFields.ts';

export function verifyAfterRetry(draft: Draft): void {
  const { link } = draft;
  if (!link || link.ended) return;
  const lead = lookups(draft).lead(link.leadId);
  for (const field of linkedFields(draft)) {
    const raw = lead?.fields[field.sellfire.name];
    if (lead && raw !== undefined)
      compare(draft, field, 'sellfire', canonical(field.sellfire.type, raw, leadCountry(draft.config, lead.fields)));
  }
  const records = [
    ...(link.record ? [link.record] : []),
    ...(link.accountId ? [{ object: 'Account' as const, id: link.accountId }] : []),
  ];
  for (const { object, id } of records) {
    const record = lookups(draft).record(object, id);
    if (record) noteShown(draft, id, record.fields);
    const { leadId } = draft.config.names;
    // The attempt may have created the record without the lead id. One that another record gives up gets it afterwards.
    const isHandedOver = draft.writes.some((write) => write.kind === 'updateInSalesforce' && write.next?.id === id);
    if (record && object !== 'Account' && record.fields[leadId] === null && !isHandedOver)
      draft.writes.push({ kind: 'updateInSalesforce', object, id, fields: { [leadId]: link.leadId }, deliveries: [] });
    for (const field of linkedFields(draft)) {
      const raw = record?.fields[field.salesforce.name];
      if (!record || field.mapping.salesforceObject !== object || raw === undefined) continue;
      compare(draft, field, field.replica, readReplica(draft.config, draft.link ?? link, field, raw, record.fields));
    }
  }
}

/**
 * Compares a replica with the register. If it holds the register's value, the delivery succeeded. If it holds neither
 * that value, nor its last known value, nor an older value of the bridge, somebody edited it: it is not written, and
 * the edit's event, with its exact time, decides.
 */
function compare(draft: Draft, field: MappedField, replica: string, current: Canonical): void {
  const name = field.sellfire.name;
  const state = draft.link && stateOf(draft.link, name);
  if (!draft.link || !state?.register) return;
  const write = inFlight(draft, draft.link, current);
  const { lastKnown, confirmed } = replicaOf(state, replica);
  const isRegister = sameValue(current, state.register.value);
  // Where its event has arrived, as that of the edit itself, no event of a write is to come.
  if (isRegister && sameValue(lastKnown, current) && confirmed === state.register.version) return;
  if (!isWritten(draft, field, replica)) {
    if (isRegister) setState(draft, name, delivered(state, replica, state.register.version, current));
  } else if (isRegister) {
    // It may have stood there before, so that no event of a write is to come.
    setState(draft, name, written(state, replica, state.register.version, { ...write, revision: NEEDS_NO_EVENT }));
  } else if (lastKnown !== undefined && !sameValue(current, lastKnown)) {
    // Few earlier values are kept, and one turn may carry many.
    const isEarlier = state.previousValues.some((value) => sameValue(value, current));
    if (isEarlier || isCarried(draft, field, replica, current)) {
      setState(draft, name, sent(state, replica, ofEarlierAttempt(write)));
      draft.shown.set(`${name} ${replica}`, current);
    } else {
      // The attempt may have written the register's value, and an automation or a person changed it.
      const { value } = state.register;
      setState(draft, name, sent(state, replica, { ...write, value, revision: NEEDS_NO_EVENT }));
      draft.held.add(`${name} ${replica}`);
    }
  } else if (lastKnown === undefined && current !== null && isResumedRecord(draft.link, replica)) {
    // The record was created with an older value of the lead, or was edited since: the events of both are still to come.
    draft.held.add(`${name} ${replica}`);
  } else if (lastKnown === undefined) {
    // The next write replaces it, so that its event names the field, unless an automation puts the value back.
    setState(draft, name, withReplica(state, replica, { lastKnown: current }));
  }
}

/** Whether the rule and the settings have the bridge write the field at all; otherwise what stands there is no attempt's. */
const isWritten = ({ config: { settings } }: Draft, { mapping: { rule } }: MappedField, replica: string): boolean =>
  replica === 'sellfire'
    ? settings.updateInSellfire && towardsSellfire(rule, 'any')
    : settings.updateInSalesforce && towardsSalesforce(rule);

const isResumedRecord = ({ resumedAsOf }: Link, replica: string): boolean =>
  resumedAsOf !== undefined && replica !== 'sellfire';
