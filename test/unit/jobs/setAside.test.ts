// A change that is set aside is reported with the lead and the record that it is about, whichever system it came from.
import { describe, expect, it } from '@jest/globals';
import { createWorker } from '../../../bridge/jobs/worker.ts';
import type { Change } from '../../../bridge/model/change.ts';
import { PeerError, type Fault } from '../../../bridge/model/fault.ts';
import type { SalesforcePort, SellfirePort } from '../../../bridge/model/ports.ts';
import type { Report } from '../../../bridge/model/report.ts';
import { RecordClaimedError, type InboxEntry } from '../../../bridge/store/store.ts';
import { createMemoryStore } from '../../simulator/memoryStore.ts';
import { config, CONTACT_ID, created, lead, LEAD_ID, salesforceChange } from '../sync/fixtures.ts';

const ORG = '00D000000000001AAA';
const fields = { primary_phone_number: '+15125550123', business_name: 'Acme', last_name: 'Stone' };
const UNREAD: Fault = { class: 'record', code: 'MALFORMED', message: 'Unread.', fields: [], unknownOutcome: false };

/** The report of a turn whose look-ups are refused for good. */
async function reportOf(change: Change, more: Partial<InboxEntry>, error: Error = new PeerError('salesforce', UNREAD)) {
  const store = createMemoryStore(() => 9_000);
  const refuse = async (): Promise<never> => Promise.reject(error);
  const peer = new Proxy({}, { get: () => refuse });
  const work = createWorker({
    ...{ store, connection: ORG, config: () => config(), wake: () => undefined },
    ...{ salesforce: peer as SalesforcePort, sellfire: peer as SellfirePort },
  });
  const { source, eventId } = change;
  const entry = { source, eventId, recordId: '', leadId: null, change, ...more };
  const { keys } = await store.append(ORG, [entry]);
  await work(keys[0] ?? '');
  expect(await store.parked(ORG, 10)).toHaveLength(1);
  const reports: readonly Report[] = store.allReports(ORG);
  expect(reports).toHaveLength(1);
  return reports[0];
}

describe('the report of a change that is set aside', () => {
  it('of Sellfire names the lead', async () => {
    expect(await reportOf(created(lead('lead_1', fields)), { leadId: 'lead_1', recordId: 'lead_1' })).toMatchObject({
      ...{ direction: 'ToSalesforce', outcome: 'Failed' },
      ...{ sellfireLeadId: 'lead_1', salesforceObject: null, salesforceRecordId: null },
    });
  });

  it('of Salesforce names the record', async () => {
    const change = salesforceChange('create', 5_000, { Phone: '(512) 555-0123', Company: 'Acme', LastName: 'Stone' });
    expect(await reportOf(change, { recordId: LEAD_ID })).toMatchObject({
      ...{ direction: 'ToSellfire', outcome: 'Failed' },
      ...{ sellfireLeadId: null, salesforceObject: 'Lead', salesforceRecordId: LEAD_ID },
    });
  });

  it('of a request names both', async () => {
    const change: Change = {
      ...{ source: 'request', eventId: 'a0R000000000001AAA:1', at: 5_000, leadId: 'lead_1' },
      ...{ record: { object: 'Lead', id: LEAD_ID }, command: { kind: 'compare', create: true } },
    };
    expect(await reportOf(change, { leadId: 'lead_1', recordId: LEAD_ID })).toMatchObject({
      ...{ sellfireLeadId: 'lead_1', salesforceObject: 'Lead', salesforceRecordId: LEAD_ID },
    });
  });

  it('because of a record that another lead has names that record and its object', async () => {
    const change = salesforceChange('create', 5_000, { Phone: '(512) 555-0123', Company: 'Acme', LastName: 'Stone' });
    const claimed = new RecordClaimedError(CONTACT_ID, 'lead_2', 'lead_1');
    expect(await reportOf(change, { recordId: LEAD_ID }, claimed)).toMatchObject({
      ...{ code: 'RECORD_CLAIMED', sellfireLeadId: 'lead_2' },
      ...{ salesforceObject: 'Contact', salesforceRecordId: CONTACT_ID },
    });
  });
});
