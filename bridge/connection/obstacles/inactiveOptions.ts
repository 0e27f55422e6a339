// Says once that a picklist value was deactivated, and lets the values that waited for it go on when it is active again, over
// restarts (B23).
import PQueue from 'p-queue';
import type { Logger } from 'pino';
import { z } from 'zod';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { CommandChange } from '../../model/change.ts';
import type { SyncConfig } from '../../model/config.ts';
import type { Link } from '../../model/link.ts';
import { said, type Report } from '../../model/report.ts';
import type { InboxEntry, Store } from '../../store/store.ts';
import { waitingOptions } from '../../sync/mapping/inactiveOptions.ts';
import { isUndelivered } from '../../sync/values/register.ts';

/** Options by replica, as they were last said. */
const knownSchema = z.record(z.string(), z.array(z.string()));
type Known = z.infer<typeof knownSchema>;

const CURSOR = 'inactiveOptions';
/** Links that are looked through at once. */
const PAGE = 500;

export interface InactiveOptions {
  /** Compares a configuration with what was said before, once sync is started. Resolves when that is saved, or has failed and is logged. */
  read(config: SyncConfig): Promise<void>;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

export interface InactiveOptionsOptions {
  store: Pick<Store, 'append' | 'cursor' | 'links'>;
  connection: string;
  /** Saves report rows and publishes them. */
  report: (rows: Report[]) => Promise<void>;
  /** Before an admin has started the sync nothing is written, and the mapping status alone says what is inactive. */
  isStarted: () => boolean;
  wake: (keys: string[]) => void;
  logger: Logger;
  now?: () => number;
}

export function createInactiveOptions(options: InactiveOptionsOptions): InactiveOptions {
  const { store, connection, report, isStarted, wake, logger, now = Date.now } = options;
  const queue = new PQueue({ concurrency: 1 });

  async function compare(config: SyncConfig): Promise<void> {
    const kept = await store.cursor(connection, CURSOR);
    const before: Known = kept ? knownSchema.parse(JSON.parse(kept.value)) : {};
    const waiting = waitingOptions(config);
    const after: Known = Object.fromEntries([...waiting].map(([replica, one]) => [replica, one.options]));
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    const rows = [...waiting.values()].flatMap(({ field, options }) => {
      const added = options.filter((one) => !before[field.replica]?.includes(one));
      return added.length === 0 ? [] : [rowOf(field, added, now())];
    });
    if (rows.length > 0) await report(rows);
    for (const row of rows)
      logger.warn({ event: 'option_inactive', reason: row.reason }, 'A picklist value is inactive');
    const again = Object.keys(before).filter((replica) =>
      before[replica]?.some((one) => !after[replica]?.includes(one)),
    );
    if (again.length > 0) {
      const leads = await resume(again);
      logger.info({ event: 'option_active', fields: again, leads }, 'A picklist value is active again');
    }
    await store.append(connection, [], { name: CURSOR, value: JSON.stringify(after), at: now() });
  }

  /** @returns how many leads had values that waited */
  async function resume(replicas: readonly string[]): Promise<number> {
    let leads = 0;
    for (let after = ''; ;) {
      const links = await store.links(connection, after, PAGE);
      const entries = links.filter((link) => waits(link, replicas)).map(({ leadId }) => compareEntry(leadId, now()));
      leads += entries.length;
      if (entries.length > 0) wake((await store.append(connection, entries)).keys);
      const last = links.at(-1);
      if (!last || links.length < PAGE) return leads;
      after = last.leadId;
    }
  }

  return {
    read: (config) =>
      queue.add(async () => {
        if (!isStarted()) return;
        await compare(config).catch((error: unknown) =>
          logger.error({ event: 'options_failed', err: error }, 'Which picklist values are inactive was not saved'),
        );
      }),
    stop: () => queue.onIdle(),
  };
}

const waits = ({ ended, fields }: Link, replicas: readonly string[]): boolean =>
  !ended && Object.values(fields).some((state) => replicas.some((replica) => isUndelivered(state, replica)));

function compareEntry(leadId: string, at: number): InboxEntry {
  const change: CommandChange = {
    ...{ source: 'request', eventId: `option:${at}:${leadId}`, at, leadId, record: null },
    command: { kind: 'compare', create: false },
  };
  return { source: 'request', eventId: change.eventId, recordId: '', leadId, change };
}

function rowOf(
  { salesforce, mapping }: { salesforce: { label: string }; mapping: { salesforceObject: string } },
  options: readonly string[],
  at: number,
): Report {
  const object = mapping.salesforceObject;
  const why = explain('VALUE_INACTIVE', { field: salesforce.label, object, options: options.join(', ') });
  return {
    ...{ occurredAt: at, direction: 'ToSalesforce', event: 'Configuration', outcome: 'Failed', ...said(why) },
    ...{ sellfireLeadId: null, salesforceObject: object, salesforceRecordId: null, changes: [] },
  };
}
