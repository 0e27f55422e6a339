// A day of somebody who sells, on the page of one Lead: what the panel says in the morning, after a call, after a demo is set, after an
// edit of the record, and when the business has bought (M35, B25, B28).
import assert from 'node:assert/strict';
import { until } from '../../helpers/until.ts';
import { ITEMS } from './bigSale.ts';
import type { Step } from './chapter.ts';
import { asPerson, mapFacts, opens, setSettings } from './record.ts';

const DAY_MS = 86_400_000;

export const REP_DAY: readonly Step[] = [
  {
    name: 'a day of a rep on the page of a Lead: called from there, a demo set, the record edited, sold – each read on the panel',
    async run(at) {
      const { stack, story } = at;
      const { desk } = stack.sellfire;
      await mapFacts(at);
      await setSettings(at, { '@Activity_Sync__c': true, '@Sellfire_Address__c': stack.sellfire.url });
      const { id, lead } = await story.fromSellfire({ business_name: 'Daily Bread', state: 'TX' });
      await story.quiet();
      await asPerson(at, 'user', async (by) => {
        await opens(by, 'Lead', id);
        await by.reads('In step with Sellfire.');
        await by.reads('Cold: not dialled in this cycle, or with no rep.');
        const dialer = await by.follow('Call in Sellfire');
        assert.equal(dialer.url(), `${stack.sellfire.url}/leads/${lead.id}`);
        await dialer.close();
        by.isQuiet([/\/leads\//, /404/]);
        desk.logCall(lead.id, { outcome: 'decision_maker', notes: 'Wants a demo.', conference_duration: 240 });
        await story.salesforceHas(id, { '@Phase__c': 'ColdCallDM' });
        desk.setDemo(lead.id, { start_time: new Date(Date.now() + 3 * DAY_MS).toISOString() });
        await story.salesforceHas(id, { '@Phase__c': 'HeldPhase' });
        await until('the call is a Task', () =>
          stack.org.org.find('Task', { WhoId: id }).some((task) => task['Description'] === 'Wants a demo.'),
        );
        await story.quiet();
        await opens(by, 'Lead', id);
        await by.reads('A demo is set, and its time has not come.');
        await by.reads('Wants a demo.');
        await at.look('day-demo', { by });
        await by.page.locator('lightning-record-form').getByTitle('Edit').click();
        await by.stands();
        await by.page.getByLabel('Email', { exact: true }).fill('baker@example.com');
        await by.press('Save');
        await story.sellfireHas(lead.id, { email: 'baker@example.com' });
        desk.holdDemo(lead.id);
        await story.salesforceHas(id, { '@Phase__c': 'PostHoldPhase' });
        desk.sell(lead.id, { items: ITEMS.slice(-1) });
        await story.salesforceHas(id, { '@Phase__c': 'Customer' });
        await story.quiet();
        await opens(by, 'Lead', id);
        await by.reads('A customer. Reps no longer dial it.');
        await by.press('Life of this record');
        for (const words of ['The latest comes first.', /^Sale/, /^Activity/, /^Created in Salesforce by /])
          await by.reads(words);
        await at.look('day-life', { by });
        await by.closeDialog();
      });
    },
  },
];
