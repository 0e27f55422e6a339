// Changes, links and reports for the tests of the store.
import type { SalesforceChange } from '../../bridge/model/change.ts';
import type { Link } from '../../bridge/model/link.ts';
import type { Report } from '../../bridge/model/report.ts';
import type { FollowedObject, PersonObject } from '../../bridge/model/salesforce.ts';
import type { InboxEntry, Settlement } from '../../bridge/store/store.ts';

export const ORG = '00D000000000001AAA';
export const LEAD_RECORD = '00Q000000000001EAA';
export const CONTACT_RECORD = '003000000000001AAA';
export const ACCOUNT = '001000000000001AAA';

/** An id of a Lead with this number. */
export function recordId(number: number): string {
  return `00Q${String(number).padStart(15, '0')}`;
}

export function change(eventId: string, recordId: string, object: FollowedObject = 'Lead'): SalesforceChange {
  return {
    source: 'salesforce',
    eventId,
    at: 1_795_500_000_000,
    object,
    recordId,
    kind: 'update',
    fields: { Company: 'Núñez & Söhne', NumberOfEmployees: 12.5, IsConverted: false, Fax: null },
    user: '005000000000001AAA',
    origin: '',
  };
}

export function entry(eventId: string, recordId = LEAD_RECORD, more: Partial<InboxEntry> = {}): InboxEntry {
  return { source: 'salesforce', eventId, recordId, leadId: null, change: change(eventId, recordId), ...more };
}

export function linked(leadId: string, recordId: string, accountId?: string, object: PersonObject = 'Lead'): Link {
  return {
    leadId,
    revision: 0,
    fields: {},
    record: { object, id: recordId },
    ...(accountId === undefined ? {} : { accountId }),
  };
}

export function settlement(key: string, more: Partial<Settlement> = {}): Settlement {
  return { key, done: [], parked: [], link: undefined, reports: [], ...more };
}

export function report(reason: string): Report {
  return {
    occurredAt: 1_795_500_000_000,
    direction: 'ToSellfire',
    event: 'LeadUpdated',
    outcome: 'Success',
    code: '',
    reason,
    sellfireLeadId: 'lead-1',
    salesforceObject: 'Lead',
    salesforceRecordId: LEAD_RECORD,
    changes: [{ field: 'business_name', before: null, after: 'Núñez & Söhne' }],
  };
}
