// The alerts of a connection (B24) by a clock that the test moves: what a restart knows, what a channel that fails does, and the
// weekly digest.
import { describe, expect, it } from '@jest/globals';
import pino from 'pino';
import {
  createAlerting,
  type Alerting,
  type AlertingOptions,
} from '../../../../bridge/connection/alerting/alerting.ts';
import type { Snapshot } from '../../../../bridge/connection/status/snapshot.ts';
import type { AlertMessage } from '../../../../bridge/model/alert.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import { PeerError } from '../../../../bridge/model/fault.ts';
import { say } from '../../../../bridge/model/message.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../../bridge/model/settings.ts';
import type { Cursor } from '../../../../bridge/store/store.ts';
import { createClock, settled } from '../../../helpers/clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Sunday. */
const START = Date.UTC(2026, 10, 29, 12);

/** A connection in order, but for what a test says. */
const snapshot = (about: Partial<Snapshot>, now: number): Snapshot => ({
  connectionProblem: undefined,
  background: [],
  storeProblem: undefined,
  diskProblem: undefined,
  phoneMapped: true,
  problems: [],
  changes: undefined,
  polling: undefined,
  feed: { cursor: 1, lastSequence: 1, lastEventAt: now, lastCatchUpAt: now, catchingUp: false, error: undefined },
  jobs: { running: 0, waiting: 0 } as unknown as Snapshot['jobs'],
  lastFailure: undefined,
  clockAhead: { salesforce: 0, sellfire: 0 },
  counts: {
    pending: 0,
    parked: 0,
    reports: 0,
    links: 0,
    oldestPendingAt: undefined,
    oldestFromSalesforceAt: undefined,
    oldestFromSellfireAt: undefined,
  },
  apiCalls: undefined,
  budget: { tier: 'normal', allowance: undefined, left: undefined, reason: '', messages: [] },
  reconciledAt: undefined,
  sync: { state: 'Running', by: 'Ann Lee', at: now },
  hours: [],
  lastCarried: { in: undefined, out: undefined },
  rights: [],
  allocations: { apiCalls: undefined, deliveredEvents: undefined, own: 0, allowance: undefined, byHour: [] },
  timeZone: 'UTC',
  ...about,
});

/** The store, the clock, the receivers and the state of the connection outlive a bridge that is killed. */
function connectionWith(settings: Partial<Settings> = {}) {
  const clock = createClock(START);
  const cursors = new Map<string, Cursor>();
  const sent: string[] = [];
  const failing = new Map<string, PeerError>();
  const totals = { in: 100, out: 50, refused: 0, failed: 0, events: 0 };
  let about: Partial<Snapshot> = {};
  let isFull = false;
  let current: Alerting | undefined;
  const sendBy = (channel: string) => async (message: AlertMessage) => {
    const failure = failing.get(channel);
    if (failure) throw failure;
    sent.push(`${channel} ${message.kind} ${message.state ?? message.text}`);
  };

  async function start(options: Partial<AlertingOptions> = {}): Promise<Alerting> {
    current = createAlerting({
      store: {
        async append(_connection, _entries, cursor) {
          if (isFull) throw new Error('database or disk is full');
          if (cursor) cursors.set(cursor.name, cursor);
          return { stored: 0, keys: [] };
        },
        cursor: async (_connection, name) => cursors.get(name),
      },
      connection: '00D000000000001EAA',
      config: () =>
        ({ settings: { ...DEFAULT_SETTINGS, ...settings }, mappings: [], objects: {} }) as unknown as SyncConfig,
      timeZone: () => 'UTC',
      snapshot: async () => snapshot(about, clock.now()),
      hours: { totals: () => ({ ...totals }) },
      ring: sendBy('bell'),
      email: sendBy('email'),
      webhook: sendBy('webhook'),
      causes: async () => [{ code: 'NO_PHONE', title: 'No phone', count: 4 }],
      calmMs: 2 * MINUTE,
      logger: pino({ level: 'silent' }),
      timer: clock,
      ...options,
    });
    await current.load();
    current.begin();
    await pass(0);
    return current;
  }
  /** Moves the clock on in steps that are shorter than any wait of the alerts. */
  async function pass(ms: number): Promise<void> {
    for (let left = ms; left >= 0; left -= 5_000) {
      clock.pass(Math.min(left, 5_000));
      for (let turn = 0; turn < 8; turn += 1) await settled();
    }
  }
  return {
    clock,
    sent,
    failing,
    totals,
    start,
    pass,
    is: (next: Partial<Snapshot>) => void (about = next),
    fill: (full: boolean) => void (isFull = full),
    /** As by kill -9: nothing more happens, and only the store is left. */
    async kill() {
      const killed = current;
      current = undefined;
      await killed?.stop();
    },
  };
}
const lost = { connectionProblem: say('other', { text: 'The token is revoked.' }) };
const refused = (kind: 'retry' | 'record'): PeerError =>
  new PeerError('webhook', { class: kind, code: 'WEBHOOK_BUSY', message: 'No.', fields: [], unknownOutcome: false });
const ALL = (what: string): string[] => ['bell', 'email', 'webhook'].map((channel) => `${channel} ${what}`);

describe('the alerts of a connection', () => {
  it('are one by each channel when a state begins and one when it ends, whatever restarts there are', async () => {
    const { start, pass, is, kill, sent } = connectionWith();
    await start();
    is(lost);
    await pass(MINUTE);
    await kill();
    await start();
    await pass(90_000);
    expect(sent.toSorted()).toEqual(ALL('raised connection'));
    await kill();
    await start();
    await pass(30 * MINUTE);
    is({});
    await pass(3 * MINUTE);
    await kill();
    await start();
    await pass(10 * MINUTE);
    expect(sent.toSorted()).toEqual([...ALL('raised connection'), ...ALL('recovered connection')].toSorted());
  });

  it('go only by what the settings switch on, and what is set up', async () => {
    const { start, pass, is, sent } = connectionWith({ alertBell: false });
    await start({ webhook: undefined });
    is(lost);
    await pass(3 * MINUTE);
    expect(sent).toEqual(['email raised connection']);
  });

  it('of a channel that is away wait for it, hold no other up, and are sent once it is back, after a restart too', async () => {
    const { start, pass, is, kill, failing, sent } = connectionWith();
    failing.set('webhook', refused('retry'));
    await start();
    is(lost);
    await pass(3 * MINUTE);
    expect(sent.toSorted()).toEqual(['bell raised connection', 'email raised connection']);
    await kill();
    failing.clear();
    await start();
    await pass(3 * MINUTE);
    expect(sent.toSorted()).toEqual(ALL('raised connection'));
  });

  it('say by the others that a channel fails, and that it goes again', async () => {
    const { start, pass, is, failing, sent } = connectionWith();
    failing.set('webhook', refused('retry'));
    await start();
    is(lost);
    await pass(20 * MINUTE);
    expect(sent.filter((one) => one.includes('undelivered')).toSorted()).toEqual(
      ['bell', 'email'].map((one) => `${one} raised undelivered:webhook`),
    );
    failing.clear();
    await pass(60 * MINUTE);
    expect(sent.filter((one) => one.includes('recovered undelivered')).toSorted()).toEqual(
      ['bell', 'email'].map((one) => `${one} recovered undelivered:webhook`),
    );
  });

  it('that are refused for good are not sent again', async () => {
    const { start, pass, is, failing, sent } = connectionWith();
    failing.set('email', refused('record'));
    await start();
    is(lost);
    await pass(3 * MINUTE);
    failing.clear();
    await pass(60 * MINUTE);
    expect(sent.filter((one) => one.startsWith('email raised connection'))).toEqual([]);
  });

  it('say that the store cannot be written, from memory', async () => {
    const { start, pass, fill, sent } = connectionWith();
    await start();
    fill(true);
    await pass(4 * MINUTE);
    expect(sent.toSorted()).toEqual(ALL('raised storeFails'));
    fill(false);
    await pass(10 * MINUTE);
    expect(sent.toSorted()).toEqual([...ALL('raised storeFails'), ...ALL('recovered storeFails')].toSorted());
  });

  it('go by what the settings were while they cannot be read', async () => {
    const { start, pass, is, kill, sent } = connectionWith({ alertBell: false, alertWebhook: false });
    await start();
    await pass(MINUTE);
    await kill();
    const unread = (): never => {
      throw new Error('The configuration was never read.');
    };
    await start({ config: unread });
    is(lost);
    await pass(3 * MINUTE);
    expect(sent).toEqual(['email raised connection']);
  });
});

describe('the weekly digest', () => {
  const digests = (sent: string[]): string[] => sent.filter((one) => one.includes('digest'));

  it('goes out on Monday morning with what was counted since the last one, once, a restart in between', async () => {
    const { start, pass, kill, totals, sent } = connectionWith({ weeklyDigest: true });
    await start();
    totals.in += 1204;
    await pass(19 * HOUR);
    expect(digests(sent)).toEqual([]);
    await pass(HOUR + MINUTE);
    expect(digests(sent)).toEqual([
      expect.stringMatching(/^email digest From November 29 to November 30:\n1,204 changes were carried/),
      expect.stringMatching(/^webhook digest [^]*\nNone was refused[^]*No phone \(NO_PHONE\): 4$/),
    ]);
    await kill();
    await start();
    await pass(HOUR);
    expect(digests(sent)).toHaveLength(2);
  });

  it('is off unless it is switched on', async () => {
    const { start, pass, sent } = connectionWith();
    await start();
    await pass(21 * HOUR);
    expect(sent).toEqual([]);
  });

  it('waits for the causes, and goes out without them in the end', async () => {
    const { start, pass, sent } = connectionWith({ weeklyDigest: true });
    const causes = async (): Promise<never> => {
      throw refused('retry');
    };
    await start({ causes });
    await pass(25 * HOUR);
    expect(digests(sent)).toEqual([]);
    await pass(2 * HOUR);
    expect(digests(sent)).toHaveLength(2);
    expect(digests(sent)[0]).toContain('The causes could not be read');
  });
});

describe('a test message', () => {
  it('says of each channel what came of it', async () => {
    const { start, failing } = connectionWith();
    failing.set('email', refused('retry'));
    const alerting = await start();
    await expect(alerting.test()).resolves.toEqual([
      { channel: 'bell', problem: undefined },
      {
        channel: 'email',
        problem: expect.objectContaining({ sentence: expect.stringContaining('WEBHOOK_BUSY: No.') }),
      },
      { channel: 'webhook', problem: undefined },
    ]);
  });
});
