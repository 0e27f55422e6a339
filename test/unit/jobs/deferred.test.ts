// What waits in its turn for the record that the turn makes is done once the record is there, and comes to an end where Salesforce
// refuses it: no lead is tried without end (M4, M29).
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createWorker } from '../../../bridge/jobs/worker.ts';
import type { SellfireChange } from '../../../bridge/model/change.ts';
import { PeerError, type Fault } from '../../../bridge/model/fault.ts';
import type { RecordResult, SalesforcePort, SellfirePort } from '../../../bridge/model/ports.ts';
import { recordKey, type SaleFound, type SaleNeeds } from '../../../bridge/model/saleTransaction.ts';
import type { SalesforceFields } from '../../../bridge/model/salesforce.ts';
import { createMemoryStore, type MemoryStore } from '../../simulator/memoryStore.ts';
import { salesforceObject } from '../../helpers/fields.ts';
import { config, CONTACT_ID, iso, lead, LEAD_ID, mapping, sellfireChange, USUAL } from '../sync/fixtures.ts';

const ORG = '00D000000000001AAA';
const NO_IDS = { lead_id: null, contact_id: null, account_id: null };
const fields = { primary_phone_number: '+15125550123', business_name: 'Acme', last_name: 'Stone' };
const atDemo = mapping('business_name', 'Contact.Title', 'AlwaysSellfire', { triggers: ['demoSet'] });
const base = config([...USUAL, atDemo], { activitySync: true });
const settings = { ...base, objects: { ...base.objects, Task: salesforceObject('Task', ['Subject', 'WhoId']) } };
const REFUSED: Fault = { class: 'record', code: 'RULE', message: 'No.', fields: [], unknownOutcome: false };
const LOCKED: Fault = { ...REFUSED, class: 'retry', code: 'UNABLE_TO_LOCK_ROW' };

let store: MemoryStore;
let written: [object: string, fields: SalesforceFields][];
/** Its creations, and what Salesforce answers to each; nothing stands there otherwise. */
let answers: ((id: string) => RecordResult)[];
let creations: number;

const now = () => lead('lead_1', { ...fields, phase: 'HeldPhase' }, { salesforce: NO_IDS });
const demo = (): SellfireChange => {
  const change = sellfireChange('demo.set', 5_000, now(), { phase: { from: 'ColdCallCold', to: 'HeldPhase' } });
  const item = { id: 'item_1', lead_id: 'lead_1', rep_id: 'rep_1', kind: 'demo', specific_time: true } as const;
  return {
    ...change,
    event: { ...change.event, schedule_item: { ...item, start_time: iso(9_000), state: 'planned' } },
  };
};
const call = (): SellfireChange => {
  const change = sellfireChange('activity.logged', 5_001, now(), {});
  const activity = {
    ...{ id: 'act_1', lead_id: 'lead_1', rep_id: 'rep_1', communication_type: 'call', channel: 'outbound' },
    ...{ created_at: iso(5_001), notes: '', conference_duration: 1, disposition: null, schedule_item: null },
  };
  return { ...change, event: { ...change.event, activity } };
};

function worker(): (key: string) => Promise<string> {
  const found = new Map<string, string>();
  const salesforce = {
    read: async () => null,
    recordState: async () => ({ state: 'unknown' }),
    findByPhone: async () => [],
    timeZoneOf: async () => null,
    lookUpForSale: async ({ keyed }: SaleNeeds, to: SaleFound) => {
      for (const need of keyed) to.keyed.set(recordKey(need), found.get(need.object) ?? null);
    },
    upsert: async (object: string, _field: string, _key: string, values: SalesforceFields) => {
      const id = object === 'Contact' ? CONTACT_ID : object === 'Lead' ? LEAD_ID : '00T000000000001AAA';
      if (object === 'Task') written.push([object, values]);
      if (object === 'Task') return { ok: true, id, created: true };
      creations += 1;
      const answer = (answers.shift() ?? refuse)(id);
      if (answer.ok) written.push([object, values]);
      return answer;
    },
    update: async (object: string, id: string, values: SalesforceFields) => {
      written.push([object, values]);
      return { ok: true, id, created: false };
    },
  } as unknown as SalesforcePort;
  const sellfire = {
    leadById: async () => now(),
    leadBySalesforceId: async () => null,
    rep: async () => null,
    schedule: async () => [],
    updateLead: async () => ({ ok: true, lead: now() }),
  } as unknown as SellfirePort;
  return createWorker({ store, connection: ORG, config: () => settings, wake: () => {}, salesforce, sellfire });
}
const refuse = (): RecordResult => ({ ok: false, fault: REFUSED });
const lock = (): RecordResult => ({ ok: false, fault: LOCKED });
const make = (id: string): RecordResult => ({ ok: true, id, created: true });

/** @returns how many turns it took until nothing is left */
async function workOff(...changes: SellfireChange[]): Promise<number> {
  const entries = changes.map((change) => ({ source: 'sellfire' as const, eventId: change.eventId, change }));
  await store.append(
    ORG,
    entries.map((one) => ({ ...one, recordId: 'lead_1', leadId: 'lead_1' })),
  );
  const work = worker();
  for (let turns = 1; turns <= 10; turns += 1) {
    try {
      if ((await work('lead_1')) === 'idle') return turns;
    } catch (error) {
      if (!(error instanceof PeerError)) throw error;
    }
  }
  return Infinity;
}
const reported = (): unknown[] => store.allReports(ORG).map(({ event, outcome }) => `${event} ${outcome}`);

beforeEach(() => {
  store = createMemoryStore(() => 9_000);
  [written, answers, creations] = [[], [], 0];
});

describe('what waits for the record of its lead', () => {
  it('follows once the record is made: the fields of the demo, and the Task', async () => {
    answers = [make];
    await expect(workOff(demo(), call())).resolves.toBeLessThanOrEqual(3);
    expect(written).toMatchObject([
      ['Contact', { LastName: 'Stone' }],
      ['Contact', { Title: 'Acme' }],
      ['Task', { WhoId: CONTACT_ID }],
    ]);
  });

  it('is no repeated attempt where the record is made, so that nothing counts as written by one that nobody recorded', async () => {
    answers = [make];
    await workOff(demo(), call());
    expect(store.rows(ORG).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['done', 0],
      ['done', 0],
    ]);
  });

  it('follows also where an attempt has met a lock', async () => {
    answers = [lock, lock, make];
    await workOff(demo(), call());
    expect(written.map(([object]) => object)).toEqual(['Contact', 'Contact', 'Task']);
    expect(reported()).not.toContain('Activity Skipped');
  });

  it('comes to an end where the record is refused, and is reported', async () => {
    await expect(workOff(demo(), call())).resolves.toBeLessThanOrEqual(3);
    expect(creations).toBeLessThanOrEqual(2);
    expect(written).toEqual([]);
    expect(reported()).toEqual(expect.arrayContaining(['LeadCreated Failed', 'Activity Skipped']));
  });
});
