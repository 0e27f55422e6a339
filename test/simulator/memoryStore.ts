// The store of the simulator: in memory and synchronous, and subject to the conformance suite of every store. A
// transaction is validated as a whole before any of it is stored.
import { randomUUID } from 'node:crypto';
import { explain } from '../../bridge/model/catalogue/catalogue.ts';
import { BridgeError } from '../../bridge/model/fault.ts';
import type { Link } from '../../bridge/model/link.ts';
import { StaleLinkError, type OutboxReport, type Store, type StoredConnection } from '../../bridge/store/store.ts';
import { claim, holderOf, recordsOf, releaseReservations, settleClaims } from './memoryClaims.ts';
import { arrive, insert, leave, move, ofRequest, wait, WITHDRAWN } from './memoryInbox.ts';
import { Tenant, type Row } from './tenant.ts';

export interface MemoryStore extends Store {
  /** Marks everything pending as tried, as the opening of a store does. */
  reopened(): void;
  /** All rows, for the checks of the simulator. */
  rows(connection: string): Row[];
  allLinks(connection: string): Link[];
  allReports(connection: string): OutboxReport[];
  /** Ids of the rows of attempts that were interrupted. */
  interruptedReports(connection: string): ReadonlySet<string>;
}

/**
 * A copy as a database would give it, and whoever changes it in place fails: the core decides on what it is given. What is
 * frozen came from here, with everything in it, and is given again as it is.
 * @param value of plain objects, arrays and scalars
 */
function frozen<T>(value: T): T {
  return copyOf(value) as T;
}

function copyOf(value: unknown): unknown {
  if (typeof value === 'function') throw new TypeError('No database keeps a function.');
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  return Object.freeze(Array.isArray(value) ? value.map(copyOf) : copyOfObject(value));
}

/** Spread and looked through, which costs a quarter of what structuredClone does. */
function copyOfObject(value: object): object {
  if (Object.getPrototypeOf(value) !== Object.prototype) throw new TypeError('No database keeps it as it is.');
  const copy: Record<string, unknown> = { ...value };
  for (const name in copy)
    if (typeof copy[name] === 'object' || typeof copy[name] === 'function') copy[name] = copyOf(copy[name]);
  return copy;
}

export function createMemoryStore(now: () => number = Date.now): MemoryStore {
  const tenants = new Map<string, Tenant>();
  const saved = new Map<string, StoredConnection>();
  let seq = 0;
  let closed = false;

  const tenantOf = (connection: string): Tenant => {
    if (closed) throw new BridgeError(explain('STORE_CLOSED'));
    let tenant = tenants.get(connection);
    if (!tenant) tenants.set(connection, (tenant = new Tenant(() => ++seq)));
    return tenant;
  };

  return {
    async append(connection, entries, to, onArrival) {
      const tenant = tenantOf(connection);
      // Values that no table accepts.
      if (to && (typeof to.value !== 'string' || typeof to.at !== 'number'))
        throw new TypeError('The cursor is broken.');
      let settled = 0;
      const taken = entries.map((entry) => {
        const kept = frozen(entry);
        const decided = onArrival && arrive(tenant, kept, onArrival, now());
        if (!decided) return insert(tenant, kept, now());
        settled += 1;
        tenant.links.set(decided.leadId, frozen(decided));
        return { isNew: true, keys: [] };
      });
      if (to) tenant.cursors.set(to.name, { ...to });
      const keys = new Set(taken.flatMap((one) => one.keys));
      const stored = taken.filter(({ isNew }) => isNew).length;
      return { stored, ...(onArrival ? { settled } : {}), keys: [...keys] };
    },
    async cursor(connection, name) {
      return tenantOf(connection).cursors.get(name);
    },
    async pendingKeys(connection, limit, before = Infinity) {
      const oldest = [...tenantOf(connection).pending]
        .map(([key, rows]) => ({ key, first: rows.find(({ receivedAt }) => receivedAt < before)?.seq }))
        .filter((one): one is { key: string; first: number } => one.first !== undefined);
      return oldest
        .sort((a, b) => a.first - b.first)
        .slice(0, limit)
        .map(({ key }) => key);
    },
    async load(connection, key, limit) {
      const tenant = tenantOf(connection);
      const waiting = (tenant.pending.get(key) ?? []).slice(0, limit);
      for (const row of waiting.filter(({ readable }) => !readable)) {
        leave(tenant, row);
        Object.assign(row, {
          state: 'parked',
          finishedAt: now(),
          code: 'CHANGE_UNREADABLE',
          reason: 'Not understood.',
        });
      }
      const rows = waiting.filter(({ readable }) => readable);
      const link = tenant.links.get(key);
      return {
        key,
        rows: rows.map((row) => ({
          seq: row.seq,
          change: row.entry.change,
          attempts: row.attempts,
        })),
        link,
      };
    },
    async settle(connection, { key, done, parked, failure, link, reports, entries = [] }) {
      const tenant = tenantOf(connection);
      const rowOf = (wanted: number, mayBeWithdrawn: boolean): Row => {
        const row = tenant.rows.get(wanted);
        const isOpen = row?.state === 'pending' || (mayBeWithdrawn && row?.code === WITHDRAWN);
        if (!row || !isOpen || row.key !== key) throw new StaleLinkError(key);
        return row;
      };
      const finished = [...new Set(done)].map((one) => rowOf(one, true));
      const put = parked.map((one) => ({ ...one, row: rowOf(one.seq, false) }));
      const known = tenant.links.get(link?.leadId ?? key);
      if (link ? (known?.revision ?? 0) !== link.revision : known) throw new StaleLinkError(link?.leadId ?? key);
      const wanted = link ? recordsOf(tenant, link) : [];
      releaseReservations(tenant, key);
      for (const row of finished) {
        leave(tenant, row);
        Object.assign(row, { state: 'done', finishedAt: now(), code: failure });
      }
      for (const { row, code, reason } of put) {
        leave(tenant, row);
        Object.assign(row, { state: 'parked', finishedAt: now(), code, reason });
      }
      tenant.reports.push(...reports.map((report) => ({ ...frozen(report), id: randomUUID() })));
      if (!link) return { keys: [] };
      tenant.links.set(link.leadId, frozen({ ...link, revision: link.revision + 1 }));
      let moved = 0;
      const { added, left } = claim(tenant, link, wanted);
      for (const id of added) moved += move(tenant, id, link.leadId);
      const keys = [...entries, ...settleClaims(tenant, link, left, now())].flatMap(
        (entry) => insert(tenant, frozen(entry), now()).keys,
      );
      return { keys: [...new Set(moved > 0 ? [link.leadId, ...keys] : keys)] };
    },
    async rekey(connection, seqs, key) {
      const tenant = tenantOf(connection);
      const rows = seqs.flatMap((one) => tenant.rows.get(one) ?? []).filter(({ state }) => state === 'pending');
      const to = tenant.records.get(key)?.[0]?.leadId ?? key;
      for (const row of rows) {
        leave(tenant, row);
        row.key = to;
        wait(tenant, row);
      }
      return rows.length;
    },
    async attempted(connection, seqs) {
      const tenant = tenantOf(connection);
      for (const one of seqs) {
        const row = tenant.rows.get(one);
        if (row?.state === 'pending') row.attempts += 1;
      }
    },
    async parked(connection, limit) {
      const rows = [...tenantOf(connection).rows.values()].filter(({ state }) => state === 'parked').slice(0, limit);
      return rows.map(({ seq: one, key, entry, attempts, finishedAt, code = '', reason = '' }) => ({
        seq: one,
        key,
        source: entry.source,
        eventId: entry.eventId,
        recordId: entry.recordId,
        attempts,
        parkedAt: finishedAt,
        code,
        reason,
      }));
    },
    async claim(connection, { recordId, key, leadId, revision }) {
      const tenant = tenantOf(connection);
      const holder = holderOf(tenant, recordId);
      if (holder !== undefined && holder !== leadId) return { holder };
      const reserved = tenant.reservations.get(recordId);
      const isBusy = reserved !== undefined && reserved !== key && tenant.pending.has(reserved);
      const isStale = leadId !== null && (tenant.links.get(leadId)?.revision ?? 0) !== revision;
      if (isBusy || isStale) {
        releaseReservations(tenant, key);
        return isStale ? { stale: true } : { busy: true };
      }
      tenant.reservations.set(recordId, key);
      return undefined;
    },
    async release(connection, seqs) {
      const tenant = tenantOf(connection);
      const keys = new Set<string>();
      for (const one of seqs) {
        const row = tenant.rows.get(one);
        if (row?.state !== 'parked') continue;
        Object.assign(row, { state: 'pending', code: undefined, reason: undefined });
        wait(tenant, row);
        keys.add(row.key);
      }
      return { keys: [...keys] };
    },
    async requestProgress(connection, request) {
      const rows = ofRequest(tenantOf(connection), request);
      const done = rows.filter(({ state }) => state !== 'pending');
      return {
        pending: rows.length - done.length,
        done: done.length,
        failed: done.filter(({ code }) => code !== undefined).length,
      };
    },
    async withdrawRequest(connection, request) {
      const tenant = tenantOf(connection);
      const rows = ofRequest(tenant, request).filter(({ state }) => state === 'pending');
      for (const row of rows) {
        leave(tenant, row);
        Object.assign(row, { state: 'done', finishedAt: now(), code: WITHDRAWN });
      }
      return rows.length;
    },
    async links(connection, after, limit) {
      return [...tenantOf(connection).links.values()]
        .filter(({ leadId, ended }) => leadId > after && !ended)
        .sort((a, b) => (a.leadId < b.leadId ? -1 : 1))
        .slice(0, limit);
    },
    async linkOfLead(connection, leadId) {
      return tenantOf(connection).links.get(leadId);
    },
    async linkOfRecord(connection, recordId) {
      const tenant = tenantOf(connection);
      const [first] = tenant.records.get(recordId) ?? [];
      return first && tenant.links.get(first.leadId);
    },
    async reports(connection, limit) {
      return tenantOf(connection).reports.slice(0, limit);
    },
    async addReports(connection, reports) {
      const { reports: waiting, interrupted } = tenantOf(connection);
      for (const { id = randomUUID(), ...report } of reports) {
        if (!waiting.some((one) => one.id === id)) waiting.push({ ...report, id });
        interrupted.add(id);
      }
    },
    async dropReports(connection, ids) {
      const tenant = tenantOf(connection);
      tenant.reports = tenant.reports.filter(({ id }) => !ids.includes(id));
    },
    async connections() {
      return [...saved.values()].sort((a, b) => a.createdAt - b.createdAt);
    },
    async saveConnection(connection) {
      saved.set(connection.id, connection);
    },
    async removeConnection(id) {
      saved.delete(id);
    },
    beginRotation: async (id) => saved.get(id),
    async endRotation(id, from, to) {
      const one = saved.get(id);
      if (one?.sealed !== from) return false;
      saved.set(id, { ...one, sealed: to });
      return true;
    },
    leads: () => true,
    problem: () => undefined,
    async counts(connection) {
      const tenant = tenantOf(connection);
      const rows = [...tenant.rows.values()];
      const pending = rows.filter(({ state }) => state === 'pending');
      const oldest = (some: typeof pending): number | undefined =>
        some.length === 0 ? undefined : Math.min(...some.map(({ receivedAt }) => receivedAt));
      const from = (source: string): typeof pending => pending.filter(({ entry }) => entry.source === source);
      return {
        pending: pending.length,
        parked: rows.filter(({ state }) => state === 'parked').length,
        reports: tenant.reports.length,
        links: tenant.links.size,
        oldestPendingAt: oldest(pending),
        oldestFromSalesforceAt: oldest(from('salesforce')),
        oldestFromSellfireAt: oldest(from('sellfire')),
      };
    },
    async prune(before) {
      let removed = 0;
      for (const tenant of tenants.values()) {
        for (const [id, row] of tenant.rows) {
          if (row.state !== 'done' || row.finishedAt >= before) continue;
          tenant.rows.delete(id);
          tenant.known.delete(`${row.entry.source} ${row.entry.eventId} ${row.entry.recordId}`);
          removed += 1;
        }
      }
      return removed;
    },
    async close() {
      closed = true;
    },

    reopened() {
      for (const tenant of tenants.values())
        for (const row of tenant.rows.values()) if (row.state === 'pending') row.attempts += 1;
    },
    rows: (connection) => [...tenantOf(connection).rows.values()],
    allLinks: (connection) => [...tenantOf(connection).links.values()],
    allReports: (connection) => tenantOf(connection).reports,
    interruptedReports: (connection) => tenantOf(connection).interrupted,
  };
}
