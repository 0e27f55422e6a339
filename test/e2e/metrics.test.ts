// The metrics of a bridge as a dashboard reads them, over the life of a connection.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
  await stack.bridge.start();
}, 60_000);
afterAll(async () => stack?.stop());

/** Lines of a scrape that are about the org. */
async function series(): Promise<string[]> {
  const text = await (await fetch(`${stack.bridge.url}/metrics`)).text();
  return text.split('\n').filter((line) => line.includes(`connection="${stack.org.org.id}"`));
}

describe('the metrics of a connection', () => {
  it('are there while it is connected, and all gone once it is disconnected, so that no alert stays on an org that left', async () => {
    const names = (await series()).map((line) => line.slice(0, line.indexOf('{')));
    expect(names).toEqual(expect.arrayContaining(['api_calls_total', 'events_total', 'inbox_pending']));
    await stack.admin.sobject('Sync_Request__c').create({ Type__c: 'Disconnect' });
    await until('no line is about the org', async () => (await series()).length === 0);
    const ready = await fetch(`${stack.bridge.url}/health/ready`);
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('disconnected the org')]);
    await expect(series()).resolves.toEqual([]);
  });
});
