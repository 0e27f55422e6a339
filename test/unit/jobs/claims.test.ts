// A Lead or Contact belongs to one lead's link: the claim is settled in the store before anything is written, a lead that is refused it
// goes on without, and gets the record once the other link has left it.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createWorker } from '../../../bridge/jobs/worker.ts';
import type { SellfireChange } from '../../../bridge/model/change.ts';
import type { Link } from '../../../bridge/model/link.ts';
import type { SalesforcePort, SellfirePort } from '../../../bridge/model/ports.ts';
import { createMemoryStore, type MemoryStore } from '../../simulator/memoryStore.ts';
import { config, CONTACT_ID, lead, SOMEBODY, sellfireChange } from '../sync/fixtures.ts';

const ORG = '00D000000000001AAA';
const NO_IDS = { lead_id: null, contact_id: null, account_id: null };
const fields = { primary_phone_number: '+15125550123', business_name: 'Acme', last_name: 'Stone', phase: 'ColdCallDM' };
const second = lead('lead_2', fields, { salesforce: { ...NO_IDS, contact_id: CONTACT_ID } });
const holder: Link = { leadId: 'lead_1', revision: 0, record: { object: 'Contact', id: CONTACT_ID }, fields: {} };

let store: MemoryStore;
let written: unknown[];

/** Both systems, as far as these leads need them; everything that is written is kept. */
function worker(meanwhile = async (): Promise<unknown> => undefined): (key: string) => Promise<string> {
  const salesforce = {
    read: async () => {
      await meanwhile();
      return { createdAt: 1, at: 1, user: SOMEBODY, fields: { LastName: 'Stone', Sellfire_Lead_Id__c: null } };
    },
    findByPhone: async () => [],
    lookUpForSale: async () => {},
    update: async (object: string, id: string, values: object) => {
      written.push({ object, id, values });
      return { ok: true, id, created: false };
    },
  } as unknown as SalesforcePort;
  const sellfire = {
    leadById: async () => second,
    leadBySalesforceId: async () => second,
    updateLead: async (_key: string, id: string, values: object) => {
      written.push({ id, values });
      return { ok: true, lead: second };
    },
  } as unknown as SellfirePort;
  return createWorker({ store, connection: ORG, config: () => config(), wake: () => {}, salesforce, sellfire });
}

const receive = (change: SellfireChange) =>
  store.append(ORG, [{ source: 'sellfire', eventId: change.eventId, recordId: 'lead_2', leadId: 'lead_2', change }]);
const named = (): SellfireChange => sellfireChange('lead.updated', 5_000, second, { title: { from: null, to: 'CEO' } });
const save = (link: Link) => store.settle(ORG, { key: link.leadId, done: [], parked: [], link, reports: [] });

beforeEach(async () => {
  store = createMemoryStore(() => 9_000);
  written = [];
  await save(holder);
});

describe('a record that is another lead’s', () => {
  it('is not written; nothing is parked, and the lead awaits it, as is reported once', async () => {
    const work = worker();
    await receive(named());
    await expect(work('lead_2')).resolves.toBe('idle');
    await receive({ ...named(), eventId: 'evt_later', at: 6_000 });
    await expect(work('lead_2')).resolves.toBe('idle');
    expect(written).toEqual([]);
    await expect(store.parked(ORG, 10)).resolves.toEqual([]);
    expect(store.allReports(ORG).map(({ code, sellfireLeadId }) => [code, sellfireLeadId])).toEqual([
      ['RECORD_CLAIMED', 'lead_2'],
    ]);
    await expect(store.linkOfLead(ORG, 'lead_2')).resolves.toMatchObject({ awaits: { id: CONTACT_ID } });
  });

  it('is linked once the other lead’s link has ended', async () => {
    const work = worker();
    await receive(named());
    await work('lead_2');
    await save({ ...holder, revision: 1, ended: { by: 'sellfire', at: 7_000 } });
    await expect(store.pendingKeys(ORG, 10)).resolves.toEqual(['lead_2']);
    await work('lead_2');
    await expect(store.linkOfLead(ORG, 'lead_2')).resolves.toMatchObject({ record: { id: CONTACT_ID } });
    expect(written).toContainEqual({ object: 'Contact', id: CONTACT_ID, values: { Sellfire_Lead_Id__c: 'lead_2' } });
  });

  it('is not written by a turn whose lead another turn has linked meanwhile: it decides again, as at its first attempt', async () => {
    await save({ ...holder, revision: 1, ended: { by: 'sellfire', at: 7_000 } });
    await receive(named());
    const link: Link = { leadId: 'lead_2', revision: 0, record: { object: 'Contact', id: CONTACT_ID }, fields: {} };
    let isSaved = false;
    const work = worker(async () => {
      if (!isSaved) await save(link);
      isSaved = true;
    });
    await expect(work('lead_2')).resolves.toBe('more');
    expect(written).toEqual([]);
    expect((await store.load(ORG, 'lead_2', 10)).rows.map(({ attempts }) => attempts)).toEqual([0]);
    await expect(work('lead_2')).resolves.toBe('idle');
  });

  it('has the turn wait that needs it while another is about to link it', async () => {
    await store.append(ORG, [
      { source: 'sellfire', eventId: 'evt_of_3', recordId: 'lead_3', leadId: 'lead_3', change: named() },
    ]);
    await save({ ...holder, revision: 1, ended: { by: 'sellfire', at: 7_000 } });
    await store.claim(ORG, { recordId: CONTACT_ID, key: 'lead_3', leadId: 'lead_3', revision: 0 });
    await receive(named());
    await expect(worker()('lead_2')).resolves.toBe('busy');
    expect(written).toEqual([]);
  });
});
