// Which integration reports are looked at: the same filter as the state of the page's address, as a condition of a query, and as
// the parameters of a request to repush what matches. `request` is the Sync Request whose rows are looked at. The bridge reads the parameters by the same rules (requests/repush.ts).
import { beginningOf } from 'c/format';
import { PREFIX } from 'c/records';

export const KEYS = ['outcome', 'direction', 'object', 'code', 'since', 'until', 'text', 'request'] as const;
export type FilterKey = (typeof KEYS)[number];

/**
 * `outcome` is one, or several with commas between them; `code` is NO_CODE for reports without one; `since` and `until` are
 * days (`2026-03-02`), both included, where the reader is.
 */
export type ReportFilter = Readonly<Partial<Record<FilterKey, string>>>;

export const NO_CODE = '-';
/** What somebody has to look at. */
export const NEEDS = 'Failed,Refused';

const stateKey = (key: FilterKey): string => `${PREFIX || 'c__'}${key}`;

const isDay = (key: FilterKey): boolean => key === 'since' || key === 'until';
/** The address may hold anything. */
const isDate = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));

/** @param state of a page reference */
export function filterOf(state: Readonly<Record<string, string | undefined>> | undefined): ReportFilter {
  const given = KEYS.map((key) => [key, state?.[stateKey(key)] ?? ''] as const);
  return Object.fromEntries(given.filter(([key, value]) => value !== '' && (!isDay(key) || isDate(value))));
}

export function stateOf(filter: ReportFilter): Record<string, string> {
  return Object.fromEntries(KEYS.flatMap((key) => (filter[key] ? [[stateKey(key), filter[key]]] : [])));
}

/** @returns the filter with another value of one key; a blank takes it out */
export function changed(filter: ReportFilter, key: FilterKey, value: string | undefined): ReportFilter {
  return Object.fromEntries(Object.entries({ ...filter, [key]: value }).filter(([, one]) => one));
}

/** The conditions of a GraphQL query, without namespace; none for a blank filter. */
export function conditionsOf({
  outcome,
  direction,
  object,
  code,
  since,
  until,
  text,
  request,
}: ReportFilter): string[] {
  return [
    ...(outcome ? [`{ Outcome__c: { in: ${JSON.stringify(outcome.split(','))} } }`] : []),
    ...(direction ? [`{ Direction__c: { eq: ${JSON.stringify(direction)} } }`] : []),
    ...(object ? [`{ Salesforce_Object__c: { eq: ${JSON.stringify(object)} } }`] : []),
    ...(code ? [`{ Code__c: { eq: ${code === NO_CODE ? 'null' : JSON.stringify(code)} } }`] : []),
    ...(since ? [`{ Occurred_At__c: { gte: { value: ${JSON.stringify(beginningOf(since))} } } }`] : []),
    ...(until ? [`{ Occurred_At__c: { lt: { value: ${JSON.stringify(beginningOf(until, 1))} } } }`] : []),
    ...(request ? [`{ Sync_Request_Id__c: { eq: ${JSON.stringify(request)} } }`] : []),
    ...(text ? [`{ or: [${searched(text).join(', ')}] }`] : []),
  ];
}

/** The parameters of a Repush of all that match. */
export function parametersOf({ outcome, direction, object, code, since, until, text, request }: ReportFilter): object {
  return {
    outcomes: (outcome ?? NEEDS).split(','),
    ...(direction && { direction }),
    ...(object && { object }),
    ...(code && { code: code === NO_CODE ? '' : code }),
    ...(since && { since: beginningOf(since) }),
    ...(until && { before: beginningOf(until, 1) }),
    ...(text && { text }),
    ...(request && { request }),
  };
}

/** Salesforce cannot search long texts, so the reason is not among them. `%` and `_` stand for any text and any character. */
function searched(text: string): string[] {
  const anywhere = JSON.stringify(`%${text}%`);
  const start = JSON.stringify(`${text}%`);
  return [
    ...['Name', 'Code__c'].map((field) => `{ ${field}: { like: ${anywhere} } }`),
    ...['Sellfire_Lead_Id__c', 'Salesforce_Record_Id__c'].map((field) => `{ ${field}: { like: ${start} } }`),
    ...['Lead__r', 'Contact__r', 'Account__r'].map((record) => `{ ${record}: { Name: { like: ${anywhere} } } }`),
  ];
}
