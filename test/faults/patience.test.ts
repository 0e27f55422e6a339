// Bad days that take a minute by design, through the real process and with its real patience: a connection that dies without a
// word, and an allocation that is used up. Both at once, since the test only waits.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Story } from '../e2e/story.ts';
import { startHalfOpenProxy, type HalfOpenProxy } from '../helpers/halfOpenProxy.ts';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';

/** A ping goes out after a minute of silence and may take 20 s; the work is tried again a minute after a limit. */
const PATIENCE_MS = 110_000;

let stack: Stack;
let proxy: HalfOpenProxy;
let story: Story;
beforeAll(async () => {
  stack = await startStack();
  proxy = await startHalfOpenProxy(stack.org.pubsubUrl);
  stack.bridge.env['SALESFORCE_PUBSUB_ADDRESS'] = proxy.address;
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix);
  await stack.bridge.start();
}, 60_000);
afterAll(async () => {
  await stack.stop();
  await proxy.close();
});

async function checks(): Promise<string> {
  return (await fetch(`${stack.bridge.url}/health/ready`)).text();
}

describe('patience', () => {
  it(
    'a half-open stream is noticed and resumed, a used-up allocation pauses all writing and ends: nothing is lost',
    async () => {
      const { id, lead } = await story.fromSalesforce();
      const { id: limitedId, lead: limited } = await story.fromSellfire();
      await story.quiet();
      proxy.swallow();
      await story.update('Lead', id, { Title: 'Into the void' });

      stack.org.org.faults.add({ kind: 'request-limit', path: '/composite/', times: null });
      story.edit(limited.id, { title: 'Over the limit' });
      await until('the bridge says that it has to wait', async () =>
        (await checks()).includes('REQUEST_LIMIT_EXCEEDED'),
      );
      stack.org.org.faults.clear();
      story.edit(limited.id, { city: 'Reno' });

      await story.salesforceHas(limitedId, { Title: 'Over the limit', City: 'Reno' }, PATIENCE_MS);
      await story.sellfireHas(lead.id, { title: 'Into the void' }, PATIENCE_MS);
      await until('the bridge is ready again', async () => (await checks()).includes('"ready":true'));
      await story.update('Lead', id, { City: 'Austin' });
      await story.sellfireHas(lead.id, { city: 'Austin' });
      expect(proxy.connections).toBeGreaterThan(2);
    },
    2 * PATIENCE_MS,
  );
});
