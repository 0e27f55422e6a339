// A scheduler for tests whose turns begin and end as the test says, and the faults that end them.
import { createScheduler, type SchedulerOptions } from '../../../bridge/jobs/scheduler.ts';
import { PeerError, type FaultClass } from '../../../bridge/model/fault.ts';
import { createClock, settled } from '../../helpers/clock.ts';

export function fault(kind: FaultClass, code = kind.toUpperCase()): PeerError {
  return new PeerError('salesforce', {
    class: kind,
    code,
    message: 'said the peer',
    fields: [],
    unknownOutcome: false,
  });
}

/** The peer does not answer. */
export const away = (peer: 'salesforce' | 'sellfire' = 'salesforce'): PeerError =>
  new PeerError(peer, { ...fault('retry', 'ECONNREFUSED').fault, isAway: true });

/** A scheduler whose runs end when the test says so. */
export function held(options: Partial<SchedulerOptions> = {}) {
  const clock = createClock();
  const started: string[] = [];
  const open = new Map<string, (outcome: 'idle' | 'more' | 'later' | Error) => void>();
  const errors: [string, unknown][] = [];
  const pauses: string[] = [];
  const scheduler = createScheduler({
    concurrency: 2,
    timer: clock,
    random: () => 0.5,
    process: (key) => {
      started.push(key);
      return new Promise((resolve, reject) => {
        open.set(key, (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)));
      });
    },
    onError: (key, error) => errors.push([key, error]),
    onPause: ({ sentence }) => pauses.push(sentence),
    ...options,
  });
  const end = async (key: string, outcome: 'idle' | 'more' | 'later' | Error = 'idle'): Promise<void> => {
    const finish = open.get(key);
    if (!finish) throw new Error(`${key} does not run`);
    open.delete(key);
    finish(outcome);
    await settled();
  };
  scheduler.start();
  return { scheduler, clock, started, errors, pauses, end };
}
