// Counts what was carried over in each of the last 24 hours, restarts included: for the chart of Home and the pace of a forecast.
import { z } from 'zod';
import { HOUR_MS } from '../../model/durations.ts';
import type { Outcome } from '../../model/plan.ts';
import type { Report } from '../../model/report.ts';
import type { Store } from '../../store/store.ts';

const CURSOR = 'hours';
const HOURS = 24;

const countsSchema = z.object({
  /** Writes to Sellfire, and to Salesforce. */
  in: z.int().nonnegative(),
  out: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  /** Change events that Salesforce delivered to the bridge. */
  events: z.int().nonnegative(),
});
export type HourCounts = z.infer<typeof countsSchema>;

const keptSchema = z.object({
  hours: z.record(z.string().regex(/^\d+$/), countsSchema),
  lastIn: z.number().nullable(),
  lastOut: z.number().nullable(),
  /** Since the org was first connected. */
  totals: countsSchema.optional(),
});

export interface Hours {
  load(): Promise<void>;
  count(outcomes: readonly Outcome[], reports: readonly Report[]): void;
  countEvents(count: number): void;
  /** The last 24 hours, the oldest first; `at`: ms, when the hour began. */
  list(): ({ at: number } & HourCounts)[];
  /** ms: when a change was last carried to Sellfire, and to Salesforce. */
  last(): { in: number | undefined; out: number | undefined };
  /** Everything since the org was first connected. */
  totals(): HourCounts;
  /** A crash loses what was counted since the last save. */
  save(): Promise<void>;
}

const NONE: HourCounts = { in: 0, out: 0, refused: 0, failed: 0, events: 0 };

/** @param now ms since the epoch */
export function createHours(
  store: Pick<Store, 'append' | 'cursor'>,
  connection: string,
  now: () => number = Date.now,
): Hours {
  /** By hours since the epoch. */
  const hours = new Map<number, HourCounts>();
  const last: { in: number | undefined; out: number | undefined } = { in: undefined, out: undefined };
  let totals: HourCounts = { ...NONE };
  let unsaved = false;

  const hourNow = (): number => Math.floor(now() / HOUR_MS);
  function add(hour: number, counts: Partial<HourCounts>): void {
    hours.set(hour, sumOf(hours.get(hour) ?? NONE, counts));
    unsaved = true;
  }
  function count(counts: Partial<HourCounts>): void {
    add(hourNow(), counts);
    totals = sumOf(totals, counts);
  }

  return {
    async load() {
      const kept = await store.cursor(connection, CURSOR);
      const parsed = kept && keptSchema.safeParse(JSON.parse(kept.value));
      if (!parsed?.success) return;
      for (const [hour, counts] of Object.entries(parsed.data.hours)) add(Number(hour), counts);
      totals = sumOf(totals, parsed.data.totals ?? {});
      last.in ??= parsed.data.lastIn ?? undefined;
      last.out ??= parsed.data.lastOut ?? undefined;
    },
    count(outcomes, reports) {
      // Asked of every turn.
      const counts: HourCounts = { ...NONE };
      for (const { ok, write } of outcomes) {
        if (!ok || write.kind === 'alert') continue;
        if (INWARD.includes(write.kind)) counts.in += 1;
        else counts.out += 1;
      }
      for (const { outcome } of reports) {
        if (outcome === 'Refused') counts.refused += 1;
        else if (outcome === 'Failed') counts.failed += 1;
      }
      if (counts.in > 0) last.in = now();
      if (counts.out > 0) last.out = now();
      if (counts.in + counts.out + counts.refused + counts.failed > 0) count(counts);
    },
    countEvents: (events) => count({ events }),
    list: () =>
      Array.from({ length: HOURS }, (_, index) => {
        const hour = hourNow() - HOURS + 1 + index;
        return { at: hour * HOUR_MS, ...(hours.get(hour) ?? NONE) };
      }),
    last: () => ({ ...last }),
    totals: () => ({ ...totals }),
    async save() {
      if (!unsaved) return;
      unsaved = false;
      for (const hour of hours.keys()) if (hour <= hourNow() - HOURS) hours.delete(hour);
      const kept = { hours: Object.fromEntries(hours), lastIn: last.in ?? null, lastOut: last.out ?? null, totals };
      try {
        await store.append(connection, [], { name: CURSOR, value: JSON.stringify(kept), at: now() });
      } catch (error) {
        unsaved = true;
        throw error;
      }
    },
  };
}

function sumOf(counts: HourCounts, more: Partial<HourCounts>): HourCounts {
  return {
    in: counts.in + (more.in ?? 0),
    out: counts.out + (more.out ?? 0),
    refused: counts.refused + (more.refused ?? 0),
    failed: counts.failed + (more.failed ?? 0),
    events: counts.events + (more.events ?? 0),
  };
}

const INWARD: readonly string[] = ['createInSellfire', 'updateInSellfire'];
