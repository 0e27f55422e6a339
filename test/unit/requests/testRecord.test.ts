// A test of the round trip waits for what it wrote: the lead of an earlier test is linked already, so its name has to arrive
// before the record is changed; and what never arrives ends the test with words.
import { describe, expect, it } from '@jest/globals';
import { afterEvent } from '../../../bridge/sync/link/state.ts';
import { newLink, type Link } from '../../../bridge/model/link.ts';
import type { Lead } from '../../../bridge/model/lead.ts';
import type { RequestContext, Run } from '../../../bridge/requests/request.ts';
import { testRecord } from '../../../bridge/requests/testRecord.ts';
import { createClock, settled } from '../../helpers/clock.ts';
import { config, lead, LEAD_ID, mapping } from '../sync/fixtures.ts';

const NAME = 'Sellfire connection test';
const RECORD = { object: 'Lead', id: LEAD_ID } as const;

/** The link as it is while the name is on its way, and once it has arrived. */
const linkWith = (delivered: number): Link => ({
  ...afterEvent(newLink('lead_1'), { kind: 'created', record: RECORD }),
  fields: {
    business_name: {
      register: { value: NAME, at: 2, by: 'sellfire', version: 2 },
      previousValues: ['Round trip'],
      replicas: { 'Lead.Company': { lastKnown: 'Round trip', targetVersion: 2, delivered, confirmed: 0 } },
      flipFlops: 0,
      suspended: false,
    },
  },
});

/** Runs a test against links in this order, the last one for good. @returns its result and what was done, in order */
async function play(links: readonly Link[]): Promise<{ result: unknown; steps: string[]; ms: number }> {
  const steps: string[] = [];
  const left = [...links];
  let current: Lead = lead('lead_1', { primary_phone_number: '+12025550143', business_name: NAME });
  const clock = createClock();
  const context = {
    connection: 'org',
    timer: clock,
    config: () => config([mapping('primary_phone_number', 'Lead.Phone'), mapping('business_name', 'Lead.Company')]),
    store: {
      linkOfLead: async () => {
        const link = left.length > 1 ? left.shift() : left[0];
        steps.push(`link ${link?.fields['business_name']?.replicas['Lead.Company']?.delivered}`);
        return link;
      },
    },
    sellfire: {
      leadByPhone: async () => current,
      leadById: async () => current,
      updateLead: async () => ({ ok: true, lead: current }),
    },
    peers: {
      salesforce: {
        update: async (_object: string, _id: string, { Company }: Record<string, string>) => {
          steps.push('changed');
          current = { ...current, fields: { ...current.fields, business_name: Company ?? null } };
          return { ok: true, id: LEAD_ID, created: false };
        },
      },
    },
  } as unknown as RequestContext;
  const run = { request: { id: 'a0R000000000001AAA' }, signal: new AbortController().signal } as Run;
  const began = clock.now();
  let result: unknown;
  void Promise.resolve(testRecord(run, context)).then((value) => (result = value));
  while (result === undefined) {
    await settled();
    clock.pass(clock.due()[0] ?? 0);
  }
  return { result, steps, ms: clock.now() - began };
}

describe('a test of the round trip', () => {
  it('changes nothing in Salesforce before the name of the lead is there', async () => {
    const { result, steps } = await play([linkWith(1), linkWith(2)]);
    expect(result).toMatchObject({ messages: [{ code: 'testPassed' }] });
    expect(steps).toEqual(['link 1', 'link 2', 'changed']);
  });

  it('whose lead never arrives ends after half a minute, and changes nothing', async () => {
    const { result, steps, ms } = await play([]);
    expect(result).toMatchObject({
      messages: [{ code: 'testEndedEarly' }, { code: 'TEST_RECORD_STUCK.notInSalesforce' }],
      data: {
        steps: [
          { step: 'createInSellfire' },
          { step: 'arriveInSalesforce', sentence: expect.stringMatching(/^It has not arrived in Salesforce\./) },
          { step: 'undo' },
        ],
      },
    });
    expect(new Set(steps)).toEqual(new Set(['link undefined']));
    expect(ms).toBeGreaterThanOrEqual(30_000);
    expect(ms).toBeLessThan(31_000);
  });
});
