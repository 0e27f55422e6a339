// What the org describes is read field by field: a release that describes one in another way does not cost the others (B23).
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createRest, type Rest } from '../../../../bridge/salesforce/api/rest.ts';
import type { Session } from '../../../../bridge/salesforce/auth/session.ts';
import { describeObject, readObjects } from '../../../../bridge/salesforce/org/schema.ts';
import { startFakeApi, type FakeApi } from '../fakeApi.ts';

let api: FakeApi;
let rest: Rest;
let answer: unknown;
beforeEach(async () => {
  api = await startFakeApi(() => ({ json: answer }));
  const token = { accessToken: 't', instanceUrl: api.url, orgId: '', userId: '' };
  rest = createRest({ session: { token: async () => token } as unknown as Session, retries: 0 });
});
afterEach(async () => {
  await rest.close();
  await api.close();
});

const field = (name: string, more: object = {}): object => ({
  ...{ name, label: name, type: 'string', length: 40, precision: 0, scale: 0, nillable: true, createable: true },
  ...{ updateable: true, defaultedOnCreate: false, restrictedPicklist: false, picklistValues: [], ...more },
});
const lead = (fields: object[]): object => ({
  ...{ name: 'Lead', label: 'Lead', createable: true, updateable: true, fields, recordTypeInfos: [] },
});
const value = (one: string | null): object => ({ value: one, label: null, active: true, validFor: null });

describe('an object of which a later release describes something in another way', () => {
  it('is read without the field, or the picklist value, that cannot be read', async () => {
    answer = lead([
      field('City'),
      field('Hologram__c', { label: null }),
      field('Depth__c', { length: undefined }),
      field('New__c', { type: 'hologram', dimensions: 3 }),
      field('Tier__c', { type: 'picklist', picklistValues: [value('Gold'), value(null)] }),
    ]);
    const described = await describeObject(rest, 'Lead');
    expect(Object.keys(described?.fields ?? {})).toEqual(['City', 'New__c', 'Tier__c']);
    expect(described?.fields['Tier__c']?.picklistValues).toEqual(['Gold']);
  });

  it('of which nothing can be read is no object without fields, but a fault', async () => {
    answer = lead([field('City', { label: null })]);
    await expect(describeObject(rest, 'Lead')).rejects.toThrow('no item that can be read');
  });

  it('is left out of the list of objects where it cannot be read there, and the others stand', async () => {
    const access = { label: 'x', keyPrefix: '00Q', custom: false, customSetting: false, queryable: true };
    const object = { ...access, createable: true, updateable: true, deletable: true };
    answer = {
      sobjects: [
        { ...object, name: 'Lead' },
        { ...object, name: 'Odd', label: null },
      ],
    };
    expect([...(await readObjects(rest)).keys()]).toEqual(['Lead']);
  });
});
