// The registers where an automation of the org changes what the bridge writes, and the clocks of the two systems differ (F29, I12).
import { describe, expect, it } from '@jest/globals';
import type { FieldState } from '../../../../bridge/model/link.ts';
import { NEEDS_NO_EVENT, withWrite } from '../../../../bridge/sync/values/inFlight.ts';
import {
  emptyState,
  observe,
  undelivered,
  withReplica,
  written,
  type Observation,
} from '../../../../bridge/sync/values/register.ts';

const COMPANY = 'Lead.Company';
const BOTH = ['sellfire', COMPANY];
/** An edit in Sellfire at 4,000 that was written to the Lead, after an earlier value. */
const edited: FieldState = written(
  {
    ...withReplica(emptyState(), 'sellfire', { lastKnown: 'Acme', targetVersion: 2, delivered: 2, confirmed: 2 }),
    register: { value: 'Acme', at: 4_000, by: 'sellfire', version: 2 },
    previousValues: ['Earlier'],
  },
  COMPANY,
  2,
  { value: 'Acme', revision: 3 },
);
const event = (value: string, at: number, own = true): Observation => ({
  replica: COMPANY,
  side: 'salesforce',
  value,
  at,
  own,
  maybeApplied: false,
  ruleAllows: true,
});

describe('the event of a write whose value an automation changed', () => {
  it('follows the edit that the write carried, also where the clock of Salesforce is behind', () => {
    const { state, verdict } = observe(edited, event('ACME', 1_000), BOTH);
    expect(verdict).toBe('accepted');
    expect(state.register).toMatchObject({ value: 'ACME', at: 4_000, by: 'salesforce', version: 3 });
    expect(undelivered(state)).toEqual(['sellfire']);
  });

  it('is accepted where the automation sets an earlier value, unless a write of that value is in flight', () => {
    expect(observe(edited, event('Earlier', 5_000), BOTH).verdict).toBe('accepted');
    const late = withReplica(edited, COMPANY, {
      inFlight: [
        { value: 'Earlier', revision: 2 },
        { value: 'Acme', revision: 3 },
      ],
    });
    expect(observe(late, event('Earlier', 5_000), BOTH).verdict).toBe('own');
  });

  it('stays in Salesforce alone where the rule lets nothing go to Sellfire, and is not written over again and again', () => {
    const { state, verdict } = observe(edited, { ...event('ACME', 1_000), ruleAllows: false }, [COMPANY]);
    expect(verdict).toBe('remembered');
    expect(undelivered(state)).toEqual([]);
  });

  it('follows the edit too where a later write, of other fields, has set the automation off', () => {
    const arrived = observe(edited, event('Acme', 1_000), BOTH).state;
    expect(observe(arrived, event('ACME', 1_500), BOTH).verdict).toBe('accepted');
    expect(observe(arrived, event('By a person', 1_500, false), BOTH).verdict).toBe('overtaken');
  });

  it('ends the wait for the event of that write, so that the value is delivered again', () => {
    const retried = withReplica(edited, COMPANY, { inFlight: [{ value: 'Acme', revision: 3, afterRetry: true }] });
    const { state, verdict } = observe(retried, event('ACME', 5_000), BOTH);
    expect(verdict).toBe('own');
    expect(undelivered(state)).toEqual([COMPANY]);
  });
});

describe('what an automation set in an earlier write, whose edit a later one has replaced', () => {
  // “acme”, “Other” and “acme” again, each written before the event of the one before it arrives.
  const register = { value: 'acme', at: 60, by: 'sellfire' as const, version: 3 };
  const known = {
    ...{ lastKnown: 'acme', targetVersion: 3, delivered: 3, confirmed: 0 },
    inFlight: [
      { value: 'acme', revision: NEEDS_NO_EVENT, version: 1 },
      { value: 'Other', revision: 1, version: 2 },
      { value: 'acme', revision: 2, version: 3 },
    ],
  };
  const written = withReplica({ ...emptyState(), register, previousValues: ['Other', 'acme'] }, COMPANY, known);

  it('is no answer to the later one, and no edit, whatever the clocks show', () => {
    const afterFirst = observe(written, { ...event('ACME', 20), isCreation: true }, BOTH);
    const afterSecond = observe(afterFirst.state, event('OTHER', 70), BOTH);
    expect([afterFirst.verdict, afterSecond.verdict]).toEqual(['own', 'own']);
    expect(afterSecond.state.register).toEqual(register);
    expect(undelivered(afterSecond.state)).toEqual([]);
    const { state, verdict } = observe(afterSecond.state, event('ACME', 80), BOTH);
    expect(verdict).toBe('accepted');
    expect(state.register).toMatchObject({ value: 'ACME', version: 4 });
  });
});

describe('an edit that loses', () => {
  it('is written over, though the event of the creation never named the field', () => {
    const created = withReplica(edited, COMPANY, { inFlight: [{ value: 'Acme', revision: NEEDS_NO_EVENT }] });
    const { state, verdict } = observe(created, event('By a person', 1_000, false), BOTH);
    expect(verdict).toBe('overtaken');
    expect(undelivered(state)).toEqual([COMPANY]);
  });

  it('is not written over while the write of the later edit is in flight', () => {
    expect(undelivered(observe(edited, event('By a person', 1_000, false), BOTH).state)).toEqual([]);
  });
});

describe('many edits that lose one after another', () => {
  it('are no flip-flop, since the later edit is still to be written (I14)', () => {
    const later = { ...event('By a rep', 5_000, false), replica: 'sellfire', side: 'sellfire' } as const;
    let { state } = observe(withReplica(edited, COMPANY, { inFlight: [] }), later, BOTH);
    for (let n = 0; n < 20; n += 1) {
      const seen = observe(state, event(`By a person ${n}`, 4_100 + n, false), BOTH);
      expect(seen.verdict).toBe('overtaken');
      ({ state } = seen);
    }
    expect(state.suspended).toBe(false);
    expect(undelivered(state)).toEqual([COMPANY]);
  });

  it('are one where each of them undoes what was written, so that the field is held still in the end (I14)', () => {
    let state: FieldState = withReplica(edited, COMPANY, { inFlight: [] });
    let writes = 0;
    while (!state.suspended && writes < 20) {
      state = observe(state, event(`By an automation ${writes}`, 3_000 + writes, false), BOTH).state;
      if (undelivered(state).length === 0) break;
      writes += 1;
      state = written(state, COMPANY, 2, { value: 'Acme', revision: 4 + writes });
      state = observe(state, event('Acme', 3_000 + writes), BOTH).state;
    }
    expect(state.suspended).toBe(true);
    expect(writes).toBe(9);
  });
});

describe('what a replica is known to hold', () => {
  it('is the value of a write that Sellfire has answered, whatever attempts were before it', () => {
    const answered = { lastKnown: 'Acme', targetVersion: 2, delivered: 2, confirmed: 2, at: 4_500 };
    const write = { value: 'Acme', revision: 3, afterRetry: true as const, version: 2 };
    const known = withReplica(edited, 'sellfire', { ...answered, inFlight: [write] });
    const by = (value: string, at: number, state: FieldState): FieldState =>
      observe(state, event(value, at, false), ['sellfire']).state;
    const renamed = by('Other', 5_000, known);
    expect(undelivered(renamed)).toEqual(['sellfire']);
    expect(undelivered(by('Acme', 6_000, renamed))).toEqual([]);
    // No answer has come to this one.
    const open = withReplica(known, 'sellfire', { confirmed: 1 });
    expect(undelivered(by('Acme', 6_000, by('Other', 5_000, open)))).toEqual(['sellfire']);
  });

  const known = withReplica(emptyState(), 'sellfire', { lastKnown: 'Acme', at: 1_000 });

  it('is not written to it, also where there and back was edited on the other side', () => {
    const first = observe(known, event('Acme', 5_000, false), BOTH).state;
    expect(undelivered(first)).toEqual([]);
    const second = observe(first, event('Other', 6_000, false), BOTH).state;
    expect(undelivered(second)).toEqual(['sellfire']);
    const back = event('Acme', 7_000, false);
    expect(undelivered(observe(second, back, BOTH).state)).toEqual([]);
    const sent = written(second, 'sellfire', 2, { value: 'Other', revision: 4 });
    expect(undelivered(observe(sent, back, BOTH).state)).toEqual(['sellfire']);
    expect(undelivered(observe(known, event('Other', 5_000, false), BOTH).state)).toEqual(['sellfire']);
  });

  it('is written to it once the event of an edit comes that it did not know of', () => {
    const there = observe(known, event('Other', 6_000, false), BOTH).state;
    const back = observe(there, event('Acme', 7_000, false), BOTH).state;
    const missed = { ...event('By a rep', 5_000, false), replica: 'sellfire', side: 'sellfire' } as const;
    const { state, verdict } = observe(back, missed, BOTH);
    expect(verdict).toBe('overtaken');
    expect(undelivered(state)).toEqual(['sellfire']);
  });

  it('counts for no delivery: where the first edit sets it, what is read there after a lost event is replaced', () => {
    const first = observe(known, event('Acme', 5_000, false), BOTH).state;
    expect(first.replicas['sellfire']).toMatchObject({ targetVersion: 1, delivered: 0 });
  });
});

describe('the event of an edit whose value was read before', () => {
  const read = { ...event('Read', 4_000, false), isRead: true, edit: { at: 4_001, by: 'salesforce' as const } };

  it('says when it was made, so that the next edit of that side wins, where the clock of Salesforce is behind', () => {
    const seen = observe(edited, { ...read, at: 1_000 }, BOTH).state;
    expect(seen.register).toMatchObject({ value: 'Read', at: 4_001 });
    const dated = observe(seen, { ...event('Read', 2_000, false), editor: 'somebody' }, BOTH).state;
    expect(dated.register).toMatchObject({ value: 'Read', at: 2_000, editor: 'somebody' });
    expect(observe(dated, event('Next', 3_000, false), BOTH).verdict).toBe('accepted');
  });

  it('that another person made earlier dates no edit which its own event has dated', () => {
    const known = observe(edited, { ...event('Edit', 5_000, false), editor: 'somebody' }, BOTH).state;
    const unknown = withReplica(known, COMPANY, { at: 1_000 });
    expect(observe(unknown, event('Edit', 2_000, false), BOTH).state.register).toMatchObject({ at: 5_000 });
  });
});

describe('the register’s value that is seen again', () => {
  const again = (at: number): Observation => ({ ...event('Acme', at, false), edit: { at: 4_500, by: 'salesforce' } });

  it('takes the time of the edit that it carries, and not of the attempt that wrote it', () => {
    expect(observe(edited, again(9_000), BOTH).state.register).toMatchObject({ value: 'Acme', at: 4_500 });
    expect(observe(edited, event('Acme', 9_000, false), BOTH).state.register).toMatchObject({ at: 9_000 });
  });

  it('by a person of the other side makes it the value of that side, which wins a tie as its own would (I12)', () => {
    const { state } = observe(edited, { ...event('Acme', 5_000, false), editor: '005' }, BOTH);
    expect(state.register).toEqual({ value: 'Acme', at: 5_000, by: 'salesforce', editor: '005', version: 2 });
    const other = (at: number): Observation => ({
      ...event('Other', at, false),
      replica: 'sellfire',
      side: 'sellfire',
    });
    expect(observe(state, other(5_000), BOTH).verdict).toBe('overtaken');
    expect(observe(state, other(5_001), BOTH).verdict).toBe('accepted');
  });

  it('or another one that carries an edit of the other side is not said to be of whoever saved it', () => {
    const carried: Observation = {
      ...event('Other', 9_000, false),
      edit: { at: 5_000, by: 'sellfire' },
      editor: '005',
    };
    const { register } = observe(edited, carried, BOTH).state;
    expect(register).toMatchObject({ value: 'Other', at: 5_000, by: 'sellfire' });
    expect(register).not.toHaveProperty('editor');
  });

  it('at the moment of its edit takes the side of Salesforce, and never that of Sellfire', () => {
    expect(observe(edited, event('Acme', 4_000, false), BOTH).state.register?.by).toBe('salesforce');
    const theirs: FieldState = { ...edited, register: { value: 'Acme', at: 4_000, by: 'salesforce', version: 2 } };
    const same: Observation = { ...event('Acme', 4_000, false), replica: 'sellfire', side: 'sellfire' };
    expect(observe(theirs, same, BOTH).state.register?.by).toBe('salesforce');
  });
});

describe('the creation event of an attempt that was interrupted', () => {
  /** The lead is resumed, and its value written to the record once more, over an edit that no event had shown yet. */
  const resumed: FieldState = written(
    {
      ...withReplica(emptyState(), 'sellfire', { lastKnown: 'Acme', targetVersion: 1, delivered: 1, confirmed: 1 }),
      register: { value: 'Acme', at: 0, by: 'sellfire', version: 1 },
    },
    COMPANY,
    1,
    { value: 'Acme', revision: NEEDS_NO_EVENT },
  );

  it('is not that of the write that followed it, so that an edit in between stands and is delivered again', () => {
    const creation = { ...event('Acme', 53), edit: { at: 0, by: 'sellfire', isUnrecorded: true } as const };
    const edit = observe(observe(resumed, creation, BOTH).state, event('By a person', 102, false), BOTH);
    expect(edit.verdict).toBe('accepted');
    const { state, verdict } = observe(edit.state, event('Acme', 150), BOTH);
    expect(verdict).toBe('own');
    expect(state.register).toMatchObject({ value: 'By a person', at: 102 });
    expect(undelivered(state)).toEqual(['sellfire', COMPANY]);
  });
});

describe('a write that a side took in only after many more edits', () => {
  /** More than a person makes while a side hangs, and more than the values that a register keeps. */
  const MANY = 40;
  const edit = (n: number): Observation => ({
    ...event(`edit ${n}`, 5_000 + n, false),
    replica: 'sellfire',
    side: 'sellfire',
  });

  it('has an event that is no edit, though the side says that it is later than all of them (I12)', () => {
    let state = observe(edited, edit(0), BOTH).state;
    state = written(state, COMPANY, 3, { value: 'edit 0', revision: 4, version: 3 });
    for (let n = 1; n <= MANY; n += 1) state = observe(state, edit(n), BOTH).state;
    const seen = observe(state, event('edit 0', 90_000), BOTH);
    expect(seen.verdict).toBe('own');
    expect(seen.state.register).toMatchObject({ value: `edit ${MANY}`, by: 'sellfire' });
    expect(undelivered(seen.state)).toEqual([COMPANY]);
  });

  it('is known by its value, though as many writes followed it before its event came', () => {
    let state: FieldState = edited;
    for (let n = 0; n <= MANY; n += 1) {
      state = observe(state, edit(n), BOTH).state;
      state = written(state, COMPANY, n + 3, { value: `edit ${n}`, revision: n + 4, version: n + 3 });
    }
    const verdicts: string[] = [];
    for (let n = 0; n <= MANY; n += 1) {
      const seen = observe(state, event(`edit ${n}`, 90_000 + n), BOTH);
      verdicts.push(seen.verdict);
      state = seen.state;
    }
    expect(verdicts).toEqual([...Array.from({ length: MANY }, () => 'own'), 'same']);
    expect(undelivered(state)).toEqual([]);
  });
});

describe('a write of the value that was written last', () => {
  const before = { targetVersion: 1, delivered: 1, confirmed: 0, inFlight: [{ value: 'acme', revision: 1 }] };
  const inFlight = (lastKnown: string): unknown =>
    withWrite({ ...before, lastKnown }, { value: 'acme', revision: 2 }).inFlight;

  it('changes nothing where the value stands there, so that one event is to come', () => {
    expect(inFlight('acme')).toEqual([{ value: 'acme', revision: 2 }]);
  });

  it('has an event of its own where another value was read in between', () => {
    expect(inFlight('edited')).toEqual([
      { value: 'acme', revision: 1 },
      { value: 'acme', revision: 2 },
    ]);
  });
});

describe('the value of the register that is set again', () => {
  it('is later by the edit that the observation carries, whatever the clock of the side says', () => {
    const known = withReplica(edited, 'sellfire', { lastKnown: 'Held' });
    const again: Observation = { ...event('Acme', 1_000, false), edit: { at: 4_001, by: 'salesforce' } };
    const { state, verdict } = observe(known, again, BOTH);
    expect(verdict).toBe('same');
    expect(undelivered(state)).toEqual(['sellfire']);
  });
});

describe('an event that comes before that of a write in flight', () => {
  const inFlight = (...values: { value: string; revision: number; mayBeMissed?: boolean }[]): FieldState =>
    withReplica(emptyState(), COMPANY, { lastKnown: values.at(-1)?.value ?? null, inFlight: values });
  const register = { value: 'Acme', at: 4_000, by: 'sellfire', version: 3 } as const;

  it('with the value of the register confirms nothing: the write has replaced it', () => {
    const held = inFlight({ value: 'Acme', revision: NEEDS_NO_EVENT }, { value: 'Other', revision: 2 });
    const due = withReplica({ ...held, register }, COMPANY, { targetVersion: 3, delivered: 2, confirmed: 1 });
    const { state, verdict } = observe(due, { ...event('Acme', 5_000), isCreation: true }, BOTH);
    expect(verdict).toBe('same');
    expect(undelivered(state)).toEqual([COMPANY]);
  });

  it('undoes nothing where a read has confirmed that write, whose event is still to come, and is no flip-flop (I14)', () => {
    const read = withReplica(edited, COMPANY, { confirmed: 2 });
    const { verdict, state } = observe(read, event('By a person', 3_000, false), BOTH);
    expect(verdict).toBe('overtaken');
    expect(state).toMatchObject({ flipFlops: 0, replicas: { [COMPANY]: { delivered: 2, confirmed: 2 } } });
  });

  it('shows what stands where that write may be the one whose event has come, as after a gap', () => {
    const held = inFlight({ value: 'Acme', revision: 2, mayBeMissed: true }, { value: 'Acme', revision: 3 });
    const arrived = observe({ ...held, register }, event('Acme', 5_000), BOTH).state;
    const refused = { ...event('By a person', 6_000, false), ruleAllows: false };
    const edited = observe(arrived, refused, BOTH).state;
    expect(edited.replicas[COMPANY]).toMatchObject({ lastKnown: 'By a person' });
  });
});
