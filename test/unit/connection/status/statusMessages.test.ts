// What Home says of a bridge that cannot work as it should, as codes and values that the pages say in the reader's language.
import { describe, expect, it } from '@jest/globals';
import { statusMessages, type Facts } from '../../../../bridge/connection/status/statusMessages.ts';
import { say } from '../../../../bridge/model/message.ts';
import { budgetStatus } from '../../../../bridge/sync/budgetStatus.ts';

const NOW = Date.parse('2026-03-02T12:00:00Z');
const MINUTE = 60_000;

const well: Facts = {
  connectionProblem: undefined,
  background: [],
  diskProblem: undefined,
  phoneMapped: true,
  problems: [],
  changes: undefined,
  polling: undefined,
  feed: {},
  jobs: { running: 0, waiting: 0, delayed: 0 },
  clockAhead: { salesforce: 0, sellfire: 0 },
  counts: { pending: 0, parked: 0, reports: 0, links: 0 },
  budget: budgetStatus({ own: 0, org: undefined, share: 50 }),
} as unknown as Facts;

const codes = (facts: Facts, failing: string[] = []): string[] =>
  statusMessages(facts, failing, [], NOW).detail.map(({ code }) => code);

describe('the messages of the status', () => {
  it('are none where nothing is wrong', () => {
    expect(statusMessages(well, [], [], NOW)).toEqual({ standstill: [], detail: [] });
  });

  it('say what each failing check found', () => {
    const counts = { ...well.counts, pending: 12, oldestPendingAt: NOW - 10 * MINUTE };
    const { detail } = statusMessages({ ...well, counts, phoneMapped: false }, ['sellfire events', 'work'], [], NOW);
    expect(detail.map(({ code, args }) => [code, ...args])).toEqual([
      ['phoneNotMapped'],
      ['feedUnread'],
      ['workWaits', 12, 10],
    ]);
  });

  it('say that the store cannot be written, apart from that it is another one', () => {
    expect(codes(well, ['store'])).toEqual(['storeLost']);
    expect(codes({ ...well, diskProblem: 'STORE_UNUSABLE: …' }, ['store'])).toEqual(['storeUnusable']);
  });

  it('say what fails beside the changes, by its cause', () => {
    const why = say('peerAnswered', { peer: 'Salesforce', code: 'INVALID_FIELD', message: 'No such column.' });
    const background = [{ what: 'the comparison with Salesforce', since: NOW, why }];
    expect(codes({ ...well, background })).toEqual([]);
    expect(codes({ ...well, background }, ['background work'])).toEqual(['peerAnswered']);
  });

  it('say once that the bridge asks instead of listening, whether that works or not', () => {
    const polling = { code: 'SUBSCRIPTION_LIMIT_EXCEEDED', problem: undefined, since: NOW } as Facts['polling'];
    expect(codes({ ...well, polling })).toEqual(['asksForChanges']);
    expect(codes({ ...well, polling }, ['salesforce events'])).toEqual(['asksForChanges']);
  });

  it('say how the share of API calls is used: as a notice while it suffices, as a fault when it does not', () => {
    const of = (own: number): Facts['budget'] => budgetStatus({ own, org: { used: own, allowed: 1000 }, share: 50 });
    expect(codes({ ...well, budget: of(480) })).toEqual(['shareUsed', 'callsDeferred', 'raiseShare']);
    expect(codes({ ...well, budget: of(500) }, ['salesforce api calls'])).toEqual([
      'shareUsed',
      'callsPaused',
      'raiseShare',
    ]);
  });

  it('say which direction stands still, for how long, and why', () => {
    const still = [{ id: 'toSellfire' as const, lag: 62 * MINUTE, recent: undefined }];
    const said = (facts: Facts, failing: string[]): unknown[][] =>
      statusMessages(facts, failing, still, NOW).standstill.map(({ code, args }) => [code, ...args]);
    const waits = ['towardsSellfireStill', 62];
    expect(said(well, ['salesforce to sellfire'])).toEqual([waits, ['triedAgain']]);
    const connectionProblem = say('peerAnswered', { peer: 'Salesforce', code: 'INVALID_GRANT', message: 'Expired.' });
    expect(said({ ...well, connectionProblem }, ['salesforce', 'salesforce to sellfire'])).toEqual([
      waits,
      ['peerAnswered', 'Salesforce', 'INVALID_GRANT', 'Expired.'],
    ]);
    const jobs = {
      ...well.jobs,
      paused: say('peerAnswered', { peer: 'Salesforce', code: 'ORG_LOCKED', message: 'Locked.' }),
    };
    expect(said({ ...well, jobs }, ['work'])).toEqual([
      waits,
      ['workPaused', expect.objectContaining({ code: 'peerAnswered' })],
    ]);
  });
});
