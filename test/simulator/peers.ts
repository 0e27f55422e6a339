// The two systems as a worker calls them. Every call passes the simulation twice, before and after its work: it may
// fail, its answer may get lost, other events may happen in between, and the bridge may crash.
import { isDeepStrictEqual } from 'node:util';
import type { SalesforcePort, SellfirePort } from '../../bridge/model/ports.ts';
import {
  accountsKey,
  contactsKey,
  priceKey,
  recordKey,
  type AccountCandidate,
  type AccountSites,
  type PriceCandidate,
} from '../../bridge/model/saleTransaction.ts';
import { PeerError, type Fault } from '../../bridge/model/fault.ts';
import type { ScheduleItem } from '../../bridge/model/schedule.ts';
import type { RecordState, Found } from '../../bridge/model/plan.ts';
import type { SalesforceFields } from '../../bridge/model/salesforce.ts';
import type { Actor } from '../../bridge/model/event.ts';
import type { TransactionNode } from '../../bridge/model/saleTransaction.ts';
import { faultOfProblem } from '../../bridge/sellfire/faults.ts';
import type { Dialer } from '../sellfire/dialer.ts';
import { Refusal } from '../sellfire/problem.ts';
import type { Salesforce } from './salesforce.ts';
import { blanksOf } from './schema.ts';
import { SaveError, type SimRecord } from './saves.ts';
import type { RefusedCall } from './audit/evidence.ts';
import { ZONES } from './zones.ts';

/** The connected user, and the origin of its REST calls. */
export const BRIDGE_USER = '005000000000001AAA';
export const BRIDGE_ORIGIN = 'com/salesforce/api/rest/67.0;client=sellfire-bridge';

/** The connection between the bridge and a system. Throws PeerError, or Crash when the bridge crashes. */
export interface Way {
  go<T>(call: string, work: () => T): Promise<T>;
  /** Called with each call that the system refused. */
  refused?(refusal: RefusedCall): void;
}

export function salesforcePeer(org: Salesforce, way: Way): SalesforcePort {
  const write = async <T extends { id: string } | { ids: Record<string, string> }>(
    call: string,
    about: Pick<RefusedCall, 'id' | 'given'>,
    work: () => T,
  ): Promise<({ ok: true } & T) | { ok: false; fault: Fault }> =>
    way.go(call, () => {
      try {
        return { ok: true as const, ...work() };
      } catch (error) {
        if (!(error instanceof SaveError)) throw error;
        const { fault, culprit } = error;
        way.refused?.({ call, ...about, ...fault, culprit });
        return { ok: false as const, fault };
      }
    });
  return {
    upsert: (object, field, key, fields) =>
      write('salesforce.upsert', { id: null, given: { ...fields, [field]: key } }, () =>
        org.upsert(object, field, key, fields, BRIDGE_USER, BRIDGE_ORIGIN),
      ),
    update: (_object, id, fields) =>
      write('salesforce.update', { id, given: fields }, () => {
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
          country: textOf(fields['CountryCode']) ?? textOf(fields['MailingCountryCode']),
        })),
      ),
    lookUpForSale: (questions, answers) => way.go('salesforce.lookUpForSale', () => answer(org, questions, answers)),
    writeTransaction: (nodes) =>
      write('salesforce.writeTransaction', { id: null, given: keysOf(nodes) }, () => ({
        ids: org.graph(nodes, BRIDGE_USER, BRIDGE_ORIGIN),
      })),
    timeZoneOf: (userId) => way.go('salesforce.timeZoneOf', () => ZONES[userId] ?? null),
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
        return {
          createdAt: second(createdAt),
          at: second(modifiedAt),
          user: modifiedBy,
          fields: { ...blanksOf(org.schema, record.object), ...asRead(fields) },
        };
      }),
  };
}

/** Fields of the package that every read asks for. */
const OWN_FIELDS = ['Sellfire_Lead_Id__c', 'Sellfire_Sync_State__c', 'Sellfire_Sync_Detail__c'];

/** Blank mapped fields are read as null. */
function asRead(fields: SalesforceFields): SalesforceFields {
  const blanks = [
    'Phone',
    'Company',
    'LastName',
    'Title',
    'Email',
    'City',
    'Name',
    'Phase__c',
    'Owned_Rep_Id__c',
    'Sold_City__c',
  ];
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
  country: textOf(fields['BillingCountryCode']),
  key: textOf(fields['Sellfire_Account_Key__c']),
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
        country: textOf(fields['MailingCountryCode']),
      })),
    );
  }
  for (const question of questions.prices) answers.prices.set(priceKey(question), pricesOf(org));
  for (const question of questions.keyed) {
    const { object, field, key } = question;
    const found = field === 'Id' ? org.get(key) : org.byKey(object, field, key);
    answers.keyed.set(recordKey(question), found?.object === object ? found.id : null);
  }
  for (const key of questions.made) {
    const mark = org.byKey('Integration_Report__c', 'Report_Id__c', key);
    answers.made.set(key, textOf(mark?.fields['Salesforce_Record_Id__c']));
  }
  for (const accountId of questions.sites) answers.sites.set(accountId, sitesOf(org, accountId));
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
    answers.products.set(priceKey(question), {
      products: [
        ...org.live('Product2').map(({ id, fields }) => ({ id, active: true, ...namesOf(fields) })),
        ...(org.retired === undefined ? [] : [{ id: '01tRETIRED', active: false, code: org.retired, name: 'Retired' }]),
      ],
      priced: pricesOf(org).map((one) => ({ ...one, active: true })),
      standardPricebookId: '01s',
    });
}

const namesOf = (fields: SalesforceFields): { code: string | null; name: string } => ({
  code: textOf(fields['ProductCode']),
  name: String(fields['Name'] ?? ''),
});

/** With the entries that sales have made. */
function pricesOf(org: Salesforce): PriceCandidate[] {
  const made = org.live('PricebookEntry').flatMap(({ id, fields }) => {
    const product = org.get(String(fields['Product2Id']));
    if (!product) return [];
    return [
      { entryId: id, pricebookId: '01s', currency: textOf(fields['CurrencyIsoCode']), ...namesOf(product.fields) },
    ];
  });
  return [...org.prices, ...made].filter(
    ({ code }) => org.retired === undefined || code?.toUpperCase() !== org.retired,
  );
}

function sitesOf(org: Salesforce, accountId: string): AccountSites {
  const ours = ({ fields }: SimRecord): boolean => fields['Account__c'] === accountId;
  return {
    organizationId: org.live('Organization__c').find(ours)?.id ?? null,
    sites: org
      .live('Site__c')
      .filter(ours)
      .map(({ id, fields }) => ({
        id,
        key: textOf(fields['Site_Key__c']),
        location: textOf(fields['location__c']) ?? '',
        hasOrganization: org.get(String(fields['Organization__c'])) !== undefined,
      })),
  };
}

/** What somebody wants to know of the calls of Sellfire. */
interface Witness {
  /** Called with the body of each request that creates a lead. */
  created(request: string, leadId: string): void;
  /** Called with a lead that an update left as it was. */
  idle(leadId: string): void;
  /** Called with a field of a lead that an update gave what an update had given it before. */
  givenAgain(leadId: string, field: string): void;
  /** Called with each e-mail that is taken, and what was planned with its lead as that was looked up last. */
  alerted(alert: Parameters<SellfirePort['alert']>[1], planned: readonly ScheduleItem[]): void;
}

export function sellfirePeer(dialer: Dialer, way: Way, witness: Witness): SellfirePort {
  const { leads, requests, idempotency } = dialer;
  const scheduled = new Map<string, readonly ScheduleItem[]>();
  const actor = (key: string): Actor => ({ kind: 'api', id: null, request_id: key });
  const judged = async <T>(
    call: string,
    about: Pick<RefusedCall, 'id' | 'given'>,
    work: () => T,
  ): Promise<{ ok: true; lead: T } | { ok: false; fault: Fault }> =>
    way.go(call, () => {
      try {
        return { ok: true as const, lead: work() };
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        const fault = faultOfProblem(refusal.problem);
        way.refused?.({ call, ...about, ...fault });
        return { ok: false as const, fault };
      }
    });
  return {
    createLead: (key, lead) =>
      judged('sellfire.createLead', { id: null, given: lead.fields }, () =>
        idempotency.once(key, lead, () => {
          const created = requests.create(lead, actor(key));
          witness.created(JSON.stringify(lead), created.id);
          return created;
        }),
      ),
    updateLead: (key, id, change) =>
      judged('sellfire.updateLead', { id, given: change.fields ?? {} }, () =>
        idempotency.once(key, [id, change], () => {
          const before = JSON.stringify([leads.find(id)?.fields, leads.find(id)?.salesforce]);
          const held = leads.find(id)?.fields ?? {};
          const updated = requests.update(id, change, actor(key));
          for (const [field, value] of Object.entries(change.fields ?? {}))
            if (isDeepStrictEqual(held[field] ?? null, value) && isOfUpdate(dialer, id, field))
              witness.givenAgain(id, field);
          if (before === JSON.stringify([updated.fields, updated.salesforce])) witness.idle(id);
          return updated;
        }),
      ),
    leadById: (id) => way.go('sellfire.leadById', () => leads.find(id) ?? null),
    leadByPhone: (phone) => way.go('sellfire.leadByPhone', () => leads.findByPhone(phone) ?? null),
    leadBySalesforceId: (id) =>
      way.go(
        'sellfire.leadBySalesforceId',
        () => leads.findBySalesforceId(id).toSorted((a, b) => a.created_at.localeCompare(b.created_at))[0] ?? null,
      ),
    rep: (id) => way.go('sellfire.rep', () => dialer.reps.find(id) ?? null),
    schedule: (id) =>
      way.go('sellfire.schedule', () => {
        const planned = dialer.schedule.planned(id);
        scheduled.set(id, planned);
        return planned;
      }),
    sales: (id) => way.go('sellfire.sales', () => dialer.sales.ofLead(id)),
    activities: (id) => way.go('sellfire.activities', () => dialer.activities.ofLead(id)),
    alert: (key, alert) =>
      way.go('sellfire.alert', () => {
        try {
          idempotency.once(key, alert, () => {
            witness.alerted(alert, scheduled.get(alert.leadId ?? '') ?? []);
            return { recipients: 1 };
          });
        } catch (refusal) {
          if (refusal instanceof Refusal) throw new PeerError('sellfire', faultOfProblem(refusal.problem));
          throw refusal;
        }
      }),
  };
}

/** Whether the bridge has set the field of a lead last. */
const isOfUpdate = ({ feed }: Dialer, id: string, field: string): boolean =>
  feed.after(0, Infinity).findLast((one) => one.lead_id === id && one.changes[field] !== undefined)?.actor.kind ===
  'api';

/** By the ref of a record: the key under which a demo or a sale makes it. */
const keysOf = (nodes: readonly TransactionNode[]): Record<string, string> =>
  Object.fromEntries(nodes.flatMap(({ ref, op }) => (op.kind === 'upsert' ? [[ref, op.key]] : [])));
