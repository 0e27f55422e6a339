// The calls that wait for their transaction, in the order in which they were made. Calls that come together are committed together, and
// each is answered once that is done.
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError } from '../../model/fault.ts';
import type { Call } from './commit.ts';
import type { Fence } from './fence.ts';
import type { Writer } from './writer.ts';

/** Calls in one transaction at most: the first of them waits for the last. */
const TOGETHER = 100;

type Run = Call['run'];

interface Waiting extends Call {
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

export interface How extends Pick<Call, 'settles'> {
  /** Before all that wait. */
  isFirst?: boolean;
}

export interface Queue {
  /** @throws what the call throws, or BridgeError STORE_UNUSABLE, STORE_TAKEN_OVER, STORE_CLOSED */
  call(run: Run, how?: How): Promise<unknown>;
  /** Why the last call failed for the database; undefined once one has succeeded. */
  problem(): BridgeError | undefined;
  /** Takes no more calls. Resolves when those that were made are answered. */
  close(): Promise<void>;
}

/** @param beforeCommit runs at the end of each transaction */
export function createQueue(
  writer: Pick<Writer, 'commit'>,
  fence: Fence,
  beforeCommit: Run = async () => undefined,
): Queue {
  let waiting: Waiting[] = [];
  let working: Promise<void> | undefined;
  let isClosed = false;
  let problem: BridgeError | undefined;

  async function work(): Promise<void> {
    // All calls that one event has caused go together.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const together = waiting.slice(0, TOGETHER);
      waiting = waiting.slice(TOGETHER);
      const outcomes = await writer.commit(fence, together, beforeCommit);
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.ok) problem = undefined;
        else if (outcome.error instanceof BridgeError && outcome.error.code.startsWith('STORE_'))
          problem = outcome.error;
        if (outcome.ok) together[index]?.resolve(outcome.value);
        else together[index]?.reject(outcome.error);
      }
    }
    working = undefined;
  }

  return {
    call: (run, { isFirst = false, settles } = {}) =>
      new Promise((resolve, reject) => {
        if (isClosed) throw new BridgeError(explain('STORE_CLOSED'));
        if (isFirst) waiting.unshift({ run, settles, resolve, reject });
        else waiting.push({ run, settles, resolve, reject });
        working ??= work();
      }),
    problem: () => problem,
    async close() {
      isClosed = true;
      await working;
    },
  };
}
