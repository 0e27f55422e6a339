// Creation pauses while refusals say so, and a few leads that wait try it again, other ones each time (B23).
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import {
  createCreationBreaker,
  type CreationBreaker,
} from '../../../../bridge/connection/obstacles/creationBreaker.ts';
import type { Outcome } from '../../../../bridge/model/plan.ts';
import { createClock, type Clock } from '../../../helpers/clock.ts';

const logger = pino({ enabled: false });
const RULE = 'Give the region first.';

function breaker(waiting: string[] = []): {
  breaker: CreationBreaker;
  woken: string[][];
  changes: () => number;
  clock: Clock;
} {
  const woken: string[][] = [];
  const clock = createClock();
  let changes = 0;
  return {
    woken,
    clock,
    changes: () => changes,
    breaker: createCreationBreaker({
      onChange: () => (changes += 1),
      wakeSome(_, most, except) {
        const leads = [...waiting.filter((one) => !except.has(one)), ...except].slice(0, most);
        woken.push(leads);
        return Promise.resolve(leads);
      },
      logger,
      timer: clock,
    }),
  };
}

function creation(leadId: string, message?: string): Outcome {
  const write = { kind: 'createInSalesforce' as const, object: 'Lead' as const, leadId, fields: {}, deliveries: [] };
  if (message === undefined) return { write, ok: true, id: '00Q5g00000AbCdEAAV' };
  const code = 'FIELD_CUSTOM_VALIDATION_EXCEPTION';
  return { write, ok: false, fault: { class: 'record', code, message, fields: [], unknownOutcome: false } };
}
const refusals = (count: number, message = RULE, from = 0): Outcome[] =>
  Array.from({ length: count }, (_, index) => creation(`lead_${from + index}`, message));

describe('the pause of creation', () => {
  it('is that of the object whose records are refused, and each change of it is announced once', () => {
    const { breaker: one, changes } = breaker();
    one.observe(refusals(4));
    expect(one.current()).toEqual({});
    one.observe(refusals(3, RULE, 4));
    expect(one.current()).toEqual({
      Lead: expect.objectContaining({ isTried: false, words: `FIELD_CUSTOM_VALIDATION_EXCEPTION ${RULE}` }),
    });
    expect(changes()).toBe(1);
    one.observe([creation('good'), creation('another')]);
    expect(one.current()).toEqual({});
    expect(changes()).toBe(2);
  });

  it('is tried by others each time, and from the first again once it has ended', async () => {
    const leads = Array.from({ length: 12 }, (_, at) => `waiting_${at}`);
    const { breaker: one, woken } = breaker(leads);
    one.observe(refusals(5));
    await one.tryAgain();
    expect(one.current().Lead?.isTried).toBe(true);
    one.observe([creation('waiting_0', RULE)]);
    expect(one.current().Lead?.isTried).toBe(false);
    await one.tryAgain();
    expect(woken).toEqual([leads.slice(0, 5), leads.slice(5, 10)]);
    one.observe([creation('waiting_5')]);
    one.observe(refusals(5));
    await one.tryAgain();
    expect(woken[2]).toEqual(leads.slice(0, 5));
  });

  it('is tried by other leads where those before came to no creation', async () => {
    const leads = Array.from({ length: 12 }, (_, at) => `waiting_${at}`);
    const { breaker: one, woken, changes } = breaker(leads);
    one.observe(refusals(5));
    await one.tryAgain();
    await one.tryAgain();
    expect(woken).toEqual([leads.slice(0, 5), leads.slice(5, 10)]);
    expect(changes()).toBe(2);
    one.observe([creation('waiting_5', RULE)]);
    expect(one.current().Lead?.isTried).toBe(false);
  });

  it('of an earlier run is tried at once', async () => {
    const { breaker: one, woken, clock } = breaker(['waiting_0']);
    const why = { code: 'X', sentence: RULE, action: '' };
    one.remember('Lead', { why, words: `X ${RULE}`, isTried: false });
    clock.pass(0);
    await one.stop();
    expect(woken).toEqual([['waiting_0']]);
  });
});
