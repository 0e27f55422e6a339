// Two mappings that would fight over one field never stand side by side, however they are saved; what does not fight is taken.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Row } from '../salesforce/model.ts';
import { installPackage, refusal, type InstalledOrg } from './installedOrg.ts';

let installed: InstalledOrg;
beforeAll(async () => {
  installed = await installPackage();
});
afterAll(() => installed.close());

describe('two mappings', () => {
  const name = {
    Sellfire_Object__c: 'lead',
    Sellfire_Field__c: 'business_name',
    Salesforce_Object__c: 'Account',
    Salesforce_Field__c: 'Name',
    Sync_Rule__c: 'TwoWay',
    On_Create_Update__c: true,
  };
  const other = { ...name, Sellfire_Field__c: 'legal_name' };
  afterEach(() => {
    for (const { Id } of installed.org.find('Field_Mapping__c', {})) installed.remove('Field_Mapping__c', String(Id));
  });

  it.each<[string, Row, Row, RegExp]>([
    [
      'that fill one Salesforce field',
      name,
      other,
      /^FIELD_CUSTOM_VALIDATION_EXCEPTION: Another mapping sends to this/,
    ],
    [
      'that fill one Salesforce field on a sale',
      { ...name, On_Sale__c: true },
      { ...other, On_Create_Update__c: false, On_Sale__c: true, Sync_Rule__c: 'AlwaysSellfire' },
      /Another mapping sends to this Salesforce field on the same trigger/,
    ],
    [
      'that fill one Salesforce field, in upper case',
      { ...name, On_Demo_Set__c: true },
      { ...other, Salesforce_Field__c: 'NAME', On_Create_Update__c: false, On_Demo_Set__c: true },
      /Another mapping sends to this Salesforce field/,
    ],
    [
      'that fill one field of an Opportunity from the lead and from the sale',
      { ...name, Salesforce_Object__c: 'Opportunity', On_Create_Update__c: false, On_Sale__c: true },
      {
        ...other,
        Sellfire_Object__c: 'sale',
        Salesforce_Object__c: 'Opportunity',
        On_Create_Update__c: false,
        On_Sale__c: true,
      },
      /Another mapping sends to this Salesforce field/,
    ],
    ['that are the same', name, name, /Another mapping sends to this Salesforce field/],
    [
      'that fill one Sellfire field from two fields of a record',
      { ...name, Sync_Rule__c: 'SalesforceUnlessBlank' },
      { ...name, Salesforce_Field__c: 'Site', Sync_Rule__c: 'SalesforceUnlessBlank' },
      /Another mapping fills this Sellfire field from the same Salesforce object.* Its number is FM-\d{5}\.$/,
    ],
    [
      'of which one goes both ways and fills the Sellfire field of the other',
      { ...name, Sync_Rule__c: 'SalesforceUnlessBlank' },
      { ...name, Salesforce_Field__c: 'Site' },
      /Another mapping fills this Sellfire field/,
    ],
  ])('%s are refused', (_what, first, second, says) => {
    installed.create('Field_Mapping__c', first);
    expect(refusal(() => installed.create('Field_Mapping__c', second))).toMatch(says);
    expect(installed.org.find('Field_Mapping__c', {})).toHaveLength(1);
  });

  it.each<[string, Row, Row]>([
    ['on different triggers', name, { ...other, On_Create_Update__c: false, On_Sale__c: true }],
    ['of which one is off', name, { ...other, Sync_Rule__c: 'DoNotSync' }],
    [
      'from one Sellfire field to two objects, both ways',
      name,
      { ...name, Salesforce_Object__c: 'Lead', Salesforce_Field__c: 'Company' },
    ],
    [
      'from one Sellfire field to two fields of a record',
      { ...name, Sync_Rule__c: 'AlwaysSellfire' },
      { ...name, Salesforce_Field__c: 'Site', Sync_Rule__c: 'AlwaysSellfire' },
    ],
    [
      'of one pair of fields, one for each way',
      { ...name, Sync_Rule__c: 'SalesforceUnlessBlank' },
      { ...name, Sync_Rule__c: 'AlwaysSellfire' },
    ],
    [
      'of the lead and of its associated contacts, which have Contacts of their own',
      { ...name, Salesforce_Object__c: 'Contact', Salesforce_Field__c: 'Phone', On_Sale__c: true },
      {
        ...name,
        Sellfire_Object__c: 'associated_contact',
        Salesforce_Object__c: 'Contact',
        Salesforce_Field__c: 'Phone',
        On_Create_Update__c: false,
        On_Sale__c: true,
      },
    ],
  ])('%s are taken', (_what, first, second) => {
    installed.create('Field_Mapping__c', first);
    expect(refusal(() => installed.create('Field_Mapping__c', second))).toBe('accepted');
  });

  it('that come to fight by an edit are refused too, and a mapping never fights with itself', () => {
    const first = installed.create('Field_Mapping__c', name);
    const second = installed.create('Field_Mapping__c', { ...other, Salesforce_Field__c: 'Site' });
    expect(refusal(() => installed.update('Field_Mapping__c', second, { Salesforce_Field__c: 'Name' }))).toMatch(
      /Another mapping/,
    );
    expect(refusal(() => installed.update('Field_Mapping__c', first, { On_Sale__c: true }))).toBe('accepted');
    expect(refusal(() => installed.update('Field_Mapping__c', first, { Status__c: 'Ok' }))).toBe('accepted');
  });

  it('that are saved together are seen, each by the other', () => {
    const together = (): void =>
      installed.org.transact({ user: installed.org.users.admin.id, origin: '' }, (tx) => {
        tx.create('Field_Mapping__c', name);
        tx.create('Field_Mapping__c', other);
      });
    expect(refusal(together)).toMatch(/Another mapping sends/);
  });
});
