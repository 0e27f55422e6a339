// SOQL of the local org answers as the platform does, and refuses what it refuses.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fieldDef, picklist } from '../fields.ts';
import { PlatformError, type Row } from '../model.ts';
import { createOrg, type Org } from '../org.ts';
import { pageSize } from '../soql.ts';

/** A Tuesday. */
const NOW = Date.UTC(2026, 10, 24, 9, 30);
let org: Org;
let now = NOW;
let account: string;

const create = (object: string, fields: Row): string =>
  org.transact({ user: org.users.admin.id, origin: '' }, (tx) => tx.create(object, fields));
const names = (where: string): unknown[] =>
  org.query(`SELECT LastName FROM Lead WHERE ${where} ORDER BY LastName`).records.map((record) => record['LastName']);

function refusal(soql: string): { code: string; message: string } {
  try {
    org.query(soql);
  } catch (error) {
    if (error instanceof PlatformError) return { code: error.errorCode, message: error.message };
    throw error;
  }
  throw new Error(`Nothing was refused in: ${soql}`);
}

beforeAll(() => {
  org = createOrg({ clock: () => now });
  const values = picklist(['Red', 'Green', 'Blue']);
  org.schema.addField('Lead', fieldDef({ name: 'Colours__c', type: 'multipicklist', picklistValues: values }));
  org.schema.addField('Lead', fieldDef({ name: 'Born__c', type: 'date' }));
  account = create('Account', { Name: 'Zenith', BillingCity: 'Reno', BillingPostalCode: '89501' });
  const lead = { Company: 'c' };
  create('Lead', {
    ...lead,
    LastName: 'Adams',
    Phone: '+12025550101',
    NumberOfEmployees: 5,
    Colours__c: 'Red;Blue',
    Born__c: '2026-11-24',
  });
  create('Lead', {
    ...lead,
    LastName: 'ÉMILE',
    Phone: '+12025550102',
    DoNotCall: true,
    Colours__c: 'Green',
    Born__c: '2026-11-22',
  });
  create('Lead', { ...lead, LastName: "O'Neill", Title: '50%_off', NumberOfEmployees: 50, Born__c: '2026-10-31' });
  now = Date.UTC(2026, 8, 1);
  create('Lead', { ...lead, LastName: 'young', Title: '50 off', Born__c: '2025-12-31' });
  now = NOW;
  create('Contact', { LastName: 'Reed', AccountId: account });
  create('Contact', { LastName: 'Private' });
});
afterAll(() => org.close());

describe('a where clause', () => {
  it.each([
    ["LastName = 'ADAMS'", ['Adams']],
    ["LastName = 'émile'", ['ÉMILE']],
    ["LastName IN ('x', 'Émile', 'YOUNG')", ['young', 'ÉMILE']],
    ["LastName = 'O\\'Neill'", ["O'Neill"]],
    ["LastName LIKE 'o%'", ["O'Neill"]],
    ["LastName LIKE '%mil_'", ['ÉMILE']],
    ["LastName LIKE 'é%'", ['ÉMILE']],
    ["Title LIKE '50\\%\\_%'", ["O'Neill"]],
    ["Title LIKE '50_off'", ['young']],
    ["Phone = '+12025550101' OR Phone = '+12025550102'", ['Adams', 'ÉMILE']],
    ['Phone = null', ["O'Neill", 'young']],
    ["Phone = ''", ["O'Neill", 'young']],
    ["Phone != '+12025550101'", ["O'Neill", 'young', 'ÉMILE']],
    ["Phone NOT IN ('+12025550101')", ["O'Neill", 'young', 'ÉMILE']],
    ["NOT Phone LIKE '+1202555010%'", ["O'Neill", 'young']],
    ["(NOT (Phone LIKE '%1' OR NumberOfEmployees > 10)) AND DoNotCall = false", ['young']],
    ['NumberOfEmployees >= 5 AND NumberOfEmployees < 50', ['Adams']],
    ['DoNotCall = TRUE', ['ÉMILE']],
    ["Colours__c INCLUDES ('Red;Blue', 'Purple')", ['Adams']],
    ["Colours__c EXCLUDES ('red')", ["O'Neill", 'young', 'ÉMILE']],
    ['Born__c = TODAY', ['Adams']],
    ['Born__c = THIS_WEEK', ['Adams', 'ÉMILE']],
    ['Born__c = LAST_N_DAYS:2', ['Adams', 'ÉMILE']],
    ['Born__c = LAST_MONTH', ["O'Neill"]],
    ['Born__c < THIS_YEAR', ['young']],
    ['Born__c = N_DAYS_AGO:2 OR Born__c = TODAY', ['Adams', 'ÉMILE']],
    ['Born__c = 2025-12-31', ['young']],
    ['CreatedDate >= 2026-11-24T10:30:00+01:00', ['Adams', "O'Neill", 'ÉMILE']],
    ['CreatedDate < LAST_N_DAYS:30', ['young']],
    ["Owner.Username = 'ADMIN@local.example' AND l.LastName = 'Adams'", undefined],
  ])('%s', (where, expected) => {
    if (expected) expect(names(where)).toEqual(expected);
    else expect(org.query(`SELECT Id FROM Lead l WHERE ${where}`).totalSize).toBe(1);
  });

  it('compares ids of either length', () => {
    const short = account.slice(0, 15);
    expect(org.query(`SELECT Id FROM Contact WHERE AccountId = '${short}'`).totalSize).toBe(1);
    expect(org.query(`SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact)`).totalSize).toBe(1);
    expect(org.query(`SELECT Id FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact)`).totalSize).toBe(0);
  });

  it('is bound, never pasted: a quote in a literal stays inside it', () => {
    expect(names("LastName = '\\' OR 1=1 --'")).toEqual([]);
  });
});

describe('a select list', () => {
  it('gives records as REST shows them, parents nested and absent parents null', () => {
    const { records } = org.query(
      'SELECT Id, LastName, Account.Name, Account.Owner.Email, Account.BillingAddress, CreatedDate FROM Contact ORDER BY LastName DESC',
    );
    expect(records).toMatchObject([
      {
        attributes: { type: 'Contact', url: `/services/data/v68.0/sobjects/Contact/${String(records[0]?.['Id'])}` },
        LastName: 'Reed',
        CreatedDate: '2026-11-24T09:30:00.000+0000',
        Account: {
          attributes: { type: 'Account', url: `/services/data/v68.0/sobjects/Account/${account}` },
          Name: 'Zenith',
          Owner: { attributes: { type: 'User' }, Email: 'admin@local.example' },
          BillingAddress: { city: 'Reno', postalCode: '89501', street: null },
        },
      },
      { LastName: 'Private', Account: null },
    ]);
    expect(Object.keys(records[0] ?? {})).toEqual(['attributes', 'Id', 'LastName', 'Account', 'CreatedDate']);
  });

  it('reaches a parent of whichever kind it is', () => {
    const who = create('Contact', { LastName: 'Caller' });
    create('Task', { Subject: 'Call', WhoId: who });
    const { records } = org.query('SELECT Who.Name FROM Task');
    expect(records).toMatchObject([{ Who: { attributes: { type: 'Contact' }, Name: 'Caller' } }]);
  });

  it('counts without fetching', () => {
    expect(org.query('SELECT COUNT() FROM Lead WHERE Phone != null')).toMatchObject({ totalSize: 2, records: [] });
    expect(org.query('SELECT COUNT() FROM Lead LIMIT 3').totalSize).toBe(3);
  });

  it('lists all fields where the result is limited', () => {
    expect(Object.keys(org.query('SELECT FIELDS(CUSTOM) FROM Lead LIMIT 1').records[0] ?? {})).toEqual([
      'attributes',
      'Colours__c',
      'Born__c',
    ]);
    expect(refusal('SELECT FIELDS(ALL) FROM Lead').code).toBe('MALFORMED_QUERY');
  });

  it('sorts nulls first by default, and pages with limit and offset', () => {
    const order = (by: string): unknown[] =>
      org.query(`SELECT LastName FROM Lead ORDER BY ${by}`).records.map((record) => record['LastName']);
    expect(order('NumberOfEmployees, LastName')).toEqual(['young', 'ÉMILE', 'Adams', "O'Neill"]);
    expect(order('NumberOfEmployees DESC NULLS LAST LIMIT 2')).toEqual(["O'Neill", 'Adams']);
    expect(order('LastName LIMIT 1 OFFSET 2')).toEqual(['young']);
  });
});

describe('an aggregate query', () => {
  const rows = (soql: string): unknown[] =>
    org.query(soql).records.map(({ attributes, ...values }) => {
      expect(attributes).toEqual({ type: 'AggregateResult' });
      return values;
    });

  beforeAll(() => {
    for (const [city, staff, revenue] of [
      ['Reno', 10, 1],
      ['Reno', 20, 2],
      ['Elko', null, 8],
      [null, 3, null],
    ] as const) {
      const fields = {
        Name: `In ${String(city)}`,
        BillingCity: city,
        NumberOfEmployees: staff,
        AnnualRevenue: revenue,
      };
      create('Account', { ...fields, Site: 'aggregate' });
    }
  });
  const WHERE = "FROM Account WHERE Site = 'aggregate'";

  it('computes over groups, names what has no alias by its place, and counts no nulls', () => {
    expect(
      rows(
        `SELECT BillingCity c, COUNT(Id), COUNT(NumberOfEmployees) staffed, SUM(NumberOfEmployees), MAX(AnnualRevenue) best, MIN(Name) ${WHERE} GROUP BY BillingCity`,
      ),
    ).toEqual([
      { c: null, expr0: 1, staffed: 1, expr1: 3, best: null, expr2: 'In null' },
      { c: 'Elko', expr0: 1, staffed: 0, expr1: null, best: 8, expr2: 'In Elko' },
      { c: 'Reno', expr0: 2, staffed: 2, expr1: 30, best: 2, expr2: 'In Reno' },
    ]);
  });

  it('computes over everything where there are no groups', () => {
    expect(rows(`SELECT COUNT(Id) n, AVG(NumberOfEmployees) a, COUNT_DISTINCT(BillingCity) d ${WHERE}`)).toEqual([
      { n: 4, a: 11, d: 2 },
    ]);
    expect(rows('SELECT MAX(CreatedDate) newest FROM Contact')).toEqual([{ newest: '2026-11-24T09:30:00.000+0000' }]);
  });

  it('keeps groups by HAVING and orders them by what they hold', () => {
    expect(
      rows(
        `SELECT BillingCity, COUNT(Id) n ${WHERE} GROUP BY BillingCity ORDER BY COUNT(Id) DESC, BillingCity LIMIT 2`,
      ),
    ).toEqual([
      { BillingCity: 'Reno', n: 2 },
      { BillingCity: null, n: 1 },
    ]);
    expect(
      rows(
        `SELECT BillingCity ${WHERE} GROUP BY BillingCity HAVING COUNT(Id) > 1 OR (BillingCity LIKE 'e%' AND MAX(AnnualRevenue) >= 8)`,
      ),
    ).toEqual([{ BillingCity: 'Elko' }, { BillingCity: 'Reno' }]);
  });

  it('groups by what a parent holds', () => {
    expect(rows('SELECT Account.Name, COUNT(Id) n FROM Contact WHERE AccountId != null GROUP BY Account.Name')).toEqual(
      [{ Name: 'Zenith', n: 1 }],
    );
  });
});

describe('a relationship query', () => {
  it('nests a parent’s children, each with the query’s own filter, order and limit', () => {
    const parent = create('Account', { Name: 'Parent' });
    const childless = create('Account', { Name: 'Parent' });
    for (const LastName of ['C', 'A', 'B', 'x']) create('Contact', { LastName, AccountId: parent });
    const { records } = org.query(
      "SELECT Name, (SELECT Id, LastName, Account.Name FROM Contacts WHERE LastName != 'x' ORDER BY LastName LIMIT 2), (SELECT Id FROM Opportunities) FROM Account WHERE Name = 'Parent'",
    );
    expect(records).toMatchObject([
      {
        attributes: { url: `/services/data/v68.0/sobjects/Account/${parent}` },
        Contacts: {
          totalSize: 2,
          done: true,
          records: [
            { attributes: { type: 'Contact' }, LastName: 'A', Account: { Name: 'Parent' } },
            { LastName: 'B', Account: { Name: 'Parent' } },
          ],
        },
        Opportunities: null,
      },
      { attributes: { url: `/services/data/v68.0/sobjects/Account/${childless}` }, Contacts: null },
    ]);
  });

  it('follows custom lookups both ways', () => {
    const lookup = { type: 'reference' as const, referenceTo: ['Account'] };
    org.schema.addField(
      'Lead',
      fieldDef({ name: 'Site__c', ...lookup, relationshipName: 'Site__r', childRelationshipName: 'Visitors__r' }),
    );
    create('Lead', { LastName: 'Visitor', Company: 'c', Site__c: account });
    expect(org.query("SELECT Site__r.Name FROM Lead WHERE Site__r.BillingCity = 'Reno'").records).toMatchObject([
      { Site__r: { attributes: { type: 'Account' }, Name: 'Zenith' } },
    ]);
    expect(
      org.query(`SELECT (SELECT LastName FROM visitors__r) FROM Account WHERE Id = '${account}'`).records,
    ).toMatchObject([{ Visitors__r: { totalSize: 1, records: [{ LastName: 'Visitor' }] } }]);
  });

  it('has the type of a polymorphic parent', () => {
    const lead = create('Lead', { LastName: 'Called', Company: 'c' });
    create('Task', { Subject: 'Kind', WhoId: lead, WhatId: null });
    create('Task', { Subject: 'Kind', WhatId: account });
    expect(
      org.query(
        "SELECT Who.Type, What.Type FROM Task WHERE Subject = 'Kind' AND (Who.Type = 'lead' OR What.Type = 'Account')",
      ).records,
    ).toMatchObject([
      { Who: { attributes: { type: 'Lead' }, Type: 'Lead' }, What: null },
      { Who: null, What: { Type: 'Account' } },
    ]);
  });

  it('brings deleted records only where all are asked for', () => {
    const id = create('Account', { Name: 'Gone' });
    org.transact({ user: org.users.admin.id, origin: '' }, (tx) => tx.remove('Account', id));
    const soql = "SELECT Id, IsDeleted FROM Account WHERE Name = 'Gone'";
    expect(org.query(soql).records).toEqual([]);
    expect(org.query(soql, { all: true }).records).toMatchObject([{ Id: id, IsDeleted: true }]);
  });
});

describe('a query that cannot be answered', () => {
  it.each([
    ['SELECT Id FROM', 'MALFORMED_QUERY', /unexpected token: <EOF>/],
    ["SELECT Id FROM Lead WHERE Phone = 'x", 'MALFORMED_QUERY', /unexpected token: '''/],
    [
      'SELECT Id FROM Lead WHERE Phone = null AND Title = null OR Title = null',
      'MALFORMED_QUERY',
      /unexpected token: 'OR'/,
    ],
    ['SELECT Id FROM Nope__c', 'INVALID_TYPE', /ERROR at Row:1:Column:16\nsObject type 'Nope__c' is not supported/],
    ['SELECT Id, Nope FROM Lead', 'INVALID_FIELD', /ERROR at Row:1:Column:12\nNo such column 'Nope' on entity 'Lead'/],
    ['SELECT Id, Nope.Name FROM Lead', 'INVALID_FIELD', /Didn't understand relationship 'Nope' in field path/],
    ['SELECT Id, Id FROM Lead', 'INVALID_FIELD', /duplicate field selected: Id/],
    [
      "SELECT Id FROM Lead WHERE NumberOfEmployees = '5'",
      'INVALID_FIELD',
      /must be of type int and should not be enclosed in quotes/,
    ],
    ['SELECT Id FROM Lead WHERE Phone = 5', 'INVALID_FIELD', /must be of type string and should be enclosed in quotes/],
    [
      "SELECT Id FROM Lead WHERE CreatedDate > '2026-01-01'",
      'INVALID_FIELD',
      /must be of type dateTime and should not be enclosed/,
    ],
    ['SELECT Id FROM Lead WHERE CreatedDate > 2026-01-01', 'INVALID_FIELD', /must be of type dateTime/],
    ["SELECT Id FROM Lead WHERE Id = 'abc'", 'INVALID_QUERY_FILTER_OPERATOR', /invalid ID field: abc/],
    [
      "SELECT Id FROM Lead WHERE NumberOfEmployees LIKE '5'",
      'INVALID_QUERY_FILTER_OPERATOR',
      /invalid operator on int field/,
    ],
    [
      "SELECT Id FROM Lead WHERE Description = 'x'",
      'INVALID_FIELD',
      /field 'Description' can not be filtered in a query call/,
    ],
    ['SELECT Id FROM Lead ORDER BY Description', 'INVALID_FIELD', /can not be sorted/],
    ['SELECT TYPEOF Who WHEN Lead THEN Company END FROM Task', 'MALFORMED_QUERY', /TYPEOF is not supported/],
    [
      'SELECT Id, (SELECT Id FROM Nopes) FROM Account',
      'INVALID_TYPE',
      /Didn't understand relationship 'Nopes' in FROM/,
    ],
    ['SELECT Id, (SELECT COUNT(Id) FROM Contacts) FROM Account', 'MALFORMED_QUERY', /aggregate functions/],
    ['SELECT Title, COUNT(Id) FROM Lead', 'MALFORMED_QUERY', /Field must be grouped or aggregated: Title/],
    ['SELECT COUNT(Id) FROM Lead GROUP BY NumberOfEmployees, AnnualRevenue', 'INVALID_FIELD', /can not be grouped/],
    ['SELECT MAX(CreatedDate) FROM Lead LIMIT 1', 'MALFORMED_QUERY', /cannot also use LIMIT/],
    ['SELECT SUM(Title) FROM Lead', 'MALFORMED_QUERY', /field Title does not support aggregate operator SUM/],
    ['SELECT MAX(DoNotCall) FROM Lead', 'MALFORMED_QUERY', /does not support aggregate operator MAX/],
    ['SELECT COUNT() FROM Lead GROUP BY Title', 'MALFORMED_QUERY', /Grouped query cannot use COUNT/],
    ['SELECT Title FROM Lead GROUP BY ROLLUP(Title)', 'MALFORMED_QUERY', /ROLLUP is not supported/],
    ['SELECT Title FROM Lead GROUP BY CUBE(Title)', 'MALFORMED_QUERY', /CUBE is not supported/],
    [
      'SELECT COUNT(Id) FROM Lead GROUP BY CALENDAR_YEAR(CreatedDate)',
      'MALFORMED_QUERY',
      /CALENDAR_YEAR is not supported/,
    ],
    ['SELECT FORMAT(AnnualRevenue) FROM Lead', 'MALFORMED_QUERY', /FORMAT is not supported/],
    ['SELECT CALENDAR_YEAR(CreatedDate) FROM Lead', 'MALFORMED_QUERY', /CALENDAR_YEAR is not supported/],
    ['SELECT Title t, MAX(CreatedDate) t FROM Lead GROUP BY Title', 'MALFORMED_QUERY', /duplicate alias: t/],
    ['SELECT Title FROM Lead GROUP BY Title HAVING Company = null', 'MALFORMED_QUERY', /must be grouped or aggregated/],
    ['SELECT Id FROM Lead WHERE CALENDAR_YEAR(CreatedDate) = 2026', 'MALFORMED_QUERY', /functions are not supported/],
    ['SELECT toLabel(Status) FROM Lead', 'MALFORMED_QUERY', /toLabel is not supported/],
    ['SELECT Id FROM Lead OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', /Maximum SOQL offset allowed is 2000/],
  ])('%s', (soql, code, message) => {
    const refused = refusal(soql);
    expect(refused.code).toBe(code);
    expect(refused.message).toMatch(message);
  });
});

it('keeps a page between 200 and 2,000 records', () => {
  expect([undefined, 'batchSize=50', 'batchSize=500', 'batchSize=9000'].map(pageSize)).toEqual([2000, 200, 500, 2000]);
});
