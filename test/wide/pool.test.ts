// Two processes of the bridge whose database has no connection left for them: somebody else has taken all there are. Nothing is taken in
// that is not stored, nobody works on a lead that it cannot renew, and all goes on once there are connections again.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { Story } from '../e2e/story.ts';
import { mapFields } from '../helpers/mappings.ts';
import { until } from '../helpers/until.ts';
import { isLeader, startProcesses, type Processes } from './processes.ts';

jest.setTimeout(180_000);

let wide: Processes;
let story: Story;
beforeAll(async () => {
  wide = await startProcesses(2);
  story = new Story(wide.stack);
  await mapFields(wide.stack.admin, wide.stack.prefix);
  for (const one of wide.all) await one.start();
});
afterAll(() => wide?.stop());

const OF_THE_BRIDGE = "application_name LIKE 'sellfire-bridge %'";

/** Takes every connection of the database, those of the bridge too. @returns what gives them back */
async function takeAll(): Promise<() => Promise<void>> {
  const connectionString = wide.all[0]?.env['DATABASE_URL'];
  const held: pg.Client[] = [];
  const take = async (): Promise<boolean> => {
    const client = new pg.Client({ connectionString });
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch {
      return false;
    }
    held.push(client);
    return true;
  };
  while (await take());
  const [first] = held;
  if (!first) throw new Error('There was no connection to take.');
  await until('the bridge has none', async () => {
    await first.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${OF_THE_BRIDGE}`);
    while (await take());
    const { rows } = await first.query<{ left: number }>(
      `SELECT count(*)::int AS left FROM pg_stat_activity WHERE ${OF_THE_BRIDGE}`,
    );
    return rows[0]?.left === 0;
  });
  return async () => void (await Promise.all(held.map((client) => client.end())));
}

describe('two processes of the bridge that get no connection to their database', () => {
  it('take nothing in and write nothing, say so, and go on once there are connections again: nothing is lost or doubled', async () => {
    const pairs = [await story.fromSellfire(), await story.fromSalesforce()];
    const giveBack = await takeAll();
    for (const { id, lead } of pairs) {
      story.edit(lead.id, { city: 'No room' });
      await story.update('Lead', id, { Title: 'No room' });
    }
    const lead = wide.stack.sellfire.desk.createLead({
      ...{ primary_phone_number: story.phone(), last_name: 'Sand', business_name: 'No room' },
    });
    await until('neither is ready, and both say why', async () => {
      const said = await Promise.all(wide.all.map((one) => one.readiness()));
      return said.every(({ status, text }) => status === 503 && text.includes('STORE_UNUSABLE'));
    });
    await until('nobody leads', async () => !(await Promise.all(wide.all.map(isLeader))).some(Boolean));
    // What Sellfire sends is refused for now, and comes again.
    const { webhooks } = wide.stack.sellfire;
    await until('a webhook is refused', () => webhooks.state().deliveries.some(({ status }) => status === 503));
    for (const { id } of pairs) expect(wide.stack.org.org.get('Lead', id)?.['City']).not.toBe('No room');
    expect(wide.stack.org.org.find('Lead', { Company: 'No room' })).toEqual([]);
    await giveBack();
    for (const { id, lead: one } of pairs) {
      await story.salesforceHas(id, { City: 'No room' }, 60_000);
      await story.sellfireHas(one.id, { title: 'No room' }, 60_000);
    }
    await story.linked(lead.id);
    await wide.leader();
    expect([...wide.stack.sellfire.dialer.leads.live()]).toHaveLength(3);
    expect(wide.stack.org.org.find('Lead', {})).toHaveLength(3);
    await until(
      'both are ready',
      async () => {
        // One that finds that the other one has taken the lead ends, and is started again.
        for (const one of wide.all.filter(({ hasEnded }) => hasEnded)) {
          expect(await one.ended()).toBe(1);
          one.launch();
        }
        return (await Promise.all(wide.all.map((one) => one.readiness()))).every(({ status }) => status === 200);
      },
      60_000,
    );
    await story.fromSellfire();
    await story.fromSalesforce();
  });
});
