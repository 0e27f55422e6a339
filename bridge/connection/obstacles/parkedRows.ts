// Puts rows back to work that a refused look-up has parked, once the org's fields, the user's rights or the mappings are other ones:
// what was refused for good then may be answered now (B23).
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { SyncConfig } from '../../model/config.ts';
import type { Store } from '../../store/store.ts';

/**
 * Parked for what a configuration does not change: two leads claim one record, an error of the program, a change that nobody can read.
 * Records that wait for a pause of creation go on with its end.
 */
const OTHER_CODES = ['RECORD_CLAIMED', 'POISON', 'CHANGE_UNREADABLE', 'LEAD_CREATION_PAUSED'];
const MOST = 10_000;

export interface ParkedRows {
  /** Compares a configuration with the one before. Resolves when rows are released, or that has failed and is logged. */
  read(config: SyncConfig): Promise<void>;
}

export interface ParkedRowsOptions {
  store: Pick<Store, 'parked' | 'release'>;
  connection: string;
  wake: (keys: string[]) => void;
  logger: Logger;
}

export function createParkedRows({ store, connection, wake, logger }: ParkedRowsOptions): ParkedRows {
  let before: string | undefined;
  return {
    async read(config) {
      const now = fingerprintOf(config);
      if (now === before) return;
      before = now;
      try {
        const rows = await store.parked(connection, MOST);
        const seqs = rows.filter(({ code }) => !OTHER_CODES.includes(code)).map(({ seq }) => seq);
        if (seqs.length === 0) return;
        const { keys } = await store.release(connection, seqs);
        logger.info({ event: 'parked_released', rows: seqs.length }, 'Changes that had been refused are tried again');
        wake(keys);
      } catch (err) {
        before = undefined;
        logger.error({ event: 'parked_release_failed', err }, 'Changes that had been refused were not looked up');
      }
    },
  };
}

const fingerprintOf = ({ objects, mappings, settings, catalogue }: SyncConfig): string =>
  createHash('sha256').update(JSON.stringify({ objects, mappings, settings, catalogue })).digest('base64');
