// The last calls and e-mails of a record: the Tasks that the bridge has made of Sellfire's activities (M29).
import { numberOf, rowsOf, textOf, withPrefix } from 'c/records';
import type { PanelObject } from 'c/recordData';

export interface Activity {
  id: string;
  subject: string;
  /** `DemoSet (3/1/23 08:00:00)`, in the words of Sellfire. */
  disposition: string;
  notes: string;
  /** ISO 8601. */
  at: string | undefined;
  /** Of the demo, decision call or callback that it is about; ISO 8601. */
  eventAt: string | undefined;
  /** Of the conference; undefined where there was none. */
  seconds: number | undefined;
  kind: 'call' | 'email' | 'other';
}

const COUNT = 3;
const KINDS: Readonly<Record<string, Activity['kind']>> = { Call: 'call', Email: 'email' };

const OPTIONAL = [
  ...['Subject', 'TaskSubtype', 'CallDisposition', 'CallDurationInSeconds', 'Description', 'CompletedDateTime'],
  'EventDateTime__c',
];

/** The tasks of an Account are those of its people. */
export function activitiesQuery(object: PanelObject, id: string): string {
  const who = object === 'Account' ? 'AccountId' : 'WhoId';
  const conditions = `[{ ${who}: { eq: ${JSON.stringify(id)} } }, { Sellfire_Activity_Id__c: { ne: null } }]`;
  return withPrefix(`query sellfireActivities {
  uiapi {
    query {
      Task(first: ${COUNT}, where: { and: ${conditions} }, orderBy: { ActivityDate: { order: DESC }, CreatedDate: { order: DESC } }) {
        edges { node { Id CreatedDate { value } ${OPTIONAL.map((field) => `${field} @optional { value }`).join(' ')} } }
      }
    }
  }
}`);
}

export function activitiesOf(data: unknown): Activity[] {
  return rowsOf(data, 'Task').map((row) => ({
    id: textOf(row, 'Id') ?? '',
    subject: textOf(row, 'Subject') ?? '',
    disposition: textOf(row, 'CallDisposition') ?? '',
    notes: textOf(row, 'Description') ?? '',
    at: textOf(row, 'CompletedDateTime') ?? textOf(row, 'CreatedDate'),
    eventAt: textOf(row, 'EventDateTime__c'),
    seconds: numberOf(row, 'CallDurationInSeconds'),
    kind: KINDS[textOf(row, 'TaskSubtype') ?? ''] ?? 'other',
  }));
}
