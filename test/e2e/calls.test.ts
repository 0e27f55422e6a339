// What many changes cost of the org's API calls: writes go out together, and changes in Salesforce come as events, not by queries.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story } from './story.ts';

const MANY = 1_000;
/** What the specification grants a thousand updates: 200 records go into one call, so that the half of it is needed. */
const CALLS_OF_MANY = 10;
/** A thousand leads on a busy machine. */
const PATIENCE_MS = 120_000;

let stack: Stack;
let story: Story;
let ids: string[];

const records = () => stack.org.org.find('Lead', {});

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, '');
  await stack.bridge.start();
  ids = Array.from({ length: MANY }, () => {
    const fields = { primary_phone_number: story.phone(), business_name: 'Acme', last_name: 'Stone' };
    return stack.sellfire.desk.createLead(fields).id;
  });
  const linked = (id: string) => stack.sellfire.dialer.leads.get(id).salesforce.lead_id;
  await until('every lead is linked', () => ids.every(linked), PATIENCE_MS);
  await story.quiet();
}, PATIENCE_MS * 2);

afterAll(async () => {
  await stack.stop();
}, 60_000);

it(
  `${MANY} updates in Sellfire cost at most ${CALLS_OF_MANY} calls (M28)`,
  async () => {
    const { apiRequests } = stack.org.org.usage;
    const before = apiRequests.used;
    for (const id of ids) story.edit(id, { title: 'Owner' });
    await until('all are in Salesforce', () => records().every(({ Title }) => Title === 'Owner'), PATIENCE_MS);
    expect(apiRequests.used - before).toBeLessThanOrEqual(CALLS_OF_MANY);
    expect(apiRequests.used - before).toBeGreaterThanOrEqual(MANY / 200);
    await story.quiet();
  },
  PATIENCE_MS,
);

it(
  `${MANY} updates in Salesforce cost none (M28)`,
  async () => {
    const { org, users } = stack.org;
    const { used } = org.usage.apiRequests;
    for (const { Id } of records())
      org.transact({ user: users.admin.id, origin: '' }, (transaction) =>
        transaction.update('Lead', String(Id), { City: 'Austin' }),
      );
    const { leads } = stack.sellfire.dialer;
    await until('all are in Sellfire', () => ids.every((id) => leads.get(id).fields['city'] === 'Austin'), PATIENCE_MS);
    expect(org.usage.apiRequests.used).toBe(used);
  },
  PATIENCE_MS,
);
