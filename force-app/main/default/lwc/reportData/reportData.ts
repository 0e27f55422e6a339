// Integration reports as the page reads them: a page of rows, and how many match. Pages follow each other by the time and id of
// their last row, so that any page of 100,000 rows costs the same.
import { groupsOf, numberOf, relatedText, rowsOf, textOf, withPrefix, type Row } from 'c/records';
import { conditionsOf, type ReportFilter } from 'c/reportFilter';
import { reasonOf } from 'c/reportWords';

export interface Report {
  id: string;
  /** Of the report: `IR-0000014`. */
  number: string;
  /** ISO 8601. */
  occurredAt: string;
  direction: string;
  event: string;
  outcome: string;
  code: string;
  /** In the reader's language, where the bridge says it so. */
  reason: string;
  leadId: string;
  object: string;
  recordId: string;
  /** Of the record of Salesforce; blank where it is gone. */
  recordName: string;
}

/** Rows of a page of the table; one more that is read says that there is another page. */
export const PAGE = 50;

/** The last row of a page, after which the next one begins. */
export type Place = Pick<Report, 'id' | 'occurredAt'>;

/** Of a report, as it is read back by `reportsOf`; without namespace. */
export const COLUMNS = `Id Name { value }
  ${['Occurred_At__c', 'Direction__c', 'Event__c', 'Outcome__c', 'Code__c', 'Reason__c', 'Sellfire_Lead_Id__c']
    .map((field) => `${field} { value }`)
    .join(' ')}
  Messages__c { value } Salesforce_Object__c { value } Salesforce_Record_Id__c { value }
  ${['Lead__r', 'Contact__r', 'Account__r'].map((record) => `${record} @optional { Name @optional { value } }`).join(' ')}`;

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `where: { and: [${conditions.join(', ')}] },`;
}

/** Newest first. @param after the last row of the page before; the first page without it */
export function reportsQuery(filter: ReportFilter, first: number, after?: Place): string {
  const time = JSON.stringify(after?.occurredAt ?? '');
  const later = `{ or: [{ Occurred_At__c: { lt: { value: ${time} } } },
    { and: [{ Occurred_At__c: { eq: { value: ${time} } } }, { Id: { lt: ${JSON.stringify(after?.id)} } }] }] }`;
  const conditions = conditionsOf(filter);
  const inOrder = 'orderBy: { Occurred_At__c: { order: DESC }, Id: { order: DESC } }';
  return withPrefix(`query sellfireReports {
  uiapi {
    query {
      Integration_Report__c(first: ${first}, ${where(after ? [...conditions, later] : conditions)} ${inOrder}) {
        edges { node { ${COLUMNS} } }
      }
    }
    aggregate {
      Integration_Report__c(first: 1, ${where(conditions)}) {
        edges { node { aggregate { Id { count { value } } } } }
      }
    }
  }
}`);
}

export const reportsOf = (data: unknown): Report[] => rowsOf(data, 'Integration_Report__c').map(reportOf);

/** How many match, on all pages together. */
export function totalOf(data: unknown): number {
  const [all] = groupsOf(data, 'Integration_Report__c');
  return numberOf(all?.Id as Row | undefined, 'count') ?? 0;
}

function reportOf(row: Row): Report {
  const text = (field: string): string => textOf(row, field) ?? '';
  const names = ['Lead__r', 'Contact__r', 'Account__r'].map((record) => relatedText(row, record, 'Name'));
  return {
    id: text('Id'),
    number: text('Name'),
    occurredAt: text('Occurred_At__c'),
    direction: text('Direction__c'),
    event: text('Event__c'),
    outcome: text('Outcome__c'),
    code: text('Code__c'),
    reason: reasonOf(row) ?? '',
    leadId: text('Sellfire_Lead_Id__c'),
    object: text('Salesforce_Object__c'),
    recordId: text('Salesforce_Record_Id__c'),
    recordName: names.find((name) => name !== undefined) ?? '',
  };
}
