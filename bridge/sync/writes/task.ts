// Creates a Salesforce Task for an activity of a rep (M29).
import { explainFault } from '../../model/catalogue/catalogue.ts';
import type { Link } from '../../model/link.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import type { Draft } from '../turn/draft.ts';
import * as reports from '../turn/reports.ts';
import type { WriteKind, WriteOf } from './kind.ts';
import { isHopeless, mayBeOneField, mayBlame, fieldsToBlame } from './blame.ts';
import { omit } from '../values/omit.ts';

/** The columns of a Task's report row. */
export const taskRow = (sellfireLeadId: string, sellfireRecordId: string, occurredAt: number) =>
  ({
    occurredAt,
    direction: 'ToSalesforce',
    event: 'Activity',
    sellfireLeadId,
    sellfireRecordId,
    salesforceObject: 'Task',
    salesforceRecordId: null,
  }) as const;

/**
 * Fields without which a Task says nothing: nobody would find it at its person. They are kept where a refusal names no field, and
 * of these WhoId is never left out.
 */
const CORE = ['WhoId', 'Subject', 'Status', 'ActivityDate', 'Description'];

type TaskWrite = WriteOf<'task'>;
type TaskTrial = NonNullable<TaskWrite['trial']>;

export const task: WriteKind<TaskWrite> = {
  peer: 'salesforce',
  objectOf: () => 'Task',

  settled(draft, { trial, ...write }, { id }, at) {
    const changes = changesOf(write.fields);
    const row = { ...taskRow(write.leadId, write.activityId, at), salesforceRecordId: id ?? null, changes };
    if (!write.isAgain || trial) reports.succeeded(draft, row);
    if (id !== undefined && write.about !== undefined)
      rememberTask(draft, { id, about: write.about, activityId: write.activityId });
    if (trial) tryNext(draft, write, { ...trial, accepted: trial.accepted || isSingle(write) });
  },

  /** What Salesforce refuses of it is reported and left out; without its person the Task is not created. */
  failed(draft, write, fault, at) {
    const { fields, trial } = write;
    const report = (left: SalesforceFields): void =>
      reports.failed(
        draft,
        { ...taskRow(write.leadId, write.activityId, at), changes: changesOf(left) },
        explainFault(fault),
      );
    if (trial && isSingle(write)) {
      const tried = { ...trial, refusals: [...trial.refusals, fault.message] };
      report({ ...fields, ...(isHopeless(tried) ? Object.fromEntries(tried.pending) : {}) });
      if (!isHopeless(tried)) tryNext(draft, write, tried);
      return;
    }
    const blamed = blamedOf(fieldsToBlame(fault, fields, draft.config.objects['Task']));
    const without = (names: readonly string[]): SalesforceFields => omit(fields, names);
    if (!mayBlame(fault) || blamed.includes('WhoId')) report({});
    else if (blamed.length > 0) {
      report(omit(fields, Object.keys(without(blamed))));
      draft.writes.push({ ...write, fields: without(blamed) });
    } else if (mayBeOneField(fault) && !trial && Object.keys(without(CORE)).length > 0) {
      // It is created with what it must have; the rest is tried field by field afterwards.
      const pending = Object.entries(without(CORE));
      const core = omit(fields, Object.keys(without(CORE)));
      draft.writes.push({ ...write, fields: core, trial: { pending, refusals: [], accepted: false } });
    } else report({});
  },
};

/** A demo or a sale that is received after its call moves the link, and the Task of the call with it. */
export function rememberTask(draft: Draft, lastTask: NonNullable<Link['lastTask']>): void {
  if (draft.link?.record?.object === 'Lead') draft.link = { ...draft.link, lastTask };
}

/** Whether it writes one field to a Task that is there. */
const isSingle = ({ fields }: Pick<TaskWrite, 'fields'>): boolean =>
  Object.keys(fields).every((name) => !CORE.includes(name));

/** Its person is to blame only where nothing else can be. */
const blamedOf = (names: readonly string[]): readonly string[] => {
  const others = names.filter((name) => name !== 'WhoId');
  return others.length > 0 ? others : names;
};

const changesOf = (fields: SalesforceFields): { field: string; after: string | null }[] =>
  Object.entries(fields).map(([field, value]) => ({ field, after: value === null ? null : String(value) }));

function tryNext(draft: Draft, write: TaskWrite, { pending, ...trial }: TaskTrial): void {
  const [next, ...others] = pending;
  if (!next) return;
  draft.writes.push({ ...write, fields: Object.fromEntries([next]), trial: { ...trial, pending: others } });
}
