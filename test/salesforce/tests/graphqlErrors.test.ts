// A GraphQL request that cannot be carried out says why, as the platform does.
import { describe, expect, it } from '@jest/globals';
import { DATA } from './client.ts';
import { connection } from './graphqlClient.ts';
import { send, ask } from './graphqlOrg.ts';

describe('a request that cannot be carried out', () => {
  it('is answered with what is wrong with its syntax, and where', async () => {
    for (const query of ['', '{', '{ uiapi { query { Lead(first: 1 { totalCount } } } }', 'nonsense', '{ a(b: "']) {
      const { data, errors } = await ask(query);
      expect({ query, data }).toEqual({ query, data: null });
      expect(errors).toMatchObject([{ extensions: { ErrorType: 'InvalidSyntax' } }]);
    }
    const { errors } = await ask('{ uiapi {\n  query { } } }');
    expect(errors[0]?.locations).toEqual([{ line: 2, column: 9 }]);
  });

  it('names the path to a field that does not exist', async () => {
    const { data, errors } = await ask('{ uiapi { query { Lead { edges { node { Id Nope__c { value } } } } } } }');
    expect(data).toBeNull();
    expect(errors).toEqual([
      {
        message:
          "Validation error (FieldUndefined@[uiapi/query/Lead/edges/node/Nope__c]) : Field 'Nope__c' in type 'Lead' is undefined",
        locations: [{ line: 1, column: 44 }],
        extensions: { ErrorType: 'ValidationError' },
      },
    ]);
    const object = await ask('{ uiapi { query { Nope__c { totalCount } } } }');
    expect(object.errors[0]?.message).toContain("Field 'Nope__c' in type 'RecordQuery' is undefined");
  });

  it('leaves out what is optional and does not exist, with what is only for it', async () => {
    const { edges } = connection(
      await ask(
        `query ($size: Int) { uiapi { query { Lead(first: 1) { edges { node { LastName { value }
          Nope__c @optional { value } Gone__r @optional { Name { value } Tasks(first: $size) { totalCount } }
          Company @optional { value } } } } } } }`,
        { size: 1 },
      ),
      'Lead',
    );
    expect(edges[0]?.node).toEqual({ LastName: { value: 'Alder' }, Company: { value: 'North' } });
  });

  it('says that a value does not fit its type', async () => {
    for (const where of [
      '{ LastName: { eq: 1 } }',
      '{ AnnualRevenue: { gt: "1000" } }',
      '{ CreatedDate: { gt: "2026-01-01" } }',
      '{ CreatedDate: { gt: { value: "yesterday" } } }',
      '{ LeadSource: { eq: Web } }',
      '{ LastName: { matches: "x" } }',
    ]) {
      const { errors } = await ask(`{ uiapi { query { Lead(where: ${where}) { totalCount } } } }`);
      expect({ where, errors }).toMatchObject({ where, errors: [{ extensions: { ErrorType: 'ValidationError' } }] });
    }
    const variable = await ask('query ($n: Int) { uiapi { query { Lead(first: $n) { totalCount } } } }', { n: 'two' });
    expect(variable.errors).toMatchObject([{ extensions: { ErrorType: 'ValidationError' } }]);
  });

  it('says which operation it does not know', async () => {
    const query =
      'query A { uiapi { query { Lead { totalCount } } } } query B { uiapi { query { Lead { totalCount } } } }';
    const { body } = await send('POST', `${DATA}/graphql`, { query, operationName: 'C' });
    expect(body).toMatchObject({ errors: [{ extensions: { ErrorType: 'OperationNotSupported' } }] });
    const { body: fine } = await send('POST', `${DATA}/graphql`, { query, operationName: 'B' });
    expect(fine).toMatchObject({ errors: [] });
    expect((await ask(query)).errors).toMatchObject([{ extensions: { ErrorType: 'OperationNotSupported' } }]);
  });

  it('is bounded in depth, in length and in queries', async () => {
    const deep = `{ uiapi { query { Lead(where: ${'{ and: ['.repeat(5_000)}${'] }'.repeat(5_000)}) { totalCount } } } }`;
    const parents = `{ uiapi { query { Account { edges { node { ${'Parent { '.repeat(7)} Id ${'}'.repeat(7)} } } } } } }`;
    const many = (count: number): string =>
      `{ uiapi { query { ${Array.from({ length: count }, (_unused, n) => `a${n}: Lead { totalCount }`).join(' ')} } } }`;
    expect((await ask(deep)).errors).toMatchObject([{ extensions: { ErrorType: 'InvalidSyntax' } }]);
    expect((await ask(parents)).errors).toMatchObject([{ extensions: { ErrorType: 'DataFetchingException' } }]);
    expect((await ask(many(11))).errors).toMatchObject([{ extensions: { ErrorType: 'ValidationError' } }]);
    expect((await ask(many(10))).errors).toEqual([]);
    expect((await ask(many(10_000))).errors).toMatchObject([{ extensions: { ErrorType: 'InvalidSyntax' } }]);
  });

  it('without a query, in another method or without a session is refused by status', async () => {
    expect(await send('POST', `${DATA}/graphql`, { variables: {} })).toMatchObject({ status: 400 });
    expect(await send('POST', `${DATA}/graphql`, '{')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'JSON_PARSER_ERROR' }],
    });
    expect(await send('GET', `${DATA}/graphql`)).toMatchObject({ status: 405 });
    expect(await send('POST', `${DATA}/graphql`, { query: '{' }, { authorization: 'Bearer no' })).toMatchObject({
      status: 401,
      body: [{ errorCode: 'INVALID_SESSION_ID' }],
    });
  });

  it('can read the schema itself', async () => {
    const { data } = await ask('{ __type(name: "Lead") { name interfaces { name } fields { name } } }');
    expect(data).toMatchObject({ __type: { name: 'Lead', interfaces: [{ name: 'Record' }] } });
  });
});
