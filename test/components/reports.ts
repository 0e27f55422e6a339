// Answers to the queries of the Reports page, as GraphQL gives them.
import type { Report } from '../../force-app/main/default/lwc/reportData/reportData';

export const REPORT: Report = {
  id: 'a0R1',
  number: 'IR-0000001',
  occurredAt: '2026-03-02T12:00:00.000Z',
  direction: 'ToSalesforce',
  event: 'LeadCreated',
  outcome: 'Failed',
  code: 'STRING_TOO_LONG',
  reason: 'City has 60 characters, 40 are allowed. Shorten it.',
  leadId: 'ld_1',
  object: 'Lead',
  recordId: '00Q1',
  recordName: 'Acme Bakery',
};

const value = (one: unknown): object => ({ value: one === '' ? null : one });

export function nodeOf(report: Report, more: Readonly<Record<string, unknown>> = {}): object {
  return {
    Id: report.id,
    Name: value(report.number),
    Occurred_At__c: value(report.occurredAt),
    Direction__c: value(report.direction),
    Event__c: value(report.event),
    Outcome__c: value(report.outcome),
    Code__c: value(report.code),
    Reason__c: value(report.reason),
    Sellfire_Lead_Id__c: value(report.leadId),
    Salesforce_Object__c: value(report.object),
    Salesforce_Record_Id__c: value(report.recordId),
    Lead__r: report.recordName === '' ? null : { Name: value(report.recordName) },
    Contact__r: null,
    Account__r: null,
    ...Object.fromEntries(Object.entries(more).map(([name, one]) => [name, value(one)])),
  };
}

export function reportsAnswer(reports: readonly Report[], total = reports.length): object {
  return {
    uiapi: {
      query: { Integration_Report__c: { edges: reports.map((report) => ({ node: nodeOf(report) })) } },
      aggregate: {
        Integration_Report__c: { edges: [{ node: { aggregate: { Id: { count: { value: total } } } } }] },
      },
    },
  };
}

export function causesAnswer(
  causes: readonly { code: string; count: number; since: string; reason: string }[],
): object {
  return {
    uiapi: {
      query: {
        Integration_Report__c: {
          edges: causes.map(({ code, reason }, index) => ({
            node: { Id: `a0R${index}`, Code__c: value(code), Reason__c: value(reason) },
          })),
        },
      },
      aggregate: {
        Integration_Report__c: {
          edges: causes.map(({ code, count, since }) => ({
            node: {
              aggregate: {
                Code__c: value(code),
                Id: { count: { value: count } },
                Occurred_At__c: { min: { value: since } },
              },
            },
          })),
        },
      },
    },
  };
}

export const CAUSES = [
  { code: 'STRING_TOO_LONG', count: 3, since: '2026-03-01T12:00:00Z', reason: 'City has 60 characters.' },
  { code: 'PHONE_EXISTS', count: 1400, since: '2026-02-27T12:00:00Z', reason: 'The phone is on another Lead.' },
  { code: '', count: 1, since: '2026-03-02T11:00:00Z', reason: 'It failed.' },
];

export function detailAnswer(
  report: Report | undefined,
  changes: unknown,
  mappings: readonly Readonly<Record<string, string>>[] = [],
  sellfireAddress = '',
): object {
  const edges = (nodes: readonly object[]): object => ({ edges: nodes.map((node) => ({ node })) });
  const fields = (row: Readonly<Record<string, string>>): object =>
    Object.fromEntries(Object.entries(row).map(([name, one]) => [name, value(one)]));
  return {
    uiapi: {
      query: {
        Integration_Report__c: edges(report ? [nodeOf(report, { Changes__c: JSON.stringify(changes) })] : []),
        Field_Mapping__c: edges(mappings.map(fields)),
        Sync_Settings__c: edges([fields({ Sellfire_Address__c: sellfireAddress })]),
      },
    },
  };
}
