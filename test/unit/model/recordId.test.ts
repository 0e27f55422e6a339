// An id that people supply is one record's, in whatever form it is written (M16).
import { describe, expect, it } from '@jest/globals';
import { mappingById } from '../../../bridge/model/config.ts';
import type { FieldMapping } from '../../../bridge/model/mapping.ts';
import { importSchema } from '../../../bridge/requests/importLeads.ts';
import { repushSchema } from '../../../bridge/requests/repushSchema.ts';
import {
  objectOf,
  readRecordId,
  recordIdsOf,
  sameId,
  unreadIdsOf,
  withoutSuffix,
  withSuffix,
} from '../../../bridge/model/recordId.ts';

const ID = '00Q5g00000ABCDeEAP';

describe('the reader of record ids', () => {
  it('is, of an address that names several, that of the Lead, Contact or Account', () => {
    const [campaign, id] = ['701000000000001AAA', '00Q000000000001EAA'];
    const address = `https://acme.lightning.force.com/lightning/r/Campaign/${campaign}/related?record=${id}`;
    expect(readRecordId(address)).toBe(id);
    expect(readRecordId(`https://acme.lightning.force.com/lightning/r/Campaign/${campaign}/view`)).toBe(campaign);
  });

  it('reads 15 characters, 18, the 18 in any case, with blanks and quotes around', () => {
    const forms = [
      ID,
      ID.slice(0, 15),
      ID.toLowerCase(),
      ID.toUpperCase(),
      ` ${ID}\t`,
      `"${ID}"`,
      `'${ID.slice(0, 15)}'`,
    ];
    for (const form of [...forms, `\u200B${ID}\u00A0`]) expect([form, readRecordId(form)]).toEqual([form, ID]);
    expect(withSuffix(ID.slice(0, 15))).toBe(ID);
  });

  it('reads the address of the record’s page, in Lightning and in Classic', () => {
    const lightning = 'https://acme.lightning.force.com/lightning';
    for (const address of [
      `${lightning}/r/Lead/${ID}/view`,
      `${lightning}/r/${ID}/view?0.source=alohaHeader`,
      `${lightning}/r/Lead/${ID.slice(0, 15)}/edit`,
      `${lightning}/o/Lead/list?ws=%2Flightning%2Fr%2FLead%2F${ID}%2Fview`,
      `https://acme.lightning.force.com/one/one.app#/sObject/${ID}/view`,
      `https://acme.my.salesforce.com/${ID.slice(0, 15)}`,
      `https://acme.my.salesforce.com/${ID}?nooverride=1`,
      `https://na1.salesforce.com/apex/page?id=${ID}&x=1`,
      `acme.my.salesforce.com/${ID}`,
      `/${ID}`,
    ])
      expect([address, readRecordId(address)]).toEqual([address, ID]);
  });

  it('reads nothing else as an id', () => {
    const others = ['', 'Acme Plumbing', '12345', ID.slice(0, 14), `${ID}A`, 'abcdefghijklmno'];
    for (const text of [
      ...others,
      `${ID} ${ID}`,
      'https://acme.my.salesforce.com/home',
      'lead_1',
      `${ID.slice(0, 15)}999`,
    ])
      expect([text, readRecordId(text)]).toEqual([text, null]);
  });

  it('tells ids of one record by their 15 characters, with a suffix or without, and never ignores their case', () => {
    const short = ID.slice(0, 15);
    expect(withoutSuffix(ID)).toBe(short);
    expect(withoutSuffix(short)).toBe(short);
    for (const [one, other] of [
      [ID, ID],
      [ID, short],
      [short, ID],
      [short, short],
    ] as const)
      expect([one, other, sameId(one, other)]).toEqual([one, other, true]);
    // The letter's case is part of the id: it belongs to another record.
    const other = short.replace(/e$/, 'E');
    expect(other).not.toBe(short);
    for (const [one, two] of [
      [short, other],
      [ID, other],
      [ID, withSuffix(other)],
    ] as const)
      expect([one, two, sameId(one, two)]).toEqual([one, two, false]);
  });

  it('finds a mapping by its id with or without the suffix', () => {
    const mapping = { id: 'a015g00000ABCDeAAP' } as FieldMapping;
    const other = { id: 'a015g00000ABCDEAA3' } as FieldMapping;
    const config = { mappings: [other, mapping] };
    expect(mappingById(config, mapping.id)).toBe(mapping);
    expect(mappingById(config, mapping.id.slice(0, 15))).toBe(mapping);
    expect(mappingById(config, 'a015g00000ABCdE')).toBeUndefined();
    expect(mappingById(config, '')).toBeUndefined();
  });

  it('tells the ids of a lead from those that are none of their object', () => {
    const salesforce = { lead_id: ID.toLowerCase(), contact_id: ID, account_id: 'Acme' };
    expect(recordIdsOf({ salesforce })).toEqual({ lead_id: ID, contact_id: null, account_id: null });
    expect(unreadIdsOf({ salesforce })).toEqual([
      { object: 'Contact', text: ID, id: ID },
      { object: 'Account', text: 'Acme', id: null },
    ]);
    expect(['00Q', '003', '001', '005'].map((prefix) => objectOf(`${prefix}000000000001AAA`))).toEqual([
      'Lead',
      'Contact',
      'Account',
      undefined,
    ]);
  });

  it('reads the ids of a request’s parameters, and refuses what is none, or no user', () => {
    const owner = '0055g00000ABCDe';
    expect(importSchema.parse({ owner })).toMatchObject({ owner: withSuffix(owner) });
    expect(repushSchema.parse({ reports: [ID.toLowerCase()] })).toMatchObject({ reports: [ID] });
    for (const other of ['Ann', ID]) expect(importSchema.safeParse({ owner: other }).success).toBe(false);
  });
});
