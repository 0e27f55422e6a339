// Steering the sync from Home: pause, resume, a mapping less, disconnect, and connect again (M1, M9, B20).
import assert from 'node:assert/strict';
import { until } from '../../helpers/until.ts';
import type { Chapter } from './chapter.ts';
import { connectInBrowser } from './connect.ts';
import { mappings } from './map.ts';
import { syncState } from './start.ts';

export const STEER: Chapter = {
  name: 'Steer',
  steps: [
    {
      name: 'Pause holds every change, and Resume carries it',
      async run(at) {
        const { admin, stack, story } = at;
        const { id, lead } = await story.fromSalesforce();
        await admin.openTab('Home');
        await admin.select('Sync on', 'Pause');
        await admin.reads(/Nothing is written in either direction while the sync is paused\./);
        await at.look('pause');
        await admin.press('Pause');
        await admin.ended();
        await admin.closeDialog();
        await syncState(at, 'Paused');
        await admin.reads(/Paused by Local Administrator/);
        await story.update('Lead', id, { FirstName: 'Meanwhile' });
        story.edit(lead.id, { city: 'Dallas' });
        await until('the changes wait', async () => {
          const { data } = await story.asked('PreviewStart');
          const updates = [data['toSellfire'], data['toSalesforce']].map((one) => (one as { update: number }).update);
          return updates.every((count) => count === 1);
        });
        assert.notEqual(stack.sellfire.dialer.leads.find(lead.id)?.fields['first_name'], 'Meanwhile');
        await story.salesforceHas(id, { City: null });
        await at.look('home-paused');
        await admin.select('Sync paused', 'Resume');
        await admin.press('Resume');
        await admin.ended();
        await admin.closeDialog();
        await admin.reads('Sync on');
        await story.sellfireHas(lead.id, { first_name: 'Meanwhile' });
        await story.salesforceHas(id, { City: 'Dallas' });
      },
    },
    {
      name: 'a mapping is deleted: values stay, and nothing is carried from then on',
      async run(at) {
        const { admin, stack, story } = at;
        const { id, lead } = await story.fromSalesforce({ Website: 'https://before.example' });
        await story.sellfireHas(lead.id, { website: 'https://before.example' });
        await admin.openTab('Field Mappings');
        await admin.write('Search mappings', 'website');
        await admin.select(/^Actions for Website/, 'Delete');
        await admin.reads(/Values stay where they are\./);
        await at.look('delete-mapping');
        await story.reloaded(() => admin.press('Delete'));
        await admin.reads(/The mapping of Website .* was deleted\./);
        assert.deepEqual(await mappings(at, "WHERE @Sellfire_Field__c = 'website'"), []);
        await story.update('Lead', id, { Website: 'https://after.example' });
        await story.quiet();
        assert.equal(stack.sellfire.dialer.leads.find(lead.id)?.fields['website'], 'https://before.example');
      },
    },
    {
      name: 'Disconnect stops everything and keeps the configuration; Connect goes on from there',
      async run(at) {
        const { admin, stack, story } = at;
        const { id, lead } = await story.fromSalesforce();
        const before = (await mappings(at)).length;
        await admin.openTab('Home');
        await admin.select('Sync on', 'Disconnect');
        await at.look('disconnect');
        await admin.press('Disconnect');
        await admin.ended();
        await at.look('disconnect-done');
        await admin.closeDialog();
        await syncState(at, 'Disconnected');
        await admin.reads(/Disconnected by Local Administrator/);
        await at.look('home-disconnected');
        await story.update('Lead', id, { FirstName: 'Later' });
        await admin.press('Connect');
        await connectInBrowser(at);
        await admin.reads('Sync on');
        await until(
          'nothing is lost',
          () => stack.sellfire.dialer.leads.find(lead.id)?.fields['first_name'] === 'Later',
        );
        assert.equal((await mappings(at)).length, before);
        await at.look('home-again');
      },
    },
  ],
};
