// The store of the simulator: in memory and synchronous, and subject to the conformance suite of every store. A
// transaction is validated as a whole before any of it is stored.
import { randomUUID } from 'node:crypto';
import { changeSchema } from '../../bridge/model/change.ts';
import type { Link } from '../../bridge/model/link.ts';
import {
  RecordClaimedError,
  StaleLinkError,
  type Cursor,
  type InboxEntry,
  type OutboxReport,
  type Store,
  type StoredConnection,
} from '../../bridge/store/store.ts';
import { claimEntry } from '../../bridge/store/claimEntry.ts';
import { explain } from '../../bridge/model/catalogue/catalogue.ts';
import { BridgeError } from '../../bridge/model/fault.ts';

export interface Row {
  seq: number;
  entry: InboxEntry;
  key: string;
  receivedAt: number;
  attempts: number;
  state: 'pending' | 'done' | 'parked';
  /** Whether this version can parse its change. */
  readable: boolean;
  finishedAt: number;
  code?: string | undefined;
  reason?: string | undefined;
}

/** The data of one org. */
class Tenant {
  readonly rows = new Map<number, Row>();
  /** Pending rows by key, in order. */
  readonly pending = new Map<string, Row[]>();
  readonly known = new Set<string>();
  readonly cursors = new Map<string, Cursor>();
  readonly links = new Map<string, Link>();
  /** Leads of a record, in the order in which they were linked. */
  readonly records = new Map<string, { leadId: string; kind: 'person' | 'account' }[]>();
  readonly routes = new Map<string, string>();
  /** Keys by the record that their turn is about to link. */
  readonly reservations = new Map<string, string>();
  /** Leads, and the record that each awaits. */
  readonly awaited = new Map<string, NonNullable<Link['awaits']>>();
  reports: OutboxReport[] = [];
}

export interface MemoryStore extends Store {
  /** Marks everything pending as tried, as the opening of a store does. */
  reopened(): void;
  /** All rows, for the checks of the simulator. */
  rows(connection: string): Row[];
  allLinks(connection: string): Link[];
  allReports(connection: string): OutboxReport[];
}

const WITHDRAWN = 'WITHDRAWN';

/** A copy as a database would give it, and whoever changes it in place fails: the core decides on what it is given. */
function frozen<T>(value: T): T {
  const freeze = (part: unknown): void => {
    if (typeof part !== 'object' || part === null || Object.isFrozen(part)) return;
    Object.freeze(part);
    Object.values(part).forEach(freeze);
  };
  const copy = structuredClone(value);
  freeze(copy);
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
    if (!tenant) tenants.set(connection, (tenant = new Tenant()));
    return tenant;
  };

  function keysOf(tenant: Tenant, { leadId, recordId, source }: InboxEntry): string[] {
    if (leadId !== null && source !== 'salesforce') return [leadId];
    const linked = tenant.records.get(recordId) ?? [];
    if (leadId !== null && linked.every((one) => tenant.links.get(one.leadId)?.ended)) return [leadId];
    if (linked.length > 0) return linked.map((one) => one.leadId);
    return [source === 'salesforce' ? (tenant.routes.get(recordId) ?? recordId) : recordId];
  }

  function wait(tenant: Tenant, row: Row): void {
    const rows = tenant.pending.get(row.key);
    if (!rows) tenant.pending.set(row.key, [row]);
    else {
      rows.push(row);
      if ((rows.at(-2)?.seq ?? 0) > row.seq) rows.sort((a, b) => a.seq - b.seq);
    }
  }

  function leave(tenant: Tenant, row: Row): void {
    const rest = (tenant.pending.get(row.key) ?? []).filter((one) => one !== row);
    if (rest.length > 0) tenant.pending.set(row.key, rest);
    else tenant.pending.delete(row.key);
  }

  function insert(tenant: Tenant, entry: InboxEntry): { isNew: boolean; keys: string[] } {
    const id = `${entry.source} ${entry.eventId} ${entry.recordId}`;
    const isNew = !tenant.known.has(id);
    const keys = isNew ? keysOf(tenant, entry) : [];
    if (isNew) {
      tenant.known.add(id);
      for (const key of keys) {
        seq += 1;
        const readable = changeSchema.safeParse(entry.change).success;
        const row: Row = { seq, entry, key, receivedAt: now(), attempts: 0, state: 'pending', readable, finishedAt: 0 };
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

  /** @throws RecordClaimedError */
  function recordsOf(tenant: Tenant, link: Link): { id: string; kind: 'person' | 'account' }[] {
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
  function holderOf(tenant: Tenant, recordId: string): string | undefined {
    const holder = (tenant.records.get(recordId) ?? []).find(({ kind }) => kind === 'person')?.leadId;
    return holder === undefined || tenant.links.get(holder)?.ended ? undefined : holder;
  }

  function releaseReservations(tenant: Tenant, key: string): void {
    for (const [id, other] of tenant.reservations) if (other === key) tenant.reservations.delete(id);
  }

  /** @param left records that the link had before */
  function settleClaims(tenant: Tenant, link: Link, left: readonly string[]): InboxEntry[] {
    tenant.awaited.delete(link.leadId);
    const { awaits } = link;
    if (awaits) {
      const holder = holderOf(tenant, awaits.id);
      if (holder === undefined || holder === link.leadId) return [claimEntry(link.leadId, awaits, link, now())];
      tenant.awaited.set(link.leadId, { ...awaits });
    }
    const freed = [...left, ...(link.ended && link.record ? [link.record.id] : [])];
    const ids = freed.filter((id) => holderOf(tenant, id) === undefined);
    return [...tenant.awaited].flatMap(([leadId, record]) => {
      if (!ids.includes(record.id)) return [];
      tenant.awaited.delete(leadId);
      return [claimEntry(leadId, record, link, now())];
    });
  }

  function claim(
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

  function move(tenant: Tenant, recordId: string, leadId: string): number {
    for (const row of tenant.rows.values()) if (row.state === 'parked' && row.key === recordId) row.key = leadId;
    const rows = recordId === leadId ? [] : (tenant.pending.get(recordId) ?? []);
    tenant.pending.delete(recordId);
    for (const row of rows) {
      row.key = leadId;
      wait(tenant, row);
    }
    return rows.length;
  }

  const ofRequest = (tenant: Tenant, request: string): Row[] =>
    [...tenant.rows.values()].filter(
      ({ entry, code }) => entry.source === 'request' && entry.eventId.startsWith(`${request}:`) && code !== WITHDRAWN,
    );

  return {
    async append(connection, entries, to) {
      const tenant = tenantOf(connection);
      // Values that no table accepts.
      if (to && (typeof to.value !== 'string' || typeof to.at !== 'number'))
        throw new TypeError('The cursor is broken.');
      const taken = entries.map((entry) => insert(tenant, frozen(entry)));
      if (to) tenant.cursors.set(to.name, { ...to });
      const keys = new Set(taken.flatMap((one) => one.keys));
      return { stored: taken.filter(({ isNew }) => isNew).length, keys: [...keys] };
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
      tenant.reports.push(...reports.map((report) => ({ ...structuredClone(report), id: randomUUID() })));
      if (!link) return { keys: [] };
      tenant.links.set(link.leadId, frozen({ ...link, revision: link.revision + 1 }));
      let moved = 0;
      const { added, left } = claim(tenant, link, wanted);
      for (const id of added) moved += move(tenant, id, link.leadId);
      const keys = [...entries, ...settleClaims(tenant, link, left)].flatMap(
        (entry) => insert(tenant, frozen(entry)).keys,
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
    async claim(connection, { recordId, key, leadId }) {
      const tenant = tenantOf(connection);
      const holder = holderOf(tenant, recordId);
      if (holder !== undefined && holder !== leadId) return { holder };
      const reserved = tenant.reservations.get(recordId);
      if (reserved !== undefined && reserved !== key && tenant.pending.has(reserved)) {
        releaseReservations(tenant, key);
        return { busy: true };
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
      const { reports: waiting } = tenantOf(connection);
      for (const { id = randomUUID(), ...report } of reports)
        if (!waiting.some((one) => one.id === id)) waiting.push({ ...report, id });
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
  };
}
