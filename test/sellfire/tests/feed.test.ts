// The feed: every change is in it once, in order, without gaps; what changes nothing is not.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SellfireEvent } from '../../../bridge/model/event.ts';
import { startSellfire, type RunningSellfire } from '../sellfire.ts';
import { freshPhone, ok, refused } from './client.ts';

let sellfire: RunningSellfire;
beforeAll(async () => {
  sellfire = await startSellfire({ leads: 20 });
});
afterAll(() => sellfire.close());

const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

/** The events of an action, over the wire. */
async function eventsOf(action: () => unknown): Promise<SellfireEvent[]> {
  const after = String(sellfire.dialer.feed.lastSequence);
  action();
  return (await ok(sellfire, 'readFeed', { query: { after } })).events;
}
const brief = (events: SellfireEvent[]) =>
  events.map(({ type, changes }) => [type, ...Object.keys(changes).sort()].join(' '));

describe('the feed', () => {
  it('begins empty: seeded leads were there before it', async () => {
    const page = await ok(sellfire, 'readFeed', { query: { after: '0' } });
    expect(page).toEqual({ events: [], last_sequence: 0, has_more: false });
    expect(sellfire.dialer.leads.size).toBe(20);
  });

  it('has each action in the same types of events, each change in one event', async () => {
    let id = '';
    const { desk } = sellfire;
    const create = () => (id = desk.createLead({ primary_phone_number: freshPhone(), owned_rep_id: 'rep_01' }).id);
    const planned = () => sellfire.dialer.schedule.planned(id)[0]?.id ?? '';
    const items = [{ product_code: 'P1', product_name: 'Seat', quantity: 1, unit_price: 20 }];
    const story: [() => unknown, string[]][] = [
      [create, ['lead.created owned_rep_id phase primary_phone_number sales_cycle']],
      [() => desk.editLead(id, { city: 'Waco' }), ['lead.updated city']],
      [
        () => desk.logCall(id, { outcome: 'gatekeeper', conference_duration: 42 }),
        ['lead.updated last_called_at phase', 'activity.logged'],
      ],
      [() => desk.logEmail(id, { notes: 'Sent the brochure.' }), ['activity.logged']],
      [
        () => desk.plan(id, { start_time: tomorrow() }),
        ['lead.updated next_event_at', 'schedule.changed', 'activity.logged'],
      ],
      [() => desk.deleteEvent(planned()), ['lead.updated next_event_at', 'schedule.changed', 'activity.logged']],
      [() => desk.setDemo(id, { start_time: tomorrow() }), ['demo.set next_event_at phase', 'activity.logged']],
      [
        () => desk.reschedule(planned(), { start_time: tomorrow() }),
        ['lead.updated next_event_at', 'schedule.changed', 'activity.logged'],
      ],
      [() => desk.missDemo(id), ['demo.missed next_event_at phase', 'activity.logged']],
      [() => desk.setDemo(id, { start_time: tomorrow() }), ['demo.set next_event_at', 'activity.logged']],
      [() => desk.holdDemo(id), ['demo.held next_event_at phase', 'activity.logged']],
      [
        () => desk.plan(id, { kind: 'decision_call', start_time: tomorrow() }),
        expect.anything() as unknown as string[],
      ],
      [() => desk.sell(id, { items }), ['sale.made next_event_at phase', 'schedule.changed', 'activity.logged']],
      [() => desk.reopen(id), ['lead.updated phase sales_cycle']],
      [() => desk.rest(id), ['lead.updated phase', 'activity.logged']],
      [() => desk.retire(id), ['lead.updated phase', 'activity.logged']],
      [() => desk.deleteLead(id), ['lead.deleted']],
    ];
    for (const [action, expected] of story) {
      // Times are in ms: without a later one, an event that is moved to tomorrow has not moved.
      await new Promise((resolve) => setTimeout(resolve, 2));
      expect(brief(await eventsOf(action))).toEqual(expected);
    }
  });

  it('says who did it', async () => {
    const phone = freshPhone();
    const [byApi, byRep] = [
      await eventsOf(() => undefined),
      await eventsOf(() => sellfire.desk.createLead({ primary_phone_number: phone }, { rep_id: 'rep_03' })),
    ];
    expect(byApi).toEqual([]);
    expect(byRep[0]?.actor).toEqual({ kind: 'rep', id: 'rep_03', request_id: null });
    const after = String(sellfire.dialer.feed.lastSequence);
    await ok(sellfire, 'createLead', { key: 'who', body: { fields: { primary_phone_number: freshPhone() } } });
    await ok(sellfire, 'importLeads', { key: 'imp', body: `primary_phone_number\n${freshPhone()}` });
    const { events } = await ok(sellfire, 'readFeed', { query: { after } });
    expect(events.map((event) => event.actor)).toEqual([
      { kind: 'api', id: null, request_id: 'who' },
      { kind: 'import', id: null, request_id: 'imp' },
    ]);
  });

  it('has no event of what changes nothing, and the lead keeps its version', async () => {
    const fields = { primary_phone_number: freshPhone(), city: 'Waco', custom_interests: ['Payroll', 'Payments'] };
    const { id } = sellfire.desk.createLead(fields);
    const events = await eventsOf(() => {
      sellfire.desk.editLead(id, { city: ' Waco ', custom_interests: ['Payments', 'Payroll'], title: '' });
    });
    expect(events).toEqual([]);
    const body = { fields: { city: 'Waco' }, salesforce: { lead_id: null } };
    expect((await ok(sellfire, 'updateLead', { params: { id }, body })).version).toBe(1);
  });

  it('has a new link as a change of the lead without changed fields', async () => {
    const { id } = sellfire.desk.createLead({ primary_phone_number: freshPhone() });
    const after = String(sellfire.dialer.feed.lastSequence);
    const body = { salesforce: { lead_id: '00Q000000000777AAA' } };
    await ok(sellfire, 'updateLead', { params: { id }, body });
    const { events } = await ok(sellfire, 'readFeed', { query: { after } });
    expect(events).toMatchObject([{ type: 'lead.updated', changes: {}, lead: { version: 2, ...body } }]);
  });

  it('shows the lead as it was after each event, whatever came later', async () => {
    const { id } = sellfire.desk.createLead({ primary_phone_number: freshPhone() });
    const events = await eventsOf(() => {
      for (const city of ['Waco', 'Tulsa', 'Reno']) sellfire.desk.editLead(id, { city });
    });
    expect(events.map((event) => [event.lead?.fields['city'], event.lead?.version])).toEqual([
      ['Waco', 2],
      ['Tulsa', 3],
      ['Reno', 4],
    ]);
    expect(events[1]?.changes).toEqual({ city: { from: 'Waco', to: 'Tulsa' } });
  });

  it('is read page by page without a gap, and not beyond its end', async () => {
    const seen: number[] = [];
    let page = await ok(sellfire, 'readFeed', { query: { after: '0', limit: '7' } });
    for (;;) {
      seen.push(...page.events.map((event) => event.sequence));
      if (!page.has_more) break;
      page = await ok(sellfire, 'readFeed', { query: { after: String(seen.at(-1)), limit: '7' } });
    }
    expect(seen).toEqual(Array.from({ length: sellfire.dialer.feed.lastSequence }, (_, at) => at + 1));
    const beyond = { query: { after: String(seen.length + 1) } };
    expect(await refused(sellfire, 'readFeed', beyond)).toMatchObject({ code: 'invalid_value', field: 'after' });
  });
});

describe('a seeded account', () => {
  it('is the same for the same seed and another for another', async () => {
    const fields = async (seed: number) => {
      const one = await startSellfire({ leads: 200, seed });
      const all = [...one.dialer.leads.live()].map((lead) => [lead.id, lead.fields]);
      await one.close();
      return all.map(([id, values]) => [id, { ...(values as object), last_called_at: 0, next_event_at: 0 }]);
    };
    const [first, again, other] = [await fields(7), await fields(7), await fields(8)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('holds leads that its own rules accept', async () => {
    const one = await startSellfire({ leads: 500 });
    for (const lead of one.dialer.leads.live()) {
      const editable = one.dialer.catalogue.list('lead').filter((field) => !field.read_only);
      const values = Object.fromEntries(editable.map(({ name }) => [name, lead.fields[name] ?? null]));
      if (values['do_not_call'] === null) values['do_not_call'] = false;
      expect(one.dialer.catalogue.parse('lead', values)).toEqual(values);
    }
    await one.close();
  });
});
