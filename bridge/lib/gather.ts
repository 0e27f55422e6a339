// Gathers what concurrent jobs ask for one by one into few large calls, and hands each job its own answer (I11).
// A failed record rejects its own job only; a call that fails as a whole rejects every job in it.
import DataLoader from 'dataloader';
import PQueue from 'p-queue';

export interface GathererOptions<K, V> {
  /** Most keys in one call. Default 200, the most records that a Salesforce collections call takes. */
  limit?: number;
  /** ms that the first key of a call waits for company; a full call leaves at once. Default 4, little beside a round trip. */
  waitMs?: number;
  /** Calls in flight at once; while all are, the next ones go on filling. Default 5. */
  concurrency?: number;
  /** Answers the keys in their order, as many as there are; an Error stands for a key that failed alone. */
  run: (keys: K[]) => Promise<(V | Error)[]>;
}

export interface Gatherer<K, V> {
  /**
   * Nothing is remembered between calls, and a key that is asked for twice is twice in the call.
   * @throws the key's own Error, or what `run` threw for the whole call.
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
          // Dispatched only when a place is free, so that a waiting call still takes company.
          void queue.add(async () => {
            dispatch();
            // A failure is each job's to hear of; here it only ends the call.
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
