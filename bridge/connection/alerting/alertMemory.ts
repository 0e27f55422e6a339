// What the alerts of a connection remember over restarts, in one value of the store: the states that hold, what is still to be sent,
// and the digest that was sent last. A restart, or a kill at any moment, neither repeats an alert nor loses one (B24).
import { z } from 'zod';
import { ALERT_CHANNELS, type AlertMessage } from '../../model/alert.ts';
import type { Timer } from '../../lib/timer.ts';
import type { Store } from '../../store/store.ts';

const CURSOR = 'alerts';

const channelSchema = z.enum(ALERT_CHANNELS);
const messageSchema = z.object({
  id: z.string(),
  kind: z.enum(['raised', 'recovered', 'digest', 'test']),
  state: z.string().optional(),
  title: z.string(),
  text: z.string(),
  at: z.number(),
}) satisfies z.ZodType<AlertMessage>;
const weekSchema = z.object({ in: z.number(), out: z.number(), refused: z.number(), failed: z.number() });

const stateSchema = z.object({
  states: z
    .record(
      z.string(),
      z.object({
        title: z.string(),
        over: z.string(),
        since: z.number(),
        raisedAt: z.number().nullable(),
        goneSince: z.number().nullable(),
      }),
    )
    .default({}),
  outbox: z
    .array(z.object({ channel: channelSchema, message: messageSchema, attempts: z.number(), nextAt: z.number() }))
    .default([]),
  /** Channels whose last attempt failed: since when, and why. */
  failing: z.partialRecord(channelSchema, z.object({ since: z.number(), problem: z.string() })).default({}),
  failures: z.record(z.string(), z.record(z.string(), z.number())).default({}),
  /** The alert that the heartbeats carry: the bell has rung for it, or is about to. */
  bell: messageSchema.nullable().default(null),
  /** The channels that the settings switched on when they were last read. */
  isOn: z
    .object({ bell: z.boolean(), email: z.boolean(), webhook: z.boolean(), digest: z.boolean() })
    .nullable()
    .default(null),
  /** The end of the week that was last summed up, and everything that was counted until then. */
  digest: z.object({ until: z.number(), totals: weekSchema }).nullable().default(null),
});
export type AlertState = z.infer<typeof stateSchema>;

export interface AlertMemory {
  state(): AlertState;
  /** Reads what an earlier run knew. What cannot be read is begun anew: an alert more is better than a bridge that does not start. */
  load(): Promise<void>;
  /** Keeps the changed parts. A store that cannot be written is a state too: what changes then is kept in memory. Never rejects. */
  save(changed: Partial<AlertState>): Promise<void>;
  /** Why the last save failed. */
  problem(): string | undefined;
}

export function createAlertMemory(
  store: Pick<Store, 'append' | 'cursor'>,
  connection: string,
  { now }: Pick<Timer, 'now'>,
): AlertMemory {
  let state: AlertState = stateSchema.parse({});
  let problem: string | undefined;
  return {
    state: () => state,
    async load() {
      const kept = await store.cursor(connection, CURSOR);
      const parsed = kept && stateSchema.safeParse(JSON.parse(kept.value));
      if (parsed?.success) state = parsed.data;
    },
    async save(changed) {
      state = { ...state, ...changed };
      try {
        await store.append(connection, [], { name: CURSOR, value: JSON.stringify(state), at: now() });
        problem = undefined;
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
      }
    },
    problem: () => problem,
  };
}
