// The life of one record (B25): its creation, each attempt of the bridge with what was written, and each sync that somebody asked
// for, in one order of time. The bridge reports by system, so whoever edited a field is named by the system that the edit came from.
import type { ShownChange } from 'c/changeList';
import { relatedText, rowsOf, textOf, withPrefix, type Row } from 'c/records';
import { MAPPING_COLUMNS, ruledChanges } from 'c/reportChanges';
import { resultOf } from 'c/requests';
import { COLUMNS, reportsOf, type Report } from 'c/reportData';
import type { PanelObject } from 'c/recordData';

export interface LifeEntry {
  kind: 'created' | 'report' | 'request';
  /** Of the report or the request. */
  id: string;
  /** ISO 8601. */
  at: string;
  /** Of a creation and of a request: the name of whoever did it. */
  who: string;
  report: Report | undefined;
  changes: readonly ShownChange[];
  /** Something may have been written, and the reader may not see what. */
  isHidden: boolean;
  /** What came of a request. */
  result: string;
}

export interface Life {
  /** The latest first. */
  entries: readonly LifeEntry[];
  /** There may be earlier ones. */
  isMore: boolean;
  /** Name of the user as whom the bridge writes in Salesforce. */
  connectedAs: string;
}

const RESULT = ['Status__c', 'Result__c', 'Result_Data__c'].map((name) => `${name} @optional { value }`).join(' ');

/** Requests of one record: a person presses a button. */
const REQUESTS = 50;

/** @param leadId of Sellfire, so that what happened to the lead on other records stands here too; or blank @param count of reports */
export function lifeQuery(object: PanelObject, id: string, leadId: string, count: number): string {
  const is = (field: string, value: string): string => `{ ${field}: { eq: ${JSON.stringify(value)} } }`;
  const reports = [is(`${object}__c`, id), ...(leadId ? [is('Sellfire_Lead_Id__c', leadId)] : [])];
  return withPrefix(`query sellfireLife {
  uiapi {
    query {
      ${object}(first: 1, where: ${is('Id', id)}) {
        edges { node { Id CreatedDate @optional { value } CreatedBy @optional { Name @optional { value } } } }
      }
      Integration_Report__c(first: ${count}, where: { or: [${reports.join(', ')}] }, orderBy: { Occurred_At__c: { order: DESC }, Id: { order: DESC } }) {
        edges { node { ${COLUMNS} Changes__c @optional { value } } }
      }
      Sync_Request__c(first: ${REQUESTS}, where: ${is(`${object}__c`, id)}, orderBy: { CreatedDate: { order: DESC } }) {
        edges { node { Id CreatedDate { value } CreatedBy @optional { Name @optional { value } } ${RESULT} } }
      }
      Field_Mapping__c(first: 2000) {
        edges { node { ${MAPPING_COLUMNS} } }
      }
      Bridge_Status__c(first: 1, orderBy: { Last_Seen_At__c: { order: DESC } }) {
        edges { node { Id Connected_As__c @optional { value } } }
      }
    }
  }
}`);
}

export function lifeOf(data: unknown, object: PanelObject, count: number): Life {
  const reports = reportEntries(data);
  const isMore = reports.length === count;
  const others = [...createdEntries(rowsOf(data, object)), ...requestEntries(rowsOf(data, 'Sync_Request__c'))];
  // What is older than the oldest report in sight has reports between that are not.
  const oldest = isMore ? (reports.at(-1)?.at ?? '') : '';
  const entries = [...reports, ...others.filter(({ at }) => at >= oldest)];
  return {
    entries: entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)),
    isMore,
    connectedAs: textOf(rowsOf(data, 'Bridge_Status__c')[0], 'Connected_As__c') ?? '',
  };
}

const NOTHING = { who: '', report: undefined, changes: [], isHidden: false, result: '' };

function reportEntries(data: unknown): LifeEntry[] {
  const rows = rowsOf(data, 'Integration_Report__c');
  const mappings = rowsOf(data, 'Field_Mapping__c');
  return reportsOf(data).map((report, index) => ({
    ...NOTHING,
    kind: 'report',
    id: report.id,
    at: report.occurredAt,
    report,
    changes: ruledChanges(rows[index], report, mappings),
    isHidden: !('Changes__c' in (rows[index] ?? {})),
  }));
}

function createdEntries(rows: readonly Row[]): LifeEntry[] {
  return rows.flatMap((row) => {
    const at = textOf(row, 'CreatedDate');
    const who = relatedText(row, 'CreatedBy', 'Name') ?? '';
    return at === undefined ? [] : [{ ...NOTHING, kind: 'created', id: textOf(row, 'Id') ?? '', at, who }];
  });
}

function requestEntries(rows: readonly Row[]): LifeEntry[] {
  return rows.map((row) => ({
    ...NOTHING,
    kind: 'request',
    id: textOf(row, 'Id') ?? '',
    at: textOf(row, 'CreatedDate') ?? '',
    who: relatedText(row, 'CreatedBy', 'Name') ?? '',
    result: resultOf(row),
  }));
}
