// A rule that no describe shows is known by its refusals, and wrong data of single leads is not taken for one (B23).
import { describe, expect, it } from '@jest/globals';
import type { FaultClass } from '../../../../bridge/model/fault.ts';
import {
  afterCreation,
  duringTrial,
  type CreationOutcome,
  type RefusalsSeen,
} from '../../../../bridge/sync/link/creationRefusals.ts';

const RULE = 'Give the region first.';
const CODE = 'FIELD_CUSTOM_VALIDATION_EXCEPTION';

const created = (leadId: string): CreationOutcome => ({ subject: leadId, ok: true });
function refused(leadId: string, message = RULE, faultClass: FaultClass = 'record'): CreationOutcome {
  return {
    subject: leadId,
    ok: false,
    fault: { class: faultClass, code: CODE, message, fields: [], unknownOutcome: false },
  };
}
const refusals = (count: number, from = 0): CreationOutcome[] =>
  Array.from({ length: count }, (_, index) => refused(`lead_${from + index}`));
const after = (outcomes: readonly CreationOutcome[], seen: RefusalsSeen = {}): RefusalsSeen =>
  outcomes.reduce(afterCreation, seen);

describe('refusals of new records', () => {
  it('pause creation where five leads in a row meet the same words, and none was created between', () => {
    const four = after(refusals(4));
    expect(four.paused).toBeUndefined();
    expect(after(refusals(1, 4), four)).toEqual({
      paused: {
        isTried: false,
        first: ['lead_0', 'lead_1', 'lead_2', 'lead_3', 'lead_4'],
        words: `${CODE} ${RULE}`,
        why: expect.objectContaining({ code: CODE }),
      },
    });
  });

  it.each([
    ['a lead that is created between', [...refusals(4), created('good'), ...refusals(4, 4)]],
    ['words of each lead’s own', Array.from({ length: 9 }, (_, at) => refused(`lead_${at}`, `${at} is no number`))],
    ['one lead that is tried again and again', Array.from({ length: 9 }, () => refused('lead_1'))],
    ['an outage', Array.from({ length: 9 }, (_, at) => refused(`lead_${at}`, RULE, 'retry'))],
    ['keys that exist', Array.from({ length: 9 }, (_, at) => refused(`lead_${at}`, RULE, 'exists'))],
  ])('pause nothing with %s', (_what, outcomes) => {
    expect(after(outcomes).paused).toBeUndefined();
  });

  const paused = after(refusals(5));

  it('that arrive late, of leads that were under way, change nothing of a pause', () => {
    expect(after([refused('late'), refused('later', 'Another rule')], paused)).toBe(paused);
    expect(after([created('late')], paused)).toEqual({});
  });

  it('have the pause go on where a lead that tries meets the same words', () => {
    const trial = duringTrial(paused);
    expect(trial.paused?.isTried).toBe(true);
    expect(after([refused('trying')], trial)).toEqual(paused);
  });

  it.each([
    ['gets through', created('trying')],
    ['meets other words', refused('trying', 'LastName is too long')],
  ])('end the pause with the first lead that tries and %s', (_what, outcome) => {
    expect(after([outcome], duringTrial(paused))).toEqual({});
  });
});
