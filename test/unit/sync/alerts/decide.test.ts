// Which alert is due (B24): one message when a state changes and one at recovery, whatever it does in between.
import { describe, expect, it } from '@jest/globals';
import { decideAlerts, type KnownStates } from '../../../../bridge/sync/alerts/decide.ts';
import { presentStates, type AlertFacts, type Present } from '../../../../bridge/sync/alerts/present.ts';

const MINUTE = 60_000;
const CALM = { raise: 2 * MINUTE, clear: 5 * MINUTE };
const START = Date.UTC(2026, 10, 29, 8);
const lost: Present = { state: 'connection', title: 'Down', over: 'Up', text: 'The token is revoked.' };

/** Minute by minute: whether the state holds. @returns the messages with the minute of each */
function play(minutes: readonly boolean[], present = lost, known: KnownStates = {}): string[] {
  let states = known;
  return minutes.flatMap((holds, minute) => {
    // What is kept between two looks is what a restart reads.
    const next = decideAlerts(
      JSON.parse(JSON.stringify(states)) as KnownStates,
      holds ? [present] : [],
      CALM,
      START + minute * MINUTE,
    );
    states = next.states;
    return next.due.map(({ kind }) => `${minute} ${kind}`);
  });
}
const minutes = (text: string): boolean[] => [...text].map((one) => one === 'x');

describe('a state', () => {
  it('is said once when it has lasted for the calm time, and once when it is over for good', () => {
    expect(play(minutes('xxxxxxxxxxxxxxx......'))).toEqual(['2 raised', '20 recovered']);
  });

  it('that passes within the calm time is not said', () => {
    expect(play(minutes('xx..xx..xx..'))).toEqual([]);
  });

  it('that comes and goes is said once until it is over for longer than the calm time', () => {
    expect(play(minutes('xxx..x..x...x....x.....x..'))).toEqual(['2 raised']);
    expect(play(minutes('xxx..x......'))).toEqual(['2 raised', '11 recovered']);
  });

  it('that comes back after its recovery is a new one', () => {
    expect(play(minutes('xxx......xxx'))).toEqual(['2 raised', '8 recovered', '11 raised']);
  });

  it('says when it began and when it ended, and its two messages have ids of their own', () => {
    let { states } = decideAlerts({}, [lost], CALM, START);
    const raised = decideAlerts(states, [lost], CALM, START + 2 * MINUTE);
    ({ states } = decideAlerts(raised.states, [], CALM, START + 10 * MINUTE));
    const over = decideAlerts(states, [], CALM, START + 15 * MINUTE);
    expect(raised.due).toEqual([
      {
        id: `connection:${START}`,
        kind: 'raised',
        state: 'connection',
        title: 'Down',
        text: 'The token is revoked.',
        at: START + 2 * MINUTE,
      },
    ]);
    expect(over.due).toEqual([
      {
        id: `connection:${START}:over`,
        kind: 'recovered',
        state: 'connection',
        title: 'Up',
        text: 'It lasted from 2026-11-29 08:00 UTC to 2026-11-29 08:10 UTC.',
        at: START + 15 * MINUTE,
      },
    ]);
    expect(over.states).toEqual({});
  });

  it('of a direction that stands still needs no calm time more: it has waited two minutes already', () => {
    expect(play(minutes('x'), { ...lost, state: 'toSellfireStill', isCalm: true })).toEqual(['0 raised']);
  });

  it('is of its own: another one that holds changes nothing', () => {
    const budget: Present = { ...lost, state: 'budgetSpent' };
    const { states } = decideAlerts({}, [lost, budget], CALM, START);
    const next = decideAlerts(states, [lost], CALM, START + 2 * MINUTE);
    expect(next.due.map(({ state }) => state)).toEqual(['connection']);
    expect(Object.keys(next.states)).toEqual(['connection']);
  });
});

const NOTHING: AlertFacts = {
  storeFails: undefined,
  storeLost: undefined,
  connection: undefined,
  sellfireLost: undefined,
  budgetSpent: undefined,
  eventsSpent: undefined,
  workPaused: undefined,
  still: {},
  creationPaused: {},
  failures: [],
  undelivered: {},
};
const states = (facts: Partial<AlertFacts>, isRunning = true): string[] =>
  presentStates({ ...NOTHING, ...facts }, isRunning).map(({ state }) => state);

describe('what is alerted', () => {
  it('is nothing where nothing stands in the way', () => {
    expect(states({})).toEqual([]);
  });

  it.each([
    ['storeFails', { storeFails: 'x' }],
    ['storeLost', { storeLost: 'x' }],
    ['connection', { connection: 'x' }],
    ['sellfireLost', { sellfireLost: 'x' }],
    ['budgetSpent', { budgetSpent: 'x' }],
    ['eventsSpent', { eventsSpent: 'x' }],
    ['workPaused', { workPaused: 'x' }],
    ['toSellfireStill', { still: { toSellfire: 'x' } }],
    ['toSalesforceStill', { still: { toSalesforce: 'x' } }],
    ['creationPaused:Contact', { creationPaused: { Contact: 'x' } }],
    ['undelivered:webhook', { undelivered: { webhook: 'x' } }],
    ['failures:NO_PHONE', { failures: [{ code: 'NO_PHONE', title: 'No phone', count: 30 }] }],
  ] as const)('is %s, with the reason in its text', (state, facts) => {
    const [present, ...others] = presentStates({ ...NOTHING, ...facts }, true);
    expect(present).toMatchObject({ state, text: expect.stringMatching(/^x$|30 changes .*NO_PHONE/) });
    expect(others).toEqual([]);
  });

  it('is the cause alone, not that both directions stand still because of it', () => {
    const still = { toSellfire: 'x', toSalesforce: 'x' };
    expect(states({ connection: 'x', workPaused: 'x', still })).toEqual(['connection']);
    expect(states({ workPaused: 'x', still })).toEqual(['workPaused']);
    expect(states({ eventsSpent: 'x', still })).toEqual(['eventsSpent', 'toSellfireStill', 'toSalesforceStill']);
  });

  it('is no standstill where an admin has not started the sync', () => {
    expect(states({ still: { toSellfire: 'x' }, workPaused: 'x', connection: 'x' }, false)).toEqual(['connection']);
  });
});
