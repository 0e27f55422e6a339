// What a save of the local org checks and fills in: ids, types, lengths, required and unique fields, and the transaction.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fieldDef, picklist } from '../fields.ts';
import { idAt, normaliseId, withSuffix } from '../ids.ts';
import { PlatformError, type Commit, type Row } from '../model.ts';
import { createOrg, type Org } from '../org.ts';

let org: Org;
let commits: Commit[];
const context = () => ({ user: org.users.admin.id, origin: '' });
const create = (object: string, fields: Record<string, unknown>): string =>
  org.transact(context(), (tx) => tx.create(object, fields as Row));
const update = (object: string, id: string, fields: Record<string, unknown>): void =>
  org.transact(context(), (tx) => tx.update(object, id, fields as Row));
const lead = { LastName: 'Reed', Company: 'Reed & Sons' };

function refusal(work: () => unknown): { code: string; message: string; fields: string[] } {
  try {
    work();
  } catch (error) {
    if (error instanceof PlatformError) return { code: error.errorCode, message: error.message, fields: error.fields };
    throw error;
  }
  throw new Error('Nothing was refused.');
}

beforeEach(() => {
  commits = [];
  org = createOrg({ clock: () => Date.UTC(2026, 10, 24, 9, 30, 15, 678) });
  org.listen({ committed: (commit) => void commits.push(commit) });
});
afterEach(() => org.close());

describe('ids', () => {
  it('carry the checksum of their letter case', () => {
    expect(withSuffix('001A000000abcDE')).toBe('001A000000abcDEIAY');
  });

  it('are the same id in 15 characters, in 18, and in 18 with their letter case lost', () => {
    const id = idAt('00Q', 123_456_789);
    expect(normaliseId(id.slice(0, 15))).toBe(id);
    expect(normaliseId(id.toLowerCase())).toBe(id);
    expect(normaliseId('00Q-not-an-id-000')).toBeUndefined();
  });

  it('begin with the key prefix of their object, and reading them gives the object back', () => {
    const id = create('Lead', lead);
    expect(id).toMatch(/^00Q[0-9A-Za-z]{15}$/);
    expect(org.schema.byKeyPrefix('00Q')?.name).toBe('Lead');
  });
});

describe('a create', () => {
  it('fills what the platform fills and nothing else', () => {
    const id = create('Lead', { ...lead, FirstName: ' Ann ' });
    expect(org.get('Lead', id)).toMatchObject({
      Name: 'Ann Reed',
      FirstName: 'Ann',
      Status: 'Open - Not Contacted',
      IsConverted: false,
      OwnerId: org.users.admin.id,
      CreatedById: org.users.admin.id,
      CreatedDate: '2026-11-24T09:30:15.000Z',
      SystemModstamp: '2026-11-24T09:30:15.000Z',
      Phone: null,
    });
  });

  it('names every missing field at once', () => {
    expect(refusal(() => create('Lead', { FirstName: 'Ann', Company: '  ' }))).toEqual({
      code: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [LastName, Company]',
      fields: ['LastName', 'Company'],
    });
  });

  it('finds objects and fields in any letter case', () => {
    const id = create('LEAD', { lastname: 'Reed', COMPANY: 'Reed & Sons' });
    expect(org.get('lead', id)).toMatchObject({ LastName: 'Reed' });
  });

  it.each([
    [
      'too long',
      { Company: 'x'.repeat(256) },
      'STRING_TOO_LONG',
      /^Company: data value too large: x+ \(max length=255\)$/,
    ],
    [
      'not an address',
      { Email: 'ann@nowhere' },
      'INVALID_EMAIL_ADDRESS',
      /^Email: invalid email address: ann@nowhere$/,
    ],
    [
      'out of range',
      { NumberOfEmployees: 1e9 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      /^Employees: value outside of valid range/,
    ],
    [
      'not in the list',
      { CleanStatus: 'Dusty' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      /^Clean Status: bad value/,
    ],
    ['unknown', { Nope__c: 1 }, 'INVALID_FIELD', /^No such column 'Nope__c' on sobject of type Lead$/],
    ['read-only', { Name: 'A', IsConverted: true }, 'INVALID_FIELD_FOR_INSERT_UPDATE', /fields: Name, IsConverted\./],
    [
      'of another JSON type',
      { Company: 5 },
      'JSON_PARSER_ERROR',
      /^Cannot deserialize instance of string from VALUE_NUMBER_INT value 5/,
    ],
    ['no date', { Due_At__c: '2026-02-30T10:00:00Z' }, 'JSON_PARSER_ERROR', /instance of date/],
    ['no boolean', { DoNotCall: 'maybe' }, 'JSON_PARSER_ERROR', /instance of boolean from VALUE_STRING/],
    ['no id', { OwnerId: '005' }, 'MALFORMED_ID', /^Owner ID: id value not of required length: 005$/],
    [
      'another kind',
      { OwnerId: '001SF0000000001' },
      'FIELD_INTEGRITY_EXCEPTION',
      /^Owner ID: id value of incorrect type/,
    ],
    ['of nobody', { OwnerId: '005SF0zzzzzzzzz' }, 'INVALID_CROSS_REFERENCE_KEY', /^invalid cross reference id$/],
  ])('refuses a value that is %s', (_what, fields, code, message) => {
    org.schema.addField('Lead', fieldDef({ name: 'Due_At__c', type: 'datetime' }));
    const refused = refusal(() => create('Lead', { ...lead, ...fields }));
    expect(refused.code).toBe(code);
    expect(refused.message).toMatch(message);
    expect(org.find('Lead', {})).toEqual([]);
    expect(commits).toEqual([]);
  });

  it('keeps a picklist value that is not in the list where the list is not restricted', () => {
    const id = create('Lead', { ...lead, LeadSource: 'Dialer' });
    expect(org.get('Lead', id)?.['LeadSource']).toBe('Dialer');
  });

  it('rounds to the scale of the field', () => {
    org.schema.addField('Lead', fieldDef({ name: 'Score__c', type: 'double', precision: 5, scale: 2 }));
    const id = create('Lead', { ...lead, Score__c: '1.005' });
    expect(org.get('Lead', id)?.['Score__c']).toBe(1.01);
    expect(refusal(() => create('Lead', { ...lead, Score__c: 1000 })).code).toBe('NUMBER_OUTSIDE_VALID_RANGE');
  });

  it('keeps an e-mail address in lower case', () => {
    const id = create('Lead', { ...lead, Email: 'Ada.Stone@Acme.Example' });
    expect(org.get('Lead', id)?.['Email']).toBe('ada.stone@acme.example');
  });

  it('sorts a multi-select by the order of its list', () => {
    const values = picklist(['Red', 'Green', 'Blue']);
    const field = {
      name: 'Colours__c',
      type: 'multipicklist',
      picklistValues: values,
      restrictedPicklist: true,
    } as const;
    org.schema.addField('Lead', fieldDef(field));
    const id = create('Lead', { ...lead, Colours__c: 'blue;Red;Red' });
    expect(org.get('Lead', id)?.['Colours__c']).toBe('Red;Blue');
  });
});

describe('a unique external id', () => {
  const field = { name: 'Ext__c', type: 'string', length: 40, unique: true, externalId: true } as const;

  it('is held by one record, whatever the letter case, and the refusal names the holder', () => {
    org.schema.addField('Lead', fieldDef(field));
    const holder = create('Lead', { ...lead, Ext__c: 'Äb-1' });
    const refused = refusal(() => create('Lead', { ...lead, Ext__c: 'äB-1' }));
    expect(refused.code).toBe('DUPLICATE_VALUE');
    expect(refused.message).toBe(
      `duplicate value found: Ext__c duplicates value on record with id: ${holder.slice(0, 15)}`,
    );
    update('Lead', holder, { Ext__c: 'äb-1' });
  });

  it('is case-sensitive where it is defined so', () => {
    org.schema.addField('Lead', fieldDef({ ...field, caseSensitive: true }));
    create('Lead', { ...lead, Ext__c: 'Ab-1' });
    create('Lead', { ...lead, Ext__c: 'ab-1' });
    expect(refusal(() => create('Lead', { ...lead, Ext__c: 'ab-1' })).code).toBe('DUPLICATE_VALUE');
  });

  it('is free again once its record is deleted', () => {
    org.schema.addField('Lead', fieldDef(field));
    const holder = create('Lead', { ...lead, Ext__c: 'x' });
    org.transact(context(), (tx) => tx.remove('Lead', holder));
    expect(org.get('Lead', create('Lead', { ...lead, Ext__c: 'x' }))).toMatchObject({ Ext__c: 'x' });
  });
});

describe('an update', () => {
  it('blanks a field with null or an empty text, but not a required one', () => {
    const id = create('Lead', { ...lead, Phone: '+1 202 555 0101', Title: 'CEO' });
    update('Lead', id, { Phone: null, Title: '' });
    expect(org.get('Lead', id)).toMatchObject({ Phone: null, Title: null });
    expect(refusal(() => update('Lead', id, { LastName: null })).code).toBe('REQUIRED_FIELD_MISSING');
  });

  it('names the fields that differ, stamps included', () => {
    const id = create('Lead', lead);
    org.transact({ user: org.users.integration.id, origin: '' }, (tx) =>
      tx.update('Lead', id, { Phone: '1', Company: lead.Company }),
    );
    expect(commits.at(-1)?.changes).toMatchObject([
      {
        object: 'Lead',
        id,
        type: 'UPDATE',
        changed: ['Phone', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'],
        before: { Phone: null },
        after: { Phone: '1' },
      },
    ]);
  });

  it('of a deleted record is refused as deleted, of one that never was as an invalid reference', () => {
    const id = create('Lead', lead);
    org.transact(context(), (tx) => tx.remove('Lead', id));
    expect(refusal(() => update('Lead', id, { Phone: '1' })).code).toBe('ENTITY_IS_DELETED');
    expect(refusal(() => update('Lead', idAt('00Q', 99), { Phone: '1' })).code).toBe('INVALID_CROSS_REFERENCE_KEY');
  });
});

describe('a transaction', () => {
  it('is undone whole when its work throws, and no listener is called', () => {
    expect(() =>
      org.transact(context(), (tx) => {
        tx.create('Lead', lead);
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(org.find('Lead', {})).toEqual([]);
    expect(commits).toEqual([]);
  });

  it('undoes a failing record alone, with all that its automation did', () => {
    org.automation = {
      afterSave(tx, change) {
        if (change.object !== 'Lead') return;
        tx.create('Account', { Name: String(change.after['Company']) });
        if (change.after['Company'] === 'bad') throw new PlatformError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'flow');
      },
      beforeDelete: () => undefined,
    };
    org.transact(context(), (tx) => {
      expect(refusal(() => tx.create('Lead', { ...lead, Company: 'bad' })).message).toBe('flow');
      tx.create('Lead', { ...lead, Company: 'good' });
    });
    expect(org.find('Account', {}).map((row) => row['Name'])).toEqual(['good']);
    expect(commits[0]?.changes.map((change) => change.object)).toEqual(['Lead', 'Account']);
  });

  it('commits several saves of one record as one change', () => {
    org.transact(context(), (tx) => {
      const id = tx.create('Lead', lead);
      tx.update('Lead', id, { Phone: '1' });
      tx.remove('Lead', tx.create('Lead', lead));
    });
    expect(commits).toHaveLength(1);
    expect(commits[0]?.changes).toMatchObject([{ type: 'CREATE', changed: [], after: { Phone: '1' } }]);
  });

  it('stops automation that sets itself off again without end', () => {
    org.automation = {
      afterSave: (tx, change) => tx.update(change.object, change.id, { Title: `${String(change.after['Title'])}x` }),
      beforeDelete: () => undefined,
    };
    expect(refusal(() => create('Lead', lead)).message).toContain('maximum trigger depth exceeded');
    expect(org.find('Lead', {})).toEqual([]);
  });

  it('delivers what listeners do after what they got, to every listener in the same order', () => {
    const received: string[] = [];
    org.listen({
      committed(commit) {
        if (commit.changes[0]?.object === 'Lead') create('Account', { Name: 'of a listener' });
      },
    });
    org.listen({ committed: (commit) => void received.push(commit.changes[0]?.object ?? '') });
    create('Lead', lead);
    expect(received).toEqual(['Lead', 'Account']);
  });
});

describe('a platform event', () => {
  const define = (publishBehavior: 'PublishAfterCommit' | 'PublishImmediately') =>
    org.schema.define({
      name: `${publishBehavior}__e`,
      label: publishBehavior,
      labelPlural: publishBehavior,
      kind: 'platformEvent',
      custom: true,
      publishBehavior,
      fields: [fieldDef({ name: 'Text__c', type: 'string', length: 18, nillable: false })],
    });

  it('that is published immediately leaves even a transaction that fails; one after commit does not', () => {
    define('PublishAfterCommit');
    define('PublishImmediately');
    expect(() =>
      org.transact(context(), (tx) => {
        tx.publish('PublishAfterCommit__e', { Text__c: 'late' });
        tx.publish('PublishImmediately__e', { Text__c: 'at once' });
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(commits.flatMap((commit) => commit.events.map((event) => event.fields['Text__c']))).toEqual(['at once']);
  });

  it('obeys the rules of its fields', () => {
    define('PublishAfterCommit');
    expect(refusal(() => org.publish(context(), 'PublishAfterCommit__e', {})).code).toBe('REQUIRED_FIELD_MISSING');
    expect(refusal(() => org.publish(context(), 'PublishAfterCommit__e', { Text__c: 'x'.repeat(19) })).code).toBe(
      'STRING_TOO_LONG',
    );
    org.publish(context(), 'publishaftercommit__E', { text__c: 'x' });
    expect(commits[0]?.events[0]).toMatchObject({ object: 'PublishAfterCommit__e', fields: { Text__c: 'x' } });
  });
});

describe('standard objects', () => {
  it('close a task by its status and stamp its completion', () => {
    const id = create('Task', { Subject: 'Call', Status: 'Completed', TaskSubtype: 'Call' });
    expect(org.get('Task', id)).toMatchObject({
      IsClosed: true,
      CompletedDateTime: '2026-11-24T09:30:15.000Z',
      Priority: 'Normal',
    });
    update('Task', id, { Status: 'In Progress' });
    expect(org.get('Task', id)).toMatchObject({ IsClosed: false, CompletedDateTime: null });
    expect(refusal(() => update('Task', id, { TaskSubtype: 'Email' })).code).toBe('INVALID_FIELD_FOR_INSERT_UPDATE');
    expect(refusal(() => create('Task', { CompletedDateTime: '2026-11-24T09:30:15Z' })).code).toBe(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    );
  });

  it('let the stage decide whether an opportunity is closed and won', () => {
    const contact = create('Contact', { LastName: 'Reed' });
    const id = create('Opportunity', {
      Name: 'O',
      StageName: 'Qualification',
      CloseDate: '2026-12-01',
      ContactId: contact,
    });
    expect(org.get('Opportunity', id)).toMatchObject({ IsClosed: false, Probability: 10, FiscalQuarter: 4 });
    update('Opportunity', id, { StageName: 'Closed Won' });
    expect(org.get('Opportunity', id)).toMatchObject({ IsClosed: true, IsWon: true, Probability: 100 });
    expect(org.find('OpportunityContactRole', {})).toMatchObject([
      { OpportunityId: id, ContactId: contact, IsPrimary: true },
    ]);
  });

  it('add the line items up into the amount, which is then no longer the client’s', () => {
    const book = String(org.find('Pricebook2', { IsStandard: true })[0]?.['Id']);
    const product = create('Product2', { Name: 'Seat', IsActive: true });
    const entry = create('PricebookEntry', {
      Product2Id: product,
      Pricebook2Id: book,
      UnitPrice: 99.5,
      IsActive: true,
    });
    const opportunity = create('Opportunity', {
      Name: 'O',
      StageName: 'Qualification',
      CloseDate: '2026-12-01',
      Amount: 1,
    });
    const line = { OpportunityId: opportunity, PricebookEntryId: entry, Quantity: 2 };
    expect(refusal(() => create('OpportunityLineItem', line)).code).toBe('FIELD_INTEGRITY_EXCEPTION');
    update('Opportunity', opportunity, { Pricebook2Id: book });
    const id = create('OpportunityLineItem', line);
    expect(org.get('OpportunityLineItem', id)).toMatchObject({ UnitPrice: 99.5, TotalPrice: 199, Product2Id: product });
    update('Opportunity', opportunity, { Amount: 5 });
    expect(org.get('Opportunity', opportunity)).toMatchObject({ Amount: 199, HasOpportunityLineItem: true });
  });

  it('make the contact of a new opportunity its primary contact role, and no other one stays primary', () => {
    const [first, second] = [create('Contact', { LastName: 'a' }), create('Contact', { LastName: 'b' })];
    const opportunity = { Name: 'o', StageName: 'Prospecting', CloseDate: '2026-12-01' };
    const OpportunityId = create('Opportunity', { ...opportunity, ContactId: first });
    const roles = () => org.find('OpportunityContactRole', { OpportunityId });
    expect(roles()).toMatchObject([{ ContactId: first, IsPrimary: true }]);
    expect(refusal(() => update('Opportunity', OpportunityId, { ContactId: second })).code).toBe(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    );
    create('OpportunityContactRole', { OpportunityId, ContactId: second, IsPrimary: true });
    expect(roles().map((role) => role['IsPrimary'])).toEqual([false, true]);
  });

  it('keep the price book of an opportunity while it has products', () => {
    const standard = String(org.find('Pricebook2', { IsStandard: true })[0]?.['Id']);
    const other = create('Pricebook2', { Name: 'Other', IsActive: true });
    const product = create('Product2', { Name: 'p', IsActive: true });
    const price = { Product2Id: product, UnitPrice: 10, IsActive: true };
    const entry = create('PricebookEntry', { ...price, Pricebook2Id: standard });
    const opportunity = { Name: 'o', StageName: 'Prospecting', CloseDate: '2026-12-01', Pricebook2Id: standard };
    const OpportunityId = create('Opportunity', opportunity);
    create('OpportunityLineItem', { OpportunityId, PricebookEntryId: entry, Quantity: 1 });
    expect(refusal(() => update('Opportunity', OpportunityId, { Pricebook2Id: other }))).toMatchObject({
      code: 'FIELD_INTEGRITY_EXCEPTION',
      fields: ['Pricebook2Id'],
    });
  });

  it('relate a task of a lead to nothing else', () => {
    const [WhoId, WhatId] = [create('Lead', lead), create('Account', { Name: 'a' })];
    expect(refusal(() => create('Task', { WhoId, WhatId }))).toMatchObject({
      code: 'FIELD_INTEGRITY_EXCEPTION',
      fields: ['WhatId'],
    });
  });

  it('delete contacts and opportunities with their account', () => {
    const account = create('Account', { Name: 'A' });
    const contact = create('Contact', { LastName: 'Reed', AccountId: account });
    org.transact(context(), (tx) => tx.remove('Account', account));
    expect(org.get('Contact', contact)).toBeUndefined();
    expect(commits.at(-1)?.changes.map((change) => `${change.object} ${change.type}`)).toEqual([
      'Contact DELETE',
      'Account DELETE',
    ]);
  });
});

describe('what is defined at run time', () => {
  it('can be saved at once, with a name, an owner and the next key prefix', () => {
    const reference = fieldDef({
      name: 'Lead__c',
      type: 'reference',
      referenceTo: ['Lead'],
      relationshipName: 'Lead__r',
    });
    org.schema.define({
      name: 'Sync_Request__c',
      label: 'Sync Request',
      labelPlural: 'Sync Requests',
      kind: 'record',
      custom: true,
      fields: [
        fieldDef({ name: 'Name', type: 'string', autoNumber: true, displayFormat: 'R-{0000}', createable: false }),
        reference,
      ],
    });
    const leadId = create('Lead', lead);
    const id = create('Sync_Request__c', { Lead__c: leadId.slice(0, 15) });
    expect(id.slice(0, 3)).toBe('a00');
    expect(org.get('Sync_Request__c', id)).toMatchObject({
      Name: 'R-0001',
      Lead__c: leadId,
      OwnerId: org.users.admin.id,
    });
    org.transact(context(), (tx) => tx.remove('Lead', leadId));
    expect(org.get('Sync_Request__c', id)?.['Lead__c']).toBeNull();
  });

  it('reaches Task through Activity', () => {
    org.schema.addField('Activity', fieldDef({ name: 'EventDateTime__c', type: 'datetime' }));
    const id = create('Task', { Subject: 'x', EventDateTime__c: '2026-11-24T10:00:00.123+02:00' });
    expect(org.get('Task', id)?.['EventDateTime__c']).toBe('2026-11-24T08:00:00.000Z');
  });
});
