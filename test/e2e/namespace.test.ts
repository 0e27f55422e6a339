// The same bridge with the managed package: every name of the package has its namespace, and the org is connected by a person
// in a browser, so that the bridge lives on a refresh token that changes with every use.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { connectLink } from '../../bridge/http/signIn.ts';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story } from './story.ts';

jest.setTimeout(60_000);

let stack: Stack;
let story: Story;
beforeAll(async () => {
  stack = await startStack({ namespace: 'sellfire' });
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix);
  // No key to sign in with: the bridge waits for somebody to connect an org.
  delete stack.bridge.env['SALESFORCE_JWT_KEY_FILE'];
  delete stack.bridge.env['SALESFORCE_USERNAME'];
  stack.bridge.launch();
  await until('the bridge answers', async () => (await readiness()).status !== 0);
});
afterAll(() => stack.stop());

const readiness = () => stack.bridge.readiness();

/** The cookie of the bridge in this browser. */
let cookie = '';
/** A browser: it follows redirects, and keeps the bridge's cookie for the bridge. */
async function visit(address: string, init: RequestInit = {}): Promise<Response> {
  const isBridge = address.startsWith(stack.bridge.url);
  const answer = await fetch(address, { ...init, redirect: 'manual', headers: isBridge ? { cookie } : {} });
  if (isBridge) cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
  const next = answer.headers.get('location');
  return next === null ? answer : visit(new URL(next, address).href);
}

/** What a browser does with the form: every field of it, and what the person types and presses. */
async function submit(page: Response, typed: Record<string, string>): Promise<Response> {
  const text = await page.text();
  const action = /<form method="post" action="([^"]+)"/.exec(text)?.[1] ?? '';
  const hidden = [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const plain = (html: string): string =>
    html.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  const form = new URLSearchParams(hidden.map(([, name = '', value = '']): [string, string] => [name, plain(value)]));
  for (const [name, value] of Object.entries(typed)) form.set(name, value);
  return visit(new URL(action, page.url).href, { method: 'POST', body: form });
}

const link = (): string => connectLink(stack.bridge.url, stack.bridge.env['SELLFIRE_WEBHOOK_SECRET'] ?? '');

describe('an org that is connected in a browser', () => {
  it('is not there before: the bridge says what to do', async () => {
    await expect(readiness()).resolves.toMatchObject({ status: 503, text: expect.stringContaining('connect web') });
  });

  it('is not connected when the person says no', async () => {
    const page = await submit(await visit(link()), { decision: 'deny' });
    expect(page.status).toBe(400);
    await expect(page.text()).resolves.toContain('Access was not allowed');
  });

  it('is connected by link, sign-in and consent, and the page says so with every permission (M1)', async () => {
    const signIn = await visit(link());
    expect(signIn.url.startsWith(stack.org.restUrl)).toBe(true);
    const { username, password } = stack.org.users.integration;
    const page = await submit(signIn, { username, password, decision: 'allow' });
    expect(page.url.startsWith(`${stack.bridge.url}/oauth/callback`)).toBe(true);
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain('Connected');
    expect(text).not.toContain('Missing');
    await until('the bridge is ready', async () => (await readiness())?.status === 200);
    // A second visit with the same code connects nothing.
    expect((await visit(page.url)).status).toBe(400);
  });

  it('lives on its refresh token, which changes with every use and outlives a restart', async () => {
    const { id, lead } = await story.fromSalesforce();
    for (const title of ['First', 'Second']) {
      await story.expireSessions();
      stack.org.pubsub.faults.dropStreams();
      story.edit(lead.id, { title });
      await story.salesforceHas(id, { Title: title });
    }
    await stack.bridge.kill();
    await story.expireSessions();
    await stack.bridge.start();
    story.edit(lead.id, { title: 'Third' });
    await story.salesforceHas(id, { Title: 'Third' });
  });
});

describe('with the managed package', () => {
  it('leads are made and changed both ways, and each shows the other', async () => {
    const { id, lead } = await story.fromSellfire({ title: 'Owner' });
    await story.salesforceHas(id, {
      sellfire__Sellfire_Lead_Id__c: lead.id,
      sellfire__Phase__c: 'ColdCallCold',
      Title: 'Owner',
    });
    stack.sellfire.desk.logCall(lead.id, { outcome: 'gatekeeper' });
    await story.salesforceHas(id, { sellfire__Phase__c: 'ColdCallNDM' });
    await story.update('Lead', id, { Title: 'Founder', sellfire__Phase__c: 'Retired' });
    await story.sellfireHas(lead.id, { title: 'Founder', phase: 'Retired' });
  });

  it('reports and the state of the bridge are in the org', async () => {
    const { lead } = await story.fromSellfire();
    await expect(story.reports(`@Sellfire_Lead_Id__c = '${lead.id}'`)).resolves.toMatchObject([
      { Event__c: 'LeadCreated', Outcome__c: 'Success', Direction__c: 'ToSalesforce' },
    ]);
    // The first heartbeat comes a moment after the start.
    const [status] = await until('the bridge has published its status', async () => {
      const rows = await story.query('SELECT @Key__c, @State__c FROM @Bridge_Status__c');
      return rows.length > 0 && rows;
    });
    expect(status).toMatchObject({ sellfire__Key__c: 'bridge', sellfire__State__c: 'Running' });
  });

  it('a mapping is obeyed as soon as it is saved', async () => {
    const { id, lead } = await story.fromSellfire();
    await story.reloaded(() => story.map(['country', 'Lead', 'Country', 'TwoWay']));
    story.edit(lead.id, { country: 'United States' });
    await story.salesforceHas(id, { Country: 'United States' });
  });
});
