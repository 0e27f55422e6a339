// GraphQL queries of the local org: filters, pages, aggregates and object infos.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { idAt } from '../ids.ts';
import { DATA } from './client.ts';
import { connection, type ConnectionReply } from './graphqlClient.ts';
import { STRANGE, running, send, ask, now, ids, create, found } from './graphqlOrg.ts';

describe('a query', () => {
  it('answers with records as edges and nodes, and with no errors', async () => {
    const answer = await ask('{ uiapi { query { Account { edges { node { Id Name { value } } } } } } }');
    const node = { Id: ids['acme'], Name: { value: 'Acme' } };
    expect(answer).toEqual({ data: { uiapi: { query: { Account: { edges: [{ node }] } } } }, errors: [] });
  });

  it('shows each field as value and as people read it, picklists with their label', async () => {
    const { edges } = connection(
      await ask(
        `{ uiapi { query { Lead(first: 1) { edges { node {
          ApiName DisplayValue WeakEtag
          revenue: AnnualRevenue { value displayValue }
          LeadSource { value label displayValue }
          DoNotCall { value }
          Email { value displayValue }
          CreatedDate { value displayValue }
          OwnerId { value }
        } } } } } }`,
      ),
      'Lead',
    );
    expect(edges[0]?.node).toEqual({
      ApiName: 'Lead',
      DisplayValue: 'Alder',
      WeakEtag: Date.parse('2026-11-20T10:00:00Z'),
      revenue: { value: 1000, displayValue: '$1,000' },
      LeadSource: { value: 'Web', label: 'Web', displayValue: 'Web' },
      DoNotCall: { value: true },
      Email: { value: null, displayValue: null },
      CreatedDate: {
        value: '2026-11-20T10:00:00.000Z',
        displayValue: expect.stringMatching(/^11\/20\/2026, 10:00\sAM$/),
      },
      OwnerId: { value: running.users.admin.id },
    });
  });

  it('filters by operators, which hold together', async () => {
    expect(await found('{ LastName: { eq: "ALDER" } }')).toEqual(['Alder']);
    expect(await found('{ AnnualRevenue: { gt: 1000, lte: 3000 } }')).toEqual(['Birch', STRANGE]);
    expect(await found('{ LeadSource: { ne: "Web" } }')).toEqual(['Cedar', STRANGE]);
    expect(await found('{ LeadSource: { eq: null } }')).toEqual([STRANGE]);
    expect(await found('{ LastName: { like: "%e%r" } }')).toEqual(['Alder', 'Cedar']);
    expect(await found('{ LastName: { in: ["Birch", "Cedar", "Nobody"] } }')).toEqual(['Birch', 'Cedar']);
    expect(await found('{ LastName: { nin: ["Birch", "Cedar"] } }')).toEqual(['Alder', STRANGE]);
    expect(await found('{ LastName: { in: [] } }')).toEqual([]);
    expect(await found('{ DoNotCall: { eq: true }, Company: { eq: "North" } }')).toEqual(['Alder']);
    expect(await found('{ Id: { eq: "' + ids['Cedar']?.slice(0, 15) + '" } }')).toEqual(['Cedar']);
  });

  it('joins filters with and, or and not', async () => {
    expect(await found('{ or: [{ LastName: { eq: "Alder" } }, { Company: { eq: "South" } }] }')).toEqual([
      'Alder',
      'Cedar',
    ]);
    expect(await found('{ and: [{ Company: { eq: "North" } }, { not: { LastName: { eq: "Alder" } } }] }')).toEqual([
      'Birch',
    ]);
    expect(await found('{ not: { or: [{ LeadSource: { eq: "Web" } }, { LeadSource: { eq: "Other" } }] } }')).toEqual([
      STRANGE,
    ]);
    expect(await found('{ and: [] }')).toHaveLength(4);
  });

  it('filters dates by value, literal and range', async () => {
    expect(await found('{ CreatedDate: { gt: { value: "2026-11-20T10:01:00Z" } } }')).toEqual(['Cedar', STRANGE]);
    expect(await found('{ CreatedDate: { eq: { literal: TODAY } } }')).toHaveLength(4);
    expect(await found('{ CreatedDate: { lt: { range: { last_n_days: 3 } } } }')).toEqual([]);
    const beyond = await ask(
      '{ uiapi { query { Lead(where: { CreatedDate: { gt: { range: { last_n_days: 999999999 } } } }) { totalCount } } } }',
    );
    expect(beyond.errors).toMatchObject([{ extensions: { ErrorType: 'DataFetchingException' } }]);
    const both = await ask(
      '{ uiapi { query { Lead(where: { CreatedDate: { eq: { literal: TODAY, value: "2026-11-20T10:01:00Z" } } }) { totalCount } } } }',
    );
    expect(both.errors).toMatchObject([{ extensions: { ErrorType: 'DataFetchingException' } }]);
  });

  it('takes values as variables, whatever characters they have', async () => {
    const head = 'query Leads($name: String)';
    expect(await found('{ LastName: { eq: $name } }', { name: STRANGE }, head)).toEqual([STRANGE]);
    expect(await found('{ LastName: { like: $name } }', { name: 'O\'Neil "the \\ <b>" 😀\\%\\_' }, head)).toEqual([
      STRANGE,
    ]);
    expect(await found('{ LastName: { eq: $name } }', { name: "x' OR Name != '" }, head)).toEqual([]);
  });

  it('orders by several fields, in the order in which they are named, nulls where they are wanted', async () => {
    const names = async (order: string, variables?: Record<string, unknown>, head = ''): Promise<unknown[]> => {
      const query = `${head} { uiapi { query { Lead(orderBy: ${order}) { edges { node { LastName { value } } } } } } }`;
      return connection(await ask(query, variables), 'Lead').edges.map(({ node }) => node['LastName']?.value);
    };
    expect(await names('{ AnnualRevenue: { order: DESC, nulls: LAST } }')).toEqual([
      'Birch',
      STRANGE,
      'Alder',
      'Cedar',
    ]);
    expect(await names('{ LeadSource: { nulls: LAST }, LastName: { order: DESC } }')).toEqual([
      'Cedar',
      'Birch',
      'Alder',
      STRANGE,
    ]);
    const order = { LastName: { order: 'DESC' }, LeadSource: { nulls: 'LAST' } };
    expect(await names('$order', { order }, 'query ($order: Lead_OrderBy)')).toEqual([
      STRANGE,
      'Cedar',
      'Birch',
      'Alder',
    ]);
  });

  it('gives ten records by default, and the next ones after a cursor', async () => {
    const page = async (after: string | null) =>
      connection(
        await ask(
          `query ($after: String) { uiapi { query { Lead(first: 3, after: $after) {
            edges { cursor node { LastName { value } } } totalCount pageResultCount
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }`,
          { after },
        ),
        'Lead',
      );
    const first = await page(null);
    expect(first).toMatchObject({
      totalCount: 4,
      pageResultCount: 3,
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: first.edges[0]?.cursor },
    });
    const second = await page(first.pageInfo.endCursor);
    expect(second.edges.map(({ node }) => node['LastName']?.value)).toEqual([STRANGE]);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('refuses cursors that it has not given, and pages of a size that it does not have', async () => {
    for (const given of ['first: 0', 'first: 2001', 'first: -1', 'after: "nonsense"', 'first: 10, upperBound: 300']) {
      const { data, errors } = await ask(`{ uiapi { query { Lead(${given}) { edges { node { Id } } } } } }`);
      expect({ given, data }).toEqual({ given, data: { uiapi: { query: { Lead: null } } } });
      expect(errors).toMatchObject([
        { path: ['uiapi', 'query', 'Lead'], extensions: { ErrorType: 'DataFetchingException' } },
      ]);
    }
  });

  it('reads the parents of a record, of one kind and of several', async () => {
    const { edges } = connection(
      await ask(
        `{ uiapi { query { Contact(first: 1, orderBy: { LastName: { order: DESC } }) { edges { node {
          Account { Name { value } Owner { Name { value } } NumberOfEmployees { displayValue } }
          ReportsTo { Name { value } } } } } } } }`,
      ),
      'Contact',
    );
    expect(edges[0]?.node).toEqual({
      Account: {
        Name: { value: 'Acme' },
        Owner: { Name: { value: 'Ada Admin' } },
        NumberOfEmployees: { displayValue: '1,234' },
      },
      ReportsTo: null,
    });
    const task = await ask(
      `{ uiapi { query { Task { edges { node { Subject { value }
        Who { __typename ... on Lead { Company { value } } ... on Contact { Account { Name { value } } } } } } } } } }`,
    );
    expect(connection(task, 'Task').edges[0]?.node['Who']).toEqual({ __typename: 'Lead', Company: { value: 'North' } });
  });

  it('filters by parents, of one kind and of several, and by the ids that other records hold', async () => {
    const counted = async (object: string, where: string): Promise<number> =>
      connection(await ask(`{ uiapi { query { ${object}(where: ${where}) { totalCount } } } }`), object).totalCount;
    expect(await counted('Contact', '{ Account: { Name: { eq: "acme" } } }')).toBe(2);
    expect(await counted('Task', '{ Who: { Lead: { Company: { eq: "North" } } } }')).toBe(1);
    expect(await counted('Task', '{ Who: { Contact: {} } }')).toBe(0);
    const join = '{ Contact: { LastName: { eq: "Reed" } }, ApiName: "AccountId" }';
    expect(await counted('Account', `{ Id: { inq: ${join} } }`)).toBe(1);
    expect(await counted('Account', `{ Id: { ninq: ${join} } }`)).toBe(0);
  });

  it('reads children, each connection with its own arguments and alias', async () => {
    const { edges } = connection<Record<string, unknown>>(
      await ask(
        `{ uiapi { query { Account { edges { node {
          all: Contacts(orderBy: { LastName: { order: ASC } }) { totalCount edges { node { LastName { value } } } }
          one: Contacts(first: 1, where: { LastName: { eq: "Reed" } }) { pageInfo { hasNextPage } edges { node { Id } } }
          Opportunities { totalCount } } } } } } }`,
      ),
      'Account',
    );
    expect(edges[0]?.node).toEqual({
      all: {
        totalCount: 2,
        edges: [{ node: { LastName: { value: 'Moss' } } }, { node: { LastName: { value: 'Reed' } } }],
      },
      one: { pageInfo: { hasNextPage: false }, edges: [{ node: { Id: ids['reed'] } }] },
      Opportunities: { totalCount: 0 },
    });
  });

  it('reads through fragments, aliases and directives', async () => {
    const answer = await ask(
      `query Leads($without: Boolean!) { uiapi { query {
        north: Lead(where: { Company: { eq: "North" } }) { edges { node { ...words Id @skip(if: $without) } } }
        south: Lead(where: { Company: { eq: "South" } }) { edges { node { ...words } } }
      } } }
      fragment words on Record { ... on Lead { name: LastName { text: value } Company @include(if: $without) { value } } }`,
      { without: true },
    );
    expect(connection(answer, 'north').edges.map(({ node }) => node)).toEqual([
      { name: { text: 'Alder' }, Company: { value: 'North' } },
      { name: { text: 'Birch' }, Company: { value: 'North' } },
    ]);
    expect(connection(answer, 'south').edges).toHaveLength(1);
  });

  it('can be narrowed to the records of the user', async () => {
    const owner = running.users.integration.id;
    const id = await create('Lead', { LastName: 'Dogwood', Company: 'East', OwnerId: owner });
    const mine = await ask('{ uiapi { query { Lead(scope: MINE) { totalCount } } } }');
    expect(connection(mine, 'Lead').totalCount).toBe(4);
    expect((await send('DELETE', `${DATA}/sobjects/Lead/${id}`)).status).toBe(204);
  });

  it('of an id that is no record’s finds nothing, which is no error', async () => {
    expect(await found('{ Id: { eq: "00QSF0zzzzzzzzz" } }')).toEqual([]);
  });
});

describe('a query of many records', () => {
  const MANY = 10_500;
  beforeAll(() => {
    // Straight into the table: what is tried is reading.
    const object = running.org.schema.object('Integration_Report__c');
    const { id } = running.users.admin;
    const stamps = { CreatedById: id, LastModifiedById: id, OwnerId: id, IsDeleted: false };
    for (let at = 0; at < MANY; at += 1) {
      const Occurred_At__c = at % 10 === 0 ? null : new Date(now - (at % 5_000) * 60_000).toISOString();
      running.org.tables.insert(object, {
        ...running.org.tables.blank(object),
        ...stamps,
        Id: idAt(object.keyPrefix, at + 1),
        Name: `R-${at}`,
        Code__c: `code_${at % 7}`,
        Occurred_At__c,
      });
    }
  });

  it('pages through all of them with an upper bound, each once', async () => {
    const seen = new Set<string>();
    let after: string | null = null;
    for (let page = 0; page < 6; page += 1) {
      const reply: ConnectionReply<{ Id: string }> = connection(
        await ask(
          `query ($after: String) { uiapi { query { Integration_Report__c(
            first: 2000, upperBound: 10100, after: $after, orderBy: { Occurred_At__c: { order: DESC } }
          ) { edges { node { Id } } pageInfo { hasNextPage endCursor } } } } }`,
          { after },
        ),
        'Integration_Report__c',
      );
      const { edges, pageInfo } = reply;
      for (const { node } of edges) seen.add(node.Id);
      after = pageInfo.endCursor;
      expect({ page, size: edges.length, more: pageInfo.hasNextPage }).toEqual({
        page,
        size: page < 5 ? 2_000 : 100,
        more: page < 5,
      });
    }
    expect(seen.size).toBe(10_100);
  });

  it('without an upper bound goes no further than a SOQL offset does', async () => {
    const after = Buffer.from('v1:2001').toString('base64');
    const { errors } = await ask(
      `{ uiapi { query { Integration_Report__c(after: "${after}") { edges { node { Id } } } } } }`,
    );
    expect(errors).toMatchObject([{ extensions: { errorCode: 'NUMBER_OUTSIDE_VALID_RANGE' } }]);
  });

  it('keeps an index of the order that pages ask for, which changes nothing in the answer', async () => {
    const indexes = (): unknown[] =>
      running.org.tables.db.prepare(`SELECT name FROM pragma_index_list('Integration_Report__c')`).all();
    const order = '{ Code__c: { order: DESC, nulls: LAST }, Name: { order: ASC } }';
    const names = async (): Promise<unknown[]> =>
      connection(
        await ask(
          `{ uiapi { query { Integration_Report__c(first: 30, where: { Code__c: { ne: "code_6" } }, orderBy: ${order}) { edges { node {
            Name { value } } } } } } }`,
        ),
        'Integration_Report__c',
      ).edges.map(({ node }) => node['Name']?.value);
    const before = indexes().length;
    const rows = running.org.find('Integration_Report__c', { Code__c: 'code_5' });
    const expected = rows.map(({ Name }) => String(Name)).sort((left, right) => (left < right ? -1 : 1));
    expect(await names()).toEqual(expected.slice(0, 30));
    expect(indexes().length).toBe(before + 1);
    expect(await names()).toEqual(expected.slice(0, 30));
    expect(indexes().length).toBe(before + 1);
  });
});

describe('an aggregate query', () => {
  it('groups, counts and adds up, in the order that is asked for', async () => {
    const answer = await ask(
      `{ uiapi { aggregate { Lead(
        groupBy: { LeadSource: { group: true } }
        orderBy: { Id: { function: COUNT, order: DESC }, LeadSource: { order: DESC, nulls: LAST } }
      ) { totalCount edges { node { aggregate {
        LeadSource { value label }
        Id { count { value } }
        AnnualRevenue { sum { value displayValue } avg { value } max { value } }
        CreatedDate { min { value } max { value } }
      } } } } } } }`,
    );
    const { totalCount, edges } = connection<{ aggregate: unknown }>(answer, 'Lead', 'aggregate');
    expect(totalCount).toBe(3);
    expect(edges.map(({ node }) => node.aggregate)).toEqual([
      {
        LeadSource: { value: 'Web', label: 'Web' },
        Id: { count: { value: 2 } },
        AnnualRevenue: { sum: { value: 4000, displayValue: '$4,000' }, avg: { value: 2000 }, max: { value: 3000 } },
        CreatedDate: { min: { value: '2026-11-20T10:00:00.000Z' }, max: { value: '2026-11-20T10:01:00.000Z' } },
      },
      expect.objectContaining({ LeadSource: { value: 'Other', label: 'Other' }, Id: { count: { value: 1 } } }),
      expect.objectContaining({ LeadSource: { value: null, label: null } }),
    ]);
  });

  it('without groups is of all records', async () => {
    const answer = await ask(
      `{ uiapi { aggregate { Lead(where: { Company: { eq: "North" } }) { totalCount edges { node { aggregate {
        AnnualRevenue { sum { value } } Company { countDistinct { value } } } } } } } } }`,
    );
    expect(connection(answer, 'Lead', 'aggregate')).toEqual({
      totalCount: 2,
      edges: [
        { node: { aggregate: { AnnualRevenue: { sum: { value: 4000 } }, Company: { countDistinct: { value: 1 } } } } },
      ],
    });
  });

  it('says which ways of grouping this org does not have', async () => {
    for (const [groupBy, words] of [
      ['{ CreatedDate: { function: CALENDAR_YEAR } }', 'CALENDAR_YEAR(CreatedDate)'],
      ['{ type: ROLLUP, LeadSource: { group: true } }', 'ROLLUP'],
      ['{ CreatedDate: { group: true } }', "'CreatedDate' can not be grouped"],
    ] as const) {
      const { errors } = await ask(
        `{ uiapi { aggregate { Lead(groupBy: ${groupBy}) { edges { node { aggregate { Id { count { value } } } } } } } } }`,
      );
      expect(errors).toMatchObject([
        { message: expect.stringContaining(words), extensions: { ErrorType: 'DataFetchingException' } },
      ]);
    }
  });

  it('refuses a field that is neither grouped nor aggregated', async () => {
    const { errors } = await ask(
      `{ uiapi { aggregate { Lead(groupBy: { LeadSource: { group: true } }) { edges { node { aggregate {
        Company { value } } } } } } } }`,
    );
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('must be grouped or aggregated'),
        extensions: { errorCode: 'MALFORMED_QUERY' },
      },
    ]);
  });
});

describe('object infos', () => {
  it('are those of the User Interface API, picklists with their values', async () => {
    const { data, errors } = await ask(
      `{ uiapi { objectInfos(apiNames: ["Lead", "integration_report__c"]) { ApiName labelPlural createable nameFields
        fields { ApiName dataType ... on PicklistField { picklistValuesByRecordTypeIDs { recordTypeID
          picklistValues { value label } } } } } } }`,
    );
    expect(errors).toEqual([]);
    const infos = data?.uiapi['objectInfos'] as unknown as { ApiName: string; fields: { ApiName: string }[] }[];
    expect(infos.map(({ ApiName }) => ApiName)).toEqual(['Lead', 'Integration_Report__c']);
    expect(infos[0]).toMatchObject({ labelPlural: 'Leads', createable: true });
    expect(infos[0]?.fields.find(({ ApiName }) => ApiName === 'LeadSource')).toMatchObject({
      dataType: 'Picklist',
      picklistValuesByRecordTypeIDs: [
        {
          recordTypeID: '012000000000000AAA',
          picklistValues: expect.arrayContaining([{ value: 'Web', label: 'Web' }]),
        },
      ],
    });
  });

  it('of an object that is not there are an error', async () => {
    const { errors } = await ask('{ uiapi { objectInfos(apiNames: ["Nope__c"]) { ApiName } } }');
    expect(errors).toMatchObject([{ extensions: { ErrorType: 'DataFetchingException', errorCode: 'INVALID_TYPE' } }]);
  });
});
