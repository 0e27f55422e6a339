// The refresh token, which Salesforce takes once, where the lead changes hands in the middle of its use: a token that is sent twice ends the
// whole sign-in.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Story } from '../e2e/story.ts';
import { connectInBrowser } from '../helpers/browserSignIn.ts';
import { mapFields } from '../helpers/mappings.ts';
import { until } from '../helpers/until.ts';
import { isLeader, portOf, startProcesses, type Processes } from './processes.ts';

jest.setTimeout(120_000);

let wide: Processes;
let story: Story;
beforeAll(async () => {
  // No key: all that the bridge has to sign in with is what the browser brings.
  wide = await startProcesses(2, { env: { SALESFORCE_JWT_KEY_FILE: '', SALESFORCE_USERNAME: '', CONCURRENCY: '1' } });
  story = new Story(wide.stack);
  await mapFields(wide.stack.admin, wide.stack.prefix);
  for (const one of wide.all) one.launch();
  const leader = await wide.leader();
  wide.balancer.carryTo([portOf(leader)]);
  expect((await connectInBrowser(wide.stack)).status).toBe(200);
  await until('it is ready', async () => (await leader.readiness()).status === 200);
  await wide.standBy();
});
afterAll(() => wide?.stop());

describe('a refresh token that two processes share', () => {
  it('is not lost where its process is stopped between the answer and the store: the next one waits for it, and none is sent twice', async () => {
    const { grants } = wide.stack.org.org;
    const { rotate } = grants;
    const alive = grants.all().map(({ id }) => id);
    const leader = await wide.leader();
    const standBy = await wide.standBy();
    let made = 0;
    grants.rotate = (grant) => {
      made += 1;
      // The answer is on its way to a process that does not take it.
      if (made === 1) process.kill(leader.pid ?? 0, 'SIGSTOP');
      return rotate(grant);
    };
    await story.expireSessions();
    wide.balancer.carryTo([portOf(standBy)]);
    const { id } = wide.stack.sellfire.desk.createLead({
      primary_phone_number: story.phone(),
      last_name: 'Sand',
      business_name: 'Between',
    });
    await until('the other one leads', () => isLeader(standBy));
    await until('it waits for the token', () =>
      readFileSync(wide.stack.logFile, 'utf8').includes('"event":"rotation_awaited"'),
    );
    expect(made).toBe(1);
    const gone = leader.ended();
    process.kill(leader.pid ?? 0, 'SIGCONT');
    expect(await gone).toBe(1);
    await story.linked(id);
    expect(made).toBe(2);
    expect(grants.all().map((one) => one.id)).toEqual(alive);
    grants.rotate = rotate;
  });

  it('of a process that is killed before it sends it is used by the next one, which does not wait', async () => {
    const { grants } = wide.stack.org.org;
    const alive = grants.all().map(({ id }) => id);
    const leader = await wide.leader();
    const standBy = wide.all.find((one) => one !== leader);
    if (!standBy) throw new Error('There are two.');
    await standBy.start();
    // As a process leaves it that ends between its note and its call.
    await wide.ask(`
    INSERT INTO cursor (connection, name, value, at)
    SELECT id, 'rotation', json_build_object('process', (SELECT process FROM leadership),
      'sealed', encode(sha256(sealed::bytea), 'hex')), 0 FROM connection
    ON CONFLICT (connection, name) DO UPDATE SET value = excluded.value`);
    await leader.kill();
    wide.balancer.carryTo([portOf(standBy)]);
    await until('the other one leads', () => isLeader(standBy));
    await story.fromSellfire();
    expect(grants.all().map(({ id }) => id)).toEqual(alive);
  });

  it('is sent by one after the other where both need a new session at once', async () => {
    const { grants } = wide.stack.org.org;
    for (const one of wide.all) if (one.hasEnded) await one.start();
    wide.balancer.carryTo(wide.all.map(portOf));
    const leader = await wide.leader();
    await until('the leader has a worker', async () =>
      /^worker_processes 1$/m.test(await (await fetch(`${leader.url}/metrics`)).text()),
    );
    const pairs = [];
    for (let pair = 0; pair < 6; pair += 1) pairs.push(await story.fromSellfire());
    const alive = grants.all().map(({ id }) => id);
    const { rotate } = grants;
    let made = 0;
    grants.rotate = (grant) => {
      made += 1;
      return rotate(grant);
    };
    const elsewhere = async (): Promise<number> => {
      const metrics = await (await fetch(`${leader.url}/metrics`)).text();
      return Number(/^turns_total\{.*run="elsewhere".*\} (\d+)/m.exec(metrics)?.[1] ?? 0);
    };
    wide.stack.org.org.faults.add({ kind: 'slow', ms: 100, times: null });
    for (let round = 0; round < 3; round += 1) {
      const before = await elsewhere();
      await story.expireSessions();
      for (const { lead } of pairs) wide.stack.sellfire.desk.editLead(lead.id, { city: `Round ${round}` });
      for (const { id } of pairs) await story.salesforceHas(id, { City: `Round ${round}` }, 60_000);
      await until('the worker has had a part of it', async () => (await elsewhere()) > before);
    }
    // Each of both, each time.
    expect(made).toBeGreaterThanOrEqual(6);
    expect(grants.all().map(({ id }) => id)).toEqual(alive);
    grants.rotate = rotate;
  });
});
