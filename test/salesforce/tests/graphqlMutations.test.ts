// GraphQL mutations of the local org, and those of a user with fewer rights.
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fieldDef, picklist } from '../fields.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { DATA, signIn, type Send } from './client.ts';
import { connection, graphql, type Ask, type GraphReply } from './graphqlClient.ts';

/** The package’s components are built the first time. */
const STARTING_MS = 120_000;
const PACKAGE = fileURLToPath(new URL('../../../force-app', import.meta.url));

let running: RunningOrg;
let send: Send;
let ask: Ask;

beforeAll(async () => {
  running = await startOrg({ deploy: PACKAGE });
  send = await signIn(running);
  ask = graphql(send);
}, STARTING_MS);
afterAll(() => running.close());

const leads = (name: string): Record<string, unknown>[] => running.org.find('Lead', { LastName: name });

async function leadNamed(name: string): Promise<string> {
  const { body } = await send('POST', `${DATA}/sobjects/Lead`, { LastName: name, Company: 'c' });
  return (body as { id: string }).id;
}
const of = ({ data }: GraphReply, name: string): unknown => data?.uiapi[name];

describe('a mutation', () => {
  it('creates a record and answers with what is asked for of it', async () => {
    const answer = await ask(
      `mutation Create($input: LeadCreateInput!) { uiapi { LeadCreate(input: $input) { Record {
        Id LastName { value } Status { value label } Owner { ... on User { Name { value } } } } } } }`,
      { input: { Lead: { LastName: 'Made "by" <b> 😀', Company: 'c', AnnualRevenue: 12 } } },
    );
    expect(answer.errors).toEqual([]);
    const [row] = leads('Made "by" <b> 😀');
    expect(of(answer, 'LeadCreate')).toEqual({
      Record: {
        Id: row?.['Id'],
        LastName: { value: 'Made "by" <b> 😀' },
        Status: { value: 'Open - Not Contacted', label: 'Open - Not Contacted' },
        Owner: { Name: { value: 'Ada Admin' } },
      },
    });
    expect(row).toMatchObject({ AnnualRevenue: 12, CreatedById: running.users.admin.id });
  });

  it('updates and deletes records, by ids of either length', async () => {
    const id = await leadNamed('Changed');
    const updated = await ask(
      `mutation { uiapi { LeadUpdate(input: { Id: "${id.slice(0, 15)}", Lead: { Title: "Baker", Phone: null } }) { Record {
        Id Title { value } } } } }`,
    );
    expect(of(updated, 'LeadUpdate')).toEqual({ Record: { Id: id, Title: { value: 'Baker' } } });
    const removed = await ask(`mutation { uiapi { LeadDelete(input: { Id: "${id}" }) { Id } } }`);
    expect(of(removed, 'LeadDelete')).toEqual({ Id: id });
    expect(leads('Changed')).toEqual([]);
  });

  it('of an update answers only success before version 66, and none is there before 59', async () => {
    const id = await leadNamed('Versions');
    const update = (fields: string): string =>
      `mutation { uiapi { LeadUpdate(input: { Id: "${id}", Lead: { Title: "x" } }) { ${fields} } } }`;
    expect(of(await ask(update('success'), undefined, '65'), 'LeadUpdate')).toEqual({ success: true });
    expect((await ask(update('success'), undefined, '66')).errors).toHaveLength(1);
    expect((await ask(update('success'), undefined, '58')).errors).toHaveLength(1);
  });

  it('undoes all of its operations where one fails', async () => {
    const answer = await ask(
      `mutation { uiapi {
        good: LeadCreate(input: { Lead: { LastName: "Undone", Company: "c" } }) { Record { Id } }
        bad: LeadCreate(input: { Lead: { LastName: "Undone" } }) { Record { Id } }
        after: LeadCreate(input: { Lead: { LastName: "Undone", Company: "c" } }) { Record { Id } } } }`,
    );
    expect(answer.data?.uiapi).toEqual({ good: null, bad: null, after: null });
    const failures = Object.fromEntries(answer.errors.map(({ path, extensions }) => [path?.[1], extensions]));
    expect(failures).toEqual({
      good: { ErrorType: 'DataFetchingException', errorCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' },
      bad: { ErrorType: 'DataFetchingException', errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Company'] },
      after: { ErrorType: 'DataFetchingException', errorCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' },
    });
    expect(leads('Undone')).toEqual([]);
  });

  it('with allOrNone false undoes only what fails, and what refers to that', async () => {
    const answer = await ask(
      `mutation { uiapi(input: { allOrNone: false }) {
        good: AccountCreate(input: { Account: { Name: "Kept" } }) { Record { Id } }
        bad: AccountCreate(input: { Account: { Phone: "1" } }) { Record { Id } }
        child: ContactCreate(input: { Contact: { LastName: "Kept", AccountId: "@{good}" } }) { Record {
          Account { Name { value } } } }
        orphan: ContactCreate(input: { Contact: { LastName: "Lost", AccountId: "@{bad}" } }) { Record { Id } } } }`,
    );
    expect(answer.data?.uiapi).toMatchObject({
      child: { Record: { Account: { Name: { value: 'Kept' } } } },
      bad: null,
      orphan: null,
    });
    expect(answer.errors.map(({ path }) => path)).toEqual([
      ['uiapi', 'bad'],
      ['uiapi', 'orphan'],
    ]);
    expect(running.org.find('Contact', { LastName: 'Lost' })).toEqual([]);
  });

  it('may refer to the id and the fields of what an earlier operation has made', async () => {
    const answer = await ask(
      `mutation { uiapi {
        a: AccountCreate(input: { Account: { Name: "Chained" } }) { Record { Id } }
        b: LeadCreate(input: { Lead: { LastName: "@{nothing}", Company: "@{a.Record.Name.value}" } }) { Record {
          LastName { value } Company { value } } }
        c: LeadUpdate(input: { Id: "@{b.Record.Id}", Lead: { Title: "t" } }) { Record { Title { value } } }
        d: LeadDelete(input: { Id: "@{b}" }) { Id } } }`,
    );
    expect(answer.errors).toEqual([]);
    expect(leads('@{nothing}')).toEqual([]);
    const early = await ask(
      `mutation { uiapi {
        c: ContactCreate(input: { Contact: { LastName: "Early", AccountId: "@{a}" } }) { Record { Id } }
        a: AccountCreate(input: { Account: { Name: "Late" } }) { Record { Id } } } }`,
    );
    expect(early.errors).toMatchObject([{ path: ['uiapi', 'c'] }, { path: ['uiapi', 'a'] }]);
  });

  it('is refused by validation rules, restricted picklists and locks, in their own words', async () => {
    const id = await leadNamed('Refused');
    const stop = await ask(
      'mutation { uiapi { Sync_Request__cCreate(input: { Sync_Request__c: { Type__c: "SyncNow" } }) { Record { Id } } } }',
    );
    expect(stop.errors).toMatchObject([{ extensions: { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' } }]);
    expect(stop.errors[0]?.message.length).toBeGreaterThan(20);
    const tones = picklist(['Warm', 'Cold']);
    running.org.schema.addField(
      'Lead',
      fieldDef({ name: 'Tone__c', type: 'picklist', restrictedPicklist: true, picklistValues: tones }),
    );
    const value = await ask(
      `mutation { uiapi { LeadUpdate(input: { Id: "${id}", Lead: { Tone__c: "Loud" } }) { Record { Id } } } }`,
    );
    expect(value.errors).toMatchObject([
      { extensions: { errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', fields: ['Tone__c'] } },
    ]);
    running.org.faults.add({ kind: 'lock-row', recordIds: [id] });
    const locked = await ask(`mutation { uiapi { LeadDelete(input: { Id: "${id}" }) { Id } } }`);
    running.org.faults.clear();
    expect(locked.errors).toMatchObject([{ extensions: { errorCode: 'UNABLE_TO_LOCK_ROW' } }]);
  });

  it('of an id that is none, of another object or of no record is refused', async () => {
    const account = (await send('POST', `${DATA}/sobjects/Account`, { Name: 'x' })).body as { id: string };
    for (const id of ['nonsense', account.id, '00QSF0zzzzzzzzz', '@{none}']) {
      const { errors } = await ask(
        `mutation { uiapi { LeadUpdate(input: { Id: "${id}", Lead: { Title: "t" } }) { Record { Id } } } }`,
      );
      expect({ id, errors }).toMatchObject({ id, errors: [{ extensions: { ErrorType: 'DataFetchingException' } }] });
    }
  });

  it('says that a value or a field does not fit before it does anything', async () => {
    for (const fields of [
      'Title: 1',
      'AnnualRevenue: "12"',
      'Nope__c: "x"',
      'IsConverted: true',
      'CreatedDate: "2026-01-01"',
    ]) {
      const { data, errors } = await ask(
        `mutation { uiapi { LeadCreate(input: { Lead: { LastName: "Nothing", Company: "c", ${fields} } }) { Record { Id } } } }`,
      );
      expect({ fields, data, errors }).toMatchObject({
        fields,
        data: null,
        errors: [{ extensions: { ErrorType: 'ValidationError' } }],
      });
    }
    expect(leads('Nothing')).toEqual([]);
  });

  it('sets off flows, and is published as the user’s own change', async () => {
    const seen: unknown[] = [];
    running.org.listen({ committed: ({ user, origin, events }) => void seen.push([user, origin, events.length]) });
    const { errors } = await ask(
      'mutation { uiapi { Sync_Request__cCreate(input: { Sync_Request__c: { Type__c: "Start" } }) { Record { Id } } } }',
    );
    expect(errors).toEqual([]);
    // The request's flow publishes an event for the bridge.
    expect(seen).toContainEqual([running.users.admin.id, 'com/salesforce/api/rest/67.0', 1]);
  });
});

describe('a user with fewer rights', () => {
  let outsider: Ask;
  let user: Ask;
  beforeAll(async () => {
    outsider = graphql(await signIn(running, running.users.outsider.username));
    user = graphql(await signIn(running, running.users.user.username));
  });

  it('has a schema without the objects and fields that he may not read', async () => {
    const query = (what: string): string => `{ uiapi { query { ${what} } } }`;
    const hidden = await outsider(query('Sync_Settings__c { totalCount }'));
    expect(hidden.errors[0]?.message).toContain("Field 'Sync_Settings__c' in type 'RecordQuery' is undefined");
    const field = await outsider(query('Lead { edges { node { Phase__c { value } } } }'));
    expect(field.errors[0]?.message).toContain("Field 'Phase__c' in type 'Lead' is undefined");
    const where = await outsider(query('Lead(where: { Phase__c: { eq: "Customer" } }) { totalCount }'));
    expect(where.errors).toMatchObject([{ extensions: { ErrorType: 'ValidationError' } }]);
    const optional = await outsider(query('Lead { totalCount edges { node { Id Phase__c @optional { value } } } }'));
    expect(optional.errors).toEqual([]);
    expect((await user(query('Lead { edges { node { Phase__c { value } } } }'))).errors).toEqual([]);
  });

  it('has no mutation of what he may not write', async () => {
    const create = 'mutation { uiapi { Sync_Settings__cCreate(input: { Sync_Settings__c: {} }) { Record { Id } } } }';
    expect((await outsider(create)).errors).toMatchObject([{ extensions: { ErrorType: 'ValidationError' } }]);
    expect((await user(create)).errors).toMatchObject([{ extensions: { ErrorType: 'ValidationError' } }]);
    const id = await leadNamed('Readable');
    const phase = `mutation { uiapi { LeadUpdate(input: { Id: "${id}", Lead: { Phase__c: "Customer" } }) { Record { Id } } } }`;
    expect((await outsider(phase)).errors).toMatchObject([{ extensions: { ErrorType: 'ValidationError' } }]);
  });

  it('sees a new schema once his rights have changed', async () => {
    const query = '{ uiapi { query { Sync_Request__c { totalCount } } } }';
    expect((await outsider(query)).errors).toHaveLength(1);
    const [set] = running.org.find('PermissionSet', { Name: 'Sellfire_User' });
    const assigned = running.org.transact({ user: running.users.admin.id, origin: '' }, (transaction) =>
      transaction.create('PermissionSetAssignment', {
        AssigneeId: running.users.outsider.id,
        PermissionSetId: set?.['Id'] ?? null,
      }),
    );
    expect(connection(await outsider(query), 'Sync_Request__c').totalCount).toBeGreaterThanOrEqual(0);
    running.org.transact({ user: running.users.admin.id, origin: '' }, (transaction) =>
      transaction.remove('PermissionSetAssignment', assigned),
    );
    expect((await outsider(query)).errors).toHaveLength(1);
  });

  it('without a single one reads that what he asks for is not there', async () => {
    const context = { user: running.users.admin.id, origin: '' };
    const given = running.org.find('PermissionSetAssignment', { AssigneeId: running.users.outsider.id });
    running.org.transact(context, (transaction) => {
      for (const { Id } of given) transaction.remove('PermissionSetAssignment', String(Id));
    });
    const { errors } = await outsider('{ uiapi { query { Lead { totalCount } } } }');
    expect(errors[0]?.message).toContain("Field 'Lead' in type 'RecordQuery' is undefined");
    running.org.transact(context, (transaction) => {
      for (const { AssigneeId, PermissionSetId } of given)
        transaction.create('PermissionSetAssignment', {
          AssigneeId: AssigneeId ?? null,
          PermissionSetId: PermissionSetId ?? null,
        });
    });
    expect(
      connection(await outsider('{ uiapi { query { Lead { totalCount } } } }'), 'Lead').totalCount,
    ).toBeGreaterThan(0);
  });
});
