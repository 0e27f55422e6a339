// Every class of fault at every kind of call – reading and writing, of Salesforce and of Sellfire – ends in something that the admin
// sees: a report row, or a check of readiness, which the org's status repeats. The faults are those of the peers over HTTP.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Connection as Admin } from 'jsforce';
import { FAULT_POLICY, type FaultClass } from '../../bridge/model/fault.ts';
import { readEvents } from '../../bridge/sellfire/events.ts';
import type { ProblemCode } from '../../bridge/sellfire/problem.ts';
import { startLocalConnection, type LocalConnection } from '../helpers/connection.ts';
import { mapFields } from '../helpers/mappings.ts';
import { signIn } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';

jest.setTimeout(60_000);

const WORDS = 'This is what the peer said.';
/** A direction that carries nothing for two minutes stands still. */
const STANDSTILL_MS = 125_000;

/** An answer of Salesforce for each class. */
const OF_SALESFORCE: Record<FaultClass, { status: number; code: string }> = {
  retry: { status: 503, code: 'SERVER_UNAVAILABLE' },
  limit: { status: 403, code: 'REQUEST_LIMIT_EXCEEDED' },
  auth: { status: 401, code: 'INVALID_SESSION_ID' },
  stop: { status: 403, code: 'API_DISABLED_FOR_ORG' },
  record: { status: 400, code: 'MALFORMED_QUERY' },
  exists: { status: 400, code: 'DUPLICATE_VALUE' },
  gone: { status: 404, code: 'NOT_FOUND' },
};
/** And of Sellfire. */
const OF_SELLFIRE: Record<FaultClass, ProblemCode> = {
  retry: 'unavailable',
  limit: 'rate_limited',
  auth: 'unauthorized',
  stop: 'forbidden',
  record: 'invalid_request',
  exists: 'phone_taken',
  gone: 'not_found',
};
/** Where one cause has one code, whoever detects it. */
const named = (code: string): string => ({ phone_taken: 'PHONE_EXISTS' })[code] ?? code.toUpperCase();

interface Call {
  call: string;
  refuse: (fault: FaultClass) => string;
  /** Classes that stop the connection at this call, where they mean more than one record. */
  stops?: readonly FaultClass[];
  /** A change whose turn makes that call. @returns whether it has arrived */
  change: (phone: string) => Promise<() => boolean>;
}

const fromSellfire = async (phone: string): Promise<() => boolean> => {
  const { desk, dialer } = local.sellfire;
  const { lastSequence } = dialer.feed;
  desk.createLead({ primary_phone_number: phone, last_name: 'Sand', business_name: phone });
  // As the webhook brings them.
  await local.connection.onWebhook(readEvents(dialer.feed.after(lastSequence), undefined, Date.now()).events);
  return () => local.org.org.find('Lead', { Phone: phone }).length > 0;
};
const fromSalesforce = async (phone: string): Promise<() => boolean> => {
  await admin.sobject('Lead').create({ Phone: phone, LastName: 'Stone', Company: phone });
  return () => local.sellfire.dialer.leads.findByPhone(phone) !== undefined;
};
const ofSalesforce =
  (where: { method?: string; path: string }) =>
  (fault: FaultClass): string => {
    const { status, code } = OF_SALESFORCE[fault];
    local.org.org.faults.add({ kind: 'refused', times: null, ...where, status, code, message: WORDS });
    return code;
  };
const ofSellfire =
  (path: string) =>
  (fault: FaultClass): string => {
    const code = OF_SELLFIRE[fault];
    local.sellfire.faults.refusing = { code, detail: WORDS, path };
    return named(code);
  };

const CALLS: Call[] = [
  { call: 'a read of Salesforce', refuse: ofSalesforce({ method: 'POST', path: '/composite' }), change: fromSellfire },
  {
    call: 'a write to Salesforce',
    refuse: ofSalesforce({ method: 'PATCH', path: '/composite/sobjects' }),
    // The answer 404 to the whole call is about the object, not about a record.
    stops: ['gone'],
    change: fromSellfire,
  },
  { call: 'a read of Sellfire', refuse: ofSellfire('/v1/leads/lookup'), change: fromSalesforce },
  { call: 'a write to Sellfire', refuse: ofSellfire('/v1/leads/batch'), change: fromSalesforce },
];
const CLASSES = Object.keys(FAULT_POLICY) as FaultClass[];

let local: LocalConnection;
let admin: Admin;
let lines = 0;
beforeAll(async () => {
  local = await startLocalConnection({}, async (org) => {
    admin = await signIn(org, org.users.admin.username);
    await mapFields(admin, '');
  });
  await until('the bridge is ready', async () => (await failing()).length === 0);
});
afterAll(() => local.stop());
afterEach(async () => {
  local.org.org.faults.clear();
  local.sellfire.faults.refusing = undefined;
  await local.connection.control('Running', 'somebody');
});

async function failing(aheadMs = 0): Promise<string[]> {
  const checks = await local.connection.checks(Date.now() + aheadMs);
  return checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);
}

/** Whether a report row has the code and the words, and is about the record with this phone. */
function reported(code: string, phone: string): boolean {
  const lead = local.sellfire.dialer.leads.findByPhone(phone)?.id;
  const record = local.org.org.find('Lead', { Phone: phone })[0]?.['Id'];
  return local.org.org
    .find('Integration_Report__c', { Code__c: code })
    .filter((row) => String(row['Reason__c']).includes(WORDS))
    .some((row) => (lead ?? record) === row['Sellfire_Lead_Id__c'] || record === row['Salesforce_Record_Id__c']);
}

describe.each(CALLS)('$call', ({ refuse, change, stops = [] }) => {
  it.each(CLASSES)(
    'that meets a fault of the class %s is seen by the admin, with the words of the peer',
    async (fault) => {
      lines += 1;
      const phone = `+1512555${String(lines).padStart(4, '0')}`;
      const code = refuse(fault);
      const arrived = await change(phone);
      // What a later attempt may do is in a check; what is given up is in a report.
      const isReported = !FAULT_POLICY[fault].isRetried && !stops.includes(fault);
      await until('the admin sees it', async () =>
        isReported ? reported(code, phone) : (await failing(STANDSTILL_MS)).some((words) => words.includes(WORDS)),
      );
      expect(arrived()).toBe(false);
      if (isReported) return;
      local.org.org.faults.clear();
      local.sellfire.faults.refusing = undefined;
      await local.connection.control('Running', 'somebody');
      await until('it goes on', arrived, 40_000);
    },
  );
});

describe('work beside the changes', () => {
  it.each(CLASSES)(
    'that meets a fault of the class %s is seen by the admin, with the words of the peer, until it succeeds',
    async (fault) => {
      // A mapping that cannot hold what it is sent: its status is to be written into the org.
      ofSalesforce({ method: 'PATCH', path: '/composite/sobjects' })(fault);
      lines += 1;
      await admin.sobject('Field_Mapping__c').create({
        ...{ Sellfire_Object__c: 'Lead', Sellfire_Field__c: 'business_name', Salesforce_Object__c: 'Lead' },
        ...{ Salesforce_Field__c: `Gone_${lines}__c`, Sync_Rule__c: 'AlwaysSellfire', On_Create_Update__c: true },
      });
      const background = async (): Promise<string> =>
        (await failing(STANDSTILL_MS)).find((words) => words.startsWith('background work: ')) ?? '';
      const seen = await until('the admin sees it', async () => {
        const words = await background();
        return words.includes(WORDS) && words;
      });
      expect(seen).toMatch(/^background work: .*status of mappings.*: fails since /);
      expect((await failing()).some((words) => words.startsWith('background work'))).toBe(false);
      local.org.org.faults.clear();
    },
  );
});
