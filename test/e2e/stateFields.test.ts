// The state of the sync on the record itself (M35), end to end: it goes with other writes, has a write of its own only when it
// changes, and costs only its fields where the connected user may not write them.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mapFields, SENSIBLE } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { eventBus } from '../salesforce/pubsub/bus.ts';
import { Story, type Row } from './story.ts';

jest.setTimeout(60_000);

let stack: Stack;
let story: Story;
beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix, SENSIBLE);
  await stack.bridge.start();
});
afterAll(() => stack.stop());

const state = (id: string): Row => {
  const row = story.plain(stack.org.org.get('Lead', id) ?? {});
  return Object.fromEntries(
    ['Sync_State', 'Sync_Detail', 'Cycle', 'Next_Event_At', 'Last_Synced_At'].map((name) => [
      name,
      row[`Sellfire_${name}__c`] ?? null,
    ]),
  );
};

/** Change events of Leads that the org published while this happened and was carried. */
async function events(change: () => unknown): Promise<number> {
  await story.quiet();
  const { log } = eventBus(stack.org.org);
  const before = log.end;
  await change();
  await story.quiet();
  const positions = Array.from({ length: log.end - before }, (_, index) => before + index);
  return positions.filter((position) => log.at(position)?.event.entity === 'LeadChangeEvent').length;
}

describe('the state of a record (M35)', () => {
  it('is there from the creation on, in the same write', async () => {
    let id = '';
    expect(await events(async () => void ({ id } = await story.fromSellfire()))).toBe(1);
    expect(state(id)).toEqual({
      ...{ Sync_State: 'InSync', Sync_Detail: null, Cycle: 1, Next_Event_At: null },
      Last_Synced_At: expect.any(String),
    });
    expect(state((await story.fromSalesforce()).id)).toMatchObject({ Sync_State: 'InSync', Cycle: 1 });
  });

  it('costs no event of its own while it stays the same', async () => {
    const { id, lead } = await story.fromSellfire();
    await story.quiet();
    const synced = state(id)['Last_Synced_At'];
    expect(
      await events(async () => {
        story.edit(lead.id, { city: 'Reno' });
        await story.salesforceHas(id, { City: 'Reno' });
      }),
    ).toBe(1);
    expect(Date.parse(String(state(id)['Last_Synced_At']))).toBeGreaterThanOrEqual(Date.parse(String(synced)));
    expect(
      await events(async () => {
        await story.update('Lead', id, { City: 'Waco' });
        await story.sellfireHas(lead.id, { city: 'Waco' });
      }),
    ).toBe(1);
  });

  it('says that a field was refused, and why, with the code of the report; and when that is over', async () => {
    const { id, lead } = await story.fromSellfire();
    const long = 'x'.repeat(60);
    expect(await events(() => story.edit(lead.id, { city: long }))).toBe(1);
    await until('the record says so', () => state(id)['Sync_State'] === 'Refused');
    const [report] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Outcome__c = 'Failed'`);
    expect(String(state(id)['Sync_Detail'])).toMatch(new RegExp(`^${String(report?.['Code__c'])}: `));
    // The same refusal again is the same state.
    expect(await events(() => story.edit(lead.id, { city: `${long}y` }))).toBe(0);
    story.edit(lead.id, { city: 'Elko' });
    await story.salesforceHas(id, { City: 'Elko' });
    await until('the record says so', () => state(id)['Sync_State'] === 'InSync' && !state(id)['Sync_Detail']);
  });
});
