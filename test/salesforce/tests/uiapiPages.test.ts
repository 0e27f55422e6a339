// The User Interface API of the local org, for pages: layouts, forms, lookups, apps, tabs and actions.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { fieldDef } from '../fields.ts';
import { startOrg } from '../server.ts';
import { signIn, type Send } from './client.ts';
import { connection, graphql } from './graphqlClient.ts';
import {
  STARTING_MS,
  PACKAGE,
  UI,
  running,
  send,
  pass,
  get,
  create,
  values,
  type Layout,
  fieldsOf,
} from './uiapiOrg.ts';

describe('a layout', () => {
  it('is the deployed one, in rows of its columns', async () => {
    const layout = await get('layout/Sync_Request__c?layoutType=Full&mode=View');
    expect(layout).toMatchObject({
      layoutType: 'Full',
      mode: 'View',
      objectApiName: 'Sync_Request__c',
      recordTypeId: '012000000000000AAA',
      sections: expect.arrayContaining([expect.objectContaining({ heading: 'Request', columns: 2, useHeading: true })]),
    });
    const [first] = (layout as unknown as Layout).sections;
    expect(first?.layoutRows[0]?.layoutItems).toMatchObject([
      { layoutComponents: [{ apiName: 'Name', componentType: 'Field' }], editableForNew: false },
      { layoutComponents: [{ apiName: 'Lead__c' }], lookupIdApiName: 'Lead__c', editableForNew: true },
    ]);
  });

  it('of an object without one has all of its fields, names and addresses by their parts', async () => {
    const fields = fieldsOf(await get('layout/Lead'));
    expect(fields).toEqual(
      expect.arrayContaining(['Salutation', 'FirstName', 'LastName', 'Name', 'Street', 'OwnerId']),
    );
    expect(fields).not.toContain('Address');
  });

  it('for creating leaves out what nobody can set', async () => {
    const fields = fieldsOf(await get('layout/Lead?mode=Create'));
    expect(fields).toContain('LastName');
    expect(fields).not.toContain('CreatedById');
  });

  it('may be the compact one', async () => {
    const layout = await get('layout/Integration_Report__c?layoutType=Compact');
    expect(fieldsOf(layout)).toEqual(['Name', 'Occurred_At__c', 'Direction__c', 'Event__c', 'Outcome__c', 'Code__c']);
  });

  it('is refused where its type or mode is none', async () => {
    for (const query of ['layoutType=Wide', 'mode=Read']) {
      expect(await send('GET', `${UI}/layout/Lead?${query}`)).toMatchObject({
        status: 400,
        body: [{ errorCode: 'INVALID_INPUT' }],
      });
    }
  });
});

describe('a record for a form', () => {
  it('is read by the fields of its layout, with the names of what it refers to', async () => {
    const lead = await create('Lead', { LastName: 'Form', Company: 'c' });
    const request = await create('Sync_Request__c', { Type__c: 'SyncNow', Lead__c: lead });
    const record = await get(`records/${request}?layoutTypes=Full&modes=View`);
    expect(record).toMatchObject({
      fields: {
        Type__c: { value: 'SyncNow' },
        Lead__c: { value: lead },
        Lead__r: { displayValue: 'Form', value: { fields: { Name: { value: 'Form' } } } },
        CreatedBy: { displayValue: 'Ada Admin' },
      },
    });
    expect((record['fields'] as object) && 'Stop_Requested__c' in (record['fields'] as object)).toBe(true);
  });

  it('comes with its layouts and object infos, for several records at once', async () => {
    const [one, two] = [
      await create('Lead', { LastName: 'One', Company: 'c' }),
      await create('Account', { Name: 'Two' }),
    ];
    const ui = await get(`record-ui/${one},${two}?layoutTypes=Full,Compact&modes=View,Edit`);
    expect(ui).toMatchObject({
      layouts: {
        Lead: { '012000000000000AAA': { Full: { View: { mode: 'View' }, Edit: { mode: 'Edit' } }, Compact: {} } },
        Account: {},
      },
      objectInfos: { Lead: { apiName: 'Lead' }, Account: {}, User: { apiName: 'User' } },
      records: { [one]: { apiName: 'Lead' }, [two]: { fields: { Name: { value: 'Two' } } } },
    });
  });

  it('that is new begins with the defaults of its fields', async () => {
    const defaults = await get('record-defaults/create/Lead');
    expect(defaults).toMatchObject({
      layout: { mode: 'Create' },
      objectInfos: { Lead: {}, User: {} },
      record: {
        id: null,
        apiName: 'Lead',
        fields: {
          Status: { value: 'Open - Not Contacted' },
          LastName: { value: null },
          DoNotCall: { value: false },
          OwnerId: { value: running.users.admin.id },
        },
      },
    });
    const { fields } = defaults['record'] as { fields: object };
    expect('CreatedDate' in fields || 'Id' in fields).toBe(false);
  });

  it('that is a copy begins with what can be set of the original', async () => {
    const lead = await create('Lead', { LastName: 'Source', Company: 'c', Title: 'Baker' });
    const { record } = await get(`record-defaults/clone/${lead}`);
    expect(record).toMatchObject({
      id: null,
      fields: { LastName: { value: 'Source' }, Title: { value: 'Baker' } },
    });
    expect(JSON.stringify(record)).not.toContain(lead);
  });
});

describe('object infos', () => {
  it('come in a batch, each with its own status', async () => {
    expect(await get('object-info/batch/Lead,Nope__c')).toMatchObject({
      hasErrors: true,
      results: [
        { statusCode: 200, result: { apiName: 'Lead' } },
        { statusCode: 400, result: [{ errorCode: 'INVALID_TYPE' }] },
      ],
    });
  });
});

describe('lookups', () => {
  beforeAll(async () => {
    for (const Name of ['Blue Cake', 'Cake House', 'Pancake']) await create('Account', { Name });
  });

  it('suggest what was used last, what begins so, or what holds the words', async () => {
    const names = async (query: string): Promise<unknown[]> =>
      values(await get(`lookups/Contact/AccountId/Account?${query}`), 'Name');
    expect((await names('pageSize=2')).slice(0, 2)).toEqual(['Pancake', 'Cake House']);
    expect(await names('searchType=TypeAhead&q=cake')).toEqual(['Blue Cake', 'Cake House']);
    expect(await names('searchType=Search&q=cake')).toEqual(['Blue Cake', 'Cake House', 'Pancake']);
    expect(await names('searchType=Search&q=cake&pageSize=1&page=2')).toEqual(['Cake House']);
    const { body } = await send('POST', `${UI}/lookups/Task/WhoId?searchType=Search&q=nobody`, { sourceRecord: {} });
    expect(body).toMatchObject({ lookupResults: { Lead: { count: 0 }, Contact: { count: 0 } } });
    expect((await send('GET', `${UI}/lookups/Contact/LastName`)).status).toBe(400);
    expect((await send('GET', `${UI}/lookups/Contact/AccountId/Lead`)).status).toBe(400);
  });
});

describe('apps, tabs and actions', () => {
  it('are those that are deployed', async () => {
    const { apps } = await get('apps');
    expect(apps).toMatchObject([{ developerName: 'Sellfire', label: 'Sellfire', selected: true }]);
    expect(await get('apps/selected')).toMatchObject({ developerName: 'Sellfire' });
    const { navItems } = await get('nav-items?navItemNames=standard-home,Field_Mapping__c');
    expect(navItems).toMatchObject([
      { developerName: 'standard-home', pageReference: { type: 'standard__namedPage' } },
      {
        developerName: 'Field_Mapping__c',
        pageReference: { type: 'standard__objectPage', attributes: { objectApiName: 'Field_Mapping__c' } },
      },
    ]);
  });

  it('of a record are what its user may do', async () => {
    const lead = await create('Lead', { LastName: 'Act', Company: 'c' });
    const of = async (sender: Send): Promise<unknown[]> => {
      const { body } = await sender('GET', `${UI}/actions/record/${lead}`);
      const { actions } = body as { actions: Record<string, { actions: { apiName: string }[] }> };
      return actions[lead]?.actions.map(({ apiName }) => apiName) ?? [];
    };
    expect(await of(send)).toEqual(expect.arrayContaining(['Edit', 'Delete', 'Lead.Sync_Now']));
    const outsider = await signIn(running, running.users.outsider.username);
    expect(await of(outsider)).toEqual(['Edit', 'Clone', 'Delete']);
  });
});

describe('duplicates', () => {
  it('are found before anything is saved', async () => {
    const lead = await create('Lead', { LastName: 'Twin', Company: 'c', Email: 'twin@north.example' });
    running.org.duplicates.add({ name: 'Twins', object: 'Lead', field: 'Email' });
    const look = async (Email: string) =>
      (await send('POST', `${UI}/predupe`, { apiName: 'Lead', fields: { LastName: 'x', Email } })).body;
    expect(await look('twin@north.example')).toMatchObject({
      allowSave: true,
      duplicateError: true,
      duplicateRules: ['Twins'],
      matches: [{ objectApiName: 'Lead', recordIds: [lead] }],
    });
    expect(await look('other@north.example')).toMatchObject({ duplicateError: false, matches: [] });
    running.org.duplicates.clear();
  });
});

describe('icons', () => {
  it('are those of a standard object, or of the tab of a custom one', async () => {
    const theme = async (object: string): Promise<unknown> => (await get(`object-info/${object}`))['themeInfo'];
    expect(await theme('Lead')).toMatchObject({ iconUrl: `${running.restUrl}/img/icon/t4v35/standard/lead_120.png` });
    expect(await theme('Field_Mapping__c')).toMatchObject({
      iconUrl: expect.stringMatching(/\/custom\/custom67_120\.png$/),
    });
    expect(await theme('PermissionSet')).toBeNull();
  });
});

describe('two people at one record', () => {
  it('the later one gets the error that it has changed, and may look and save again', async () => {
    const lead = await create('Lead', { LastName: 'Shared', Company: 'c' });
    const other = await signIn(running, running.users.user.username);
    const read = async (sender: Send): Promise<string> => {
      const { body } = await sender('GET', `${UI}/records/${lead}?fields=Lead.Title`);
      return (body as { lastModifiedDate: string }).lastModifiedDate;
    };
    const [mine, theirs] = [await read(send), await read(other)];
    const save = (sender: Send, Title: string, seen: string) =>
      sender('PATCH', `${UI}/records/${lead}`, { fields: { Title } }, { 'if-unmodified-since': seen });
    pass(5_000);
    expect(await save(other, 'Theirs', theirs)).toMatchObject({ status: 200 });
    pass(5_000);
    expect(await save(send, 'Mine', mine)).toMatchObject({ status: 412 });
    expect(running.org.get('Lead', lead)?.['Title']).toBe('Theirs');
    expect(await save(send, 'Mine', await read(send))).toMatchObject({ status: 200 });
    expect(running.org.get('Lead', lead)?.['Title']).toBe('Mine');
  });

  it('the one who comes after its deletion gets the error that it is gone', async () => {
    const lead = await create('Lead', { LastName: 'Gone', Company: 'c' });
    expect((await send('DELETE', `${UI}/records/${lead}`)).status).toBe(204);
    for (const [method, body] of [
      ['PATCH', { fields: { Title: 'x' } }],
      ['DELETE', undefined],
      ['GET', undefined],
    ] as const) {
      const path = `${UI}/records/${lead}${method === 'GET' ? '?fields=Lead.Id' : ''}`;
      expect(await send(method, path, body)).toMatchObject({ status: 404, body: [{ errorCode: 'NOT_FOUND' }] });
    }
  });
});

describe('a field that an administrator adds or deletes under way', () => {
  it('is there, or gone, with the next request', async () => {
    const ask = graphql(send);
    const outsider = await signIn(running, running.users.outsider.username);
    const lead = await create('Lead', { LastName: 'Late', Company: 'c' });
    const has = async (sender: Send): Promise<boolean> => {
      const { body } = await sender('GET', `${UI}/object-info/Lead`);
      return 'Late__c' in (body as { fields: object }).fields;
    };
    const query = `{ uiapi { query { Lead(where: { Id: { eq: "${lead}" } }) { edges { node { Late__c { value } } } } } } }`;
    expect([await has(send), await has(outsider)]).toEqual([false, false]);
    expect((await ask(query)).errors).toHaveLength(1);

    running.org.schema.addField('Lead', fieldDef({ name: 'Late__c', type: 'string' }));
    expect([await has(send), await has(outsider)]).toEqual([true, false]);
    expect((await send('PATCH', `${UI}/records/${lead}`, { fields: { Late__c: 'x' } })).status).toBe(200);
    expect(connection(await ask(query), 'Lead').edges[0]?.node).toEqual({ Late__c: { value: 'x' } });

    running.org.schema.removeField('Lead', 'Late__c');
    expect(await has(send)).toBe(false);
    expect((await ask(query)).errors[0]?.message).toContain("Field 'Late__c' in type 'Lead' is undefined");
    expect(await send('PATCH', `${UI}/records/${lead}`, { fields: { Late__c: 'y' } })).toMatchObject({ status: 400 });
    expect(await send('GET', `${UI}/records/${lead}?fields=Lead.Late__c`)).toMatchObject({ status: 400 });
    expect((await get(`records/${lead}?fields=Lead.LastName&optionalFields=Lead.Late__c`))['fields']).toMatchObject({
      LastName: { value: 'Late' },
    });
  });
});

describe('in an org with the package’s namespace', () => {
  it(
    'everything has its prefix, and the same words',
    async () => {
      const managed = await startOrg({ deploy: PACKAGE, namespace: 'sellfire' });
      try {
        const { administrator, admin } = managed.users;
        managed.org.transact({ user: admin.id, origin: '' }, (transaction) =>
          transaction.update('User', administrator.id, { LanguageLocaleKey: 'es' }),
        );
        const sender = await signIn(managed, administrator.username);
        const of = async (path: string): Promise<unknown> => (await sender('GET', `${UI}/${path}`)).body;
        expect(await of('object-info/sellfire__Integration_Report__c')).toMatchObject({
          label: 'Informe de integración',
          fields: { sellfire__Outcome__c: { label: 'Resultado' } },
        });
        expect(await of('list-info/sellfire__Integration_Report__c/Failed')).toMatchObject({
          filteredByInfo: [{ fieldApiName: 'sellfire__Outcome__c' }],
        });
        expect(await of('related-list-info/sellfire__Organization__c')).toMatchObject({
          relatedLists: [{ relatedListId: 'sellfire__Sites__r' }],
        });
        expect(fieldsOf((await of('layout/sellfire__Sync_Request__c')) as Record<string, unknown>)).toContain(
          'sellfire__Type__c',
        );
        const { errors } = await graphql(sender)(
          '{ uiapi { query { sellfire__Integration_Report__c(where: { sellfire__Outcome__c: { eq: "Failed" } }) { totalCount } } } }',
        );
        expect(errors).toEqual([]);
      } finally {
        await managed.close();
      }
    },
    STARTING_MS,
  );
});
