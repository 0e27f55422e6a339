// Idempotency: a request sent again is not carried out again.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSellfire, type RunningSellfire } from '../sellfire.ts';
import { freshPhone, ok, refused } from './client.ts';

const DAY = 86_400_000;
let now = Date.now();
let sellfire: RunningSellfire;
beforeAll(async () => {
  sellfire = await startSellfire({ clock: () => now });
});
afterAll(() => sellfire.close());

describe('an idempotency key', () => {
  it('answers the same request with the first answer, though the lead has moved on', async () => {
    const request = { key: 'same', body: { fields: { primary_phone_number: freshPhone(), city: 'Waco' } } };
    const first = await ok(sellfire, 'createLead', request);
    sellfire.desk.editLead(first.id, { city: 'Tulsa' });
    const last = sellfire.dialer.feed.lastSequence;
    const { primary_phone_number, city } = request.body.fields;
    const reordered = { key: 'same', body: { fields: { city, primary_phone_number } } };
    expect(await ok(sellfire, 'createLead', reordered)).toEqual(first);
    expect(sellfire.dialer.feed.lastSequence).toBe(last);
  });

  it('is a conflict with another request', async () => {
    const { id } = await ok(sellfire, 'createLead', {
      key: 'other',
      body: { fields: { primary_phone_number: freshPhone() } },
    });
    const conflict = { code: 'idempotency_conflict' };
    const body = { fields: { primary_phone_number: freshPhone() } };
    expect(await refused(sellfire, 'createLead', { key: 'other', body })).toMatchObject(conflict);
    expect(await refused(sellfire, 'updateLead', { key: 'other', params: { id }, body: {} })).toMatchObject(conflict);
  });

  it('is one and the same in a batch and alone', async () => {
    const lead = { fields: { primary_phone_number: freshPhone() } };
    const operations = [{ op: 'create', idempotency_key: 'shared', lead }];
    const alone = await ok(sellfire, 'createLead', { key: 'shared', body: lead });
    const { results } = await ok(sellfire, 'batch', { body: { operations } });
    expect(results).toEqual([{ status: 201, lead: alone }]);
    const twice = [...operations, ...operations];
    expect((await ok(sellfire, 'batch', { body: { operations: twice } })).results).toHaveLength(2);
  });

  it('of a refused request is judged anew: nothing was done under it', async () => {
    const holder = sellfire.desk.createLead({ primary_phone_number: freshPhone() });
    const { primary_phone_number } = holder.fields;
    const request = { key: 'again', body: { fields: { primary_phone_number } } };
    expect(await refused(sellfire, 'createLead', request)).toMatchObject({ code: 'phone_taken' });
    sellfire.desk.deleteLead(holder.id);
    expect((await ok(sellfire, 'createLead', request)).fields).toMatchObject({ primary_phone_number });
  });

  it('is needed where the contract says so', async () => {
    const body = { fields: { primary_phone_number: freshPhone() } };
    for (const key of ['', 'x'.repeat(129)])
      expect(await refused(sellfire, 'createLead', { key, body })).toMatchObject({ field: 'Idempotency-Key' });
  });

  it('is forgotten after 30 days', async () => {
    const request = () => ({ key: 'old', body: { fields: { primary_phone_number: freshPhone() } } });
    const first = await ok(sellfire, 'createLead', request());
    now += 29 * DAY;
    await refused(sellfire, 'createLead', request());
    now += 2 * DAY;
    expect((await ok(sellfire, 'createLead', request())).id).not.toBe(first.id);
  });
});
