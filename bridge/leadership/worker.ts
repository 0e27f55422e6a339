// A process that stands by, as a worker: it offers itself to the one that leads, and runs the turns that it is handed, for as long as that
// one leads and has not given it up.
import PQueue from 'p-queue';
import type { Config } from '../config.ts';
import { createAssignedTurns, type AssignedTurns } from '../connection/assignedTurns.ts';
import { every } from '../lib/every.ts';
import type { Logger } from '../log.ts';
import type { CallCounts } from '../jobs/turnAnswer.ts';
import { HandBackError } from '../jobs/turn.ts';
import { createSellfire } from '../sellfire/client.ts';
import type { Answer, WorkerStore } from '../store/handover.ts';
import { mustLead } from '../store/leads.ts';
import type { Leadership, Notice, SharedStore } from '../store/shared.ts';
import type { Traces } from '../tracing/traces.ts';

/** ms between two looks at who leads, and for what a lost notice was about. */
const LOOK_MS = 1_000;

export interface WorkerProcessOptions {
  config: Config;
  shared: Pick<SharedStore, 'process' | 'work' | 'onNotice'>;
  /** What the last look at the processes has found. */
  seen: () => Leadership | undefined;
  /** Whether this process leads, or is about to. */
  isLeading: () => boolean;
  traces: Pick<Traces, 'turn'> | undefined;
  logger: Logger;
}

export interface WorkerProcess {
  /** Works for nobody at once: this process takes the lead. What is under way comes to nothing, since no other process leads. */
  abandon(): void;
  /** Takes no more turns, and finishes those that it has. */
  stop(): Promise<void>;
}

export function startWorker(options: WorkerProcessOptions): WorkerProcess {
  const { shared, seen, isLeading, logger } = options;
  let engagement: Engagement | undefined;
  let isStopped = false;
  const ending = new Set<Promise<unknown>>();

  function drop(one: Engagement): void {
    if (engagement === one) engagement = undefined;
    const ended = one.close().finally(() => ending.delete(ended));
    ending.add(ended);
  }

  async function look(): Promise<void> {
    if (engagement) return engagement.look();
    const now = seen();
    if (isStopped || isLeading() || !now?.isOurSchema || now.leader === undefined || now.leader === shared.process)
      return;
    const store = await shared.work();
    if (!store) return;
    const one = engage(store, options);
    if (isStopped || isLeading()) return drop(one);
    engagement = one;
    logger.info(
      { event: 'works', number: store.number, fence: store.token },
      'This process runs turns for the one that leads',
    );
    void store.lost.then(() => {
      logger.warn(
        { event: 'work_lost', number: store.number },
        'The one that leads has given this process up, or is gone',
      );
      drop(one);
    });
  }

  const looking = every({
    ms: LOOK_MS,
    work: look,
    // What the database cannot do is passing.
    onFailure: (error) => logger.debug({ event: 'work_not_seen', err: error }, 'What is to be done could not be read'),
  });
  shared.onNotice((notice: Notice) => {
    if (notice.kind !== 'assigned' || !engagement || !notice.workers.includes(engagement.number)) return;
    looking.after(0);
  });
  looking.within(0);

  return {
    abandon() {
      if (engagement) drop(engagement);
    },
    async stop() {
      isStopped = true;
      const last = engagement;
      if (last) {
        await last.leave().catch(() => undefined);
        // What it was handed before the leader knew is done as well.
        await last.look().catch(() => undefined);
        await last.idle();
      }
      await looking.stop();
      if (last) drop(last);
      await Promise.all(ending);
    },
  };
}

/** The work for one leader. */
interface Engagement {
  readonly number: number;
  look(): Promise<void>;
  leave(): Promise<void>;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

function engage(store: WorkerStore, { config, traces, logger }: WorkerProcessOptions): Engagement {
  const calls: CallCounts = { salesforce: 0, sellfire: 0 };
  const api = createSellfire({
    url: config.sellfire.url,
    apiKey: config.sellfire.apiKey,
    defaultCountry: config.defaultCountry,
    logger,
    mayCall: () => mustLead(store),
    onCall: () => void (calls.sellfire += 1),
  });
  // Who has an e-mail already knows the mailer of the leader alone.
  const handBack = async (): Promise<never> => {
    throw new HandBackError();
  };
  const sellfire = config.mail ? { ...api, alert: handBack } : api;
  const turns: AssignedTurns = createAssignedTurns({ config, store, sellfire, traces, calls });
  const queue = new PQueue({ concurrency: config.concurrency });
  /** Of the latest turn that was begun: a later one has a higher id. */
  let latest = 0;
  /** Answers that the store was not seen to have. */
  const answers = new Map<number, Answer>();
  let toGive: Answer[] = [];
  let giving: Promise<void> | undefined;

  /** What ends while answers are given is given together. */
  async function give(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (toGive.length > 0) {
      const now = toGive;
      toGive = [];
      // What is not given now is given again by the next look.
      await store.answer(now).catch(() => undefined);
    }
    giving = undefined;
  }

  function answer(one: Answer): void {
    answers.set(one.id, one);
    toGive.push(one);
    giving ??= give();
  }

  return {
    number: store.number,
    async look() {
      await giving;
      const ended = new Set(answers.keys());
      const open = await store.assignments();
      const waiting = new Set(open.map(({ id }) => id));
      for (const id of ended) {
        const unread = answers.get(id);
        if (unread && waiting.has(id)) answer(unread);
        else answers.delete(id);
      }
      for (const assignment of open) {
        if (assignment.id <= latest) continue;
        latest = assignment.id;
        void queue.add(async () => answer({ id: assignment.id, text: await turns.run(assignment) }));
      }
    },
    leave: store.leave,
    async idle() {
      await queue.onIdle();
      await giving;
    },
    async close() {
      queue.clear();
      await turns.close();
      await api.close();
      await store.close();
    },
  };
}
