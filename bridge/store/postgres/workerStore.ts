// The store on PostgreSQL, for a process that runs turns for the one that leads. Its lease is never longer than the leader's, and its
// transactions begin with the check that the leader still leads and has not given it up.
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError } from '../../model/fault.ts';
import type { WorkerStore } from '../handover.ts';
import { explained, placeOf } from './faults.ts';
import { worksAs } from './fence.ts';
import { openedStore } from './opened.ts';
import { createQueue } from './queue.ts';
import { nowOf, startRenewal, type Renewal, type RenewalOptions } from './renewal.ts';
import {
  answerTurns,
  handedConfig,
  leaveWork,
  offerWorker,
  openAssignments,
  removeWorker,
  renewWorker,
} from './workers.ts';
import { createWriter } from './writer.ts';

export interface WorkerStoreOptions extends Pick<RenewalOptions, 'timer' | 'steady'> {
  /** `postgres://user:password@host:port/database` */
  url: string;
  /** The id of this process. */
  process: string;
  /** What it is and is configured with: a leader hands nothing to another build. */
  build: string;
  leaseMs: number;
  logger?: { info(context: object, message: string): void };
}

/** Offers this process to the leader. @returns undefined where nobody else leads @throws BridgeError STORE_UNUSABLE */
export async function openWorkerStore(options: WorkerStoreOptions): Promise<WorkerStore | undefined> {
  const { url, process, build, leaseMs, logger } = options;
  // One that is stopped in the middle has the write lock: a quarter of the lease leaves the leader the time for its own renewal.
  const writer = createWriter({ url, process, leaseMs, standstillMs: leaseMs / 4 });
  const askedAt = nowOf(options);
  const offered = await writer
    .session()
    .then((db) => offerWorker(db, process, build, leaseMs))
    .catch(async (error: unknown) => {
      await writer.close();
      throw explained(error, placeOf(url));
    });
  if (!offered) {
    await writer.close();
    return undefined;
  }
  const { number, token, left } = offered;
  const queue = createQueue(writer, worksAs(number));
  const renewal: Renewal = startRenewal(
    {
      ...options,
      async renew() {
        const held = await reads((db) => renewWorker(db, number, leaseMs));
        if (held === undefined) throw new BridgeError(explain('STORE_TAKEN_OVER'));
        return held;
      },
    },
    askedAt,
    left,
  );
  const { store, reads } = openedStore({
    url,
    process,
    queue,
    leads: renewal.isCurrent,
    logger,
    async release() {
      await renewal.stop();
      await writer.close((db) => removeWorker(db, number));
    },
  });
  return Object.assign(store, {
    number,
    token,
    lost: renewal.lost,
    assignments: () => reads((db) => openAssignments(db, number)),
    config: (connection: string) => reads((db) => handedConfig(db, connection)),
    answer: (answers: Parameters<WorkerStore['answer']>[0]) => reads((db) => answerTurns(db, number, answers)),
    leave: async () => void (await queue.call((db) => leaveWork(db, number))),
  });
}
