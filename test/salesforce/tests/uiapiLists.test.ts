// List views and related lists by the User Interface API.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { signIn } from './client.ts';
import { UI, running, send, get, create, type DisplayedRecord, values, fieldsOf, now } from './uiapiOrg.ts';

describe('list views', () => {
  const reports: string[] = [];
  beforeAll(async () => {
    const report = (Outcome__c: string, at: number): Promise<string> =>
      create('Integration_Report__c', {
        Outcome__c,
        Direction__c: 'ToSalesforce',
        Event__c: 'LeadCreated',
        Occurred_At__c: new Date(at).toISOString(),
      });
    reports.push(await report('Success', now));
    reports.push(await report('Failed', now));
    reports.push(await report('Refused', now));
    reports.push(await report('Failed', now - 40 * 24 * 60 * 60 * 1000));
  });

  it('of an object are listed by name and id', async () => {
    const { lists } = await get('list-info/Integration_Report__c');
    expect(lists).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ apiName: 'Failed_Today', label: 'Failed Today', id: expect.stringMatching(/^00B/) }),
      ]),
    );
    expect((await get('list-info/Lead'))['lists']).toMatchObject([
      { apiName: 'AllLeads', label: 'All Leads' },
      { apiName: 'MyLeads' },
    ]);
  });

  it('have their columns, filters and scope', async () => {
    expect(await get('list-info/Integration_Report__c/Needs_My_Action')).toMatchObject({
      label: 'Needs My Action',
      listReference: {
        listViewApiName: 'Needs_My_Action',
        objectApiName: 'Integration_Report__c',
        type: 'listView',
      },
      displayColumns: expect.arrayContaining([
        expect.objectContaining({ fieldApiName: 'Name', lookupId: 'Id' }),
        expect.objectContaining({ fieldApiName: 'Occurred_At__c', sortable: true }),
      ]),
      filteredByInfo: [
        { fieldApiName: 'Outcome__c', operator: 'Equals', operandLabels: ['Failed', 'Refused'] },
        { fieldApiName: 'Occurred_At__c', operandLabels: ['LAST_N_DAYS:7'] },
      ],
      visibility: 'Public',
    });
    const mine = await get('list-info/Sync_Request__c/Needs_My_Action');
    expect(mine).toMatchObject({ scope: { apiName: 'mine' } });
    expect(mine['displayColumns']).toEqual(
      expect.arrayContaining([expect.objectContaining({ fieldApiName: 'Owner.Alias', lookupId: 'OwnerId' })]),
    );
  });

  it('hold the records that their filters let in', async () => {
    const found = async (view: string): Promise<unknown[]> =>
      values(await get(`list-records/Integration_Report__c/${view}`), 'Id');
    expect(await found('All')).toEqual(reports);
    expect(await found('Needs_My_Action')).toEqual([reports[1], reports[2]]);
    expect(await found('Failed')).toEqual([reports[1], reports[3]]);
  });

  it('of one’s own hold what one owns', async () => {
    await create('Sync_Request__c', { Type__c: 'Start', OwnerId: running.users.integration.id });
    const all = await get('list-records/Sync_Request__c/All');
    const mine = await get('list-records/Sync_Request__c/Mine');
    expect(values(all, 'Id').length).toBe(values(mine, 'Id').length + 1);
  });

  it('are paged, sorted and searched', async () => {
    const first = await get('list-records/Integration_Report__c/All?pageSize=3&sortBy=-Occurred_At__c');
    expect(first).toMatchObject({ count: 3, nextPageToken: '3', previousPageToken: null, pageSize: 3 });
    expect(values(first, 'Id')).not.toContain(reports[3]);
    const next = await get('list-records/Integration_Report__c/All?pageSize=3&pageToken=3&sortBy=-Occurred_At__c');
    expect(values(next, 'Id')).toEqual([reports[3]]);
    expect(next).toMatchObject({ nextPageToken: null, previousPageToken: '0' });
    const { body } = await send('POST', `${UI}/list-records/Integration_Report__c/All`, {
      fields: ['Integration_Report__c.Code__c'],
      where: '{ Outcome__c: { eq: "Refused" } }',
    });
    expect(body).toMatchObject({ count: 1, records: [{ id: reports[2], fields: { Code__c: { value: null } } }] });
    await create('Lead', { LastName: 'Find_me%', Company: 'c' });
    expect(values(await get('list-records/Lead/AllLeads?searchTerm=find_me%25'), 'Name')).toEqual(['Find_me%']);
  });

  it('are refused where they do not exist, or by fields and pages that do not', async () => {
    const { lists } = await get('list-info/Integration_Report__c');
    const [{ id } = { id: '' }] = lists as { id: string }[];
    expect(await get(`list-ui/${id}`)).toMatchObject({ info: { label: 'All' }, records: { count: 4 } });
    expect(await get('list-ui/Integration_Report__c/All')).toMatchObject({ records: { count: 4 } });
    for (const [path, status] of [
      ['list-info/Lead/Nope', 404],
      ['list-ui/00B000000000001AAA', 404],
      ['list-info/Nope__c', 400],
      ['list-records/Lead/AllLeads?sortBy=Nope__c', 400],
      ['list-records/Lead/AllLeads?fields=Lead.Nope__c', 400],
      ['list-records/Lead/AllLeads?pageSize=2000', 400],
      ['list-records/Lead/AllLeads?pageToken=x', 400],
      ...[
        'Name',
        '{Name:3}',
        '{Name:{eq:1}}',
        '{and:3}',
        '{or:[3]}',
        '{CreatedDate:{gt:"2026-01-01"}}',
        '{Nope__c:{eq:1}}',
      ].map((where) => [`list-records/Lead/AllLeads?where=${encodeURIComponent(where)}`, 400] as const),
    ] as const) {
      expect({ path, status: (await send('GET', `${UI}/${path}`)).status }).toEqual({ path, status });
    }
  });
});

describe('a list view for a user with fewer rights', () => {
  it('lacks the columns that he may not read, and is refused where he may not read what it is filtered by', async () => {
    const { outsider, admin } = running.users;
    const rights = { read: true, create: false, edit: false, delete: false, viewAll: true };
    running.org.installPermissionSet({
      name: 'Half',
      label: 'Half',
      objects: new Map([['Integration_Report__c', rights]]),
      fields: new Map([['Integration_Report__c.Event__c', { read: true, edit: false }]]),
      user: new Set(),
      custom: new Set(),
    });
    const [set] = running.org.find('PermissionSet', { Name: 'Half' });
    running.org.transact({ user: admin.id, origin: '' }, (transaction) =>
      transaction.create('PermissionSetAssignment', {
        AssigneeId: outsider.id,
        PermissionSetId: set?.['Id'] ?? null,
      }),
    );
    const half = await signIn(running, outsider.username);
    const { body } = await half('GET', `${UI}/list-ui/Integration_Report__c/All`);
    const { info, records } = body as {
      info: { displayColumns: { fieldApiName: string }[] };
      records: { records: DisplayedRecord[] };
    };
    expect(info.displayColumns.map(({ fieldApiName }) => fieldApiName)).toEqual(['Name', 'Event__c']);
    expect(Object.keys(records.records[0]?.fields ?? {}).sort()).toEqual(['Event__c', 'Id', 'Name']);
    expect(await half('GET', `${UI}/list-records/Integration_Report__c/Failed`)).toMatchObject({
      status: 403,
      body: [{ errorCode: 'INSUFFICIENT_ACCESS' }],
    });
    for (const query of ['sortBy=Outcome__c', 'fields=Integration_Report__c.Outcome__c']) {
      expect((await half('GET', `${UI}/list-records/Integration_Report__c/All?${query}`)).status).toBe(400);
    }
    const where = { where: '{ Outcome__c: { eq: "Failed" } }' };
    expect((await half('POST', `${UI}/list-records/Integration_Report__c/All`, where)).status).toBe(400);
    const fields = fieldsOf((await half('GET', `${UI}/layout/Integration_Report__c`)).body as Record<string, unknown>);
    expect(fields).not.toContain('Outcome__c');
  });
});

describe('related lists', () => {
  let account: string;
  const contacts: string[] = [];
  beforeAll(async () => {
    account = await create('Account', { Name: 'Parent' });
    for (const LastName of ['Zed', 'Abe', 'Moe'])
      contacts.push(await create('Contact', { LastName, AccountId: account }));
    await create('Contact', { LastName: 'Elsewhere' });
  });

  it('of an object are those of its layout, else all of them', async () => {
    const { relatedLists } = await get('related-list-info/Account');
    expect(relatedLists).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          relatedListId: 'Contacts',
          objectApiName: 'Contact',
          fieldApiName: 'AccountId',
          entityLabelPlural: 'Contacts',
          relatedListInfoUrl: `${UI}/related-list-info/Account/Contacts`,
        }),
      ]),
    );
    expect((await get('related-list-info/Organization__c'))['relatedLists']).toMatchObject([
      { objectApiName: 'Site__c', fieldApiName: 'Organization__c' },
    ]);
  });

  it('have their columns and order', async () => {
    expect(await get('related-list-info/Account/Contacts')).toMatchObject({
      label: 'Contacts',
      createable: true,
      listReference: { parentObjectApiName: 'Account', relatedListId: 'Contacts', type: 'relatedList' },
      displayColumns: [{ fieldApiName: 'Name', lookupId: 'Id' }, { fieldApiName: 'CreatedDate' }],
      orderedByInfo: [{ fieldApiName: 'Name', isAscending: true }],
    });
    expect(await get('related-list-info/batch/Account/Contacts,Nope')).toMatchObject({
      results: [{ statusCode: 200 }, { statusCode: 404 }],
    });
  });

  it('hold the records that refer to their parent', async () => {
    const page = await get(`related-list-records/${account}/Contacts`);
    expect(values(page, 'Name')).toEqual(['Abe', 'Moe', 'Zed']);
    expect(page).toMatchObject({ listReference: { inContextOfRecordId: account } });
    const { body } = await send('POST', `${UI}/related-list-records/${account}/Contacts`, {
      fields: ['Contact.LastName', 'Contact.Account.Name'],
      sortBy: ['-Contact.LastName'],
      pageSize: 2,
      where: '{ LastName: { ne: "Moe" } }',
    });
    expect(body).toMatchObject({
      count: 2,
      records: [
        { fields: { LastName: { value: 'Zed' }, Account: { value: { fields: { Name: { value: 'Parent' } } } } } },
        { fields: { LastName: { value: 'Abe' } } },
      ],
    });
  });

  it('are read in a batch and counted', async () => {
    const { body } = await send('POST', `${UI}/related-list-records/batch/${account}`, {
      relatedListParameters: [
        { relatedListId: 'Contacts', fields: ['Contact.LastName'], pageSize: 1 },
        { relatedListId: 'Opportunities' },
        { relatedListId: 'Nope' },
      ],
    });
    expect(body).toMatchObject({
      hasErrors: true,
      results: [
        { statusCode: 200, result: { count: 1, nextPageToken: '1' } },
        { statusCode: 200, result: { count: 0 } },
        { statusCode: 404 },
      ],
    });
    expect(await get(`related-list-count/${account}/Contacts`)).toMatchObject({ count: 3, hasMore: false });
    expect(await get(`related-list-count/batch/${account}/Contacts,Opportunities`)).toMatchObject({
      results: [{ result: { count: 3 } }, { result: { count: 0 } }],
    });
    expect((await send('GET', `${UI}/related-list-records/001SF0zzzzzzzzz/Contacts`)).status).toBe(404);
  });
});
