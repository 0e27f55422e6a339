// The inbox of an org in the store of the simulator: which keys a change gets, what waits for them, and what moves when a record is
// linked.
import { changeSchema } from '../../bridge/model/change.ts';
import type { Link } from '../../bridge/model/link.ts';
import type { InboxEntry, OnArrival } from '../../bridge/store/store.ts';
import { keepsRecords } from '../../bridge/store/texts.ts';
import type { Row, Tenant } from './tenant.ts';

export const WITHDRAWN = 'WITHDRAWN';

function keysOf(tenant: Tenant, { leadId, recordId, source }: InboxEntry): string[] {
  if (leadId !== null && source !== 'salesforce') return [leadId];
  const linked = tenant.records.get(recordId) ?? [];
  if (leadId !== null && linked.every((one) => tenant.links.get(one.leadId)?.ended)) return [leadId];
  if (linked.length > 0) return linked.map((one) => one.leadId);
  return [source === 'salesforce' ? (tenant.routes.get(recordId) ?? recordId) : recordId];
}

export function wait(tenant: Tenant, row: Row): void {
  const rows = tenant.pending.get(row.key);
  if (!rows) tenant.pending.set(row.key, [row]);
  else {
    rows.push(row);
    if ((rows.at(-2)?.seq ?? 0) > row.seq) rows.sort((a, b) => a.seq - b.seq);
  }
}

export function leave(tenant: Tenant, row: Row): void {
  const rest = (tenant.pending.get(row.key) ?? []).filter((one) => one !== row);
  if (rest.length > 0) tenant.pending.set(row.key, rest);
  else tenant.pending.delete(row.key);
}

/** @param now ms since the epoch */
export function insert(tenant: Tenant, entry: InboxEntry, now: number): { isNew: boolean; keys: string[] } {
  const id = `${entry.source} ${entry.eventId} ${entry.recordId}`;
  const isNew = !tenant.known.has(id);
  const keys = isNew ? keysOf(tenant, entry) : [];
  if (isNew) {
    tenant.known.add(id);
    for (const key of keys) {
      const seq = tenant.nextSeq();
      const readable = changeSchema.safeParse(entry.change).success;
      const row: Row = { seq, entry, key, receivedAt: now, attempts: 0, state: 'pending', readable, finishedAt: 0 };
      tenant.rows.set(seq, row);
      wait(tenant, row);
    }
  }
  const { source, leadId, recordId } = entry;
  const remember = (record: string, lead: string): void => {
    if (!tenant.records.has(record)) tenant.routes.set(record, lead);
  };
  if (source === 'salesforce' && leadId !== null) remember(recordId, leadId);
  const [lead] = entry.convertedTo ? keysOf(tenant, entry) : [];
  if (lead !== undefined && lead !== recordId) for (const target of entry.convertedTo ?? []) remember(target, lead);
  return { isNew, keys };
}

/**
 * Keeps an entry as done where nothing of its lead waits and it needs nothing but the link.
 * @param now ms since the epoch
 * @returns the link as it is to be saved; undefined where the entry is not kept
 */
export function arrive(tenant: Tenant, entry: InboxEntry, onArrival: OnArrival, now: number): Link | undefined {
  const id = `${entry.source} ${entry.eventId} ${entry.recordId}`;
  const [key = '', ...others] = keysOf(tenant, entry);
  const link = tenant.links.get(key);
  if (tenant.known.has(id) || tenant.pending.has(key) || others.length > 0 || !link || link.ended) return undefined;
  if (entry.convertedTo || (entry.source === 'salesforce' && link.record?.id !== entry.recordId)) return undefined;
  if (!changeSchema.safeParse(entry.change).success) return undefined;
  const decided = onArrival(key, link, entry.change);
  if (!decided || !keepsRecords(decided, link)) return undefined;
  tenant.known.add(id);
  const seq = tenant.nextSeq();
  const times = { receivedAt: now, finishedAt: now };
  tenant.rows.set(seq, { seq, entry, key, attempts: 0, state: 'done', readable: true, ...times });
  return decided === link ? link : { ...decided, revision: link.revision + 1 };
}

export function move(tenant: Tenant, recordId: string, leadId: string): number {
  for (const row of tenant.rows.values()) if (row.state === 'parked' && row.key === recordId) row.key = leadId;
  const rows = recordId === leadId ? [] : (tenant.pending.get(recordId) ?? []);
  tenant.pending.delete(recordId);
  for (const row of rows) {
    row.key = leadId;
    wait(tenant, row);
  }
  return rows.length;
}

export const ofRequest = (tenant: Tenant, request: string): Row[] =>
  [...tenant.rows.values()].filter(
    ({ entry, code }) => entry.source === 'request' && entry.eventId.startsWith(`${request}:`) && code !== WITHDRAWN,
  );
