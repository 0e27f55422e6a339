// Many orgs in one deployment, in files: connections come and go while it runs, and whatever becomes of one of them, the others go on.
import { randomBytes } from 'node:crypto';
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Story } from '../e2e/story.ts';
import { allowInSalesforce, connectInBrowser, land, visitBridge } from '../helpers/browserSignIn.ts';
import { mapFields } from '../helpers/mappings.ts';
import { Bridge, startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Prometheus } from '../monitoring/prometheus.ts';
import { isAlive, prepareDeployment, variablesOf, type Deployed } from './deployed.ts';

jest.setTimeout(180_000);

/** A process stops for as long as it is given and starts again, on a machine that does other work too. */
const RESTART_MS = 60_000;

/** Of the store of the north. */
const KEY = randomBytes(32).toString('base64');

let deployed: Deployed;
let north: Stack;
let south: Stack;
let northern: Story;
let southern: Story;
beforeAll(async () => {
  // One after the other: the first one builds the components of the package.
  north = await startStack();
  south = await startStack();
  deployed = await prepareDeployment();
  for (const stack of [north, south]) await mapFields(stack.admin, stack.prefix);
  northern = new Story(north);
  southern = new Story(south);
});
afterAll(async () => {
  await deployed?.stop();
  await Promise.all([north?.stop(), south?.stop()]);
});

const isReady = (name: string): Promise<number> =>
  until(`${name} is ready`, async () => (await deployed.ready(name)) === 200 && 200, RESTART_MS);
const runs = (name: string): Promise<boolean> =>
  until(`${name} runs`, async () => (await deployed.listed(name))?.['state'] === 'running', RESTART_MS);
const metric = async (name: string, of: string): Promise<number> => {
  const text = await (await fetch(`${deployed.url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name}{`) && one.includes(`connection_name="${of}"`));
  return Number(line?.split(' ').at(-1) ?? NaN);
};

/** Somebody loads many Leads into the north, whose Sellfire has become slow: it has work for a long time. */
async function flood(): Promise<void> {
  north.sellfire.faults.set({ latency_ms: SLOW_MS });
  for (let load = 0; load < LOADS; load += 1) {
    const rows = Array.from({ length: 200 }, () => ({ LastName: 'Many', Company: 'Load', Phone: northern.phone() }));
    await north.admin.sobject('Lead').create(rows);
  }
  await until('the north has work', async () => (await metric('inbox_pending', 'north')) > 0, RESTART_MS);
}
const SLOW_MS = 1_000;
const LOADS = 3;

describe('a deployment', () => {
  it('starts without a connection, and runs each that is added while it runs, between its own systems', async () => {
    await deployed.process.start();
    expect((await deployed.command('connections', 'list')).out).toContain('There is no connection.');
    const address = await deployed.add('north', { ...variablesOf(north), SECRET_KEY: KEY });
    await deployed.add('south', variablesOf(south));
    await Promise.all([isReady('north'), isReady('south')]);
    await Promise.all([northern.fromSalesforce(), southern.fromSalesforce()]);
    await Promise.all([northern.fromSellfire(), southern.fromSellfire()]);
    expect([...north.sellfire.dialer.leads.live()]).toHaveLength(2);
    expect([...south.sellfire.dialer.leads.live()]).toHaveLength(2);
    expect(await deployed.listed('north')).toMatchObject({ state: 'running', org: expect.stringMatching(/^00D/) });
    // Each has webhooks of its own, by the door that all have in common.
    const [subscription] = north.sellfire.webhooks.state().subscriptions;
    expect(subscription?.url).toContain(`${address}/webhooks/sellfire/00D`);
    await until('the webhook of the north was delivered', () =>
      north.sellfire.webhooks.state().deliveries.some(({ outcome }) => outcome === 'delivered'),
    );
  });

  it('says nothing of which connections there are to who does not know their addresses', async () => {
    const [subscription] = south.sellfire.webhooks.state().subscriptions;
    const known = new URL(subscription?.url ?? '');
    const unknown = new URL(
      known.pathname.replace(/(?<=\/c\/)./, (first) => (first === 'a' ? 'b' : 'a')),
      known,
    );
    const answer = async (url: URL | string) => {
      const response = await fetch(url, { method: 'POST', body: '{}' });
      const { requestId: _, ...said } = (await response.json()) as Record<string, unknown>;
      return { status: response.status, said };
    };
    const nothing = await answer(`${deployed.url}/nothing`);
    expect(nothing.status).toBe(404);
    expect(await answer(unknown)).toEqual(nothing);
    expect(await answer(`${deployed.url}/c/south/webhooks/sellfire/00D`)).toEqual(nothing);
    expect((await answer(known)).status).toBe(401);
    // What is for whoever runs the bridge is not at the door.
    const route = /\/c\/[^/]+/.exec(known.pathname)?.[0] ?? '';
    for (const path of ['/metrics', '/health/ready', '/webhooks/../metrics'])
      expect((await fetch(`${deployed.url}${route}${path}`)).status).toBe(404);
  });

  it('carries over what changes in one org while the process of another one stands still', async () => {
    const pid = await deployed.pid('north');
    process.kill(pid, 'SIGSTOP');
    const phone = northern.phone();
    await northern.create('Lead', { Phone: phone, LastName: 'Stone', Company: 'Stands still' });
    await southern.fromSalesforce();
    await southern.fromSellfire();
    expect(north.sellfire.dialer.leads.findByPhone(phone)).toBeUndefined();
    process.kill(pid, 'SIGCONT');
    await northern.arrival(phone);
  });

  it('lets one org flood its own connection: another one carries over what changes meanwhile', async () => {
    await flood();
    await southern.fromSalesforce();
    await southern.fromSellfire();
    expect(await metric('inbox_pending', 'north')).toBeGreaterThan(0);
    expect(await metric('inbox_pending', 'south')).toBe(0);
    north.sellfire.faults.set({ latency_ms: 0 });
    await until('the north has nothing to do', async () => (await metric('inbox_pending', 'north')) === 0, RESTART_MS);
  });

  it('refuses the account and the org that another connection has, and a name that is none', async () => {
    const twin = { ...variablesOf(north), SELLFIRE_URL: 'http://127.0.0.1:9' };
    await expect(deployed.add('twin', variablesOf(north))).rejects.toThrow('ACCOUNT_CONNECTED');
    await expect(deployed.add('north', twin)).rejects.toThrow('CONNECTION_EXISTS');
    for (const name of ['../north', 'a/b', 'a.b', '..', 'North', '-', ''])
      expect(await deployed.command('connections', 'remove', '--', name)).toMatchObject({ code: 2 });
    await deployed.add('twin', twin);
    const why = async (): Promise<string> => (await deployed.listed('twin'))?.['detail'] ?? '';
    await until('it has failed', async () => (await why()).includes('ORG_ELSEWHERE'), RESTART_MS);
    expect(await deployed.command('connections', 'remove', 'twin')).toMatchObject({ code: 0 });
    expect(await deployed.listed('twin')).toBeUndefined();
    await northern.fromSellfire();
  });

  it('has a connection with the wrong key, or a configuration that has become invalid, fail alone: ConnectionDown holds for it', async () => {
    const { SECRET_KEY = '' } = south.bridge.env;
    await deployed.change('north', { ...variablesOf(north), SECRET_KEY });
    const failed = (name: string, code: string): Promise<boolean> =>
      until(
        `${name} has failed`,
        async () => {
          const { state, detail } = (await deployed.listed(name)) ?? {};
          return state === 'failed' && detail?.includes(code);
        },
        RESTART_MS,
      );
    await failed('north', 'SECRET_KEY_WRONG');
    const authority = join(deployed.env['DATA_DIR'] ?? '', 'authority.pem');
    copyFileSync(north.org.caFile, authority);
    await deployed.add('third', {
      ...{ SALESFORCE_CLIENT_ID: 'app', SELLFIRE_URL: 'http://127.0.0.1:9', SELLFIRE_API_KEY: 'none' },
      SALESFORCE_PUBSUB_CA_FILE: authority,
    });
    await runs('third');
    rmSync(authority);
    // Killed, it takes its processes with it; started again, it runs those that it can.
    const pids = await Promise.all(['south', 'third'].map((name) => deployed.pid(name)));
    await deployed.process.kill();
    await until('its processes have ended', () => !pids.some(isAlive), RESTART_MS);
    await deployed.process.start();
    await failed('third', 'CONFIG_INVALID');
    await isReady('south');
    const prometheus = new Prometheus();
    await prometheus.scrape(deployed.url);
    expect(prometheus.holds('ConnectionDown')).toEqual(
      expect.arrayContaining([{ connection_name: 'north' }, { connection_name: 'third' }]),
    );
    expect(prometheus.holds('ConnectionDown')).not.toContainEqual({ connection_name: 'south' });
    expect(prometheus.holds('NoLeader')).toEqual([]);
    await southern.fromSalesforce();
    await deployed.change('north', { ...variablesOf(north), SECRET_KEY: KEY });
    await isReady('north');
    await northern.fromSalesforce();
    await deployed.command('connections', 'remove', 'third');
  });

  it('removes a connection in the middle of a flood, with all that it kept, and leaves the others alone', async () => {
    const stores = join(deployed.env['DATA_DIR'] ?? '', 'connections');
    expect(readdirSync(stores).map((name) => name.slice(0, 12))).toEqual(['bridge_north', 'bridge_south']);
    await flood();
    const pid = await deployed.pid('north');
    expect(await deployed.command('connections', 'remove', 'north')).toEqual({
      code: 0,
      out: 'Removed north.\n',
      err: '',
    });
    expect(isAlive(pid)).toBe(false);
    expect(north.sellfire.webhooks.state().subscriptions).toEqual([]);
    expect(south.sellfire.webhooks.state().subscriptions).toHaveLength(1);
    expect(readdirSync(stores).map((name) => name.slice(0, 12))).toEqual(['bridge_south']);
    expect(await deployed.ready('north')).toBe(404);
    await southern.fromSellfire();
  });

  it('connects the org of a new connection in a browser, by the one callback that all have in common', async () => {
    north.sellfire.faults.set({ latency_ms: 0 });
    const { SALESFORCE_JWT_KEY_FILE: _, SALESFORCE_USERNAME: __, ...variables } = variablesOf(north);
    const address = await deployed.add('north', variables);
    await runs('north');
    for (const app of north.org.org.apps) app.callbackUrls.push(`${deployed.url}/oauth/callback`);
    const { out } = await deployed.command('--connection', 'north', 'connect', 'web');
    expect(out).toContain(`${address}/oauth/start?`);
    const browser: Stack = { ...north, bridge: new Bridge(address, north.logFile, variables) };
    const page = await connectInBrowser(browser);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('are connected')]);
    expect((await deployed.listed('north'))?.['org']).toBe(north.org.org.id);
    // A state that no connection has given out.
    const stray = await fetch(`${deployed.url}/oauth/callback?state=${'a'.repeat(26)}.x&code=y`);
    expect(stray.status).toBe(400);
    // Somebody removes it while somebody else signs in once more.
    const { faults, grants } = north.org.org;
    faults.add({ kind: 'slow', ms: 200, times: null });
    const begun = await visitBridge(browser);
    const landed = land(await allowInSalesforce(browser, begun.authorize), begun);
    await until('the sign-in is under way', () => grants.all().length === 2);
    expect(await deployed.command('connections', 'remove', 'north')).toMatchObject({ code: 0 });
    await landed;
    // Both sign-ins are revoked.
    expect(grants.all()).toEqual([]);
    expect(await deployed.listed('north')).toBeUndefined();
  });

  it('stops all of them in order', async () => {
    const pid = await deployed.pid('south');
    expect(await deployed.process.stop()).toBe(0);
    expect(isAlive(pid)).toBe(false);
    expect(await deployed.listed('south')).toMatchObject({ state: 'no process' });
  });
});
