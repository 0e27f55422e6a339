// Adds the report row of a change in the lifecycle of a linked record.
import type { SalesforceChange } from '../../model/change.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { FollowedObject } from '../../model/salesforce.ts';
import type { Draft } from '../turn/draft.ts';
import * as reports from '../turn/reports.ts';

export type Happened = Pick<SalesforceChange, 'object' | 'recordId' | 'at'>;
export type Moment = Pick<Happened, 'recordId' | 'at'>;

export function reportLifecycle(
  draft: Draft,
  at: number,
  why: Explanation,
  object?: FollowedObject,
  id?: string,
): void {
  const record = object && id ? { salesforceObject: object, salesforceRecordId: id } : {};
  reports.succeeded(draft, { occurredAt: at, direction: 'ToSellfire', event: 'LeadLinked', ...record }, why);
}
