// The bridge keeps to its share of the org's API calls (M19): reported at 80 %, what can wait put off at 95 %, nothing asked of
// Salesforce at 100 %, and all of it on again when there is room – through the real parts, with an org that counts calls.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story } from './story.ts';

jest.setTimeout(60_000);

let stack: Stack;
let story: Story;
let settings: string;
let leadId: string;
let recordId: string;
let other: { id: string; lead: { id: string } };

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix);
  settings = await story.create('@Sync_Settings__c', { Name: 'Settings', '@Activity_Sync__c': true });
  await stack.bridge.start();
  ({
    id: recordId,
    lead: { id: leadId },
  } = await story.fromSellfire({ business_name: 'Acme Plumbing' }));
  other = await story.fromSellfire();
  // So many calls that one more or less is a small part of them.
  while ((await own()) < 200) await carried();
});
afterAll(() => stack.stop());

/** Calls of the bridge since its start, which is its first: all of them count. */
async function own(): Promise<number> {
  const metrics = await (await fetch(`${stack.bridge.url}/metrics`)).text();
  return Number(/^api_calls_total\{.*api="salesforce_rest".*\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
}

async function health(): Promise<{ ready: boolean; detail: string; connected: boolean }> {
  const answer = await fetch(`${stack.bridge.url}/health/ready`);
  const { checks } = (await answer.json()) as { checks: { name: string; ok: boolean; detail: string }[] };
  const check = (name: string) => checks.find((one) => one.name === name);
  const connected = check('salesforce events')?.ok ?? false;
  return { ready: answer.ok, detail: check('salesforce api calls')?.detail ?? '', connected };
}

const tasks = () => stack.org.org.find('Task', {}).length;
const title = () => stack.org.org.get('Lead', recordId)?.['Title'];

let edits = 0;
/** One edit in Sellfire, which costs one call once it is carried over. @returns what the title is then */
function edit(): string {
  edits += 1;
  const text = `Title ${edits}`;
  story.edit(leadId, { title: text });
  return text;
}

async function carried(): Promise<void> {
  const text = edit();
  await until('the edit is in Salesforce', () => title() === text);
}

/** Makes the calls so far this part of what the bridge may use, a half of the org's, and has the bridge read that. */
async function used(part: number): Promise<void> {
  const { apiRequests } = stack.org.org.usage;
  await plenty();
  await story.quiet();
  const calls = await own();
  apiRequests.used = calls;
  apiRequests.max = Math.floor(((calls + 1) / part) * 2);
  await carried();
  await story.quiet();
  expect(await own()).toBe(calls + 1);
}

/** There is more than enough again; the settings are read whatever is left, and the answers carry it. */
async function plenty(): Promise<void> {
  Object.assign(stack.org.org.usage.apiRequests, { max: 1_000_000, used: 1_000 });
  await story.reloaded(() => story.update('@Sync_Settings__c', settings, { '@Report_Days__c': 30 + (edits % 30) }));
}

const budgetAlerts = () => stack.sellfire.dialer.alerts.list().filter(({ kind }) => kind === 'budget');

describe('the share of the org’s API calls (M19)', () => {
  it('is far from used at first', async () => {
    await expect(health()).resolves.toMatchObject({
      ready: true,
      detail: expect.stringMatching(/^\d+ may be made now\.$/),
    });
    expect(budgetAlerts()).toEqual([]);
  });

  it('used at 80 % is reported: in the health check, to Enablement users once, and on the status page', async () => {
    await used(0.8);
    const { ready, detail } = await health();
    expect(ready).toBe(true);
    expect(detail).toMatch(/^The bridge made [\d,]+ of the [\d,]+ Salesforce API calls/);
    await until('an alert is sent', () => budgetAlerts().length > 0);
    // The status is published after each reading of the settings.
    await story.reloaded(() => story.update('@Sync_Settings__c', settings, { '@Report_Days__c': 60 }));
    await until('the status reports it', () =>
      String(stack.org.org.find('Bridge_Status__c', {})[0]?.['Detail__c']).includes('The bridge made'),
    );
    await used(0.85);
    expect(budgetAlerts()).toHaveLength(1);
    expect(budgetAlerts()[0]?.body).toContain('Raise');
  });

  it('used at 95 % puts activities off, and nothing else', async () => {
    await used(0.96);
    stack.sellfire.desk.logEmail(leadId);
    await carried();
    await story.update('Lead', recordId, { City: 'Austin' });
    await story.sellfireHas(leadId, { city: 'Austin' });
    expect(tasks()).toBe(0);
    expect((await health()).detail).toContain('activities wait');
    await plenty();
    await until('the activity is a Task', () => tasks() === 1);
  });

  it('used up has everything wait that needs Salesforce, over a restart as well, and nothing else', async () => {
    await used(1);
    const { apiRequests } = stack.org.org.usage;
    const before = apiRequests.used;
    const text = edit();
    await story.sellfireHas(leadId, { title: text });
    await until('the health check reports it', async () => {
      const { ready, detail } = await health();
      return !ready && detail.includes('goes on from');
    });
    // What comes from Salesforce is in its events, and costs no call.
    const { org, users } = stack.org;
    org.transact({ user: users.admin.id, origin: '' }, (transaction) =>
      transaction.update('Lead', other.id, { City: 'Reno' }),
    );
    await story.sellfireHas(other.lead.id, { city: 'Reno' });
    expect(apiRequests.used).toBe(before);
    expect(title()).not.toBe(text);

    await stack.bridge.stop();
    stack.bridge.launch();
    await until('the health check reports it again', async () =>
      (await health().catch(() => undefined))?.detail.includes('goes on from'),
    );
    await until('the change stream is connected', async () => (await health()).connected);
    expect(title()).not.toBe(text);
    await story.reloaded(() => story.update('@Sync_Settings__c', settings, { '@Api_Share__c': 100 }));
    await until('the edit is in Salesforce', () => title() === text);
    await until('it is ready', async () => (await health()).ready);
  });

  it('is not all that counts: where others have used up the org, the bridge waits too', async () => {
    await plenty();
    Object.assign(stack.org.org.usage, { hard: true });
    Object.assign(stack.org.org.usage.apiRequests, { max: 10_000, used: 9_600 });
    await carried();
    stack.sellfire.desk.logEmail(leadId);
    const near = await until('the health check reports it', async () => {
      const one = await health();
      return one.detail.startsWith('The org used 9,6') && one;
    });
    expect(near.ready).toBe(true);
    await carried();
    expect(tasks()).toBe(1);
    // One call after another, so that whatever else is still under way – a second reading of the settings – comes before the last.
    const { apiRequests } = stack.org.org.usage;
    apiRequests.used = 9_900;
    while (apiRequests.used < apiRequests.max) {
      const text = edit();
      await until(
        'the edit is in Salesforce, or no call is left',
        () => title() === text || apiRequests.used >= 10_000,
      );
    }
    const waiting = edit();
    await until('the health check reports it', async () => {
      const { ready, detail } = await health();
      return !ready && detail.startsWith('The org used 10,000 of its 10,000');
    });
    expect(title()).not.toBe(waiting);
    // Not one call was refused: the bridge never ran into the wall.
    expect(story.logged('work_paused')).toBe(0);
    await plenty();
    await until('all is made up for', () => title() === waiting && tasks() === 2);
  });
});
