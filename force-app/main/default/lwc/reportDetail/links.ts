// Where a report leads: the records on both sides, and the report itself.
import NUMBER from '@salesforce/label/c.Report_Open_Record';
import SALESFORCE from '@salesforce/label/c.Report_Open_Salesforce';
import SELLFIRE from '@salesforce/label/c.Report_Open_Sellfire';
import { fill } from 'c/labels';
import { record, sellfireLead } from 'c/navigate';
import type { Report } from 'c/reportData';
import type { PageReference } from 'lightning/navigation';

export interface Link {
  key: string;
  label: string;
  /** Undefined where the address of Sellfire is none that can be followed. */
  to: PageReference | undefined;
}

/** @param sellfire the address of Sellfire, a setting; without it nothing leads there */
export function linksOf({ id, recordId, recordName, leadId, number }: Report, sellfire: string | undefined): Link[] {
  return [
    ...(recordId ? [{ key: 'salesforce', label: fill(SALESFORCE, recordName || recordId), to: record(recordId) }] : []),
    ...(leadId && sellfire
      ? [{ key: 'sellfire', label: fill(SELLFIRE, leadId), to: sellfireLead(sellfire, leadId) }]
      : []),
    { key: 'report', label: fill(NUMBER, number), to: record(id) },
  ];
}
