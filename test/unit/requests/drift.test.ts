// A reconciliation of many pairs reads each pair and compares only those with drift.
import { afterEach, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Link } from '../../../bridge/model/link.ts';
import type { Lead } from '../../../bridge/model/lead.ts';
import type { FoundRecord } from '../../../bridge/model/plan.ts';
import { findDrift } from '../../../bridge/requests/drift.ts';
import type { Counts, RequestContext, Run } from '../../../bridge/requests/request.ts';
import { createRest, type Rest } from '../../../bridge/salesforce/api/rest.ts';
import { rowsAnswer, startFakeApi, type FakeApi } from '../salesforce/fakeApi.ts';
import { config, lead, mapping } from '../sync/fixtures.ts';

const ACCOUNT = '001000000000001AAA';
let api: FakeApi;
let rest: Rest;
afterEach(async () => {
  await rest.close();
  await api.close();
});

const idOf = (n: number): string => `00Q0000000000${String(n).padStart(2, '0')}AAA`;
const held = (replica: string, value: string) => ({
  previousValues: [],
  flipFlops: 0,
  suspended: false,
  replicas: {
    [replica]: { lastKnown: value, targetVersion: 0, delivered: 0, confirmed: 0 },
    sellfire: { lastKnown: value, targetVersion: 0, delivered: 0, confirmed: 0 },
  },
});
const linkOf = (n: number, more: Partial<Link> = {}): Link => ({
  leadId: `lead_${String(n).padStart(2, '0')}`,
  revision: 1,
  record: { object: 'Lead', id: idOf(n) },
  fields: { business_name: held('Lead.Company', `Acme ${n}`) },
  ...more,
});

it('reads every record and lead once, and finds each difference', async () => {
  const links = [
    linkOf(0),
    linkOf(1), // Edited in Salesforce.
    linkOf(2), // Edited in Sellfire.
    linkOf(3), // Its record has no lead id, or is deleted.
    linkOf(4), // Its lead is deleted.
    linkOf(5, { accountId: ACCOUNT, fields: { ...linkOf(5).fields, title: held('Account.Title', 'Owner') } }),
    linkOf(6, { fields: {} }), // It has no known values yet.
    { leadId: 'lead_07', revision: 1, fields: {} }, // Not connected.
    linkOf(8),
  ];
  const rows = [0, 1, 2, 4, 5, 6, 8].map((n) => ({
    attributes: {},
    Id: idOf(n),
    Company: n === 1 ? 'Edited' : ` Acme ${n}`,
  }));
  const queries: string[] = [];
  api = await startFakeApi(({ query }) => {
    const soql = query.get('q') ?? '';
    queries.push(soql);
    if (soql.includes('COUNT()')) return { json: { totalSize: rows.length, done: true, records: [] } };
    return rowsAnswer(soql.includes('FROM Lead') ? rows : []);
  });
  const token = { accessToken: 't', instanceUrl: api.url, orgId: '00D', userId: '005' };
  rest = createRest({
    session: { token: async () => token, refresh: async () => token, revoke: async () => undefined },
  });
  const rules = config([mapping('business_name', 'Lead.Company'), mapping('title', 'Account.Title')]);
  rules.objects['Account'] = { ...rules.objects['Contact'], name: 'Account' } as never;
  const leadById = async (id: string): Promise<Lead | null> => {
    const n = Number(id.slice(-2));
    if (n === 4) return null;
    return lead(id, { business_name: n === 2 ? 'Edited' : `Acme ${n}`, title: 'Owner' });
  };
  const reported: Counts[] = [];
  const context = {
    connection: 'org',
    rest,
    logger: pino({ level: 'silent' }),
    config: () => rules,
    sellfire: { leadById },
    peers: {
      salesforce: {
        read: async (): Promise<FoundRecord> => ({ createdAt: 0, at: 0, user: '', fields: { Title: 'Founder' } }),
      },
    },
    store: {
      counts: async () => ({ links: links.length }),
      links: async (_: string, after: string) => links.filter(({ leadId }) => leadId > after),
      linkOfRecord: async (_: string, id: string) => links.find(({ record }) => record?.id === id),
    },
  } as unknown as RequestContext;
  const run = {
    signal: new AbortController().signal,
    reportProgress: (counts: Counts) => reported.push(counts),
  } as unknown as Run;

  const found = await findDrift(run, context);
  expect([...found].sort()).toEqual(['lead_01', 'lead_02', 'lead_03', 'lead_04', 'lead_05', 'lead_06']);
  expect(reported.at(-1)).toMatchObject({ total: links.length, done: links.length });
  expect(queries.filter((soql) => !soql.includes('COUNT()'))).toEqual([
    'SELECT Id, Company FROM Lead WHERE IsConverted = false AND Sellfire_Lead_Id__c != null ORDER BY Id',
    'SELECT Id FROM Contact WHERE Sellfire_Lead_Id__c != null ORDER BY Id',
  ]);
});
