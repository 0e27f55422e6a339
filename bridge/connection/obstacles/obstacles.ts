// What the org's fields, rules and rights hold up: records that cannot be created and rows that a refused look-up has parked. Each is
// said once, and goes on by itself when the obstacle is gone (B23).
import type { Scheduler } from '../../jobs/scheduler.ts';
import type { CreationRefusals, SyncConfig } from '../../model/config.ts';
import type { Outcome } from '../../model/plan.ts';
import type { Report } from '../../model/report.ts';
import { createCreationBreaker, type CreationBreaker } from './creationBreaker.ts';
import { createCreationPauses, type CreationPausesOptions } from './creationPauses.ts';
import { createInactiveOptions } from './inactiveOptions.ts';
import { createParkedRows, type ParkedRowsOptions } from './parkedRows.ts';

export interface Obstacles {
  /** What Salesforce's refusals of new records say at present. */
  creationRefusals(): CreationRefusals;
  /** Compares a configuration that was read with the one before, and lets what waits try. */
  read(config: SyncConfig): void;
  /** Compares a configuration whose refusals have changed with the one before. */
  refreshed(config: SyncConfig): void;
  /** Looks at what became of the writes of a turn. */
  observe(outcomes: readonly Outcome[]): void;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

type FromParts = Omit<CreationPausesOptions & ParkedRowsOptions, 'report' | 'wake' | 'remember'>;

export interface ObstaclesOptions extends FromParts {
  scheduler: Pick<Scheduler, 'wake'>;
  /** Saves report rows that no turn made, and publishes them. */
  report: (rows: Report[]) => Promise<void>;
  /** Called when Salesforce's refusals say something else. */
  onChange: () => void;
}

export function createObstacles(options: ObstaclesOptions): Obstacles {
  const { onChange, logger } = options;
  const { wake } = options.scheduler;
  const pauses = createCreationPauses({
    ...options,
    wake,
    remember: (object, refusal) => breaker.remember(object, refusal),
  });
  const inactive = createInactiveOptions({ ...options, wake });
  const parkedRows = createParkedRows({ ...options, wake });
  const breaker: CreationBreaker = createCreationBreaker({ onChange, wakeSome: pauses.wakeSome, logger });
  return {
    creationRefusals: breaker.current,
    read(config) {
      void pauses.read(config);
      void breaker.tryAgain();
      void parkedRows.read(config);
      void inactive.read(config);
    },
    refreshed(config) {
      void pauses.read(config);
      void inactive.read(config);
    },
    observe: breaker.observe,
    async stop() {
      await breaker.stop();
      await pauses.stop();
      await inactive.stop();
    },
  };
}
