// Whether a record is in step with Sellfire, and if not, why: the verdict of its reports. A refusal stands until a later attempt of
// its kind succeeds; an owner and an activity are kinds of their own, since another change says nothing about them.
import ACCOUNT from '@salesforce/label/c.Panel_Sync_Account';
import ACCOUNT_HELP from '@salesforce/label/c.Panel_Sync_Account_Help';
import ENDED from '@salesforce/label/c.Panel_Sync_Ended';
import MOVED from '@salesforce/label/c.Panel_Sync_Moved';
import NOT_LINKED from '@salesforce/label/c.Panel_Sync_Not_Linked';
import NOT_LINKED_HELP from '@salesforce/label/c.Panel_Sync_Not_Linked_Help';
import PROBLEM from '@salesforce/label/c.Panel_Sync_Problem';
import WELL from '@salesforce/label/c.Panel_Sync_Well';
import type { PanelRecord } from 'c/recordData';
import type { Report } from 'c/reportData';

export { waitingOf } from './waiting';

export interface Verdict {
  kind: 'inStep' | 'problem' | 'ended' | 'moved' | 'notLinked';
  sentence: string;
  /** What somebody can do; blank where nothing is to be done. */
  help: string;
  /** The report that decided it; undefined where none did. */
  report: Report | undefined;
  /** Of the Contact that the lead went on with; blank but for `moved`. */
  contactId: string;
}

/** Codes after which the two are no longer synced, and those after which they are again. */
const ENDS: readonly string[] = ['LINK_ENDED', 'TWO_LEADS_ONE_RECORD'];
const RESUMES: readonly string[] = ['LINK_RESUMED'];
const OWN_KINDS: readonly string[] = ['OwnerChange', 'Activity'];
/** The detail of a refusal begins with its code, that of a Lead that its lead left with this and the id of the Contact. */
const CONTACT_ID = /^MOVED: ([A-Za-z0-9]{15,18})\b/;

const isProblem = ({ outcome }: Report): boolean => outcome === 'Failed' || outcome === 'Refused';

const kindOf = ({ event }: Report): string => (OWN_KINDS.includes(event) ? event : 'record');

/** @param reports the latest first */
export function verdictOf({ object, leadId, detail }: PanelRecord, reports: readonly Report[]): Verdict {
  const none = { help: '', report: undefined, contactId: '' };
  const [, contactId] = CONTACT_ID.exec(detail) ?? [];
  if (object === 'Lead' && contactId !== undefined) return { ...none, kind: 'moved', sentence: MOVED, contactId };
  const link = reports.find(({ code }) => ENDS.includes(code) || RESUMES.includes(code));
  if (link && ENDS.includes(link.code)) return { ...none, kind: 'ended', sentence: ENDED, report: link };
  if (leadId === '') {
    const report = reports.find(({ outcome }) => outcome !== 'Success');
    const [sentence, help] = object === 'Account' ? [ACCOUNT, ACCOUNT_HELP] : [NOT_LINKED, NOT_LINKED_HELP];
    // A report says itself what to do.
    return { ...none, kind: 'notLinked', sentence, help: report ? '' : help, report };
  }
  const report = reports.find((one, index) => isProblem(one) && !isCleared(one, reports.slice(0, index)));
  if (report) return { ...none, kind: 'problem', sentence: PROBLEM, report };
  return { ...none, kind: 'inStep', sentence: WELL, report: reports.find(({ outcome }) => outcome === 'Success') };
}

function isCleared(problem: Report, later: readonly Report[]): boolean {
  return later.some((one) => one.outcome === 'Success' && kindOf(one) === kindOf(problem));
}
