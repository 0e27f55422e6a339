// A rule that no describe shows is known by its refusals, and wrong data of single leads is not taken for one (B23).
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createCreationBreaker, type CreationBreaker } from '../../../bridge/connection/creationRefusals.ts';
import { createParkedRows } from '../../../bridge/connection/parkedRows.ts';
import type { Outcome } from '../../../bridge/model/plan.ts';
import { createClock } from '../../helpers/clock.ts';
import { config } from '../sync/fixtures.ts';

const logger = pino({ enabled: false });
const RULE = 'Give the region first.';

function breaker(waiting: string[] = []): { breaker: CreationBreaker; woken: string[][] } {
  const woken: string[][] = [];
  return {
    woken,
    breaker: createCreationBreaker({
      onChange: () => undefined,
      wakeSome(most, except) {
        const leads = [...waiting.filter((one) => !except.has(one)), ...except].slice(0, most);
        woken.push(leads);
        return Promise.resolve(leads);
      },
      logger,
      timer: createClock(),
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

describe('refusals of new records', () => {
  it('pause creation where five leads in a row meet the same words, and none was created between', () => {
    const { breaker: one } = breaker();
    one.observe(refusals(4));
    expect(one.current()).toEqual({});
    one.observe(refusals(1, RULE, 4));
    expect(one.current()).toMatchObject({
      Lead: { isTried: false, why: { code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' } },
    });
  });

  it.each([
    ['a lead that is created between', [...refusals(4), creation('good'), ...refusals(4, RULE, 4)]],
    ['words of each lead’s own', Array.from({ length: 9 }, (_, at) => creation(`lead_${at}`, `${at} is no number`))],
    ['one lead that is tried again and again', Array.from({ length: 9 }, () => creation('lead_1', RULE))],
  ])('pause nothing with %s', (_what, outcomes) => {
    const { breaker: one } = breaker();
    one.observe(outcomes);
    expect(one.current()).toEqual({});
  });

  it('are tried by others each time, and end with the first lead that gets through, or meets other words', async () => {
    const leads = Array.from({ length: 12 }, (_, at) => `waiting_${at}`);
    const { breaker: one, woken } = breaker(leads);
    one.observe(refusals(5));
    await one.tryAgain();
    expect(one.current().Lead?.isTried).toBe(true);
    one.observe([creation('waiting_0', RULE)]);
    expect(one.current().Lead?.isTried).toBe(false);
    await one.tryAgain();
    expect(woken).toEqual([leads.slice(0, 5), leads.slice(5, 10)]);
    one.observe([creation('waiting_5', 'LastName is too long')]);
    expect(one.current()).toEqual({});
    one.observe(refusals(5));
    await one.tryAgain();
    one.observe([creation('waiting_1')]);
    expect(one.current()).toEqual({});
  });
});

describe('changes that a refused look-up has parked', () => {
  const parked = (seq: number, code: string) =>
    ({
      seq,
      code,
      key: `k${seq}`,
      source: 'sellfire',
      eventId: '',
      recordId: '',
      attempts: 0,
      parkedAt: 0,
      reason: '',
    }) as const;

  it('are tried again when the fields, rights or mappings are other ones, and only then', async () => {
    const released: number[][] = [];
    const rows = createParkedRows({
      ...{ connection: 'one', wake: () => undefined, logger },
      store: {
        parked: () => Promise.resolve([parked(1, 'INVALID_QUERY_FILTER_OPERATOR'), parked(2, 'RECORD_CLAIMED')]),
        release(_connection, seqs) {
          released.push(seqs);
          return Promise.resolve({ keys: [] });
        },
      },
    });
    const base = config();
    await rows.read(base);
    await rows.read({ ...base });
    expect(released).toEqual([[1]]);
    await rows.read({ ...base, mappings: [] });
    expect(released).toEqual([[1], [1]]);
  });
});
