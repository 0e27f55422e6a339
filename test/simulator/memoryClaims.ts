// Which lead has which record in the store of the simulator: a person's record is of one lead, and others await it.
import type { Link } from '../../bridge/model/link.ts';
import { claimEntry } from '../../bridge/store/claimEntry.ts';
import { RecordClaimedError, type InboxEntry } from '../../bridge/store/store.ts';
import type { Tenant } from './tenant.ts';

/** @throws RecordClaimedError */
export function recordsOf(tenant: Tenant, link: Link): { id: string; kind: 'person' | 'account' }[] {
  const held = (id: string): boolean => (tenant.records.get(id) ?? []).some(({ leadId }) => leadId === link.leadId);
  const wanted = [
    ...(link.record ? [{ id: link.record.id, kind: 'person' as const }] : []),
    ...(link.accountId !== undefined ? [{ id: link.accountId, kind: 'account' as const }] : []),
    ...(link.lostAccountId !== undefined && link.lostAccountId !== link.accountId
      ? [{ id: link.lostAccountId, kind: 'account' as const }]
      : []),
  ];
  return wanted.filter(({ id, kind }) => {
    const holder = (tenant.records.get(id) ?? []).find((one) => one.kind === 'person');
    if (kind === 'account' || !holder || held(id)) return true;
    if (link.ended) return false;
    if (!tenant.links.get(holder.leadId)?.ended) throw new RecordClaimedError(id, link.leadId, holder.leadId);
    return true;
  });
}

/** The lead whose link has the person record and has not ended. */
export function holderOf(tenant: Tenant, recordId: string): string | undefined {
  const holder = (tenant.records.get(recordId) ?? []).find(({ kind }) => kind === 'person')?.leadId;
  return holder === undefined || tenant.links.get(holder)?.ended ? undefined : holder;
}

export function releaseReservations(tenant: Tenant, key: string): void {
  for (const [id, other] of tenant.reservations) if (other === key) tenant.reservations.delete(id);
}

/** @param left records that the link had before @param now ms since the epoch */
export function settleClaims(tenant: Tenant, link: Link, left: readonly string[], now: number): InboxEntry[] {
  tenant.awaited.delete(link.leadId);
  const { awaits } = link;
  if (awaits) {
    const holder = holderOf(tenant, awaits.id);
    if (holder === undefined || holder === link.leadId) return [claimEntry(link.leadId, awaits, link, now)];
    tenant.awaited.set(link.leadId, { ...awaits });
  }
  const freed = [...left, ...(link.ended && link.record ? [link.record.id] : [])];
  const ids = freed.filter((id) => holderOf(tenant, id) === undefined);
  return [...tenant.awaited].flatMap(([leadId, record]) => {
    if (!ids.includes(record.id)) return [];
    tenant.awaited.delete(leadId);
    return [claimEntry(leadId, record, link, now)];
  });
}

export function claim(
  tenant: Tenant,
  link: Link,
  wanted: { id: string; kind: 'person' | 'account' }[],
): { added: string[]; left: string[] } {
  const left: string[] = [];
  for (const [id, holders] of tenant.records) {
    if (!holders.some(({ leadId }) => leadId === link.leadId) || wanted.some((one) => one.id === id)) continue;
    left.push(id);
    const rest = holders.filter(({ leadId }) => leadId !== link.leadId);
    if (rest.length > 0) tenant.records.set(id, rest);
    else tenant.records.delete(id);
  }
  const added: string[] = [];
  for (const { id, kind } of wanted) {
    const holders = tenant.records.get(id) ?? [];
    if (holders.some(({ leadId }) => leadId === link.leadId)) continue;
    const others = kind === 'person' ? holders.filter((one) => one.kind !== 'person') : holders;
    tenant.records.set(id, [...others, { leadId: link.leadId, kind }]);
    tenant.routes.delete(id);
    added.push(id);
  }
  return { added, left };
}
