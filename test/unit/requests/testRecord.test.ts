// The lead of an earlier test is linked already, so the test waits for its name to arrive before it changes the record.
import { expect, it } from '@jest/globals';
import { afterEvent } from '../../../bridge/sync/link/state.ts';
import { newLink, type Link } from '../../../bridge/model/link.ts';
import type { Lead } from '../../../bridge/model/lead.ts';
import type { RequestContext, Run } from '../../../bridge/requests/request.ts';
import { testRecord } from '../../../bridge/requests/testRecord.ts';
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

it('changes nothing in Salesforce before the name of the lead is there', async () => {
  const steps: string[] = [];
  const looks = [linkWith(1), linkWith(2)];
  let current: Lead = lead('lead_1', { primary_phone_number: '+12025550143', business_name: NAME });
  const context = {
    connection: 'org',
    config: () => config([mapping('primary_phone_number', 'Lead.Phone'), mapping('business_name', 'Lead.Company')]),
    store: {
      linkOfLead: async () => {
        const link = looks.length > 1 ? looks.shift() : looks[0];
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
  await expect(testRecord(run, context)).resolves.toMatchObject({
    sentence: expect.stringContaining('both directions work'),
  });
  expect(steps).toEqual(['link 1', 'link 2', 'changed']);
});
