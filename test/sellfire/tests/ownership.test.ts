// Ownership (M14): a lead goes to a rep who is there, and not away from one who has promised it a time.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSellfire, type RunningSellfire } from '../sellfire.ts';
import { freshPhone, ok, refused } from './client.ts';

let sellfire: RunningSellfire;
beforeAll(async () => {
  sellfire = await startSellfire();
});
afterAll(() => sellfire.close());

const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();
const owned = () => sellfire.desk.createLead({ primary_phone_number: freshPhone(), owned_rep_id: 'rep_01' }).id;
const give = (id: string, owned_rep_id: string | null) => ({ params: { id }, body: { fields: { owned_rep_id } } });
const REFUSED = { code: 'owner_refused', field: 'owned_rep_id' };

describe('an owner over the API', () => {
  it('is accepted when the rep exists, and may be taken away', async () => {
    const id = owned();
    expect((await ok(sellfire, 'updateLead', give(id, 'rep_02'))).fields['owned_rep_id']).toBe('rep_02');
    expect((await ok(sellfire, 'updateLead', give(id, null))).fields['owned_rep_id']).toBeNull();
  });

  it('is refused when there is no such rep, the rep is deleted, or is no rep', async () => {
    sellfire.dialer.reps.change('rep_08', { state: 'deleted' });
    for (const rep of ['rep_99', 'rep_08', 'user_09']) {
      expect(await refused(sellfire, 'updateLead', give(owned(), rep))).toMatchObject(REFUSED);
      const body = { fields: { primary_phone_number: freshPhone(), owned_rep_id: rep } };
      expect(await refused(sellfire, 'createLead', { body })).toMatchObject(REFUSED);
    }
  });

  it.each(['demo', 'callback', 'decision_call'] as const)('is refused while the owner has a %s', async (kind) => {
    const id = owned();
    if (kind === 'demo') sellfire.desk.setDemo(id, { start_time: tomorrow() });
    else sellfire.desk.plan(id, { kind, start_time: tomorrow() });
    const problem = await refused(sellfire, 'updateLead', give(id, 'rep_02'));
    expect(problem).toMatchObject(REFUSED);
    expect(problem.detail).toContain(kind.replace('_', ' '));
    expect(await refused(sellfire, 'updateLead', give(id, null))).toMatchObject(REFUSED);
    const { items } = await ok(sellfire, 'listSchedule', { params: { id } });
    sellfire.desk.deleteEvent(items[0]?.id ?? '');
    await ok(sellfire, 'updateLead', give(id, 'rep_02'));
  });

  it('is not held by a callback at no specific time, nor by the event of another rep', async () => {
    const id = owned();
    sellfire.desk.plan(id, { specific_time: false, start_time: tomorrow() });
    sellfire.desk.plan(id, { rep_id: 'rep_03', start_time: tomorrow() });
    await ok(sellfire, 'updateLead', give(id, 'rep_02'));
  });

  it('is refused for a lead that is retired or a customer, and accepted with the phase that brings it back', async () => {
    const id = owned();
    sellfire.desk.retire(id);
    expect(await refused(sellfire, 'updateLead', give(id, 'rep_02'))).toMatchObject(REFUSED);
    const fields = { owned_rep_id: 'rep_02', phase: 'ColdCallCold' };
    expect((await ok(sellfire, 'updateLead', { params: { id }, body: { fields } })).fields).toMatchObject(fields);
  });

  it('is refused without any other change of the same request', async () => {
    const id = owned();
    const { version } = sellfire.dialer.leads.get(id);
    await refused(sellfire, 'updateLead', {
      params: { id },
      body: { fields: { city: 'Waco', owned_rep_id: 'rep_99' } },
    });
    expect(sellfire.dialer.leads.get(id)).toMatchObject({ version, fields: { city: null } });
  });
});

describe('a rep', () => {
  it('who works an unowned lead claims it', () => {
    const { id } = sellfire.desk.createLead({ primary_phone_number: freshPhone() });
    expect(sellfire.desk.logCall(id, { outcome: 'voicemail', rep_id: 'rep_04' }).fields['owned_rep_id']).toBe('rep_04');
    expect(sellfire.desk.logCall(id, { outcome: 'voicemail', rep_id: 'rep_05' }).fields['owned_rep_id']).toBe('rep_04');
  });

  it('who is deleted does nothing more', () => {
    expect(() => sellfire.desk.logCall(owned(), { outcome: 'voicemail', rep_id: 'rep_08' })).toThrow('deleted');
  });
});
