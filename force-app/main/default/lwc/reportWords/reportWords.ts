// The values of an integration report in words: what happened, in which direction, what came of it, and why.
import ACTIVITY from '@salesforce/label/c.Report_Event_Activity';
import CONFIGURATION from '@salesforce/label/c.Report_Event_Configuration';
import CONNECTION from '@salesforce/label/c.Report_Event_Connection';
import DEMO_SET from '@salesforce/label/c.Report_Event_Demo_Set';
import LEAD_CREATED from '@salesforce/label/c.Report_Event_Lead_Created';
import LEAD_DELETED from '@salesforce/label/c.Report_Event_Lead_Deleted';
import LEAD_LINKED from '@salesforce/label/c.Report_Event_Lead_Linked';
import LEAD_UPDATED from '@salesforce/label/c.Report_Event_Lead_Updated';
import OWNER_CHANGE from '@salesforce/label/c.Report_Event_Owner_Change';
import PHASE_CHANGE from '@salesforce/label/c.Report_Event_Phase_Change';
import SALE from '@salesforce/label/c.Report_Event_Sale';
import FAILED from '@salesforce/label/c.Report_Outcome_Failed';
import NEEDS from '@salesforce/label/c.Report_Outcome_Needs';
import REFUSED from '@salesforce/label/c.Report_Outcome_Refused';
import SKIPPED from '@salesforce/label/c.Report_Outcome_Skipped';
import SUCCESS from '@salesforce/label/c.Report_Outcome_Success';
import TO_SALESFORCE from '@salesforce/label/c.Report_To_Salesforce';
import TO_SELLFIRE from '@salesforce/label/c.Report_To_Sellfire';
import { messagesOf, wordedAll } from 'c/messages';
import { jsonOf, textOf, type Row } from 'c/records';

const EVENTS: Readonly<Record<string, string>> = {
  LeadCreated: LEAD_CREATED,
  LeadUpdated: LEAD_UPDATED,
  LeadLinked: LEAD_LINKED,
  LeadDeleted: LEAD_DELETED,
  PhaseChange: PHASE_CHANGE,
  OwnerChange: OWNER_CHANGE,
  DemoSet: DEMO_SET,
  Sale: SALE,
  Activity: ACTIVITY,
  Configuration: CONFIGURATION,
  Connection: CONNECTION,
};

/** By value, in the order of a list; `Failed,Refused` is what needs somebody. */
export const OUTCOMES: Readonly<Record<string, { label: string; icon: string; variant: string }>> = {
  'Failed,Refused': { label: NEEDS, icon: 'utility:priority', variant: '' },
  Failed: { label: FAILED, icon: 'utility:error', variant: 'error' },
  Refused: { label: REFUSED, icon: 'utility:ban', variant: 'warning' },
  Skipped: { label: SKIPPED, icon: 'utility:skip', variant: '' },
  Success: { label: SUCCESS, icon: 'utility:success', variant: 'success' },
};

export const DIRECTIONS: Readonly<Record<string, string>> = { ToSellfire: TO_SELLFIRE, ToSalesforce: TO_SALESFORCE };

/** A value that this version of the package does not know stays as it is. */
export const eventWord = (event: string): string => EVENTS[event] ?? event;
export const directionWord = (direction: string): string => DIRECTIONS[direction] ?? direction;
export const outcomeWord = (outcome: string): string => OUTCOMES[outcome]?.label ?? outcome;

/** In the reader's language; in English, as the record has it, where no codes came with it. @param row with Reason__c and Messages__c */
export function reasonOf(row: Row | undefined): string | undefined {
  const english = textOf(row, 'Reason__c');
  return english === undefined ? undefined : wordedAll(messagesOf(jsonOf(row, 'Messages__c')), english);
}
