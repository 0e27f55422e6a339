// Two processes of a deployment on one database: each runs a part of the connections, each answers for all of them, and one takes over
// those of the other. Nothing is lost and nothing is done twice.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { holderOf } from '../../bridge/deployment/placement.ts';
import { Story } from '../e2e/story.ts';
import { mapFields } from '../helpers/mappings.ts';
import { startPostgres, type Postgres } from '../helpers/postgres.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { prepareDeployment, variablesOf, type Deployed } from './deployed.ts';
import { LEASE_SECONDS } from './processes.ts';

jest.setTimeout(120_000);

let postgres: Postgres;
let stack: Stack;
let story: Story;
let first: Deployed;
let second: Deployed;
beforeAll(async () => {
  [postgres, stack] = await Promise.all([startPostgres(), startStack()]);
  await mapFields(stack.admin, stack.prefix);
  story = new Story(stack);
  first = await prepareDeployment({ DATABASE_URL: await postgres.schema(), LEASE_SECONDS: String(LEASE_SECONDS) });
  second = await prepareDeployment({}, first);
  await Promise.all([first.process.start(), second.process.start()]);
});
afterAll(async () => {
  await first?.stop();
  await second?.stop();
  await stack?.stop();
  await postgres?.stop();
});

/** A connection that waits for somebody to connect its org. */
const idle = (name: string): Record<string, string> => ({
  ...{ SALESFORCE_CLIENT_ID: 'app', SELLFIRE_URL: 'http://127.0.0.1:9', SELLFIRE_API_KEY: `key of ${name}` },
});
const runs = (name: string, on: Deployed): Promise<boolean> =>
  until(
    `${name} runs there`,
    async () => {
      const { state, holder } = (await on.listed(name)) ?? {};
      return state === 'running' && holder?.endsWith(`:${new URL(on.url).port}`);
    },
    60_000,
  );
/** Names of connections that fall to each. */
async function namesFor(): Promise<[string, string]> {
  const { holder } = await until('one runs', async () => {
    const one = await first.listed('probe');
    return one?.['state'] === 'running' ? one : undefined;
  });
  const host = holder?.split(':')[0] ?? '';
  const members = [first, second].map(({ url }) => ({ id: `${host}:${new URL(url).port}`, address: url }));
  const names = Array.from({ length: 100 }, (_, index) => `org-${index}`);
  const fallsTo = (index: number): string => names.find((name) => holderOf(name, members) === members[index]) ?? '';
  return [fallsTo(0), fallsTo(1)];
}

describe('two processes of a deployment', () => {
  let mine: string;
  let others: string;

  it('share the connections: each runs its part, and either answers for all', async () => {
    await first.add('probe', idle('probe'));
    [mine, others] = await namesFor();
    await second.add(mine, variablesOf(stack));
    await first.add(others, idle(others));
    await Promise.all([runs(mine, first), runs(others, second)]);
    await until('it is ready', async () => (await first.ready(mine)) === 200, 60_000);
    await story.fromSalesforce();
    // Sellfire reaches the one that does not run the connection.
    const [subscription] = stack.sellfire.webhooks.state().subscriptions;
    const there = new URL(subscription?.url ?? '');
    const answer = await fetch(new URL(there.pathname, second.url), { method: 'POST', body: '{}' });
    expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('signature_malformed')]);
    expect(await second.ready(mine)).toBe(404);
  });

  it('add one name once, whoever is asked, and leave nothing of the attempt that lost', async () => {
    const attempts = [first, second].map((one) => one.add('twice', idle(`twice ${one.url}`)));
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))).toEqual([
      expect.stringContaining('CONNECTION_EXISTS'),
    ]);
    expect(await first.command('connections', 'remove', 'twice')).toMatchObject({ code: 0 });
    expect(await second.listed('twice')).toBeUndefined();
  });

  it('take over the connections of the one that is killed, and give them back', async () => {
    await first.process.kill();
    const phone = story.phone();
    await story.create('Lead', { Phone: phone, LastName: 'Stone', Company: 'Between two' });
    await runs(mine, second);
    await until('it has come over', () => stack.sellfire.dialer.leads.findByPhone(phone), 60_000);
    await first.process.start();
    await Promise.all([runs(mine, first), runs(others, second)]);
    await until('it is ready', async () => (await first.ready(mine)) === 200, 60_000);
    await story.fromSellfire();
    const rows = await story.query('SELECT Id FROM Lead');
    expect([...stack.sellfire.dialer.leads.live()]).toHaveLength(rows.length);
  });

  it('remove a connection with its schema, whichever runs it', async () => {
    expect(await second.command('connections', 'remove', mine)).toMatchObject({ code: 0, err: '' });
    // The one that runs it may be stopping it still.
    await until('the other one runs it no more', async () => (await first.ready(mine)) === 404);
    expect(await first.listed(mine)).toBeUndefined();
  });
});
