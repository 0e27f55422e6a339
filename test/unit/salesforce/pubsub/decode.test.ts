// Change events and platform events, as the bridge reads them from Avro.
import { describe, expect, it } from '@jest/globals';
import avsc from 'avsc';
import { compileSchema } from '../../../../bridge/salesforce/pubsub/avro.ts';
import { decodeEvent, partName } from '../../../../bridge/salesforce/pubsub/decode.ts';
import type { DecodedEvent } from '../../../../bridge/salesforce/pubsub/decode.ts';
import { COMMIT_NUMBER, leadEvent, leadSchema } from '../../../faults/fakePubSub.ts';

const JSON_TEXT = leadSchema();
const schema = compileSchema('s', JSON_TEXT);
const decode = (
  given: Parameters<typeof leadEvent>[1],
  fields: Record<string, unknown> = {},
  types: Record<string, string> = {},
): DecodedEvent => decodeEvent(schema, leadEvent(JSON_TEXT, given, fields), 'cmVwbGF5', (_, field) => types[field], 0);
const changeOf = (event: DecodedEvent) => {
  if (event.kind !== 'change') throw new Error(JSON.stringify(event));
  return event.changes[0];
};
const MORNING = Date.UTC(2026, 10, 24, 6, 30);

describe('a change event', () => {
  it('carries who, when, what and whence', () => {
    expect(changeOf(decode({ id: '00Q000000000007AAA' }, { Company: 'Acme' }))).toEqual({
      source: 'salesforce',
      eventId: 'cmVwbGF5',
      at: 1_763_900_000_000,
      object: 'Lead',
      recordId: '00Q000000000007AAA',
      kind: 'create',
      fields: { Company: 'Acme' },
      user: '005000000000001AAA',
      origin: 'com/salesforce/api/rest/67.0;client=test',
    });
  });

  it('a creation gives what holds something; compounds have REST names', () => {
    const fields = {
      Name: { Salutation: null, FirstName: 'Ada', LastName: 'Byron' },
      BillingAddress: { Street: '1 Main St', City: null, State: 'TX' },
      Score__c: 0,
    };
    expect(changeOf(decode({}, fields))?.fields).toEqual({
      FirstName: 'Ada',
      LastName: 'Byron',
      BillingStreet: '1 Main St',
      BillingState: 'TX',
      Score__c: 0,
    });
  });

  it('an update gives the listed fields only: a null that is not listed is unchanged', () => {
    const changed = { type: 'UPDATE', changed: ['0x44'], nulled: ['0x04'] };
    expect(changeOf(decode(changed, { Score__c: 4.5 }))?.fields).toEqual({ Company: null, Score__c: 4.5 });
  });

  it('an update of a part of a compound gives that part, emptied parts too', () => {
    const changed = { type: 'UPDATE', changed: ['1-0x06'], nulled: ['1-0x02'] };
    const fields = { Name: { Salutation: null, FirstName: null, LastName: 'Byron' } };
    expect(changeOf(decode(changed, fields))?.fields).toEqual({ FirstName: null, LastName: 'Byron' });
  });

  it('a compound emptied as a whole gives each of its parts that changed', () => {
    const changed = { type: 'UPDATE', changed: ['3-0x03'], nulled: ['0x08'] };
    expect(changeOf(decode(changed))?.fields).toEqual({ BillingStreet: null, BillingCity: null });
  });

  it('a compound listed only as a whole gives what it holds, or all of it empty', () => {
    const fields = { BillingAddress: { Street: 'x', City: null, State: null } };
    expect(changeOf(decode({ type: 'UPDATE', changed: ['0x08'] }, fields))?.fields).toEqual({ BillingStreet: 'x' });
    expect(changeOf(decode({ type: 'UPDATE', changed: ['0x08'], nulled: ['0x08'] }))?.fields).toEqual({
      BillingStreet: null,
      BillingCity: null,
      BillingState: null,
    });
  });

  it('dates and date-times have the shape of REST, by describe or by the schema where describe does not know them', () => {
    const fields = { Seen_At__c: MORNING, Born__c: Date.UTC(1999, 11, 31) };
    const expected = { Seen_At__c: '2026-11-24T06:30:00.000Z', Born__c: '1999-12-31' };
    expect(changeOf(decode({}, fields, { Seen_At__c: 'datetime', Born__c: 'date' }))?.fields).toEqual(expected);
    expect(changeOf(decode({}, fields))?.fields).toEqual(expected);
  });

  it('a date of a field that was a text when it was described is a date', () => {
    const fields = { Seen_At__c: MORNING, Born__c: Date.UTC(1999, 11, 31) };
    expect(changeOf(decode({}, fields, { Seen_At__c: 'string', Born__c: 'double' }))?.fields).toEqual({
      Seen_At__c: '2026-11-24T06:30:00.000Z',
      Born__c: '1999-12-31',
    });
  });

  it('a field before 1970 is a date too', () => {
    expect(changeOf(decode({}, { Born__c: Date.UTC(1950, 0, 2) }))?.fields).toEqual({ Born__c: '1950-01-02' });
  });

  it('one event of several records is one change each', () => {
    const ids = ['00Q000000000001AAA', '00Q000000000002AAA'];
    const event = decode({ ids, type: 'UPDATE', changed: ['0x04'] }, { Company: 'Both' });
    if (event.kind !== 'change') throw new Error(event.kind);
    expect(event.changes.map(({ recordId, fields }) => [recordId, fields])).toEqual(
      ids.map((id) => [id, { Company: 'Both' }]),
    );
  });

  it('a deletion carries no fields, an undeletion all of them', () => {
    expect(changeOf(decode({ type: 'DELETE' }))).toMatchObject({ kind: 'delete', fields: {} });
    expect(changeOf(decode({ type: 'UNDELETE' }, { Company: 'Back' }))).toMatchObject({
      kind: 'undelete',
      fields: { Company: 'Back' },
    });
  });

  it.each(['GAP_CREATE', 'GAP_UPDATE', 'GAP_DELETE'])('%s says only that something happened', (type) => {
    expect(changeOf(decode({ type }))).toMatchObject({ kind: 'gap', fields: {} });
  });

  it('GAP_UNDELETE says that the record is there again, and nothing of its fields', () => {
    expect(changeOf(decode({ type: 'GAP_UNDELETE' }))).toMatchObject({ kind: 'gap', undeleted: true, fields: {} });
  });

  it('a text sent as a difference is a gap: the record has to be read', () => {
    const event = decode({ type: 'UPDATE', changed: ['0x04'], diff: ['0x04'] }, { Company: '--- \n+++' });
    expect(changeOf(event)).toMatchObject({ kind: 'gap', fields: {} });
  });

  it('an overflow and nameless records say which object to compare', () => {
    const overflow = { kind: 'overflow', object: 'Lead' };
    expect(decode({ type: 'GAP_OVERFLOW', ids: ['000000000000000AAA'] })).toMatchObject(overflow);
    expect(decode({ type: 'UPDATE', ids: ['00Q*'] })).toMatchObject(overflow);
  });

  it('of an object that is not followed it is no change', () => {
    expect(decode({ entity: 'Case' })).toMatchObject({ kind: 'change', object: 'Case', changes: [] });
  });

  it('whose header lists a field that its schema lacks is undecodable, not half applied', () => {
    expect(decode({ type: 'UPDATE', changed: ['0x8004'] })).toMatchObject({
      kind: 'undecodable',
      object: 'Lead',
      recordIds: ['00Q000000000001AAA'],
    });
  });

  it('a 64-bit number that a double cannot hold is exact', () => {
    const header = schema.decodeFirst(leadEvent(JSON_TEXT, {})) as { commitNumber: bigint; commitTimestamp: number };
    expect(header.commitNumber).toBe(COMMIT_NUMBER);
    expect(header.commitTimestamp).toBe(1_763_900_000_000);
  });
});

describe('names of parts', () => {
  it.each([
    ['Name', 'FirstName', 'FirstName'],
    ['Address', 'City', 'City'],
    ['MailingAddress', 'PostalCode', 'MailingPostalCode'],
    ['Site__c', 'Latitude', 'Site__Latitude__s'],
  ])('%s.%s → %s', (compound, part, name) => {
    expect(partName(compound, part)).toBe(name);
  });
});

describe('an Account whose name is text or, of a person, a compound', () => {
  const account = JSON.stringify({
    ...JSON.parse(JSON_TEXT),
    name: 'AccountChangeEvent',
    fields: (JSON.parse(JSON_TEXT) as { fields: { name: string; type: unknown }[] }).fields.map((field) =>
      field.name === 'Name' ? { ...field, type: ['null', 'string', (field.type as unknown[])[1]] } : field,
    ),
  });
  const read = (fields: Record<string, unknown>, more = {}) =>
    changeOf(
      decodeEvent(
        compileSchema('a', account),
        leadEvent(account, { entity: 'Account', ...more }, fields),
        'r',
        () => undefined,
        0,
      ),
    )?.fields;

  it('is read as either', () => {
    expect(read({ Name: 'Acme Inc' })).toEqual({ Name: 'Acme Inc' });
    expect(read({ Name: 'Acme Inc' }, { type: 'UPDATE', changed: ['0x02'] })).toEqual({ Name: 'Acme Inc' });
    expect(read({ Name: { Salutation: null, FirstName: 'Ada', LastName: 'Byron' } })).toEqual({
      FirstName: 'Ada',
      LastName: 'Byron',
    });
  });
});

describe('a platform event', () => {
  it('is its fields, with its time', () => {
    const text = JSON.stringify({
      type: 'record',
      name: 'Configuration_Changed__e',
      fields: [
        { name: 'CreatedDate', type: 'long', doc: 'CreatedDate:DateTime' },
        { name: 'CreatedById', type: 'string', doc: 'CreatedBy:EntityId' },
        { name: 'Object__c', type: ['null', 'string'], doc: 'Data:Text' },
        { name: 'Record_Id__c', type: ['null', 'string'], doc: 'Data:Text' },
      ],
    });
    const payload = avsc.Type.forSchema(JSON.parse(text)).toBuffer({
      CreatedDate: MORNING,
      CreatedById: '005',
      Object__c: 'Field_Mapping__c',
      Record_Id__c: null,
    });
    expect(decodeEvent(compileSchema('p', text), payload, 'r', () => undefined, 0)).toEqual({
      kind: 'message',
      replayId: 'r',
      at: MORNING,
      entity: 'Configuration_Changed__e',
      fields: {
        CreatedDate: '2026-11-24T06:30:00.000Z',
        CreatedById: '005',
        Object__c: 'Field_Mapping__c',
        Record_Id__c: null,
      },
    });
  });
});
