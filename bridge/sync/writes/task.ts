// Creates a Salesforce Task for an activity of a rep (M29).
import { explainFault } from '../../model/catalogue/catalogue.ts';
import { policyOf } from '../../model/fault.ts';
import * as reports from '../turn/reports.ts';
import type { WriteKind, WriteOf } from './kind.ts';

/** The columns of a Task's report row. */
export const taskRow = (sellfireLeadId: string, occurredAt: number) =>
  ({
    occurredAt,
    direction: 'ToSalesforce',
    event: 'Activity',
    sellfireLeadId,
    salesforceObject: 'Task',
    salesforceRecordId: null,
  }) as const;

export const task: WriteKind<WriteOf<'task'>> = {
  peer: 'salesforce',
  objectOf: () => 'Task',

  settled(draft, { fields, leadId }, { id }, at) {
    const changes = Object.entries(fields).map(([field, value]) => ({
      field,
      after: value === null ? null : String(value),
    }));
    reports.succeeded(draft, { ...taskRow(leadId, at), salesforceRecordId: id ?? null, changes });
  },

  /** A refused field is reported and left out. A refused required field fails the Task. */
  failed(draft, write, fault, at) {
    const culprits = fault.fields.filter((name) => name in write.fields);
    reports.failed(draft, taskRow(write.leadId, at), explainFault(fault));
    if (!policyOf(fault).blamesField || culprits.length === 0) return;
    const fields = Object.fromEntries(Object.entries(write.fields).filter(([name]) => !culprits.includes(name)));
    if (Object.keys(fields).length > 0) draft.writes.push({ ...write, fields });
  },
};
