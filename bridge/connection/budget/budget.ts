// Keeps one connection within its share of the org's API calls: counts every call before it is made, refuses it when there is none
// left, and tells an admin once a day when calls run short.
import type { Logger } from 'pino';
import { PeerError, SHARE_USED } from '../../model/fault.ts';
import { every } from '../../lib/every.ts';
import { systemTimer, type Timer } from '../../lib/timer.ts';
import type { Usage } from '../../salesforce/api/limitInfo.ts';
import { readLimits } from '../../salesforce/api/limits.ts';
import type { Rest } from '../../salesforce/api/rest.ts';
import type { Sellfire } from '../../sellfire/client.ts';
import type { Store } from '../../store/store.ts';
import { budgetStatus, type BudgetStatus } from '../../sync/budgetStatus.ts';
import { createCallCounter } from './callCounter.ts';

/** What a crash may forget is what a busy bridge calls in this time: some hundred calls of a hundred thousand. */
const SAVE_MS = 5_000;
const LOOK_MS = 60_000;
/** After calls, which are what uses it up: an admin hears of it at once, and a burst is looked at once a second. */
const SOON_MS = 1_000;
/**
 * Every answer tells the org's total, so only a bridge that asks nothing learns nothing: 96 calls a day keep it up to date. When the
 * org is used up nothing is asked, and so that the end is noticed sooner it is looked at every five minutes.
 */
const LIMITS_MS = 15 * 60_000;
const LIMITS_PAUSED_MS = 5 * 60_000;
const TOLD = 'budget:told';

export interface Budget {
  /** Counts a call that is about to be made. @throws PeerError SHARE_USED where it must not be, unless it is essential */
  acquire(essential: boolean): Promise<void>;
  status(): BudgetStatus;
  /** What is used of the org's allocations, for the page that forecasts them. */
  allocations(): Allocations;
  /** Whether what can wait is to wait. */
  defers(): boolean;
  /** The same REST API for what can wait: refused as long as calls run short. */
  deferrable(rest: Rest): Rest;
  /** Reads the org's limits, and looks after itself from then on. Never throws: what fails is tried again. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Used and allowed in 24 hours. */
export interface Allocations {
  apiCalls: Usage | undefined;
  deliveredEvents: Usage | undefined;
  /** Calls of the bridge, and what it may make. */
  own: number;
  allowance: number | undefined;
  /** Calls of the bridge in each of the last hours, the oldest first. */
  byHour: number[];
}

/** Hours that a forecast looks at, and the one under way. */
const FORECAST_HOURS = 4;

export interface BudgetOptions {
  store: Pick<Store, 'append' | 'cursor'>;
  connection: string;
  rest: () => Rest;
  /** Percent (M19). */
  share: () => number;
  alert: Sellfire['alert'];
  logger: Logger;
  /** Hears of each call that is made. */
  counted?: () => void;
  timer?: Timer;
}

export function createBudget(options: BudgetOptions): Budget {
  const { store, connection, alert, logger, timer = systemTimer } = options;
  const counter = createCallCounter(store, connection, timer.now);
  let loading: Promise<void> | undefined;
  let limits: Usage | undefined;
  let events: Usage | undefined;
  let limitsAt = -Infinity;
  let before: BudgetStatus['tier'] = 'normal';
  /** The day of the last alert. */
  let told: string | undefined;
  let started = false;
  const looking = every({
    ms: LOOK_MS,
    work: look,
    onFailure: (error) =>
      logger.warn({ event: 'budget_look_failed', err: error }, 'The API calls could not be looked at'),
    timer,
  });
  const saving = every({
    ms: SAVE_MS,
    work: counter.save,
    onFailure: (error) =>
      logger.warn({ event: 'budget_not_saved', err: error }, 'The count of API calls could not be kept'),
    timer,
  });

  /** A store that fails once is asked again by the next call. */
  function load(): Promise<void> {
    loading ??= counter.load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  }

  function current(): BudgetStatus {
    const figures = { own: counter.last24h(), org: options.rest().usage ?? limits, share: options.share() };
    const judged = budgetStatus(figures);
    const at = judged.tier === 'paused' && judged.allowance !== undefined ? counter.below(judged.allowance) : undefined;
    if (at === undefined) return judged;
    return {
      ...judged,
      reason: `${judged.reason} By itself it goes on from ${new Date(at).toISOString().slice(0, 16)}Z.`,
    };
  }

  async function readOrg(): Promise<void> {
    const every = current().tier === 'paused' ? LIMITS_PAUSED_MS : LIMITS_MS;
    if (timer.now() - limitsAt < every) return;
    limitsAt = timer.now();
    const read = await readLimits(essential(options.rest()));
    limits = read.apiCalls;
    events = read.deliveredEvents;
  }

  async function tell(): Promise<void> {
    const { tier, reason } = current();
    if (tier !== before) {
      const level = tier === 'normal' ? 'info' : 'warn';
      logger[level]({ event: 'budget_tier_changed', tier, reason }, 'What is left of the API calls has changed');
      before = tier;
    }
    if (tier === 'normal') return;
    const day = new Date(timer.now()).toISOString().slice(0, 10);
    told ??= (await store.cursor(connection, TOLD))?.value;
    if (told === day) return;
    await alert(`budget:${connection}:${day}`, {
      kind: 'budget',
      subject: 'Salesforce API calls run short',
      body: reason,
      leadId: null,
    });
    told = day;
    await store.append(connection, [], { name: TOLD, value: day, at: timer.now() });
  }

  async function look(): Promise<void> {
    await readOrg().catch((error: unknown) =>
      logger.warn({ event: 'limits_not_read', err: error }, "The org's limits could not be read"),
    );
    await tell().catch((error: unknown) =>
      logger.warn({ event: 'alert_not_sent', err: error }, 'An alert could not be sent; it is tried again'),
    );
  }

  return {
    async acquire(isEssential) {
      await load();
      const { tier, reason } = current();
      if (tier === 'paused' && !isEssential) throw spent(reason);
      counter.count();
      options.counted?.();
      if (started) looking.within(SOON_MS);
    },
    status: current,
    allocations: () => ({
      apiCalls: options.rest().usage ?? limits,
      deliveredEvents: events,
      own: counter.last24h(),
      allowance: current().allowance,
      byHour: counter.byHour(FORECAST_HOURS),
    }),
    defers: () => ['deferred', 'paused'].includes(current().tier),
    deferrable: (rest) =>
      through(rest, (call) => {
        const { tier, reason } = current();
        if (tier === 'deferred' || tier === 'paused') throw spent(reason);
        return call;
      }),
    async start() {
      if (started) return;
      started = true;
      saving.within(SAVE_MS);
      await looking.run();
    },
    async stop() {
      await Promise.all([looking.stop(), saving.stop()]);
      await counter
        .save()
        .catch((error: unknown) =>
          logger.warn({ event: 'budget_not_saved', err: error }, 'The count of API calls could not be kept'),
        );
    },
  };
}

const spent = (message: string): PeerError =>
  new PeerError('salesforce', { class: 'limit', code: SHARE_USED, message, fields: [], unknownOutcome: false });

/** The same REST API for what must go on whatever is left: the settings, in which an admin raises the share. */
export const essential = (rest: Rest): Rest => through(rest, (call) => ({ ...call, essential: true }));

type AnyCall = Parameters<Rest['call']>[0];

function through(rest: Rest, change: <C extends AnyCall>(call: C) => C): Rest {
  return {
    get usage() {
      return rest.usage;
    },
    get calls() {
      return rest.calls;
    },
    apiVersion: rest.apiVersion,
    call: async (call) => rest.call(change(call)),
    close: () => rest.close(),
  };
}
