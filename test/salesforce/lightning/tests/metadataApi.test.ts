// What a page knows of the objects of the org.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { connectTo } from '../client/http.ts';
import { getObjectInfo, getObjectInfos } from '../client/metadataApi.ts';

let asked: string[] = [];

/** An org in which one object is hidden from the user. */
function answer(url: string): Promise<Response> {
  const path = decodeURIComponent(url);
  asked.push(path);
  const info = (apiName: string): object =>
    apiName === 'Hidden__c'
      ? { statusCode: 403, result: [{ errorCode: 'INSUFFICIENT_ACCESS' }] }
      : { statusCode: 200, result: { apiName } };
  const [, names] = /batch\/(.*)$/.exec(path) ?? [];
  if (names !== undefined) return Promise.resolve(Response.json({ results: names.split(',').map(info) }));
  return Promise.resolve(Response.json({ apiName: path.split('/').at(-1) }));
}

async function emitted(objectApiNames: string[]): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const wire = new getObjectInfos(({ data }) => void (data && resolve(data)));
  wire.connect();
  wire.update({ objectApiNames });
  return promise;
}

beforeEach(() => {
  asked = [];
  connectTo({ fetch: answer, base: '' });
});

describe('the wire getObjectInfos', () => {
  it('asks once for all that are not known, each with its outcome', async () => {
    const single = Promise.withResolvers<unknown>();
    const one = new getObjectInfo(({ data }) => void (data && single.resolve(data)));
    one.connect();
    one.update({ objectApiName: 'Lead' });
    await single.promise;
    expect(await emitted(['Lead', 'Contact', 'Hidden__c'])).toEqual({
      results: [
        { statusCode: 200, result: { apiName: 'Lead' } },
        { statusCode: 200, result: { apiName: 'Contact' } },
        { statusCode: 403, result: [{ errorCode: 'INSUFFICIENT_ACCESS' }] },
      ],
    });
    expect(asked).toEqual(['/ui-api/object-info/Lead', '/ui-api/object-info/batch/Contact,Hidden__c']);
    await emitted(['Contact', 'Hidden__c']);
    expect(asked.at(-1)).toBe('/ui-api/object-info/batch/Hidden__c');
  });
});
