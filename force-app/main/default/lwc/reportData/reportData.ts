// Integration reports as the page reads them: a page of rows, how many match, and what failed by cause. Pages follow each other by
// the time and id of their last row, so that any page of 100,000 rows costs the same.
import { groupsOf, jsonOf, numberOf, relatedText, rowsOf, textOf, withPrefix, type Row } from 'c/records';
import { conditionsOf, NEEDS, type ReportFilter } from 'c/reportFilter';

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
  reason: string;
  leadId: string;
  object: string;
  recordId: string;
  /** Of the record of Salesforce; blank where it is gone. */
  recordName: string;
}

export interface Cause {
  code: string;
  count: number;
  since: string | undefined;
  /** The sentence of the latest. */
  reason: string | undefined;
}

export interface Change {
  field: string;
  before: unknown;
  after: unknown;
}

/** The last row of a page, after which the next one begins. */
export type Place = Pick<Report, 'id' | 'occurredAt'>;

const COLUMNS = `Id Name { value }
  ${['Occurred_At__c', 'Direction__c', 'Event__c', 'Outcome__c', 'Code__c', 'Reason__c', 'Sellfire_Lead_Id__c']
    .map((field) => `${field} { value }`)
    .join(' ')}
  Salesforce_Object__c { value } Salesforce_Record_Id__c { value }
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

/** What failed or was refused in the last seven days, as Home counts it. */
const NEEDED = where([
  ...conditionsOf({ outcome: NEEDS }),
  '{ Occurred_At__c: { gte: { range: { last_n_days: 7 } } } }',
]);

export const CAUSES_QUERY: string = withPrefix(`query sellfireCauses {
  uiapi {
    query {
      Integration_Report__c(first: 200, ${NEEDED} orderBy: { Occurred_At__c: { order: DESC } }) {
        edges { node { Id Code__c { value } Reason__c { value } } }
      }
    }
    aggregate {
      Integration_Report__c(first: 200, ${NEEDED} groupBy: { Code__c: { group: true } }) {
        edges { node { aggregate { Code__c { value } Id { count { value } } Occurred_At__c { min { value } } } } }
      }
    }
  }
}`);

/** Of one report: what was written, and the mappings that may have decided it. */
export function detailQuery(id: string): string {
  return withPrefix(`query sellfireReport {
  uiapi {
    query {
      Integration_Report__c(first: 1, where: { Id: { eq: ${JSON.stringify(id)} } }) {
        edges { node { ${COLUMNS} Changes__c { value } } }
      }
      Field_Mapping__c(first: 2000) {
        edges { node { Id Sellfire_Field__c { value } Salesforce_Object__c { value } Salesforce_Field__c { value } Sync_Rule__c { value } } }
      }
      Sync_Settings__c(first: 1, orderBy: { CreatedDate: { order: ASC } }) {
        edges { node { Id Sellfire_Address__c @optional { value } } }
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

/** The most frequent first. */
export function causesOf(data: unknown): Cause[] {
  const latest = rowsOf(data, 'Integration_Report__c');
  return groupsOf(data, 'Integration_Report__c')
    .map((group) => {
      const code = textOf(group, 'Code__c') ?? '';
      return {
        code,
        count: numberOf(group.Id as Row | undefined, 'count') ?? 0,
        since: textOf(group.Occurred_At__c as Row | undefined, 'min'),
        reason: textOf(
          latest.find((row) => (textOf(row, 'Code__c') ?? '') === code),
          'Reason__c',
        ),
      };
    })
    .sort((one, other) => other.count - one.count);
}

/** Field by field, as the bridge wrote it; none where nothing was written. */
export function changesOf(data: unknown): Change[] {
  const [row] = rowsOf(data, 'Integration_Report__c');
  const changes = jsonOf(row, 'Changes__c');
  return Array.isArray(changes)
    ? changes.map((change: unknown) => {
        const { field, before, after } = Object(change) as Record<string, unknown>;
        return { field: String(field), before, after };
      })
    : [];
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
    reason: text('Reason__c'),
    leadId: text('Sellfire_Lead_Id__c'),
    object: text('Salesforce_Object__c'),
    recordId: text('Salesforce_Record_Id__c'),
    recordName: names.find((name) => name !== undefined) ?? '',
  };
}
