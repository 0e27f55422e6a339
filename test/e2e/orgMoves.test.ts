// An org that is not where it was: moved to another instance, its events are found again; refreshed from production, it is another
// org at the same address, and nothing is written to it.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story } from './story.ts';

jest.setTimeout(60_000);

let stack: Stack;
let story: Story;
beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix);
  await stack.bridge.start();
});
afterAll(() => stack.stop());

const ready = () => stack.bridge.readiness();

describe('an org', () => {
  it('that moved refuses every replay id, and is followed again without a loss (F6)', async () => {
    const { id, lead } = await story.fromSalesforce();
    await story.quiet();
    stack.org.pubsub.faults.corruptReplayIds();
    expect(stack.org.pubsub.faults.dropStreams()).toBeGreaterThan(0);
    await story.update('Lead', id, { Title: 'While it moved' });
    await story.sellfireHas(lead.id, { title: 'While it moved' });
    await story.update('Lead', id, { Title: 'After it moved' });
    await story.sellfireHas(lead.id, { title: 'After it moved' });
    story.edit(lead.id, { city: 'Reno' });
    await story.salesforceHas(id, { City: 'Reno' });
  });

  it('that was refreshed has nothing written, also after a restart, and the bridge says why (F30)', async () => {
    const { id, lead } = await story.fromSalesforce({ City: 'Austin' });
    await story.quiet();
    stack.org.org.refresh();
    story.edit(lead.id, { city: 'Reno' });
    for (const restart of [false, true]) {
      if (restart) {
        await stack.bridge.stop();
        stack.bridge.launch();
      }
      await until('the bridge says that another org answers', async () => {
        const { status, text } = await ready();
        return status === 503 && text.includes('ORG_CHANGED');
      });
      expect(stack.org.org.get('Lead', id)?.['City']).toBe('Austin');
    }
  });
});
