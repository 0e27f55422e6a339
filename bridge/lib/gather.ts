// Gathers single requests of concurrent jobs into few large calls, and returns each job its own answer (I11). A failed
// record rejects its own job only; a call that fails as a whole rejects every job in it.
import DataLoader from 'dataloader';
import PQueue from 'p-queue';

export interface GathererOptions<K, V> {
  /** The most keys in one call. Default 200, the limit of a Salesforce collections call. */
  limit?: number;
  /**
   * ms that the first key of a call waits for others; a full call starts at once. Default 4, short compared with a
   * round trip.
   */
  waitMs?: number;
  /** Calls in flight at once; while all are busy, the next call collects further keys. Default 5. */
  concurrency?: number;
  /** Answers the keys in their order, one answer each; an Error stands for a key that failed alone. */
  run: (keys: K[]) => Promise<(V | Error)[]>;
}

export interface Gatherer<K, V> {
  /**
   * Answers are not cached, and a key that is requested twice is in the call twice.
   * @throws the key's own Error, or what `run` threw for the whole call
   */
  load(key: K): Promise<V>;
}

export function createGatherer<K, V>(options: GathererOptions<K, V>): Gatherer<K, V> {
  const { run, limit = 200, waitMs = 4, concurrency = 5 } = options;
  const queue = new PQueue({ concurrency });
  let call: Promise<(V | Error)[]> | undefined;
  let filling = { keys: 0, leave: () => {} };

  const loader = new DataLoader<K, V>(
    (keys) => {
      call = (async () => run([...keys]))();
      return call;
    },
    {
      cache: false,
      maxBatchSize: limit,
      batchScheduleFn: (dispatch) => {
        const batch = { keys: 0, leave };
        let left = false;
        function leave(): void {
          if (left) return;
          left = true;
          clearTimeout(timer);
          // The keys are taken when a slot is free, so that a waiting call collects further keys.
          void queue.add(async () => {
            dispatch();
            // Each job receives its failure; here it only ends the call.
            await call?.catch(() => {});
          });
        }
        const timer = setTimeout(leave, waitMs);
        filling = batch;
      },
    },
  );

  return {
    load(key) {
      const answer = loader.load(key);
      filling.keys += 1;
      if (filling.keys === limit) filling.leave();
      return answer;
    },
  };
}
