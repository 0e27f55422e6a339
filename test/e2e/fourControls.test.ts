// The four controls that Salesforce asks of an app that more than two orgs use (B17), each enforced by the local org and honoured
// by the bridge, which signs in by the browser's flow: a code challenge, refresh tokens that are used once, the limit of idle days,
// and the list of addresses. The bridge runs in a process of its own where it is killed or started twice.
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../bridge/cli.ts';
import { openSqliteStore } from '../../bridge/store/sqlite/store.ts';
import {
  allowInSalesforce,
  connectInBrowser,
  land,
  visitBridge,
  type Page,
  type Visit,
} from '../helpers/browserSignIn.ts';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import type { OAuthApp } from '../salesforce/oauth/apps.ts';
import { PlatformError } from '../salesforce/model.ts';
import { Story } from './story.ts';

const DAY_MS = 86_400_000;

let stack: Stack;
let story: Story;
/** The org's clock is ahead by so much, ms. */
let ahead = 0;

beforeAll(async () => {
  // No key: all that the bridge has to sign in with is what the browser brings.
  const env = { SALESFORCE_JWT_KEY_FILE: '', SALESFORCE_USERNAME: '' };
  stack = await startStack({ env, clock: () => Date.now() + ahead });
  await mapFields(stack.admin, stack.prefix);
  story = new Story(stack);
  stack.bridge.launch();
  await until('the bridge lives', () => answers('/health/live'));
}, 60_000);
afterAll(async () => stack?.stop());
afterEach(() => {
  ahead = 0;
  delete app().idleDays;
  delete app().addresses;
});

function app(): OAuthApp {
  const [found] = stack.org.org.apps;
  if (!found) throw new Error('There is no app.');
  return found;
}

const answers = (path: string): Promise<boolean> =>
  fetch(`${stack.bridge.url}${path}`).then(
    ({ ok }) => ok,
    () => false,
  );

/** What `/health/ready` says of the connection, in one text. */
async function saidByReadiness(): Promise<string> {
  const answer = await fetch(`${stack.bridge.url}/health/ready`).catch(() => undefined);
  const { checks = [] } = ((await answer?.json()) ?? {}) as { checks?: { ok: boolean; detail: string }[] };
  return checks.flatMap(({ ok, detail }) => (ok ? [] : [detail])).join('\n');
}

const visit = (): Promise<Visit> => visitBridge(stack);
const allow = (authorize: URL): Promise<URL> => allowInSalesforce(stack, authorize);
const connect = (): Promise<Page> => connectInBrowser(stack);

/** Until the bridge works, with changes going over. */
async function works(): Promise<void> {
  await until('the bridge is ready', () => answers('/health/ready'));
  await story.fromSalesforce();
  await story.fromSellfire();
}

/** Counts what the org does with refresh tokens from now on. */
function watchRotations(): { made: () => number; stop: () => void } {
  const { grants } = stack.org.org;
  const { rotate } = grants;
  let made = 0;
  grants.rotate = (grant) => {
    made += 1;
    return rotate(grant);
  };
  return { made: () => made, stop: () => void (grants.rotate = rotate) };
}

describe('proof key for code exchange (B17)', () => {
  it('the browser goes with an S256 challenge, and only the bridge that sent it gets tokens for the code', async () => {
    const begun = await visit();
    expect(begun.authorize.searchParams.get('code_challenge_method')).toBe('S256');
    expect(begun.authorize.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    // A code that somebody else was given, slipped into the admin's sign-in.
    const others = new URL(begun.authorize);
    others.searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
    const refused = await land(await allow(others), begun);
    expect([refused.status, refused.text]).toEqual([502, expect.stringContaining('invalid code verifier')]);
    const page = await connect();
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Connected')]);
    await works();
  });
});

describe('rotation of refresh tokens (B17)', () => {
  it('however many calls find the session ended, one refresh is made, and a restart goes on with the new token', async () => {
    const rotations = watchRotations();
    await story.expireSessions();
    const phones = Array.from({ length: 30 }, () => story.phone());
    for (const phone of phones)
      stack.sellfire.desk.createLead({ primary_phone_number: phone, last_name: 'Sand', business_name: phone });
    await until('all are in Salesforce', () =>
      phones.every((phone) => stack.org.org.find('Lead', { Phone: phone }).length),
    );
    expect(rotations.made()).toBe(1);
    await stack.bridge.kill();
    await stack.bridge.start();
    await works();
    expect(rotations.made()).toBe(2);
    rotations.stop();
  });

  it('a second bridge on the same store is refused before it touches the token', async () => {
    const rotations = watchRotations();
    const said: string[] = [];
    const say = (text: string): void => void said.push(text);
    expect(await run(['start'], { env: stack.bridge.env, out: say, err: say })).toBe(1);
    expect(said.join('')).toContain('STORE_IN_USE');
    expect(rotations.made()).toBe(0);
    rotations.stop();
    await works();
  });

  it('a bridge that is killed between the answer and the store says so, loses no change, and goes on once connected', async () => {
    const { grants } = stack.org.org;
    const { rotate } = grants;
    grants.rotate = (grant) => {
      grants.rotate = rotate;
      // It never gets the token that takes the place of its own.
      if (stack.bridge.pid !== undefined) process.kill(stack.bridge.pid, 'SIGKILL');
      return rotate(grant);
    };
    await story.expireSessions();
    const phone = story.phone();
    const { id } = stack.sellfire.desk.createLead({
      primary_phone_number: phone,
      last_name: 'Sand',
      business_name: 'Between',
    });
    await until('the bridge is killed', () => grants.rotate === rotate);
    await stack.bridge.kill();
    stack.bridge.launch();
    const words = await until('readiness says so', async () => {
      const said = await saidByReadiness();
      return said.includes('SIGN_IN_EXPIRED') ? said : undefined;
    });
    expect(words).toContain('its replacement was lost on the way');
    expect(words).toContain('Connect the org again');
    const inSalesforce = story.phone();
    await story.create('Lead', { Phone: inSalesforce, LastName: 'Stone', Company: 'Meanwhile' });
    expect((await connect()).status).toBe(200);
    await until('the bridge is ready', () => answers('/health/ready'));
    await story.linked(id);
    await story.arrival(inSalesforce);
  }, 60_000);

  it('connecting again replaces the sign-in: the one before it is revoked, and never stands in its place', async () => {
    const { grants } = stack.org.org;
    const { grant: make } = grants;
    const made: string[] = [];
    grants.grant = (...given) => {
      const one = make(...given);
      made.push(one.id);
      return one;
    };
    expect((await connect()).status).toBe(200);
    await works();
    expect((await connect()).status).toBe(200);
    grants.grant = make;
    await works();
    const [replaced, present] = made;
    const alive = (): string[] => grants.all().map(({ id }) => id);
    await until('the sign-in that was replaced is revoked', () => !alive().includes(replaced ?? ''));
    expect(alive()).toEqual([present]);
    await stack.bridge.kill();
    await stack.bridge.start();
    await works();
  });
});

describe('the limit of idle days (B17)', () => {
  it('a bridge that was off for 30 days says that its sign-in has ended, keeps what comes, and goes on once connected', async () => {
    app().idleDays = 30;
    expect((await connect()).status).toBe(200);
    await works();
    await stack.bridge.stop();
    ahead = 30 * DAY_MS;
    stack.bridge.launch();
    const words = await until('readiness says so', async () => {
      const said = await saidByReadiness();
      return said.includes('SIGN_IN_EXPIRED') ? said : undefined;
    });
    expect(words).toContain('not used for as long as the app allows (30 days)');
    const { id } = stack.sellfire.desk.createLead({
      primary_phone_number: story.phone(),
      last_name: 'Sand',
      business_name: 'Idle',
    });
    ahead = 0;
    expect((await connect()).status).toBe(200);
    await until('the bridge is ready', () => answers('/health/ready'));
    await story.linked(id);
  }, 60_000);
});

describe('the list of addresses (B17)', () => {
  it('a sign-in from another address is refused in words, and works once the address is allowed', async () => {
    app().addresses = ['198.51.100.0-198.51.100.255'];
    const page = await connect();
    expect(page.status).toBe(502);
    expect(page.text).toContain('SIGN_IN_ADDRESS');
    expect(page.text).toContain('does not let the bridge sign in from its address (ip restricted)');
    expect(page.text).toContain('External Client App');
    await stack.bridge.kill();
    stack.bridge.launch();
    await until('readiness says so', async () => (await saidByReadiness()).includes('SIGN_IN_ADDRESS'));
    const { id } = stack.sellfire.desk.createLead({
      primary_phone_number: story.phone(),
      last_name: 'Sand',
      business_name: 'Barred',
    });
    app().addresses = ['198.51.100.0-198.51.100.255', '127.0.0.1'];
    await until('the bridge is ready', () => answers('/health/ready'), 60_000);
    await story.linked(id);
  }, 90_000);
});

describe('one command revokes (M1)', () => {
  const disconnect = async (): Promise<{ exit: number; said: string }> => {
    const said: string[] = [];
    const say = (text: string): void => void said.push(text);
    const exit = await run(['revoke', stack.org.org.id], { env: stack.bridge.env, out: say, err: say });
    return { exit, said: said.join('') };
  };
  const stored = async (): Promise<number> => {
    const store = await openSqliteStore({ file: join(stack.bridge.env['DATA_DIR'] ?? '', 'bridge.sqlite') });
    const { length } = await store.connections();
    await store.close();
    return length;
  };

  const webhooks = (): number => stack.sellfire.webhooks.state().subscriptions.length;

  /** The connection is forgotten, and the bridge started again. @returns what readiness says of the disconnect */
  async function saidAfterStart(): Promise<string> {
    await stack.bridge.kill();
    expect(await stored()).toBe(0);
    stack.bridge.launch();
    return until('readiness says so as well', async () => {
      const answer = await saidByReadiness();
      return answer.includes('disconnected the org') ? answer : undefined;
    });
  }

  it('while the bridge runs: the token is revoked at Salesforce and forgotten here, Sellfire sends no more events, and the org stays off', async () => {
    expect((await connect()).status).toBe(200);
    await works();
    expect(stack.org.org.grants.all()).toHaveLength(1);
    expect(webhooks()).toBe(1);
    expect(await disconnect()).toEqual({ exit: 0, said: expect.stringContaining('which Salesforce has revoked') });
    expect(stack.org.org.grants.all()).toEqual([]);
    expect(webhooks()).toBe(0);
    expect(await saidByReadiness()).toContain('disconnected the org');
    await stack.bridge.kill();
    expect(await stored()).toBe(0);
    stack.bridge.launch();
    await until('it stays off', async () => (await saidByReadiness()).includes('disconnected the org'));
  });

  it.each(['while the bridge runs', 'while it does not'])(
    '%s and Salesforce does not answer: it says plainly that the token may still be valid, and is off all the same',
    async (when) => {
      expect((await connect()).status).toBe(200);
      await works();
      if (when === 'while it does not') await stack.bridge.kill();
      const { grants } = stack.org.org;
      const { revoke } = grants;
      grants.revoke = () => {
        throw new PlatformError('SERVER_UNAVAILABLE', 'Server Unavailable', { status: 503 });
      };
      const { exit, said } = await disconnect();
      grants.revoke = revoke;
      expect([exit, said]).toEqual([1, expect.stringContaining('Salesforce has not confirmed that it is revoked')]);
      expect(said).toContain('Connected Apps OAuth Usage');
      const words = await saidAfterStart();
      expect(words).toContain('Salesforce has not confirmed that it is revoked');
      for (const { token } of grants.all()) grants.revoke(token);
    },
    60_000,
  );

  it.each(['while the bridge runs', 'while it does not'])(
    '%s and Sellfire does not answer: it says that events may still be sent, and is off all the same',
    async (when) => {
      expect((await connect()).status).toBe(200);
      await works();
      if (when === 'while it does not') await stack.bridge.kill();
      const path = '/v1/webhook-subscriptions';
      stack.sellfire.faults.refusing = { code: 'unavailable', detail: 'Sellfire is being maintained.', path };
      const { exit, said } = await disconnect();
      stack.sellfire.faults.refusing = undefined;
      expect([exit, said]).toEqual([1, expect.stringMatching(/^WEBHOOK_NOT_REMOVED: .*being maintained/)]);
      expect(stack.org.org.grants.all()).toEqual([]);
      const words = await saidAfterStart();
      expect(words).toContain('Sellfire has not confirmed');
    },
    60_000,
  );
});
