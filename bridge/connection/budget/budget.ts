// Keeps one connection within its share of the org's API calls: counts every call before it is made, refuses it when none is left,
// and alerts an admin once a day when calls run short.
import type { Logger } from 'pino';
import { PeerError, SHARE_USED } from '../../model/fault.ts';
import { joined } from '../../model/message.ts';
import { every } from '../../lib/every.ts';
import { steadyNow, systemTimer, type Timer } from '../../lib/timer.ts';
import type { Usage } from '../../salesforce/api/limitInfo.ts';
import { readLimits } from '../../salesforce/api/limits.ts';
import type { Rest } from '../../salesforce/api/rest.ts';
import type { Sellfire } from '../../sellfire/client.ts';
import type { Store } from '../../store/store.ts';
import { budgetStatus, type BudgetStatus } from '../../sync/budgetStatus.ts';
import { createCallCounter } from './callCounter.ts';

/** A crash loses the calls of this time: some hundred calls of a hundred thousand. */
const SAVE_MS = 5_000;
const LOOK_MS = 60_000;
/** The status is checked soon after a call, so that an admin is alerted at once; a burst of calls is checked once a second. */
const SOON_MS = 1_000;
/**
 * Every response carries the org's total, so only an idle bridge needs to read it: 96 calls a day. While the org's calls are used up
 * the bridge makes no others, and reads the total every five minutes to notice the end sooner.
 */
const LIMITS_MS = 15 * 60_000;
const LIMITS_PAUSED_MS = 5 * 60_000;
const ALERTED = 'budget:alerted';

export interface Budget {
  /** Counts a call that is about to be made. @throws PeerError SHARE_USED where it must not be, unless it is essential */
  acquire(essential: boolean): Promise<void>;
  /** Counts calls that another process has made. */
  spent(calls: number): void;
  status(): BudgetStatus;
  /** The use of the org's allocations, for the page that forecasts them. */
  allocations(): Allocations;
  /** Whether deferrable work waits. */
  defers(): boolean;
  /** The same REST API for deferrable calls: they are refused as long as calls run short. */
  deferrable(rest: Rest): Rest;
  /** Reads the org's limits, and again regularly from then on. Never rejects: a failed read is retried. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Used and allowed in 24 hours. */
export interface Allocations {
  apiCalls: Usage | undefined;
  deliveredEvents: Usage | undefined;
  /** Calls that the bridge made, and how many it may make. */
  own: number;
  allowance: number | undefined;
  /** Calls of the bridge in each of the last hours, the oldest first. */
  byHour: number[];
}

/** Hours on which a forecast is based, the current one included. */
const FORECAST_HOURS = 4;

export interface BudgetOptions {
  store: Pick<Store, 'append' | 'cursor'>;
  connection: string;
  rest: () => Rest;
  /** Percent (M19). */
  share: () => number;
  alert: Sellfire['alert'];
  logger: Logger;
  /** Called for each call that is made. */
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
  let alertedDay: string | undefined;
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

  /** After a failure of the store, the next call loads again. */
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
    if (steadyNow(timer) - limitsAt < every) return;
    limitsAt = steadyNow(timer);
    const read = await readLimits(essential(options.rest()));
    limits = read.apiCalls;
    events = read.deliveredEvents;
  }

  async function alertOnce(): Promise<void> {
    const { tier, reason } = current();
    if (tier !== before) {
      const level = tier === 'normal' ? 'info' : 'warn';
      logger[level]({ event: 'budget_tier_changed', tier, reason }, 'What is left of the API calls has changed');
      before = tier;
    }
    if (tier === 'normal') return;
    const day = new Date(timer.now()).toISOString().slice(0, 10);
    alertedDay ??= (await store.cursor(connection, ALERTED))?.value;
    if (alertedDay === day) return;
    await alert(`budget:${connection}:${day}`, {
      kind: 'budget',
      subject: 'Salesforce API calls run short',
      body: reason,
      leadId: null,
    });
    alertedDay = day;
    await store.append(connection, [], { name: ALERTED, value: day, at: timer.now() });
  }

  async function look(): Promise<void> {
    await readOrg().catch((error: unknown) =>
      logger.warn({ event: 'limits_not_read', err: error }, "The org's limits could not be read"),
    );
    await alertOnce().catch((error: unknown) =>
      logger.warn({ event: 'alert_not_sent', err: error }, 'An alert could not be sent; it is tried again'),
    );
  }

  return {
    async acquire(isEssential) {
      await load();
      const status = current();
      if (status.tier === 'paused' && !isEssential) throw shareUsed(status);
      counter.count();
      options.counted?.();
      if (started) looking.within(SOON_MS);
    },
    spent(calls) {
      if (calls === 0) return;
      counter.count(calls);
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
      mapCalls(rest, (call) => {
        const status = current();
        if (status.tier === 'deferred' || status.tier === 'paused') throw shareUsed(status);
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

function shareUsed({ reason: message, messages: [first, ...others] }: BudgetStatus): PeerError {
  const words = first && { words: joined([first, ...others], 'joined') };
  return new PeerError('salesforce', {
    ...{ class: 'limit', code: SHARE_USED, message, fields: [], unknownOutcome: false, ...words },
  });
}

/** The same REST API for calls that are made however few are left: the settings, in which an admin raises the share. */
export const essential = (rest: Rest): Rest => mapCalls(rest, (call) => ({ ...call, essential: true }));

type AnyCall = Parameters<Rest['call']>[0];

function mapCalls(rest: Rest, change: <C extends AnyCall>(call: C) => C): Rest {
  return {
    get usage() {
      return rest.usage;
    },
    get calls() {
      return rest.calls;
    },
    get clockAhead() {
      return rest.clockAhead;
    },
    apiVersion: rest.apiVersion,
    call: async (call) => rest.call(change(call)),
    close: () => rest.close(),
  };
}
