// The objects that an admin may choose in a mapping, and when their fields are written (M10–M13).
import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { triggersOf, type ObjectTraits } from '../../../../bridge/sync/mapping/mappableObject.ts';

const OBJECTS = new URL('../../../../force-app/main/default/objects/', import.meta.url);
const usable: ObjectTraits = { createable: true, queryable: true, custom: true, customSetting: false };
const standard = { ...usable, custom: false };

describe('an object of the org', () => {
  it.each(['Lead', 'Contact', 'Account'])('%s is written at every trigger', (name) => {
    expect(triggersOf(name, standard, '')).toEqual(['createUpdate', 'demoSet', 'sale']);
  });

  it('that a sale creates is written by a sale, and an Opportunity by a demo too', () => {
    expect(triggersOf('Opportunity', standard, '')).toEqual(['demoSet', 'sale']);
    expect(triggersOf('OpportunityLineItem', standard, '')).toEqual(['sale']);
    expect(triggersOf('Contract_Line__c', usable, '')).toEqual(['sale']);
  });

  it('that the connected user may not create or query cannot be mapped', () => {
    expect(triggersOf('Lead', { ...standard, createable: false }, '')).toBeUndefined();
    expect(triggersOf('Invoice__c', { ...usable, queryable: false }, '')).toBeUndefined();
  });

  it('that holds no customer records cannot be mapped', () => {
    expect(triggersOf('Case', standard, '')).toBeUndefined();
    expect(triggersOf('Defaults__c', { ...usable, customSetting: true }, '')).toBeUndefined();
    expect(triggersOf('Shipped__e', usable, '')).toBeUndefined();
    expect(triggersOf('sellfire__Site__c', usable, 'sellfire__')).toBeUndefined();
  });

  it('of another package, or of the org, may have the name of one of the package', () => {
    expect(triggersOf('Site__c', usable, 'sellfire__')).toEqual(['sale']);
    expect(triggersOf('other__Site__c', usable, '')).toEqual(['sale']);
  });

  it('that the package brings cannot be mapped where it is deployed without a namespace', () => {
    const own = readdirSync(OBJECTS).filter((name) => name.endsWith('__c'));
    expect(own.filter((name) => triggersOf(name, usable, '') !== undefined)).toEqual([]);
    expect(own.length).toBeGreaterThan(5);
  });
});
