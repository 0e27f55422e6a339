// Which answers say that Sellfire is away, so that what fails for one lead fails for all until it is back, and which are about one lead.
import { describe, expect, it } from '@jest/globals';
import { faultOfAnswer, faultOfBrokenAnswer, faultOfProblem, faultOfSilence } from '../../../bridge/sellfire/faults.ts';
import { PROBLEM_TYPE_PREFIX, type ProblemCode } from '../../../bridge/sellfire/problem.ts';

const problem = (code: ProblemCode, status: number) =>
  faultOfProblem({ type: PROBLEM_TYPE_PREFIX + code, code, status, title: 'No.', detail: 'Said Sellfire.' });

describe('Sellfire', () => {
  it('is away where it says so, where nobody answers, and where a gateway does in its place', () => {
    const away = [problem('unavailable', 503), faultOfSilence(new Error('refused'))];
    const gateways = [502, 503, 504].map((status) => faultOfAnswer(status, '<html>'));
    for (const fault of [...away, ...gateways]) expect(fault).toMatchObject({ class: 'retry', isAway: true });
  });

  it('is there where it refuses a lead, has a newer version of it, or answers what cannot be read', () => {
    const there = [problem('version_conflict', 409), problem('invalid_value', 422), faultOfBrokenAnswer('getLead', '')];
    for (const fault of [...there, faultOfAnswer(500, 'oops')]) expect(fault).not.toHaveProperty('isAway');
  });
});
