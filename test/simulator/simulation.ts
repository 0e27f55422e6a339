// The whole system in one process and in virtual time: the dialer's own rules, a small Salesforce, and between them the real
// intake, workers, core and store semantics. Everything that happens is drawn from one seed, step by step, so that a history
// replays exactly, and a step can be left out of it.
import { pino } from 'pino';
import { createIntake, cursorName, FEED_CURSOR, type Intake } from '../../bridge/connection/intake.ts';
import { createWorker } from '../../bridge/jobs/worker.ts';
import { PeerError } from '../../bridge/model/fault.ts';
import type { SyncConfig } from '../../bridge/model/config.ts';
import type { DecodedEvent } from '../../bridge/salesforce/pubsub/decode.ts';
import type { Store } from '../../bridge/store/store.ts';
import { createDialer, type Dialer } from '../sellfire/dialer.ts';
import { Random } from '../sellfire/random.ts';
import { drawConfiguration, ORG_ID } from './configuration.ts';
import { createMemoryStore } from './memoryStore.ts';
import { salesforcePeer, sellfirePeer, type Way } from './peers.ts';
import { COUNTRIES } from './phones.ts';
import { Salesforce, type Told } from './salesforce.ts';

/** 2026-01-05T09:00:00Z: a Monday morning. */
/** An org has one of these: whole and half hours, a day before and after UTC, with and without daylight-saving time. */
const TIME_ZONES = ['America/Chicago', 'Pacific/Apia', 'Asia/Kolkata', 'Pacific/Honolulu', 'Australia/Lord_Howe'];
export const START = Date.UTC(2026, 0, 5, 9);
const TOPIC = '/data/Sellfire__chn';
const QUIET = pino({ enabled: false });

/** The bridge is gone: nothing that it was about to do is done. */
export class Crash extends Error {}

/** How likely each trouble is at one call; all zero when the world comes to rest. */
export interface Troubles {
  crash: number;
  /** The call fails before it does anything. */
  refused: number;
  /** The work is done and its answer lost. */
  unanswered: number;
  /** Something else happens during the call. */
  meanwhile: number;
}
export const NO_TROUBLES: Troubles = { crash: 0, refused: 0, unanswered: 0, meanwhile: 0 };

export class Simulation {
  now = START;
  random: Random;
  troubles: Troubles = NO_TROUBLES;
  /** What other people do while a call is under way. */
  meanwhile: () => void = () => {};
  /** IANA name, of the org. */
  readonly timeZone: string;
  readonly dialer: Dialer;
  readonly org: Salesforce;
  readonly store = createMemoryStore(() => this.now);
  config: SyncConfig;
  /** Calls of the bridge by name. */
  readonly calls = new Map<string, number>();
  /** Whether an event was lost for good, so that only a comparison of both sides finds what it told. */
  lossy = false;
  /** Whether no call failed and the bridge never died, so that nothing was tried twice. */
  calm = true;
  /** How many people of sales there are, so that each has a name of their own. */
  people = 0;
  private life = { dead: false };
  private intake: Intake;
  private worker: ReturnType<typeof createWorker>;
  private readonly busy = new Set<string>();
  private requests = 0;

  constructor(seed: number) {
    this.timeZone = TIME_ZONES[seed % TIME_ZONES.length] ?? 'UTC';
    this.random = new Random(seed);
    const clock = (): number => this.now;
    this.dialer = createDialer(clock, 'sim');
    this.org = new Salesforce(clock);
    for (const [id, name] of [
      ['rep_1', 'One'],
      ['rep_2', 'Two'],
    ] as const)
      this.dialer.reps.add({ id, name, email: `${id}@example.com`, role: 'rep', state: 'active', sf_owner_id: null });
    this.config = drawConfiguration(
      this.dialer,
      this.random,
      COUNTRIES[seed % COUNTRIES.length] ?? 'US',
      this.timeZone,
    );
    [this.intake, this.worker] = this.boot();
  }

  pass(ms: number): void {
    this.now += ms;
  }

  /** The next few events of the org's stream reach the inbox; a delivery may begin before the cursor again. */
  async hearSalesforce(most: number, again = 0): Promise<boolean> {
    const cursor = await this.store.cursor(ORG_ID, cursorName(TOPIC));
    const place = Number(cursor?.value ?? 0);
    const from = Math.max(0, place - again);
    const batch = this.org.stream.slice(from, place + most);
    const last = batch.at(-1);
    if (!last || from + batch.length <= place) return false;
    const events = batch.filter(({ lost }) => !lost).map(decoded);
    const value = String(from + batch.length);
    await this.alive(async () => this.intake.changes(TOPIC, { events, cursor: { value, at: last.at } }));
    return true;
  }

  /** The next few events of Sellfire's feed. */
  async hearSellfire(most: number): Promise<boolean> {
    const cursor = await this.store.cursor(ORG_ID, FEED_CURSOR);
    const events = this.dialer.feed.after(Number(cursor?.value ?? 0), most);
    const last = events.at(-1);
    if (!last) return false;
    await this.alive(async () => this.intake.feedStore.append(events, last.sequence));
    return true;
  }

  /** A webhook brings one event, once more or as the next: what lies ahead is left to the feed. */
  async hearWebhook(): Promise<void> {
    const cursor = Number((await this.store.cursor(ORG_ID, FEED_CURSOR))?.value ?? 0);
    const [event] = this.dialer.feed.after(this.random.between(0, cursor), 1);
    const next = event?.sequence === cursor + 1 ? event.sequence : undefined;
    if (event) await this.alive(async () => this.intake.feedStore.append([event], next));
  }

  /** A worker takes one key, unless none waits. */
  async work(): Promise<boolean> {
    const keys = (await this.store.pendingKeys(ORG_ID, 100)).filter((key) => !this.busy.has(key));
    if (keys.length === 0) return false;
    const key = this.random.pick(keys);
    this.busy.add(key);
    try {
      await this.alive(async () => this.worker(key));
    } finally {
      this.busy.delete(key);
    }
    return true;
  }

  /** Asks for every linked pair to be compared, and for every record to be read: what a reconciliation does. */
  async reconcile(): Promise<void> {
    this.requests += 1;
    const links = await this.store.links(ORG_ID, '', 10_000);
    const command = { kind: 'compare', create: false } as const;
    const asked = links.map(({ leadId, record }) => ({
      leadId,
      record: record ?? null,
      command,
      recordId: record?.id ?? '',
    }));
    const linked = new Set(asked.map(({ recordId }) => recordId));
    const created = this.org
      .live()
      .filter(
        ({ object, id, fields }) =>
          ['Lead', 'Contact', 'Account'].includes(object) && !linked.has(id) && !fields['IsConverted'],
      )
      .map(({ id, object }) => ({
        leadId: null,
        record: { object: object as 'Lead' | 'Contact' | 'Account', id },
        command: { kind: 'compare', create: true } as const,
        recordId: id,
      }));
    await this.store.append(
      ORG_ID,
      [...asked, ...created].map(({ recordId, ...one }, index) => {
        const eventId = `reconcile_${this.requests}:${index}`;
        const change = { source: 'request' as const, eventId, at: this.now, ...one };
        return { source: 'request' as const, eventId, recordId, leadId: one.leadId, change };
      }),
    );
  }

  /** Runs a part of the bridge; when the bridge dies in it, another takes over what is durable. */
  private async alive(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof PeerError) return;
      if (!(error instanceof Crash)) throw error;
      if (!this.life.dead) return;
      this.store.reopened();
      [this.intake, this.worker] = this.boot();
    }
  }

  private boot(): [Intake, Simulation['worker']] {
    const life = { dead: false };
    this.life = life;
    const store = this.mortal(life);
    const way = this.way(life);
    const common = { store, connection: ORG_ID, config: () => this.config, wake: () => {} };
    return [
      createIntake({ ...common, logger: QUIET, counted: () => {}, now: () => this.now }),
      createWorker({ ...common, salesforce: salesforcePeer(this.org, way), sellfire: sellfirePeer(this.dialer, way) }),
    ];
  }

  private way(life: Simulation['life']): Way {
    return {
      go: async (call, work) => {
        this.calls.set(call, (this.calls.get(call) ?? 0) + 1);
        await this.between(life);
        const peer = call.startsWith('salesforce') ? 'salesforce' : 'sellfire';
        if (this.random.chance(this.troubles.refused)) throw trouble(peer, 'UNABLE_TO_LOCK_ROW', false);
        const result = work();
        if (this.random.chance(this.troubles.unanswered)) throw trouble(peer, 'ECONNRESET', true);
        await this.between(life);
        return result;
      },
    };
  }

  /** Between two steps of the bridge: other things happen, or it dies. */
  private async between(life: Simulation['life']): Promise<void> {
    if (life.dead) throw new Crash();
    if (this.random.chance(this.troubles.crash)) {
      life.dead = true;
      throw new Crash();
    }
    this.pass(this.random.between(0, 5));
    if (!this.random.chance(this.troubles.meanwhile)) return;
    const what = this.random.between(0, 3);
    if (what === 0) this.meanwhile();
    else if (what === 1) await this.hearSalesforce(2);
    else if (what === 2) await this.hearSellfire(2);
    else if (this.busy.size < 3) await this.work();
    if (life.dead) throw new Crash();
  }

  /** The store as a living bridge sees it: around every transaction it may die. */
  private mortal(life: Simulation['life']): Store {
    return new Proxy<Store>(this.store, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]): Promise<unknown> => {
          if (life.dead || this.random.chance(this.troubles.crash / 2)) {
            life.dead = true;
            throw new Crash();
          }
          const result: unknown = await method.apply(target, args);
          if (this.random.chance(this.troubles.crash / 2)) {
            life.dead = true;
            throw new Crash();
          }
          return result;
        };
      },
    });
  }
}

function decoded({ at, changes }: Told): DecodedEvent {
  return { kind: 'change', replayId: changes[0]?.eventId ?? '', at, object: changes[0]?.object ?? '', changes };
}

function trouble(peer: 'salesforce' | 'sellfire', code: string, unknownOutcome: boolean): PeerError {
  return new PeerError(peer, { class: 'retry', code, message: 'Trouble on the way.', fields: [], unknownOutcome });
}
