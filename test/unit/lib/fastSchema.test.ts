// A compiled schema takes and refuses what the schema does, with the same words, and the schemas of the hot paths can be compiled.
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { fastSchema } from '../../../bridge/lib/fastSchema.ts';
import { changeSchema } from '../../../bridge/model/change.ts';
import { sellfireEventSchema } from '../../../bridge/model/event.ts';
import { leadSchema } from '../../../bridge/model/lead.ts';
import { linkSchema } from '../../../bridge/model/link.ts';
import { batchResultSchema } from '../../../bridge/sellfire/payloads.ts';

const INSTANT = '2026-11-30T06:00:00.123Z';
const LEAD = {
  id: 'lead-1',
  version: 3,
  created_at: INSTANT,
  updated_at: INSTANT,
  deleted_at: null,
  cycle: 1,
  fields: { title: 'CEO', employees: 12, tags: ['a', 'b'], phase: null, opted: true },
  changed_at: { title: INSTANT },
  salesforce: { lead_id: '00Q000000000001AAA', contact_id: null, account_id: null },
};
const LINK = { leadId: 'lead-1', revision: 2, fields: { title: { replicas: { sellfire: { lastKnown: 'CEO' } } } } };

/** Each value with a member of it, at any depth, replaced by something else or left out. */
function* spoiled(value: unknown): Generator<unknown> {
  yield* [undefined, null, 5, 'text', [], {}];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, member] of Object.entries(value)) {
    const { [name]: _, ...others } = value as Record<string, unknown>;
    yield others;
    yield { ...value, unknown: 1 };
    for (const other of spoiled(member)) yield { ...value, [name]: other };
  }
}

describe('a compiled schema', () => {
  it.each([
    ['lead', leadSchema, LEAD],
    ['link', linkSchema, LINK],
    ['batch result', batchResultSchema, { status: 200, lead: LEAD }],
  ] satisfies [string, z.ZodType, object][])('takes and refuses of a %s what the schema does', (_, schema, value) => {
    const fast = fastSchema<z.ZodType>(schema)();
    let taken = 0;
    let refused = 0;
    for (const one of [value, ...spoiled(value)]) {
      const expected = schema.safeParse(one);
      const read = fast.safeParse(one);
      expect(read.data).toEqual(expected.data);
      expect(read.error?.issues).toEqual(expected.error?.issues);
      if (expected.success) taken += 1;
      else refused += 1;
    }
    expect(taken).toBeGreaterThan(5);
    expect(refused).toBeGreaterThan(20);
  });

  it.each([
    ['event', sellfireEventSchema],
    ['lead', leadSchema],
    ['batch result', batchResultSchema],
    ['link', linkSchema],
    ['change', changeSchema],
  ] satisfies [string, z.ZodType][])('is made of the schema of each %s', (_, schema) => {
    expect(() => z.compile<z.ZodType>(schema, { strict: true })).not.toThrow();
  });

  it('is made once', () => {
    const schema = fastSchema(leadSchema);
    expect(schema()).toBe(schema());
  });
});
