// The two systems as a worker calls them. Every call passes the simulation twice, before and after its work: it may
// fail, its answer may get lost, other events may happen in between, and the bridge may crash.
import type { SalesforcePort, SellfirePort } from '../../bridge/model/ports.ts';
import {
  accountsKey,
  contactsKey,
  priceKey,
  recordKey,
  type AccountCandidate,
  type PriceCandidate,
} from '../../bridge/model/saleTransaction.ts';
import { PeerError, type Fault } from '../../bridge/model/fault.ts';
import type { RecordState, Found } from '../../bridge/model/plan.ts';
import type { SalesforceFields } from '../../bridge/model/salesforce.ts';
import type { Actor } from '../../bridge/model/event.ts';
import { faultOfProblem } from '../../bridge/sellfire/faults.ts';
import type { Dialer } from '../sellfire/dialer.ts';
import { Refusal } from '../sellfire/problem.ts';
import type { Salesforce } from './salesforce.ts';
import { SaveError, type SimRecord } from './saves.ts';

/** The connected user, and the origin of its REST calls. */
export const BRIDGE_USER = '005000000000001AAA';
export const BRIDGE_ORIGIN = 'com/salesforce/api/rest/67.0;client=sellfire-bridge';

/** The connection between the bridge and a system. Throws PeerError, or Crash when the bridge crashes. */
export interface Way {
  go<T>(call: string, work: () => T): Promise<T>;
}

/** The price book of this org, oldest first: an item has one of these codes, and the name of another product. */
const PRICES: PriceCandidate[] = [
  { entryId: '01uOTHER', pricebookId: '01s', code: 'OTHER', name: 'Plan' },
  { entryId: '01uPRO', pricebookId: '01s', code: 'Pro', name: 'Professional' },
  { entryId: '01uLITE', pricebookId: '01s', code: 'LITE', name: 'Light' },
];

export function salesforcePeer(org: Salesforce, way: Way): SalesforcePort {
  const write = async <T extends { id: string } | { ids: Record<string, string> }>(
    call: string,
    work: () => T,
  ): Promise<({ ok: true } & T) | { ok: false; fault: Fault }> =>
    way.go(call, () => {
      try {
        return { ok: true as const, ...work() };
      } catch (error) {
        if (error instanceof SaveError) return { ok: false as const, fault: error.fault };
        throw error;
      }
    });
  return {
    upsert: (object, field, key, fields) =>
      write('salesforce.upsert', () => org.upsert(object, field, key, fields, BRIDGE_USER, BRIDGE_ORIGIN)),
    update: (_object, id, fields) =>
      write('salesforce.update', () => {
        org.update(id, fields, BRIDGE_USER, BRIDGE_ORIGIN);
        return { id, created: false };
      }),
    findByPhone: (phone) =>
      way.go('salesforce.findByPhone', () =>
        org.byPhone(['Lead', 'Contact'], phone).map(({ id, object, fields }) => ({
          object: object as 'Lead' | 'Contact',
          id,
          name: String(fields['LastName'] ?? ''),
          leadId: textOf(fields['Sellfire_Lead_Id__c']),
          phones: { Phone: textOf(fields['Phone']) ?? '' },
          country: null,
        })),
      ),
    lookUpForSale: (questions, answers) => way.go('salesforce.lookUpForSale', () => answer(org, questions, answers)),
    writeTransaction: (nodes) =>
      write('salesforce.writeTransaction', () => ({ ids: org.graph(nodes, BRIDGE_USER, BRIDGE_ORIGIN) })),
    // Its reps have no users of their own.
    timeZoneOf: () => Promise.resolve(null),
    convertedFrom: (object, id) =>
      way.go('salesforce.convertedFrom', () => {
        const field = object === 'Contact' ? 'ConvertedContactId' : 'ConvertedAccountId';
        return [...org.records.values()].find((one) => !one.deleted && one.fields[field] === id)?.id ?? null;
      }),
    recordState: (_object, id) =>
      way.go('salesforce.recordState', (): RecordState => {
        let record = org.records.get(id);
        if (!record) return { state: 'unknown' };
        if (!record.deleted) return { state: 'alive' };
        while (record?.deleted && record.mergedInto) record = org.records.get(record.mergedInto);
        if (!record) return { state: 'unknown' };
        return record.deleted ? { state: 'deleted' } : { state: 'merged', into: record.id };
      }),
    read: (_object, id) =>
      way.go('salesforce.read', () => {
        const record = org.get(id);
        if (!record) return null;
        const { createdAt, modifiedAt, modifiedBy, fields } = record;
        // Salesforce stores whole seconds.
        const second = (ms: number): number => Math.floor(ms / 1000) * 1000;
        return { createdAt: second(createdAt), at: second(modifiedAt), user: modifiedBy, fields: asRead(fields) };
      }),
  };
}

/** Fields of the package that every read asks for. */
const OWN_FIELDS = ['Sellfire_Lead_Id__c', 'Sellfire_Sync_State__c', 'Sellfire_Sync_Detail__c'];

/** Blank mapped fields are read as null. */
function asRead(fields: SalesforceFields): SalesforceFields {
  const blanks = ['Phone', 'Company', 'LastName', 'Title', 'Email', 'City', 'Name', 'Phase__c', 'Owned_Rep_Id__c'];
  const conversion = ['ConvertedContactId', 'ConvertedAccountId'];
  return {
    ...Object.fromEntries([...OWN_FIELDS, ...blanks, ...conversion].map((name) => [name, null])),
    ...fields,
  };
}

const textOf = (value: SalesforceFields[string] | undefined): string | null =>
  typeof value === 'string' ? value : null;

const candidate = ({ id, fields }: SimRecord): AccountCandidate => ({
  id,
  name: String(fields['Name'] ?? ''),
  city: textOf(fields['BillingCity']),
  phone: textOf(fields['Phone']),
  country: null,
});

type Questions = Parameters<SalesforcePort['lookUpForSale']>[0];

function answer(org: Salesforce, questions: Questions, answers: Found['sale']): void {
  // The core decides which of them has the phone or the name.
  for (const question of questions.accounts)
    answers.accounts.set(accountsKey(question), org.live('Account').map(candidate));
  for (const question of questions.contacts) {
    const mine = org.live('Contact').filter(({ fields }) => fields['AccountId'] === question.accountId);
    answers.contacts.set(
      contactsKey(question),
      mine.map(({ id, fields }) => ({
        id,
        lastName: String(fields['LastName'] ?? ''),
        firstName: typeof fields['FirstName'] === 'string' ? fields['FirstName'] : null,
        leadId: textOf(fields['Sellfire_Lead_Id__c']),
        phone: textOf(fields['Phone']),
        country: null,
      })),
    );
  }
  for (const question of questions.prices) answers.prices.set(priceKey(question), PRICES);
  for (const question of questions.keyed)
    answers.keyed.set(recordKey(question), org.byKey(question.object, question.field, question.key)?.id ?? null);
  for (const { field, key } of questions.opportunities) {
    const found = org.byKey('Opportunity', field, key);
    const known = found && {
      id: found.id,
      isClosed: ['Closed Won', 'Closed Lost'].includes(String(found.fields['StageName'])),
      closeDate: textOf(found.fields['CloseDate']),
    };
    answers.opportunities.set(key, known ?? null);
  }
  for (const question of questions.products)
    answers.products.set(priceKey(question), { products: [], priced: PRICES, standardPricebookId: '01s' });
  if (questions.made.length + questions.sites.length > 0) throw new Error('This org has no such objects.');
}

/** @param onCreated called with the body of each request that creates a lead */
export function sellfirePeer(
  dialer: Dialer,
  way: Way,
  onCreated: (request: string, leadId: string) => void,
): SellfirePort {
  const { leads, requests, idempotency } = dialer;
  const actor = (key: string): Actor => ({ kind: 'api', id: null, request_id: key });
  const judged = async <T>(call: string, work: () => T): Promise<{ ok: true; lead: T } | { ok: false; fault: Fault }> =>
    way.go(call, () => {
      try {
        return { ok: true as const, lead: work() };
      } catch (refusal) {
        if (refusal instanceof Refusal) return { ok: false as const, fault: faultOfProblem(refusal.problem) };
        throw refusal;
      }
    });
  return {
    createLead: (key, lead) =>
      judged('sellfire.createLead', () =>
        idempotency.once(key, lead, () => {
          const created = requests.create(lead, actor(key));
          onCreated(JSON.stringify(lead), created.id);
          return created;
        }),
      ),
    updateLead: (key, id, change) =>
      judged('sellfire.updateLead', () =>
        idempotency.once(key, [id, change], () => requests.update(id, change, actor(key))),
      ),
    leadById: (id) => way.go('sellfire.leadById', () => leads.find(id) ?? null),
    leadByPhone: (phone) => way.go('sellfire.leadByPhone', () => leads.findByPhone(phone) ?? null),
    leadBySalesforceId: (id) =>
      way.go(
        'sellfire.leadBySalesforceId',
        () => leads.findBySalesforceId(id).toSorted((a, b) => a.created_at.localeCompare(b.created_at))[0] ?? null,
      ),
    rep: (id) => way.go('sellfire.rep', () => dialer.reps.find(id) ?? null),
    schedule: (id) => way.go('sellfire.schedule', () => dialer.schedule.planned(id)),
    sales: (id) => way.go('sellfire.sales', () => dialer.sales.ofLead(id)),
    activities: (id) => way.go('sellfire.activities', () => dialer.activities.ofLead(id)),
    alert: (key, alert) =>
      way.go('sellfire.alert', () => {
        try {
          idempotency.once(key, alert, () => ({ recipients: 1 }));
        } catch (refusal) {
          if (refusal instanceof Refusal) throw new PeerError('sellfire', faultOfProblem(refusal.problem));
          throw refusal;
        }
      }),
  };
}
