// The whole system in one process and in virtual time: the dialer's rules, a small Salesforce, and between them the
// real intake, workers, core and store semantics. One seed generates everything, step by step, so that a history
// replays exactly and a step can be left out.
import { pino } from 'pino';
import { createIntake, cursorName, FEED_CURSOR, type Intake } from '../../bridge/connection/intake.ts';
import { createOnArrival } from '../../bridge/jobs/arrival.ts';
import { createWorker } from '../../bridge/jobs/worker.ts';
import type { CommandChange } from '../../bridge/model/change.ts';
import { PeerError, SHARE_USED } from '../../bridge/model/fault.ts';
import type { SyncConfig } from '../../bridge/model/config.ts';
import type { SellfireEvent } from '../../bridge/model/event.ts';
import type { FeedEvent } from '../../bridge/sellfire/events.ts';
import type { DecodedEvent } from '../../bridge/salesforce/pubsub/decode.ts';
import type { Report } from '../../bridge/model/report.ts';
import type { Broken } from '../../bridge/model/invariant.ts';
import type { Link } from '../../bridge/model/link.ts';
import { hasUndelivered, leadHasDrift, recordHasDrift } from '../../bridge/sync/fields/drift.ts';
import { mappedFields } from '../../bridge/sync/mapping/rules.ts';
import { FOLLOWED_OBJECTS } from '../../bridge/model/salesforce.ts';
import type { OnArrival } from '../../bridge/store/store.ts';
import { createDialer, type Dialer } from '../sellfire/dialer.ts';
import { Random } from '../sellfire/random.ts';
import type { Email, RefusedCall } from './audit/evidence.ts';
import type { Era } from './eras.ts';
import { drawConfiguration, ORG_ID } from './configuration.ts';
import { createMemoryStore } from './memoryStore.ts';
import { salesforcePeer, sellfirePeer, type Way } from './peers.ts';
import { COUNTRIES } from './phones.ts';
import { Reached } from './matrix.ts';
import { Salesforce } from './salesforce.ts';
import type { Commit } from './saves.ts';
import { Crash, type FaultRates, NO_FAULTS, fault, crashableStore, type BridgeRun } from './simulatedFaults.ts';

/** An org has one of these: whole and half hours, a day before and after UTC, with and without daylight-saving time. */
const TIME_ZONES = ['America/Chicago', 'Pacific/Apia', 'Asia/Kolkata', 'Pacific/Honolulu', 'Australia/Lord_Howe'];
/** 2026-01-05T09:00:00Z: a Monday morning. */
export const START = Date.UTC(2026, 0, 5, 9);
const TOPIC = '/data/Sellfire__chn';
const QUIET = pino({ enabled: false });

/** In histories of these seeds an event is decided about as it arrives; in all others each has a turn, so that they mean what they always meant. */
export const ARRIVALS_FROM = 55_000_000;
const ARRIVALS_TO = 60_000_000;

/** What an admin asks for one lead or record. */
type Command = Pick<CommandChange, 'leadId' | 'record' | 'command'>;

export class Simulation {
  now = START;
  random: Random;
  faultRates: FaultRates = NO_FAULTS;
  /** Actions of other people during a call. */
  meanwhile: () => void = () => {};
  /** IANA name, of the org. */
  readonly timeZone: string;
  readonly dialer: Dialer;
  readonly org: Salesforce;
  store = createMemoryStore(() => this.now + this.clocks.bridge);
  /** How far each clock is ahead of the virtual time, ms. */
  readonly clocks = { salesforce: 0, sellfire: 0, bridge: 0 };
  /** Each change of a clock: the virtual time from which its system is that far ahead, in order. */
  private readonly clockChanges: { system: 'salesforce' | 'sellfire'; from: number; ahead: number }[] = [];
  /** Whether an admin has paused the sync: nothing is written. */
  paused = false;
  /** `short`: what can wait is put off. `used`: nothing calls Salesforce. */
  budget: 'free' | 'short' | 'used' = 'free';
  /** How an event of Sellfire arrives. */
  received: (event: SellfireEvent) => FeedEvent = (event) => event;
  /** Events that arrived in another form than the contract has, of a type that is known. */
  readonly unreadable: SellfireEvent[] = [];
  /** Reps who were deleted at any time. */
  readonly left = new Set<string>();
  /** Names of actions that nobody performs in this history. */
  missing: ReadonlySet<string> = new Set();
  /** What the core relied on and did not hold. */
  readonly broken: Broken[] = [];
  /** What the faults have hit. */
  readonly reached = new Reached();
  config: SyncConfig;
  /** The configurations of the history, in order: the first as its first step found it. */
  readonly eras: Era[] = [];
  /** What has created a lead: the body of each request. */
  readonly creations: { request: string; leadId: string }[] = [];
  /** What either system refused the bridge. */
  readonly refusals: RefusedCall[] = [];
  /** Leads that an update of the bridge left as they were. */
  readonly idle: string[] = [];
  /** Fields of leads that an update of the bridge gave what one had given them before. */
  readonly givenAgain: { leadId: string; field: string }[] = [];
  /** What the Enablement users were sent. */
  readonly emails: Email[] = [];
  /** Calls of the bridge by name. */
  readonly calls = new Map<string, number>();
  /** Whether an event was lost for good, so that only a comparison of both sides finds its change. */
  lossy = false;
  /** Whether no call failed and the bridge never crashed, so that nothing was retried. */
  calm = true;
  /** Whether nothing else happened while the bridge called. */
  quietly = true;
  /** What reps sell, and in which currency. */
  productCodes: readonly string[] = ['PRO', 'LITE'];
  currency = 'USD';
  /** The number of people in sales so far, which makes their names unique. */
  people = 0;
  /** Decides about an event as it arrives. */
  private readonly onArrival: OnArrival | undefined;
  private bridgeRun: BridgeRun = { crashed: false };
  private intake: Intake;
  private worker: ReturnType<typeof createWorker>;
  private readonly busy = new Set<string>();
  /** Calls of the bridge whose outcome nobody may wait for any more, as after the failure of another one. */
  private readonly underWay = new Set<Promise<unknown>>();
  private requests = 0;
  /** Whether the clock of Salesforce dates the requests of admins; else that of the bridge does. */
  datesRequests = false;
  /** Whether a reconciliation passes over the pairs of which the link knows everything. */
  passesOver = false;
  /** Commands of admins so far. */
  commands = 0;
  /** Those of them that have a demo or a sale done again. */
  replays = 0;
  /** When admins have asked for something, ms. */
  readonly requestedAt: number[] = [];
  /** What admins have asked to link: ids of a lead and a record. */
  readonly asked: { leadId: string; recordId: string }[] = [];

  constructor(seed: number) {
    this.timeZone = TIME_ZONES[seed % TIME_ZONES.length] ?? 'UTC';
    this.random = new Random(seed);
    this.dialer = createDialer(() => this.now + this.clocks.sellfire, 'sim');
    this.org = new Salesforce(() => this.now + this.clocks.salesforce);
    this.org.onEffect = (name) => this.reached.add(name, this.org.operation);
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
    if (seed >= ARRIVALS_FROM && seed < ARRIVALS_TO)
      this.onArrival = createOnArrival({ config: () => this.config, isRunning: () => !this.paused });
    [this.intake, this.worker] = this.boot();
  }

  /** Sets the clock of a system ahead. */
  advanceClock(system: 'salesforce' | 'sellfire', ms: number): void {
    this.clocks[system] += ms;
    this.clockChanges.push({ system, from: this.now, ahead: this.clocks[system] });
  }

  /** The virtual time of a moment that is given by the clock of a system. */
  timeOf(system: 'salesforce' | 'sellfire', at: number): number {
    const changes = this.clockChanges.filter((one) => one.system === system);
    return at - (changes.findLast(({ from, ahead }) => at - ahead >= from)?.ahead ?? 0);
  }

  pass(ms: number): void {
    this.now += ms;
  }

  /** Performs an action of people under its name. */
  during(operation: string, action: () => void): void {
    const outer = this.org.operation;
    this.org.operation = operation;
    this.reached.conditions(this, operation);
    try {
      action();
    } finally {
      this.org.operation = outer;
    }
  }

  /** How many events of each system the cursor covers. */
  async cursors(): Promise<{ salesforce: number; sellfire: number }> {
    const [salesforce, sellfire] = await Promise.all(
      [cursorName(TOPIC), FEED_CURSOR].map(async (name) => this.store.cursor(ORG_ID, name)),
    );
    return { salesforce: Number(salesforce?.value ?? 0), sellfire: Number(sellfire?.value ?? 0) };
  }

  /** Delivers the next few events of the org's stream to the inbox; a delivery may start before the cursor. */
  async receiveSalesforce(most: number, redelivered = 0): Promise<boolean> {
    const cursor = await this.store.cursor(ORG_ID, cursorName(TOPIC));
    const place = Number(cursor?.value ?? 0);
    const from = Math.max(0, place - redelivered);
    const batch = this.org.stream.slice(from, place + most);
    const last = batch.at(-1);
    if (!last || from + batch.length <= place) return false;
    for (const [index, commit] of batch.entries()) this.reached.delivery(commit, from + index < place);
    const events = batch.filter(({ lost }) => !lost).map(decoded);
    const value = String(from + batch.length);
    await this.alive(async () => this.intake.changes(TOPIC, { events, cursor: { value, at: last.at } }));
    return true;
  }

  /** Delivers the next few events of Sellfire's feed. */
  async receiveSellfire(most: number): Promise<boolean> {
    const cursor = await this.store.cursor(ORG_ID, FEED_CURSOR);
    const events = this.dialer.feed.after(Number(cursor?.value ?? 0), most);
    const last = events.at(-1);
    if (!last) return false;
    await this.alive(async () => this.intake.feedStore.append(events.map(this.received), last.sequence));
    return true;
  }

  /** Delivers one event by webhook, an old one or the next; the feed delivers later ones. */
  async receiveWebhook(): Promise<void> {
    const cursor = Number((await this.store.cursor(ORG_ID, FEED_CURSOR))?.value ?? 0);
    const [event] = this.dialer.feed.after(this.random.between(0, cursor), 1);
    const next = event?.sequence === cursor + 1 ? event.sequence : undefined;
    if (event) await this.alive(async () => this.intake.feedStore.append([this.received(event)], next));
  }

  /** A worker runs one key, unless none waits. */
  async work(): Promise<boolean> {
    if (this.paused) return false;
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

  /** Whether the two sides of the pair hold what the link knows, so that a reconciliation passes it over. */
  private isKnown(link: Link): boolean {
    const { record } = link;
    const fields = record && this.org.get(record.id)?.fields;
    if (!this.passesOver || !record || !fields || fields[this.config.names.leadId] !== link.leadId) return false;
    const columns = mappedFields(this.config, [record.object]).map(({ salesforce: { name } }) => name);
    const row = Object.fromEntries(columns.map((name) => [name, fields[name] ?? null]));
    return !(
      hasUndelivered(link) ||
      recordHasDrift(this.config, link, record.object, row) ||
      leadHasDrift(this.config, link, this.dialer.leads.find(link.leadId) ?? null)
    );
  }

  /** Requests a comparison of every linked pair and a read of every record, as a reconciliation does. */
  async reconcile(): Promise<void> {
    const links = await this.store.links(ORG_ID, '', 10_000);
    const compared = links
      .filter((link) => !this.isKnown(link))
      .map(({ leadId, record = null }): Command => {
        return { leadId, record, command: { kind: 'compare', create: false } };
      });
    const linked = new Set(links.map(({ record }) => record?.id));
    const created = this.org.live().flatMap(({ object, id, fields }): Command[] => {
      const followed = FOLLOWED_OBJECTS.find((one) => one === object);
      if (!followed || linked.has(id) || fields['IsConverted']) return [];
      return [{ leadId: null, record: { object: followed, id }, command: { kind: 'compare', create: true } }];
    });
    await this.command(...compared, ...created);
  }

  /** Requests that a report row's event is done again, as Repush Event does. */
  async repush(row: Report): Promise<void> {
    const object = FOLLOWED_OBJECTS.find((one) => one === row.salesforceObject);
    const { sellfireLeadId: leadId, salesforceRecordId: id, sellfireRecordId: recordId, event, occurredAt } = row;
    const record = object && id !== null ? { object, id } : null;
    if (event === 'DemoSet' || event === 'Sale') this.replays += 1;
    await this.command({ leadId, record, command: { kind: 'repush', event, occurredAt, recordId } });
  }

  /** Requests the commands of one admin's request. */
  async command(...commands: readonly Command[]): Promise<void> {
    this.requests += 1;
    this.commands += commands.length;
    for (const { command, leadId, record } of commands)
      if (command.kind === 'link' && leadId !== null && record) this.asked.push({ leadId, recordId: record.id });
    const { salesforce, bridge } = this.clocks;
    // A request is a record of Salesforce, whose dates are whole seconds.
    const at = this.datesRequests ? Math.floor((this.now + salesforce) / 1_000) * 1_000 : this.now + bridge;
    this.requestedAt.push(at);
    await this.store.append(
      ORG_ID,
      commands.map((one, index) => {
        const eventId = `request_${this.requests}:${index}`;
        const change = { source: 'request' as const, eventId, at, ...one };
        return { source: 'request' as const, eventId, recordId: one.record?.id ?? '', leadId: one.leadId, change };
      }),
    );
  }

  /** The store is lost, and the bridge starts with an empty one, behind the last event of each system. */
  async loseStore(): Promise<void> {
    this.store = createMemoryStore(() => this.now + this.clocks.bridge);
    const places = [
      { name: cursorName(TOPIC), value: String(this.org.stream.length) },
      { name: FEED_CURSOR, value: String(this.dialer.feed.lastSequence) },
    ];
    for (const place of places) await this.store.append(ORG_ID, [], { ...place, at: this.now });
    [this.intake, this.worker] = this.boot();
  }

  /** Runs a part of the bridge. When the bridge crashes in it, a new one starts from the durable state. */
  private async alive(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof PeerError) return;
      if (!(error instanceof Crash)) throw error;
      if (!this.bridgeRun.crashed) return;
      this.store.reopened();
      [this.intake, this.worker] = this.boot();
    }
  }

  private boot(): [Intake, Simulation['worker']] {
    const bridgeRun = { crashed: false };
    this.bridgeRun = bridgeRun;
    const store = crashableStore(this.store, bridgeRun, (operation) =>
      this.happens('crash', operation, this.faultRates.crash / 2),
    );
    const way = this.way(bridgeRun);
    const common = { store, connection: ORG_ID, config: () => this.config, wake: () => {} };
    return [
      createIntake({
        ...common,
        ...(this.onArrival ? { onArrival: this.onArrival } : {}),
        logger: QUIET,
        counted: () => {},
        now: () => this.now + this.clocks.bridge,
      }),
      createWorker({
        ...common,
        defers: () => this.budget !== 'free',
        onBroken: (one) => this.broken.push(one),
        salesforce: salesforcePeer(this.org, way),
        sellfire: sellfirePeer(this.dialer, way, {
          created: (request, leadId) => this.creations.push({ request, leadId }),
          idle: (leadId) => this.idle.push(leadId),
          givenAgain: (leadId, field) => this.givenAgain.push({ leadId, field }),
          alerted: ({ leadId, subject, body }, planned) => this.emails.push({ leadId, subject, body, planned }),
        }),
      }),
    ];
  }

  /** Resolves when no call and no worker is under way. */
  async quiet(): Promise<void> {
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
  }

  private way(bridgeRun: BridgeRun): Way {
    return {
      refused: (refusal) => this.refusals.push(refusal),
      go: (call, work) => {
        const calling = this.call(bridgeRun, call, work);
        this.underWay.add(calling);
        const done = (): void => void this.underWay.delete(calling);
        calling.then(done, done);
        return calling;
      },
    };
  }

  private async call<T>(bridgeRun: BridgeRun, name: string, work: () => T): Promise<T> {
    await this.between(bridgeRun, name);
    const peer = name.startsWith('salesforce') ? 'salesforce' : 'sellfire';
    if (peer === 'salesforce' && this.budget === 'used') {
      this.reached.add('budget', name);
      throw spent();
    }
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
    if (this.happens('refused', name)) throw fault(peer, 'UNABLE_TO_LOCK_ROW', false);
    this.org.operation = name;
    const result = work();
    if (this.happens('unanswered', name)) throw fault(peer, 'ECONNRESET', true);
    await this.between(bridgeRun, name);
    return result;
  }

  /** Draws whether the fault hits the operation. */
  private happens(fault: keyof FaultRates, operation: string, rate = this.faultRates[fault]): boolean {
    const hits = this.random.chance(rate);
    if (hits) this.reached.add(fault, operation);
    return hits;
  }

  /** Between two steps of the bridge, other events happen, or it crashes. */
  private async between(bridgeRun: BridgeRun, operation: string): Promise<void> {
    if (bridgeRun.crashed) throw new Crash();
    if (this.happens('crash', operation)) {
      bridgeRun.crashed = true;
      throw new Crash();
    }
    this.pass(this.random.between(0, 5));
    if (!this.happens('meanwhile', operation)) return;
    const what = this.random.between(0, 3);
    if (what === 0) this.meanwhile();
    else if (what === 1) await this.receiveSalesforce(2);
    else if (what === 2) await this.receiveSellfire(2);
    else if (this.busy.size < 3) await this.work();
    if (bridgeRun.crashed) throw new Crash();
  }
}

/** As the budget refuses a call before it is made. */
const spent = (): PeerError =>
  new PeerError('salesforce', {
    ...{ class: 'limit', code: SHARE_USED, message: 'The share is used up.', fields: [], unknownOutcome: false },
  });

function decoded({ at, changes }: Commit): DecodedEvent {
  return { kind: 'change', replayId: changes[0]?.eventId ?? '', at, object: changes[0]?.object ?? '', changes };
}
