// Where a demo or a sale enters a plan, and what its outcome makes of the link.
import type { SellfireChange } from '../../model/change.ts';
import type { Deal, DealRecord } from '../../model/saleTransaction.ts';
import type { Fault } from '../../model/fault.ts';
import type { Lead } from '../../model/lead.ts';
import type { Link } from '../../model/link.ts';
import type { FoundRecord, Write } from '../../model/plan.ts';
import type { Report } from '../../model/report.ts';
import type { SalesforceValue } from '../../model/salesforce.ts';
import { moveTo, recordNow } from '../link/relink.ts';
import { decideDeal, isWanted } from './graph.ts';
import { deliver } from '../fields/deliver.ts';
import { ensureLink, report, type Draft } from '../turn/draft.ts';
import { mappedFields } from '../mapping/rules.ts';
import { connect, salesforceIds } from '../link/connect.ts';

type DealWrite = Extract<Write, { kind: 'deal' }>;

/** @returns whether a Contact is made or found for the lead, so that no record is created for it besides. */
export function addDeals(draft: Draft, changes: readonly SellfireChange[]): { contactMade: boolean } {
  let contactMade = false;
  for (const change of changes) {
    const { lead: told, sale, schedule_item } = change.event;
    if (!told || !draft.config.settings.createInSalesforce) continue;
    if (!isWanted(draft.config, sale !== null)) continue;
    if (draft.link?.ended) {
      report(draft, { ...row(sale ? 'Sale' : 'DemoSet', told.id, change.at), ...ENDED });
      continue;
    }
    if (draft.writes.some(({ kind }) => kind === 'deal')) {
      // One after the other: a sale goes on with what its demo has made.
      draft.postponed.push(change.eventId);
      continue;
    }
    const lead = presentOf(draft, told);
    const closeDate = (schedule_item?.start_time ?? sale?.made_at ?? change.event.occurred_at).slice(0, 10);
    const { config, link, found } = draft;
    const decision = decideDeal({ config, lead, link, answers: found.deals, sale: sale ?? undefined, closeDate });
    if ('questions' in decision) {
      for (const [kind, questions] of Object.entries(decision.questions)) {
        (draft.needs.deals[kind as keyof typeof decision.questions] as unknown[]).push(...questions);
      }
    } else if ('deal' in decision) {
      const { deal } = decision;
      const contact = link && !isMove(link, deal) ? null : shownBefore(draft, deal);
      if (contact === undefined) continue;
      ensureLink(draft, lead.id);
      contactMade ||= deal.contact !== undefined;
      draft.writes.push({ kind: 'deal', deal, lead, contact });
    } else if (decision.none) {
      const event = sale ? 'Sale' : 'DemoSet';
      report(draft, { ...row(event, lead.id, change.at), outcome: 'Failed', ...decision.none });
    }
  }
  return { contactMade };
}

/**
 * A demo or a sale is written from Sellfire's present data: what was edited since may have been carried over already, and is not
 * written over with what it was. The cycle is that of the event. While that is not known (a need), what else is to be asked is
 * asked along.
 */
function presentOf(draft: Draft, told: Lead): Lead {
  const now = draft.found.leads.get(told.id);
  if (now === undefined) draft.needs.leads.push(told.id);
  return now && now.version > told.version ? { ...now, cycle: told.cycle } : told;
}

/** M20: whether the lead's record is the deal's Contact from then on. */
function isMove(link: Link, deal: Deal): boolean {
  return deal.contact !== undefined && (deal.moves || !link.record);
}

/** Whether the link has a record that it leaves for the deal's Contact. */
export const leaves = (link: Link | undefined, { deal }: DealWrite): boolean =>
  link?.record !== undefined &&
  isMove(link, deal) &&
  !(deal.contact && 'id' in deal.contact && deal.contact.id === link.record.id);

/** The Contact that the deal found, as it is; null where the deal makes it. @returns undefined while it is not read */
function shownBefore(draft: Draft, { contact }: Deal): FoundRecord | null | undefined {
  return contact && 'id' in contact ? recordNow(draft, 'Contact', contact.id) : null;
}

/** Nothing is written for a lead whose record is gone, and nobody has to find that out by himself. */
const ENDED = {
  outcome: 'Skipped',
  code: 'LINK_ENDED',
  reason:
    'The lead is no longer synced, because one of the two records was deleted. Undelete it, or link the lead to another record by an import; then repush this.',
} as const;

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
export function dealDone(draft: Draft, write: DealWrite, ids: Record<string, string>, at: number): void {
  const { deal } = write;
  const idOf = (record: DealRecord | undefined): string | undefined =>
    record && ('id' in record ? record.id : ids[record.ref]);
  const accountId = idOf(deal.account);
  const contactId = idOf(deal.contact);
  const link = ensureLink(draft, deal.leadId);
  if (accountId) connect(draft, deal.leadId, 'Account', accountId);
  const moves = contactId !== undefined && isMove(link, deal);
  if (moves) moveToContact(draft, write, contactId, at);
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

/** The Contact shows what it was given, and beside that what it showed before; what the lead has become since is due on it. */
function moveToContact(draft: Draft, { deal, lead, contact }: DealWrite, id: string, at: number): void {
  const { config, link } = draft;
  const blank = Object.fromEntries(
    mappedFields(config, ['Contact']).map(({ salesforce }) => [salesforce.name, null] as const),
  );
  const node = deal.nodes.find(({ ref }) => ref === 'contact');
  const given = Object.entries(node?.fields ?? {}).filter(
    (pair): pair is [string, SalesforceValue] => typeof pair[1] !== 'object' || pair[1] === null,
  );
  const fields = { ...(contact?.fields ?? blank), ...Object.fromEntries(given) };
  const record = { createdAt: contact?.createdAt ?? at, at, user: config.user, fields };
  // Of what happened to the Contact until now, its own events tell; only what is older than the deal is known by this.
  const left = link?.record && link.record.id !== id ? [link.record.id] : [];
  const how = { left, at: link?.moved?.at ?? 0, told: false, speaks: () => false };
  moveTo(draft, lead, [{ object: 'Contact', id, record }], how);
  draft.writes.push(...deliver(draft).filter((one) => one.kind === 'updateInSalesforce' && one.id === id));
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
  draft.writes.push(...deliver(draft).filter((write) => write.kind === 'updateInSalesforce'));
}
