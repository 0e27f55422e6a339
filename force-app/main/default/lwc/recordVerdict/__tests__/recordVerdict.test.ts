import { RECORD, WELL } from '#components/record';
import { verdictOf, waitingOf } from 'c/recordVerdict';

const FAILED = { ...WELL, id: 'a0F', outcome: 'Failed', code: 'STRING_TOO_LONG' };
const ENDED = { ...WELL, id: 'a0E', event: 'LeadDeleted', code: 'LINK_ENDED' };
const RESUMED = { ...WELL, id: 'a0S', event: 'LeadLinked', code: 'LINK_RESUMED' };
const OWNER = { ...WELL, id: 'a0O', event: 'OwnerChange', outcome: 'Refused', code: 'OWNER_REFUSED' };
const TASK = { ...WELL, id: 'a0T', event: 'Activity' };
const kindOf = (...reports: (typeof WELL)[]): string => verdictOf(RECORD, reports).kind;

describe('whether a record is in step (M35)', () => {
  it('is so where its last attempt succeeded, or nothing was reported since it was linked', () => {
    expect(kindOf(WELL)).toBe('inStep');
    expect(verdictOf(RECORD, [WELL]).report).toBe(WELL);
    expect(kindOf()).toBe('inStep');
  });

  it('is not after a failure, until a later attempt succeeds', () => {
    expect(verdictOf(RECORD, [FAILED, WELL])).toMatchObject({ kind: 'problem', report: FAILED });
    expect(kindOf(WELL, FAILED)).toBe('inStep');
  });

  it('stands for an owner and an activity until they succeed: other changes say nothing of them', () => {
    expect(verdictOf(RECORD, [WELL, OWNER]).report).toBe(OWNER);
    expect(kindOf({ ...OWNER, outcome: 'Success' }, OWNER)).toBe('inStep');
    expect(kindOf(WELL, { ...TASK, outcome: 'Failed' })).toBe('problem');
    expect(kindOf(TASK, FAILED)).toBe('problem');
  });

  it('is over where the link ended, and not where it was resumed since', () => {
    expect(verdictOf(RECORD, [WELL, ENDED])).toMatchObject({ kind: 'ended', report: ENDED });
    expect(kindOf(RESUMED, ENDED)).toBe('inStep');
  });

  it('is of a Contact where the lead has moved on', () => {
    const detail =
      'MOVED: 003AA0000012345AAA is the Contact that the lead of Sellfire goes on with (https://org/003AA0000012345AAA).';
    expect(verdictOf({ ...RECORD, detail }, [WELL])).toMatchObject({ kind: 'moved', contactId: '003AA0000012345AAA' });
    const refused = 'DUPLICATES_DETECTED: Use one of these records? 003AA0000012345AAA';
    expect(verdictOf({ ...RECORD, detail: refused }, [WELL])).toMatchObject({ kind: 'inStep' });
  });

  it('cannot be without a link, and the last refusal says why there is none', () => {
    const unlinked = { ...RECORD, leadId: '' };
    expect(verdictOf(unlinked, [WELL, FAILED])).toMatchObject({ kind: 'notLinked', report: FAILED, help: '' });
    expect(verdictOf(unlinked, []).help).toContain('Sync now');
    expect(verdictOf({ ...unlinked, object: 'Account' }, []).help).toContain('a sale');
  });
});

describe('why changes wait', () => {
  const now = Date.parse('2026-03-02T12:00:00Z');
  const at = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();

  it.each([
    ['Paused', 'The sync is paused: changes wait.'],
    ['NotStarted', 'The sync has not been started: changes wait.'],
    ['Disconnected', 'Sellfire is not connected with this org: changes wait.'],
    ['Running', ''],
  ])('is said of a sync that is %s', (syncState, sentence) => {
    expect(waitingOf({ syncState, lastSeenAt: at(1) }, now)).toBe(sentence);
  });

  it('is said of a bridge that is silent, and of none', () => {
    expect(waitingOf({ syncState: 'Running', lastSeenAt: at(62) }, now)).toContain('has said nothing for 1 hour');
    expect(waitingOf(undefined, now)).toContain('not connected');
  });
});
