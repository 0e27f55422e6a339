// Searches of the local org by SOSL and by parameters, those in phone fields among them.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jsforce from 'jsforce';
import { startOrg, type RunningOrg } from '../server.ts';
import { assertion, DATA, signIn, type Send } from './client.ts';

type Found = { searchRecords: Record<string, unknown>[] };

let running: RunningOrg;
let send: Send;

const create = (object: string, fields: Record<string, string>): string =>
  running.org.transact({ user: running.users.admin.id, origin: '' }, (tx) => tx.create(object, fields));
const ask = (sosl: string) => send('GET', `${DATA}/search?q=${encodeURIComponent(sosl)}`);
async function find(sosl: string): Promise<Record<string, unknown>[]> {
  const { status, body } = await ask(sosl);
  expect({ status, body }).toMatchObject({ status: 200 });
  return (body as Found).searchRecords;
}
const names = async (search: string, group = 'PHONE'): Promise<unknown[]> =>
  (await find(`FIND {${search}} IN ${group} FIELDS RETURNING Lead(LastName ORDER BY LastName)`)).map(
    (record) => record['LastName'],
  );

beforeAll(async () => {
  running = await startOrg();
  send = await signIn(running);
  create('Lead', { LastName: 'Dashes', Company: 'Acme Widgets', Phone: '202-555-0101', Title: 'Chief of 2025550199' });
  create('Lead', { LastName: 'Brackets', Company: 'Acme, Inc.', MobilePhone: '(202) 555-0101' });
  create('Lead', { LastName: 'Country', Company: 'Globex', Phone: '+1 202.555.0101', Email: 'jo.smith@acme.example' });
  create('Lead', { LastName: 'Other', Company: 'Globex', Phone: '202-555-0102' });
  create('Lead', { LastName: 'Smith', FirstName: 'Jo', Company: 'C++ {Ltd}' });
  create('Contact', { LastName: 'Dashes', Phone: '202 555 0101' });
  const gone = create('Lead', { LastName: 'Gone', Company: 'c', Phone: '2025550101' });
  running.org.transact({ user: running.users.admin.id, origin: '' }, (tx) => tx.remove('Lead', gone));
});
afterAll(() => running.close());

describe('a search in phone fields', () => {
  it.each([
    ['2025550101', ['Brackets', 'Country', 'Dashes']],
    ['202\\-555\\-0101', ['Brackets', 'Country', 'Dashes']],
    ['"\\(202\\) 555\\-0101"', ['Brackets', 'Country', 'Dashes']],
    ['\\+12025550101', ['Country']],
    ['202555*', ['Brackets', 'Country', 'Dashes', 'Other']],
    ['202555010?', ['Brackets', 'Country', 'Dashes', 'Other']],
    ['2025550102 OR 2025550101', ['Brackets', 'Country', 'Dashes', 'Other']],
    ['202555* AND NOT 2025550101', ['Other']],
    ['20255501', []],
    ['2025550199', []],
  ])('%s', async (search, expected) => {
    expect(await names(search)).toEqual(expected);
  });
});

describe('a search', () => {
  it.each([
    ['acme', 'NAME', ['Brackets', 'Dashes']],
    ['ACM*', 'NAME', ['Brackets', 'Dashes']],
    ['acm', 'NAME', []],
    ['acme inc', 'NAME', ['Brackets']],
    ['"acme widgets"', 'NAME', ['Dashes']],
    ['"widgets acme"', 'NAME', []],
    ['widgets acme', 'NAME', ['Dashes']],
    ['(globex OR widgets) AND country', 'NAME', ['Country']],
    ['C\\+\\+ \\{Ltd\\}', 'NAME', ['Smith']],
    ['jo.smith@acme.example', 'EMAIL', ['Country']],
    ['smith', 'ALL', ['Country', 'Smith']],
    ['smith', 'EMAIL', ['Country']],
    ['2025550199', 'ALL', ['Dashes']],
  ])('for %s in %s fields', async (search, group, expected) => {
    expect(await names(search, group)).toEqual(expected);
  });

  it('selects of each object what was asked for, filtered, ordered and limited', async () => {
    const records = await find(
      "FIND {2025550101} IN PHONE FIELDS RETURNING Lead(Id, LastName, Owner.Name WHERE Company != 'x)' AND LastName LIKE '%s' ORDER BY LastName LIMIT 1), Contact(LastName), User LIMIT 5",
    );
    expect(records).toMatchObject([
      { attributes: { type: 'Lead' }, LastName: 'Brackets', Owner: { Name: 'Ada Admin' } },
      {
        attributes: { type: 'Contact', url: expect.stringContaining(`${DATA}/sobjects/Contact/003`) },
        LastName: 'Dashes',
      },
    ]);
    expect(Object.keys(records[1] ?? {})).toEqual(['attributes', 'LastName']);
    expect(await find('FIND {2025550101} RETURNING Lead, Contact LIMIT 2')).toHaveLength(2);
  });

  it('looks through everything, by id, where nothing is said', async () => {
    const found = await find('FIND {Dashes}');
    expect(found.map((record) => (record['attributes'] as { type: string }).type).sort()).toEqual(['Contact', 'Lead']);
    expect(Object.keys(found[0] ?? {})).toEqual(['attributes', 'Id']);
  });

  it('gives 2,000 results at most', async () => {
    running.org.transact({ user: running.users.admin.id, origin: '' }, (tx) => {
      for (let n = 0; n < 2_050; n += 1) tx.create('Product2', { Name: `Plenty ${n}` });
    });
    expect(await find('FIND {plenty} IN NAME FIELDS RETURNING Product2(Id LIMIT 3000)')).toHaveLength(2_000);
    expect(await find('FIND {plenty} RETURNING Product2 LIMIT 7')).toHaveLength(7);
  });

  it.each([
    ['SELECT Id FROM Lead', 'MALFORMED_SEARCH'],
    ['FIND {acme', 'MALFORMED_SEARCH'],
    ['FIND {a} IN NAME FIELDS', 'MALFORMED_SEARCH'],
    ['FIND {a*}', 'MALFORMED_SEARCH'],
    ['FIND {*cme}', 'MALFORMED_SEARCH'],
    ['FIND {}', 'MALFORMED_SEARCH'],
    ['FIND {(acme}', 'MALFORMED_SEARCH'],
    ['FIND {"acme}', 'MALFORMED_SEARCH'],
    ['FIND {acme AND}', 'MALFORMED_SEARCH'],
    ['FIND {ac:me}', 'MALFORMED_SEARCH'],
    ['FIND {+12025550101}', 'MALFORMED_SEARCH'],
    ['FIND {acme} IN SIDEBAR FIELDS', 'MALFORMED_SEARCH'],
    ['FIND {acme} RETURNING Lead WITH SNIPPET', 'MALFORMED_SEARCH'],
    ['FIND {acme} RETURNING Lead nonsense', 'MALFORMED_SEARCH'],
    ['FIND {acme} RETURNING Profile', 'MALFORMED_SEARCH'],
    ['FIND {acme} RETURNING Nope__c', 'INVALID_TYPE'],
    ['FIND {acme} RETURNING Lead(Nope)', 'INVALID_FIELD'],
    ['FIND {acme} RETURNING Lead(Id WHERE Company == 1)', 'MALFORMED_SEARCH'],
  ])('%s is refused', async (sosl, code) => {
    expect(await ask(sosl)).toMatchObject({ status: 400, body: [{ errorCode: code }] });
  });
});

describe('a search by parameters', () => {
  const PATH = `${DATA}/parameterizedSearch`;

  it('is asked for by address', async () => {
    const { body } = await send(
      'GET',
      `${PATH}?q=2025550101&in=PHONE&sobject=Lead&Lead.fields=id,lastname&Lead.where=${encodeURIComponent("LastName LIKE 'D%'")}&sobject=Contact&fields=Id&defaultLimit=5`,
    );
    expect((body as Found).searchRecords).toMatchObject([
      { attributes: { type: 'Lead' }, LastName: 'Dashes' },
      { attributes: { type: 'Contact' } },
    ]);
  });

  it('is asked for by a body', async () => {
    const sobjects = [{ name: 'Lead', fields: ['LastName'], orderBy: 'LastName DESC', limit: 2 }, { name: 'Contact' }];
    const { body } = await send('POST', PATH, {
      q: '2025550101',
      in: 'PHONE',
      fields: ['Id'],
      sobjects,
      overallLimit: 3,
    });
    expect((body as Found).searchRecords).toMatchObject([
      { LastName: 'Dashes' },
      { LastName: 'Country' },
      { Id: expect.any(String) },
    ]);
  });

  it('is refused what it does not know', async () => {
    for (const body of [
      {},
      { q: 'acme', in: 'NOWHERE' },
      { q: 'acme', sobjects: [{ name: 'Lead', nope: 1 }] },
      { q: '(' },
    ]) {
      expect((await send('POST', PATH, body)).status).toBe(400);
    }
    expect((await send('GET', `${PATH}?q=acme&nope=1`)).body).toMatchObject([{ errorCode: 'INVALID_INPUT' }]);
  });
});

it('is what jsforce searches', async () => {
  const connection = new jsforce.Connection({ loginUrl: running.restUrl, version: '67.0' });
  await connection.authorize({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: await assertion(running),
  });
  const { searchRecords } = await connection.search('FIND {2025550102} IN PHONE FIELDS RETURNING Lead(Id, LastName)');
  expect(searchRecords).toMatchObject([{ LastName: 'Other' }]);
});
