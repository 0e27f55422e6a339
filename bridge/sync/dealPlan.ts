// Where a demo or a sale enters a plan, and what its outcome makes of the link.
import type { SellfireChange } from '../model/change.ts';
import type { Deal, DealRecord } from '../model/deal.ts';
import type { Fault } from '../model/fault.ts';
import type { Report } from '../model/report.ts';
import { decideDeal } from './deal.ts';
import { ensureLink, report, setState, stateOf, type Draft } from './draft.ts';
import { withReplica } from './registers.ts';
import { connect, salesforceIds } from './toSellfire.ts';

/** @returns whether a Contact is made or found for the lead, so that no record is created for it besides. */
export function addDeals(draft: Draft, changes: readonly SellfireChange[]): { contactMade: boolean } {
  let contactMade = false;
  for (const change of changes) {
    const { lead, sale, schedule_item } = change.event;
    if (!lead || draft.link?.ended || !draft.config.settings.createInSalesforce) continue;
    const closeDate = (schedule_item?.start_time ?? sale?.made_at ?? change.event.occurred_at).slice(0, 10);
    const { config, link, found } = draft;
    const decision = decideDeal({ config, lead, link, answers: found.deals, sale: sale ?? undefined, closeDate });
    if ('questions' in decision) {
      for (const [kind, questions] of Object.entries(decision.questions)) {
        (draft.needs.deals[kind as keyof typeof decision.questions] as unknown[]).push(...questions);
      }
    } else if ('deal' in decision) {
      ensureLink(draft, lead.id);
      contactMade ||= decision.deal.contact !== undefined;
      draft.writes.push({ kind: 'deal', deal: decision.deal });
    } else if (decision.none) {
      const event = sale ? 'Sale' : 'DemoSet';
      report(draft, { ...row(event, lead.id, change.at), outcome: 'Failed', ...decision.none });
    }
  }
  return { contactMade };
}

const row = (
  event: Deal['event'],
  sellfireLeadId: string,
  occurredAt: number,
): Pick<Report, 'occurredAt' | 'direction' | 'event' | 'sellfireLeadId'> => ({
  occurredAt,
  direction: 'ToSalesforce',
  event,
  sellfireLeadId,
});

/** M20, M23: the Account is the lead's from now on; the Contact where the link moves to it, or where there was no record. */
export function dealDone(draft: Draft, deal: Deal, ids: Record<string, string>, at: number): void {
  const idOf = (record: DealRecord | undefined): string | undefined =>
    record && ('id' in record ? record.id : ids[record.ref]);
  const accountId = idOf(deal.account);
  const contactId = idOf(deal.contact);
  const link = ensureLink(draft, deal.leadId);
  if (accountId) connect(draft, deal.leadId, 'Account', accountId);
  const moves = contactId !== undefined && (deal.moves || !link.record);
  if (moves) {
    connect(draft, deal.leadId, 'Contact', contactId);
    leave(draft, link.record?.id);
    for (const one of deal.given) {
      if (!draft.link) break;
      const state = stateOf(draft.link, one.sellfireField);
      const register = state.register ?? { value: one.value, at, by: 'sellfire' as const, version: 1 };
      const known = { holds: one.value, due: register.version, delivered: register.version };
      setState(draft, one.sellfireField, withReplica({ ...state, register }, one.replica, known));
    }
  }
  const made = deal.made.flatMap(({ key, record }) => {
    const id = idOf(record);
    return id ? [[key, id] as const] : [];
  });
  if (draft.link && made.length > 0)
    draft.link = { ...draft.link, made: { ...draft.link.made, ...Object.fromEntries(made) } };
  report(draft, {
    ...row(deal.event, deal.leadId, at),
    outcome: 'Success',
    reason: deal.why.join(' '),
    salesforceObject: deal.opportunity ? 'Opportunity' : 'Account',
    salesforceRecordId: idOf(deal.opportunity) ?? accountId ?? null,
    changes: deal.nodes.flatMap((node) =>
      Object.entries(node.fields).map(([field, value]) => ({
        field: `${node.object}.${field}`,
        after:
          typeof value === 'object' && value !== null
            ? (ids[value.ref] ?? null)
            : value === null
              ? null
              : String(value),
      })),
    ),
  });
  const salesforce = {
    ...(accountId ? salesforceIds('Account', accountId) : {}),
    ...(moves ? salesforceIds('Contact', contactId) : {}),
  };
  if (Object.keys(salesforce).length > 0) {
    draft.writes.push({ kind: 'updateInSellfire', leadId: deal.leadId, fields: {}, salesforce, deliveries: [] });
  }
}

/** Sellfire still shows the Lead until it has heard of the Contact. */
function leave(draft: Draft, recordId: string | undefined): void {
  if (!draft.link || recordId === undefined || recordId === draft.link.record?.id) return;
  const { moved } = draft.link;
  draft.link = { ...draft.link, moved: { from: [...(moved?.from ?? []), recordId], at: moved?.at ?? 0 } };
}

/** All of it or none of it: nothing was written, and the report says what was in the way. */
export function dealFailed(draft: Draft, deal: Deal, fault: Fault, at: number): void {
  report(draft, {
    ...row(deal.event, deal.leadId, at),
    outcome: 'Failed',
    code: fault.code,
    reason: `${fault.message}${fault.fields.length > 0 ? ` (${fault.fields.join(', ')})` : ''}`,
    salesforceObject: deal.opportunity ? 'Opportunity' : 'Account',
  });
}
