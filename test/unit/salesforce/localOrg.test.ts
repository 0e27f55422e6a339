// The bridge's Salesforce side against a whole local org with the package deployed: the same calls as in production.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { packageNames } from '../../../bridge/model/salesforce.ts';
import { accountsKey, priceKey } from '../../../bridge/model/saleTransaction.ts';
import { changedSince } from '../../../bridge/salesforce/lookups/changes.ts';
import { readConfiguration } from '../../../bridge/salesforce/org/configurationRecords.ts';
import { readLimits } from '../../../bridge/salesforce/api/limits.ts';
import { authorizationUrl, createVerifier, exchangeCode } from '../../../bridge/salesforce/auth/oauth.ts';
import { readUserPermissions } from '../../../bridge/salesforce/org/userPermissions.ts';
import { checkPermissions, checkUserPermissions, EXCESSIVE } from '../../../bridge/sync/rights.ts';
import { noSaleNeeds, nothingFound } from '../../../bridge/sync/turn/lookups.ts';
import { createPhones } from '../../../bridge/salesforce/lookups/phones.ts';
import { lookUpForSale } from '../../../bridge/salesforce/lookups/sales.ts';
import { createPubSub } from '../../../bridge/salesforce/pubsub/client.ts';
import type { PubSub } from '../../../bridge/salesforce/pubsub/client.ts';
import type { DecodedEvent } from '../../../bridge/salesforce/pubsub/decode.ts';
import { query } from '../../../bridge/salesforce/api/query.ts';
import { createRecords } from '../../../bridge/salesforce/api/records.ts';
import type { Records } from '../../../bridge/salesforce/api/records.ts';
import { createRest } from '../../../bridge/salesforce/api/rest.ts';
import { hasName } from '../../../bridge/salesforce/api/soql.ts';
import type { Rest } from '../../../bridge/salesforce/api/rest.ts';
import { findPackage, readObjects, readSchema } from '../../../bridge/salesforce/org/schema.ts';
import { createSession } from '../../../bridge/salesforce/auth/session.ts';
import { packageTopics, withPrefix } from '../../../bridge/salesforce/org/topics.ts';
import type { Session } from '../../../bridge/salesforce/auth/session.ts';
import { startOrg } from '../../salesforce/server.ts';
import type { RunningOrg } from '../../salesforce/server.ts';
import { config } from '../sync/fixtures.ts';
import { until } from '../../helpers/until.ts';

const names = packageNames('');
const REDIRECT = 'http://127.0.0.1:8080/oauth/callback';
let org: RunningOrg;
let session: Session;
let rest: Rest;
let records: Records;
let pubsub: PubSub;

beforeAll(async () => {
  org = await startOrg({ deploy: 'force-app' });
  const { restUrl, clientId, keyFile, users } = org;
  const privateKey = await readFile(keyFile, 'utf8');
  session = createSession({
    loginUrl: restUrl,
    clientId,
    grant: { kind: 'jwt', username: users.integration.username, privateKey },
  });
  rest = createRest({ session });
  records = createRecords(rest);
  pubsub = createPubSub({ address: org.pubsubUrl, ca: await readFile(org.caFile, 'utf8'), session });
});
afterAll(async () => {
  await pubsub.close();
  await rest.close();
  await org.close();
});

/** What the connected user may not do itself. */
const asAdmin = (work: Parameters<typeof org.org.transact>[1]): unknown =>
  org.org.transact({ user: org.users.admin.id, origin: '' }, work);
const lead = (leadId: string, fields = {}) =>
  records.upsert('Lead', names.leadId, leadId, { LastName: `of ${leadId}`, Company: 'Acme', ...fields });
const idOf = async (written: ReturnType<typeof lead>): Promise<string> => {
  const result = await written;
  if (!result.ok) throw new Error(result.fault.message);
  return result.id;
};

describe('the connection', () => {
  it('by JWT is of the integration user and the org', async () => {
    const token = await session.token();
    expect(token).toMatchObject({ userId: org.users.integration.id, orgId: org.org.id, instanceUrl: org.restUrl });
  });

  it('reads the allocations', async () => {
    const limits = await readLimits(rest);
    expect(limits.apiCalls.allowed).toBe(100_000);
    expect(rest.usage?.used).toBeGreaterThan(0);
    expect(limits.deliveredEvents?.allowed).toBe(25_000);
  });

  it('finds the package, its fields, and every permission that the bridge needs', async () => {
    const objects = await readObjects(rest);
    expect(findPackage(objects)).toEqual(names);
    const schema = await readSchema(rest, ['Lead', 'Contact', 'Account', 'Nothing__c']);
    expect(schema.missing).toEqual(['Nothing__c']);
    expect(schema.fieldType('Lead', 'CreatedDate')).toBe('datetime');
    expect(schema.objects.get('Lead')?.fields[names.phase]?.picklistValues).toHaveLength(14);
    const failed = checkPermissions(names, objects, schema.objects).filter(({ missing }) => missing.length > 0);
    expect(failed).toEqual([]);
  });

  it('finds what the user has beyond its needs (M1)', async () => {
    const { userId } = await session.token();
    const excessOf = async (settings: { activitySync: boolean }) =>
      checkUserPermissions((await readUserPermissions(rest, userId, EXCESSIVE)) ?? [], settings);
    await expect(excessOf({ activitySync: true })).resolves.toMatchObject({
      ...{ excess: [], sentence: '' },
    });
    // Tasks of other owners are all that needs it.
    await expect(excessOf({ activitySync: false })).resolves.toMatchObject({
      excess: ['ViewAllData'],
      sentence: expect.stringContaining('ViewAllData'),
    });
    const Name = 'Everything';
    org.org.installPermissionSet({
      ...{ name: Name, label: Name, objects: new Map(), fields: new Map(), custom: new Set() },
      user: new Set(['ModifyAllData']),
    });
    const [set] = org.org.find('PermissionSet', { Name });
    const by = { user: org.org.users.admin.id, origin: '' };
    const assigned = { AssigneeId: userId, PermissionSetId: String(set?.['Id']) };
    org.org.transact(by, (tx) => tx.create('PermissionSetAssignment', assigned));
    await expect(excessOf({ activitySync: true })).resolves.toMatchObject({
      excess: ['ModifyAllData'],
      sentence: expect.stringContaining('ModifyAllData'),
    });
    const [assignment] = org.org.find('PermissionSetAssignment', assigned);
    org.org.transact(by, (tx) => tx.remove('PermissionSetAssignment', String(assignment?.['Id'])));
  });

  it('an expired token is renewed on the way', async () => {
    const { accessToken } = await session.token();
    const revoked = new URLSearchParams({ token: accessToken });
    await fetch(`${org.restUrl}/services/oauth2/revoke`, { method: 'POST', body: revoked });
    await readLimits(rest);
    expect((await session.token()).accessToken).not.toBe(accessToken);
  });
});

describe('records', () => {
  it('an upsert creates once and updates from then on', async () => {
    const first = await lead('L-1', { Phone: '(415) 555-0101' });
    expect(first).toMatchObject({ ok: true, created: true });
    expect(await lead('L-1', { Company: 'Acme 2' })).toEqual({ ...first, created: false });
    const id = await idOf(lead('L-1'));
    expect(await records.retrieve('Lead', id, ['Company', names.leadId])).toEqual({
      Id: id,
      Company: 'Acme',
      [names.leadId]: 'L-1',
    });
  });

  it('a rejected record fails alone, with the code and the field of the platform', async () => {
    const [good, long, phase] = await Promise.all([
      lead('L-2'),
      lead('L-3', { Company: 'x'.repeat(300) }),
      lead('L-4', { Email: 'nowhere' }),
    ]);
    expect(good.ok).toBe(true);
    expect(long).toMatchObject({ fault: { class: 'record', code: 'STRING_TOO_LONG', fields: ['Company'] } });
    expect(phase).toMatchObject({ fault: { class: 'record', code: 'INVALID_EMAIL_ADDRESS' } });
  });

  it('a field that does not exist fails the record that has it, and no other', async () => {
    const written = ['L-5', 'L-6', 'L-7'].map((id) => lead(id, id === 'L-6' ? { Nothing__c: 'x' } : {}));
    const results = await Promise.all(written);
    expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(results[1]).toMatchObject({ fault: { class: 'record', code: 'INVALID_FIELD' } });
  });

  it('what is deleted is gone: to a reader null, to a writer a fault of its own', async () => {
    const id = await idOf(lead('L-8'));
    asAdmin((transaction) => transaction.remove('Lead', id));
    expect(await records.retrieve('Lead', id, ['Company'])).toBeNull();
    expect(await records.update('Lead', id, { Company: 'x' })).toMatchObject({ ok: false, fault: { class: 'gone' } });
  });

  it('are found by phone whatever the format, each once', async () => {
    await records.create('Contact', { LastName: 'One', Phone: '+1 212.555.0177' });
    await lead('L-9', { Phone: '(212) 555-0177' });
    await lead('L-10', { Phone: '212-555-0178' });
    const found = await createPhones(rest, names).find(['+12125550177', '+12125550999'], {
      Lead: { phones: ['Phone', 'MobilePhone'], countries: ['Country'] },
      Contact: { phones: ['Phone'], countries: ['MailingCountry'] },
    });
    expect(found.get('+12125550177')?.map(({ object, leadId }) => [object, leadId])).toEqual([
      ['Lead', 'L-9'],
      ['Contact', null],
    ]);
    expect(found.get('+12125550999')).toEqual([]);
  });

  it.each([
    ['Café Ñandú'.normalize('NFC'), 'café  ñandú'.normalize('NFD')],
    ['Café Ñandú'.normalize('NFD'), 'CAFÉ ÑANDÚ'.normalize('NFC')],
    [String.raw`100% O'Neil_\new "Co"`, String.raw`100%  O'Neil_\new "Co"`],
    ['Rock', 'rock'],
    ['株式会社　ＡＢＣ', '株式会社 ABC'],
  ])('are found by name whatever its blanks and accents, and no others: %s', async (given, stored) => {
    const made = await records.create('Account', { Name: stored });
    const other = await records.create('Account', { Name: `100_ O'Neil!\\new "Co" Rock Cafe Nandu ABC` });
    const found: unknown[] = [];
    for await (const row of query(rest, `SELECT Id FROM Account WHERE ${hasName('Name', given)}`))
      found.push(row['Id']);
    expect([made]).toMatchObject(found.map((id) => ({ ok: true, id })));
    for (const one of [made, other]) asAdmin((tx) => tx.remove('Account', one.ok ? one.id : ''));
  });

  it('an Account that the lead has made is found with those that may match it, whatever people have made of it since (M23, M30)', async () => {
    const made = { Name: 'Acme', Phone: '+15125550177', Sellfire_Account_Key__c: 'key-lead' };
    const { id } = (await records.create('Account', made)) as { id: string };
    asAdmin((tx) => tx.update('Account', id, { Name: 'Renamed', Phone: null }));
    const { sale } = nothingFound();
    const { currencies } = config();
    const question = { phone: '+15125550177', name: 'Acme', leadId: 'key-lead' };
    await lookUpForSale(rest, { names, objects: {}, currencies }, { ...noSaleNeeds(), accounts: [question] }, sale);
    expect(sale.accounts.get(accountsKey(question))).toEqual([
      { id, name: 'Renamed', city: null, phone: null, country: null, key: 'key-lead' },
    ]);
    asAdmin((tx) => tx.remove('Account', id));
  });

  it('the prices of a product that is looked for say which of them is active (M25)', async () => {
    const [book] = org.org.find('Pricebook2', { IsStandard: true });
    const pricebookId = String(book?.['Id']);
    const made = ['Novelty', 'Relic'].map((Name) => {
      const code = Name.toUpperCase();
      const product = String(asAdmin((tx) => tx.create('Product2', { Name, ProductCode: code, IsActive: true })));
      const price = { Product2Id: product, Pricebook2Id: pricebookId, UnitPrice: 5, IsActive: Name === 'Novelty' };
      return { code, name: Name, entryId: asAdmin((tx) => tx.create('PricebookEntry', price)), active: price.IsActive };
    });
    const { sale } = nothingFound();
    const { currencies } = config();
    const products = made.map(({ code, name }) => ({ code, name }));
    await lookUpForSale(rest, { names, objects: {}, currencies }, { ...noSaleNeeds(), products }, sale);
    const facts = made.map((one) => sale.products.get(priceKey(one)));
    expect(facts[0]).toMatchObject({ standardPricebookId: pricebookId });
    expect(facts[0]?.priced).toEqual(made.map((one) => ({ ...one, pricebookId, currency: null })));
  });

  it('that changed since a time are read to the last page', async () => {
    const since = Date.now();
    const ids = await Promise.all(Array.from({ length: 25 }, (_, n) => idOf(lead(`P-${n}`))));
    const read = new Map<string, unknown>();
    for await (const change of changedSince(rest, 'Lead', ['Company'], since)) read.set(change.recordId, change.fields);
    for (const id of ids) expect(read.get(id)).toEqual({ Company: 'Acme' });
  });

  it('that changed in one second are each read once, also where they are more than a page (F21)', async () => {
    const since = Date.now();
    const ids: string[] = [];
    asAdmin((transaction) => {
      for (let n = 0; n < 2_100; n += 1) ids.push(transaction.create('Account', { Name: `Of one second ${n}` }));
    });
    const read: string[] = [];
    for await (const change of changedSince(rest, 'Account', ['Name'], since)) read.push(change.recordId);
    expect(read.toSorted()).toEqual(ids.toSorted());
  });
});

describe('the configuration', () => {
  it("is read from the package's records", async () => {
    asAdmin((transaction) => {
      transaction.create('Field_Mapping__c', {
        Sellfire_Object__c: 'Lead',
        Sellfire_Field__c: 'primary_phone_number',
        Salesforce_Object__c: 'Lead',
        Salesforce_Field__c: 'Phone',
        Sync_Rule__c: 'TwoWay',
        On_Create_Update__c: true,
      });
      transaction.create('Sync_Settings__c', { Name: 'Settings', Api_Share__c: 20 });
    });
    const { mappings, settings, problems } = await readConfiguration(rest, names);
    expect(problems).toEqual([]);
    expect(mappings).toMatchObject([{ sellfireObject: 'lead', rule: 'TwoWay', triggers: ['createUpdate'] }]);
    expect(settings).toMatchObject({ apiShare: 20, createInSalesforce: true });
  });
});

describe('events', () => {
  const collect = async (topic: string) => {
    const events: DecodedEvent[] = [];
    const { fieldType } = await readSchema(rest, ['Lead', 'Contact', 'Account']);
    const deliver = async (batch: { events: DecodedEvent[] }) => void events.push(...batch.events);
    const subscription = pubsub.subscribe({ topic, deliver, fieldTypes: fieldType, timings: { settleMs: 100 } });
    await until('it is connected', () => subscription.state().status === 'connected');
    return { events, subscription };
  };

  it('a change in the org arrives with the names and shapes of REST', async () => {
    const { events, subscription } = await collect('/data/Sellfire__chn');
    const id = await idOf(lead('E-1', { FirstName: 'Ada', Street: '1 Main St', NumberOfEmployees: 7 }));
    await records.update('Lead', id, { FirstName: null, City: 'Austin' });
    await until('two events are delivered', () => events.length >= 2);
    const changes = events.flatMap((event) => (event.kind === 'change' ? event.changes : []));
    expect(changes[0]).toMatchObject({ kind: 'create', object: 'Lead', recordId: id, user: org.users.integration.id });
    expect(changes[0]?.fields).toMatchObject({
      FirstName: 'Ada',
      LastName: 'of E-1',
      Street: '1 Main St',
      NumberOfEmployees: 7,
      [names.leadId]: 'E-1',
      CreatedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    expect(changes[1]?.fields).toEqual({
      FirstName: null,
      City: 'Austin',
      LastModifiedDate: expect.any(String),
    });
    await subscription.close();
  });

  it('two hundred changes at once arrive in the order of their commits, none missing, through a cut stream', async () => {
    const { events, subscription } = await collect('/data/Sellfire__chn');
    await idOf(lead('F-first'));
    await until('an event is delivered', () => events.length > 0);
    const ids = await Promise.all(Array.from({ length: 200 }, (_, n) => idOf(lead(`F-${n}`, { Company: `c${n}` }))));
    org.pubsub.faults.dropStreams();
    const last = await idOf(lead('F-last'));
    const recordIds = () =>
      events.flatMap((event) => (event.kind === 'change' ? event.changes : [])).map((c) => c.recordId);
    await until('the last record is delivered', () => recordIds().includes(last));
    const seen = [...new Set(recordIds())];
    expect(seen.slice(1, -1)).toEqual(ids);
    await subscription.close();
  });

  it('gaps and overflows are reported', async () => {
    const problems: object[] = [];
    const events: DecodedEvent[] = [];
    const subscription = pubsub.subscribe({
      topic: '/data/Sellfire__chn',
      deliver: async (batch) => void events.push(...batch.events),
      onProblem: (problem) => void problems.push(problem),
      timings: { settleMs: 100 },
    });
    await until('it is connected', () => subscription.state().status === 'connected');
    const id = await idOf(lead('G-1'));
    org.pubsub.faults.publishGap('Lead', 'UPDATE', [id]);
    org.pubsub.faults.publishOverflow('Contact');
    await until('three events are delivered', () => events.length === 3);
    expect(events[1]).toMatchObject({ kind: 'change', changes: [{ kind: 'gap', recordId: id, fields: {} }] });
    expect(problems).toEqual([{ kind: 'overflow', object: 'Contact', at: expect.any(Number) }]);
    await subscription.close();
  });

  it('a configuration change is received', async () => {
    const { events, subscription } = await collect('/event/Configuration_Changed__e');
    asAdmin((transaction) => transaction.create('Sync_Settings__c', { Name: 'Other' }));
    await until('an event is delivered', () => events.length > 0);
    expect(events[0]).toMatchObject({ kind: 'message', entity: 'Configuration_Changed__e' });
    await subscription.close();
  });

  it('a published report becomes a record', async () => {
    const report = {
      Report_Id__c: 'b3f6c0de-0000-4000-8000-000000000001',
      Direction__c: 'ToSalesforce',
      Event__c: 'LeadCreated',
      Outcome__c: 'Success',
      Occurred_At__c: '2026-11-24T06:30:00.000Z',
    };
    const results = await pubsub.publish('/event/Integration_Report__e', [report, { Nothing__c: 'x' }]);
    expect(results).toMatchObject([{ ok: true }, { ok: false, fault: { code: 'INVALID_FIELD' } }]);
    const rows: unknown[] = [];
    for await (const row of query(rest, 'SELECT Report_Id__c, Occurred_At__c, Outcome__c FROM Integration_Report__c'))
      rows.push(row);
    expect(rows).toEqual([
      {
        Report_Id__c: report.Report_Id__c,
        Occurred_At__c: expect.stringMatching(/^2026-11-24T06:30:00/),
        Outcome__c: 'Success',
      },
    ]);
  });

  it('a refused replay id is reported, and nothing that is still there is missed', async () => {
    const problems: { kind: string }[] = [];
    const events: DecodedEvent[] = [];
    const subscription = pubsub.subscribe({
      topic: '/data/Sellfire__chn',
      cursor: { value: Buffer.from('of another org').toString('base64'), at: 5 },
      deliver: async (batch) => void events.push(...batch.events),
      onProblem: (problem) => void problems.push(problem),
    });
    await until('an event is delivered', () => events.length > 0);
    expect(problems).toEqual([expect.objectContaining({ kind: 'cursorLost', since: 5 })]);
    await subscription.close();
  });
});

describe('the web-server flow', () => {
  it('with PKCE gives a session whose refresh token rotates', async () => {
    const verifier = createVerifier();
    const { restUrl: loginUrl, clientId, clientSecret } = org;
    const url = authorizationUrl({ loginUrl, clientId, redirectUri: REDIRECT, state: 'st', verifier });
    const code = await signIn(url);
    const answer = await exchangeCode({ loginUrl, clientId, clientSecret, code, redirectUri: REDIRECT, verifier });
    expect(answer.orgId).toBe(org.org.id);
    const stored: string[] = [];
    const refreshed = createSession({
      loginUrl,
      clientId,
      clientSecret,
      grant: { kind: 'refresh', refreshToken: answer.refreshToken ?? '' },
      orgId: answer.orgId,
      onRefreshToken: async (token) => void stored.push(token),
    });
    const first = await refreshed.token();
    const second = await refreshed.refresh(first.accessToken);
    expect(second.accessToken).not.toBe(first.accessToken);
    expect(stored).toHaveLength(2);
    await refreshed.revoke();
    const again = createSession({
      loginUrl,
      clientId,
      clientSecret,
      grant: { kind: 'refresh', refreshToken: stored.at(-1) ?? '' },
    });
    await expect(again.token()).rejects.toMatchObject({ fault: { class: 'stop', code: 'SIGN_IN_EXPIRED' } });
  });
});

describe('a managed install', () => {
  let managed: RunningOrg;
  const opened: { close(): Promise<void> }[] = [];
  beforeAll(async () => {
    managed = await startOrg({ deploy: 'force-app', namespace: 'sellfire' });
  });
  afterAll(async () => {
    for (const one of opened) await one.close();
    await managed.close();
  });

  it('is found by its namespace, and everything works under it', async () => {
    const { restUrl: loginUrl, clientId, users, pubsubUrl: address } = managed;
    const privateKey = await readFile(managed.keyFile, 'utf8');
    const grant = { kind: 'jwt', username: users.integration.username, privateKey } as const;
    const signedIn = createSession({ loginUrl, clientId, grant });
    const caller = createRest({ session: signedIn });
    const events = createPubSub({ address, ca: await readFile(managed.caFile, 'utf8'), session: signedIn });
    opened.push(events, caller);
    const found = findPackage(await readObjects(caller));
    expect(found.phase).toBe('sellfire__Phase__c');
    expect(await readConfiguration(caller, found)).toMatchObject({ mappings: [], problems: [] });

    const topics = packageTopics(found);
    const received: DecodedEvent[] = [];
    const subscription = events.subscribe({
      topic: topics.changes,
      deliver: async (batch) => void received.push(...batch.events),
      timings: { settleMs: 100 },
    });
    await until('it is connected', () => subscription.state().status === 'connected');
    const writer = createRecords(caller);
    const written = await writer.upsert('Lead', found.leadId, 'N-1', { LastName: 'One', Company: 'Acme' });
    expect(written).toMatchObject({ ok: true, created: true });
    await until('an event is received', () => received.length > 0);
    expect(received[0]).toMatchObject({ changes: [{ fields: { sellfire__Sellfire_Lead_Id__c: 'N-1' } }] });

    const report = { Report_Id__c: 'b3f6c0de-0000-4000-8000-000000000002', Direction__c: 'ToSellfire' };
    expect(await events.publish(topics.reports, [withPrefix(found, report)])).toMatchObject([{ ok: true }]);
  });
});

/** What a person does on the org's sign-in page. @returns the code that the browser brings back */
async function signIn(url: string): Promise<string> {
  const { username, password } = org.users.admin;
  const asked = new URL(url);
  const body = new URLSearchParams({
    ...Object.fromEntries(asked.searchParams),
    username,
    password,
    decision: 'allow',
  });
  const answer = await fetch(asked.origin + asked.pathname, { method: 'POST', body, redirect: 'manual' });
  const landing = new URL(answer.headers.get('location') ?? 'none:');
  expect(landing.searchParams.get('state')).toBe('st');
  return landing.searchParams.get('code') ?? '';
}
