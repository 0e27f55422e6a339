// The whole bridge with its store on PostgreSQL: changes go both ways, and neither a killed bridge nor a restarted database loses or
// doubles one.
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { startPostgres, type Postgres } from '../helpers/postgres.ts';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story } from './story.ts';

jest.setTimeout(120_000);

const LEADS = 20;

let postgres: Postgres;
let stack: Stack;
let story: Story;
beforeAll(async () => {
  postgres = await startPostgres();
  stack = await startStack({ env: { DATABASE_URL: await postgres.schema() } });
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix);
  await stack.bridge.start();
});
afterAll(async () => {
  await stack.stop();
  await postgres.stop();
});

/** Changes every pair on both sides, and waits until both sides have both changes. */
async function changeAll(
  pairs: readonly { id: string; leadId: string }[],
  round: string,
  meanwhile: () => Promise<void>,
) {
  await Promise.all(pairs.map(({ id }, index) => story.update('Lead', id, { Title: `${round} ${index}` })));
  for (const [index, { leadId }] of pairs.entries()) story.edit(leadId, { city: `${round} ${index}` });
  await meanwhile();
  for (const [index, { id, leadId }] of pairs.entries()) {
    await story.sellfireHas(leadId, { title: `${round} ${index}` }, 60_000);
    await story.salesforceHas(id, { City: `${round} ${index}` }, 60_000);
  }
}

it('carries new leads and changes both ways, over kills of the bridge and restarts of the database', async () => {
  const pairs = [];
  for (let index = 0; index < LEADS; index += 1) {
    const { id, lead } = await (index % 2 === 0 ? story.fromSalesforce() : story.fromSellfire());
    pairs.push({ id, leadId: lead.id });
  }
  await changeAll(pairs, 'calm', async () => undefined);
  await changeAll(pairs, 'killed', async () => {
    await stack.bridge.kill();
    await stack.bridge.start();
  });
  await changeAll(pairs, 'restarted', () => postgres.restart());
  await changeAll(pairs, 'cut', () => postgres.cutConnections());
  await until('the bridge is ready again', async () => (await fetch(`${stack.bridge.url}/health/ready`)).ok);
  const rows = await story.query('SELECT Id FROM Lead');
  expect(rows).toHaveLength(LEADS);
  expect([...stack.sellfire.dialer.leads.live()]).toHaveLength(LEADS);
});
