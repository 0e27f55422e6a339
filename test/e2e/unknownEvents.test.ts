// Sellfire ahead of the bridge: events and records that the contract does not know, through real webhooks, the feed and a
// bridge of its own process. Each fails alone, is reported, and has its lead read again; nothing behind it waits.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { SellfireEvent } from '../../bridge/model/event.ts';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story } from './story.ts';

jest.setTimeout(60_000);

let stack: Stack;
let story: Story;
beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, '');
  await story.create('@Sync_Settings__c', { Name: 'Settings', '@Activity_Sync__c': true });
  await stack.bridge.start();
});
afterAll(() => stack.stop());

/** Changes the events that `act` makes, before anybody is sent them. */
function distorted(act: () => void, distort: (event: Record<string, unknown>) => void): void {
  const { feed } = stack.sellfire.dialer;
  const stop = feed.onAppend(() => {
    const [event] = feed.after(feed.lastSequence - 1) as (SellfireEvent & Record<string, unknown>)[];
    if (event) distort(event);
  });
  act();
  stop();
}
const counted = async (result: string): Promise<number> => {
  const text = await (await fetch(`${stack.bridge.url}/metrics`)).text();
  return Number(new RegExp(`events_total\\{[^}]*source="sellfire",result="${result}"\\} (\\d+)`).exec(text)?.[1] ?? 0);
};
const rows = (leadId: string, code: string) =>
  story.reports(`@Sellfire_Lead_Id__c = '${leadId}' AND @Code__c = '${code}'`);

describe('an event of Sellfire that the contract does not know', () => {
  const faults: [string, (event: Record<string, unknown>) => void][] = [
    [
      'a value of a kind that no field has',
      (event) => (event['changes'] = { title: { from: null, to: { html: 'x' } } }),
    ],
    ['no list of changes', (event) => delete event['changes']],
    ['a lead that is half there', (event) => (event['lead'] = { id: event['lead_id'] })],
    ['no type', (event) => delete event['type']],
    ['no place in the feed', (event) => delete event['sequence']],
    ['a time that is none', (event) => (event['occurred_at'] = 'yesterday')],
  ];
  it.each(faults)('with %s is set aside and reported, and its lead is read again', async (_, distort) => {
    const { id, lead } = await story.fromSellfire();
    const other = await story.fromSellfire();
    distorted(() => story.edit(lead.id, { title: 'Read again' }), distort);
    story.edit(other.lead.id, { title: 'Goes on' });
    await story.salesforceHas(other.id, { Title: 'Goes on' }, 90_000);
    await story.salesforceHas(id, { Title: 'Read again' });
    expect(await rows(lead.id, 'EVENT_UNREADABLE')).toHaveLength(1);
  });

  it.each([
    ['null', null, null],
    ['an empty text', '', null],
    ['an empty text, beside a lead that is half there', '', {}],
  ])('because %s stands for its lead is reported too, and the others go on', async (_, lead_id, shown) => {
    const { id, lead } = await story.fromSellfire();
    const place = stack.sellfire.dialer.feed.lastSequence + 1;
    distorted(
      () => story.edit(lead.id, { title: 'Whose' }),
      (event) => Object.assign(event, { lead_id, lead: shown }),
    );
    story.edit(lead.id, { city: 'Waco' });
    await story.salesforceHas(id, { City: 'Waco' });
    const found = await until('its report', async () => {
      const all = await story.reports(`@Code__c = 'EVENT_UNREADABLE'`);
      return all.find(({ Reason__c }) => String(Reason__c).startsWith(`Event ${place} of Sellfire`));
    });
    expect(found).toMatchObject({ Event__c: 'LeadUpdated', Outcome__c: 'Failed' });
  });

  it('because its type is of a later version is counted and passed over, but for what it says has changed', async () => {
    const { id, lead } = await story.fromSellfire();
    const before = await counted('unknown_type');
    distorted(
      () => story.edit(lead.id, { title: 'Starred' }),
      (event) => (event['type'] = 'lead.starred'),
    );
    await story.salesforceHas(id, { Title: 'Starred' });
    expect(await counted('unknown_type')).toBe(before + 1);
    const failed = await story.query(
      `SELECT Id FROM Integration_Report__c WHERE Sellfire_Lead_Id__c = '${lead.id}' AND Outcome__c = 'Failed'`,
    );
    expect(failed).toEqual([]);
  });

  it('in one word of a list keeps the word as text, and its Task is made', async () => {
    const { id, lead } = await story.fromSellfire();
    distorted(
      () =>
        void stack.sellfire.desk.logCall(lead.id, { outcome: 'decision_maker', notes: `${'n'.repeat(40_000)}\ud83d` }),
      (event) => {
        const activity = event['activity'] as Record<string, unknown> | null;
        if (activity) Object.assign(activity, { communication_type: 'video_call', channel: 'carrier_pigeon' });
        event['actor'] = { kind: 'robot', id: null, request_id: null };
      },
    );
    const [task] = await until('its Task', () => {
      const found = stack.org.org.find('Task', { WhoId: id });
      return found.length > 0 ? found : undefined;
    });
    expect(task).toMatchObject({ Subject: 'video_call', Type: 'Other', TaskSubtype: 'Task' });
    expect(String(task?.['Description'])).toHaveLength(32_000);
  });

  it('and text that was cut in the middle of a character arrive well-formed', async () => {
    const { id, lead } = await story.fromSellfire();
    story.edit(lead.id, { title: 'Smile \ud83d' });
    await story.salesforceHas(id, { Title: 'Smile \ufffd' });
  });

  it('about a call has its Task made from what Sellfire shows of the call', async () => {
    const { id, lead } = await story.fromSellfire();
    distorted(
      () => void stack.sellfire.desk.logCall(lead.id, { outcome: 'decision_maker', notes: 'Asked for an offer' }),
      (event) => {
        if (event['activity']) event['activity'] = { ...event['activity'], conference_duration: 'long' };
      },
    );
    await until('its Task', () => stack.org.org.find('Task', { WhoId: id, Description: 'Asked for an offer' })[0]);
    const [row] = await rows(lead.id, 'EVENT_UNREADABLE');
    expect(row).toMatchObject({ Event__c: 'Activity', Outcome__c: 'Failed' });
    expect(row?.['Reason__c']).toContain('at activity.conference_duration');
  });
});
