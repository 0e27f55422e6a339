// What failed in an earlier request is tried alone, in groups that one query takes, in an order that a resumed request finds again.
import { expect, it } from '@jest/globals';
import { failedRows, narrowed } from '../../../bridge/requests/failedRows.ts';
import { importLeads } from '../../../bridge/requests/importLeads.ts';
import type { RequestContext, Run } from '../../../bridge/requests/request.ts';
import type { Call, Rest } from '../../../bridge/salesforce/api/rest.ts';
import { answerTo } from '../salesforce/fakeRest.ts';
import { config } from '../sync/fixtures.ts';

const REQUEST = 'a02000000000001AAA';
const idOf = (at: number): string => `00Q${String(at).padStart(12, '0')}AAA`;

/** @param answer the rows of a query */
function org(answer: (soql: string) => object[]): { context: RequestContext; asked: string[] } {
  const asked: string[] = [];
  const rest = {
    apiVersion: '67.0',
    async call(call: Call<unknown>) {
      const [, given = ''] = /[?&]q=([^&]*)/.exec(call.path) ?? [];
      const soql = call.query?.['q'] ?? decodeURIComponent(given.replaceAll('+', ' '));
      asked.push(soql);
      const records = answer(soql).map((row) => ({ attributes: { type: 'X', url: '' }, ...row }));
      return answerTo(call, { totalSize: records.length, done: true, records });
    },
  } as unknown as Rest;
  const loaded = config();
  return { context: { rest, config: () => loaded, reload: async () => loaded } as unknown as RequestContext, asked };
}

it('finds the records of the failed rows of one request and one object, each once (M16)', async () => {
  const rows = Array.from({ length: 650 }, (_none, at) => ({ Salesforce_Record_Id__c: idOf(at) }));
  const { context, asked } = org(() => [...rows, ...rows.slice(0, 5), { Salesforce_Record_Id__c: null }]);
  const groups = await failedRows(context, REQUEST, 'Lead');
  expect(groups.map(({ length }) => length)).toEqual([300, 300, 50]);
  expect(groups.flat()).toEqual(rows.map((row) => row.Salesforce_Record_Id__c));
  expect(asked).toEqual([
    `SELECT Salesforce_Record_Id__c FROM Integration_Report__c WHERE Sync_Request_Id__c = '${REQUEST}' AND Outcome__c = 'Failed' AND Salesforce_Object__c = 'Lead' ORDER BY Id`,
  ]);
  expect(narrowed({ object: 'Lead', columns: [], where: ['IsConverted = false'] }, [idOf(1)]).where).toEqual([
    'IsConverted = false',
    `Id IN ('${idOf(1)}')`,
  ]);
});

it('an import that tries again what failed reads those records and no others (M16)', async () => {
  const { context, asked } = org((soql) =>
    soql.includes("Salesforce_Object__c = 'Lead'") ? [{ Salesforce_Record_Id__c: idOf(7) }] : [],
  );
  const parameters = JSON.stringify({ retry: REQUEST, preview: true });
  const run = {
    request: { id: 'a02000000000002AAA', type: 'Import', recordId: null, parameters, at: 0 },
    signal: new AbortController().signal,
    reportProgress: () => undefined,
  } as unknown as Run;
  await importLeads(run, context);
  const read = asked.filter((soql) => !soql.includes('Integration_Report__c'));
  expect(read.length).toBeGreaterThan(0);
  for (const soql of read) expect(soql).toContain(`FROM Lead WHERE IsConverted = false AND Id IN ('${idOf(7)}')`);
});
