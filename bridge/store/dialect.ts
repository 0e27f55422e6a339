// The store over a dialect: the dialect keeps rows and texts, each method in one transaction; what the texts say is written and read
// here, the same for every dialect.
import { randomUUID } from 'node:crypto';
import type { Link } from '../model/link.ts';
import type { Report } from '../model/report.ts';
import { receive } from './arrivals.ts';
import { entryText, type Arrival, type EntryText } from './entryText.ts';
import { createLinkCache } from './linkCache.ts';
import type { Cursor, InboxRow, Settlement, Store } from './store.ts';
import {
  linkText,
  readChange,
  readLink,
  readReport,
  reportText,
  type LinkText,
  type ReportText,
  type SavedLink,
} from './texts.ts';

export interface WorkText {
  rows: { seq: number; change: string; attempts: number }[];
  link: SavedLink | undefined;
}

export interface SettlementText extends Omit<Settlement, 'link' | 'reports' | 'entries'> {
  link: LinkText | undefined;
  reports: ReportText[];
  entries: EntryText[];
}

/** What became of received entries. */
export interface Inserted {
  /** Those that were new. */
  stored: number;
  /** That got work. */
  keys: string[];
  /** The places of those that are done. */
  settled: number[];
  /** The place of the first that has to wait for a turn after all: neither it, nor those behind it, nor the cursor is kept. */
  until?: number;
}

type AsText = 'append' | 'load' | 'settle' | 'links' | 'linkOfLead' | 'linkOfRecord' | 'reports' | 'addReports';

export interface Dialect extends Omit<Store, AsText> {
  append(connection: string, entries: (EntryText | Arrival)[], cursor?: Cursor): Promise<Inserted>;
  /** @param known the revision of the link that the reader has: its text is not sent again */
  load(connection: string, key: string, limit: number, known: number): Promise<WorkText>;
  settle(connection: string, settlement: SettlementText): Promise<{ keys: string[] }>;
  /** Parks pending rows of the key. */
  park(connection: string, key: string, rows: Settlement['parked']): Promise<void>;
  links(connection: string, after: string, limit: number): Promise<SavedLink[]>;
  linkOfLead(connection: string, leadId: string): Promise<SavedLink | undefined>;
  linkOfRecord(connection: string, recordId: string): Promise<SavedLink | undefined>;
  reports(connection: string, limit: number): Promise<ReportText[]>;
  addReports(connection: string, reports: ReportText[]): Promise<void>;
  /** Whether this version has written the row. */
  isOurs(seq: number): boolean;
}

export function storeOn(dialect: Dialect): Store {
  const cache = createLinkCache();
  const read = (saved: SavedLink | undefined): Link | undefined => saved && readLink(saved);

  return {
    ...dialect,
    async append(connection, entries, cursor, onArrival) {
      if (!onArrival) {
        const { stored, keys } = await dialect.append(connection, entries.map(entryText), cursor);
        return { stored, keys };
      }
      const received = receive(connection, entries, cache, onArrival);
      const first = await dialect.append(
        connection,
        received.map(({ text }) => text),
        cursor,
      );
      for (const place of first.settled) {
        const { saved } = received[place] ?? {};
        if (saved) cache.set(connection, saved);
      }
      const settled = first.settled.length;
      if (first.until === undefined) return { stored: first.stored, settled, keys: first.keys };
      const rest = await dialect.append(connection, entries.slice(first.until).map(entryText), cursor);
      return { stored: first.stored + rest.stored, settled, keys: [...new Set([...first.keys, ...rest.keys])] };
    },

    async load(connection, key, limit) {
      const known = cache.get(connection, key);
      const loaded = await dialect.load(connection, key, limit, known?.link.revision ?? 0);
      const written =
        loaded.link?.body === null ? known : loaded.link && { link: readLink(loaded.link), texts: undefined };
      if (written) cache.set(connection, written);
      const rows: InboxRow[] = [];
      const unread: Settlement['parked'] = [];
      for (const { seq, change: text, attempts } of loaded.rows) {
        const change = readChange(text, dialect.isOurs(seq));
        if ('source' in change) rows.push({ seq, change, attempts });
        else unread.push({ seq, ...change });
      }
      // They must not stop the ones behind them.
      if (unread.length > 0) await dialect.park(connection, key, unread);
      return { key, rows, link: written?.link };
    },

    async settle(connection, { link, reports, entries = [], ...rest }) {
      const written = link && linkText(link, cache.get(connection, link.leadId));
      const settled = await dialect.settle(connection, {
        ...rest,
        link: written?.text,
        reports: withIds(reports),
        entries: entries.map(entryText),
      });
      if (written) cache.set(connection, written.saved);
      return settled;
    },

    links: async (connection, after, limit) => (await dialect.links(connection, after, limit)).map(readLink),
    linkOfLead: async (connection, leadId) => read(await dialect.linkOfLead(connection, leadId)),
    linkOfRecord: async (connection, recordId) => read(await dialect.linkOfRecord(connection, recordId)),
    reports: async (connection, limit) => (await dialect.reports(connection, limit)).map(readReport),
    addReports: async (connection, reports) => dialect.addReports(connection, withIds(reports)),
  };
}

const withIds = (reports: (Report & { id?: string })[]): ReportText[] =>
  reports.map((report) => reportText({ ...report, id: report.id ?? randomUUID() }));
