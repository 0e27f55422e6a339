// Repushing what a demo of an earlier cycle made (M27, M21).
import { expect } from '@jest/globals';
import { until } from '../../helpers/until.ts';
import type { SpecRow } from '../specStack.ts';

export const ROWS: SpecRow[] = [
  {
    id: 'M27',
    promise: 'the demo of a cycle that is over makes nothing in the cycle that runs now',
    async run(spec) {
      const { story, desk } = spec;
      const { lead } = await story.fromSellfire();
      desk.setDemo(lead.id, { start_time: spec.inDays() });
      const account = await spec.accountOf(lead.id);
      desk.missDemo(lead.id);
      desk.rest(lead.id);
      desk.reopen(lead.id);
      await story.quiet();
      const [row] = await story.query(
        `SELECT Id FROM @Integration_Report__c WHERE @Sellfire_Lead_Id__c = '${lead.id}' AND @Event__c = 'DemoSet' AND @Outcome__c = 'Success'`,
      );
      const id = await story.create('@Sync_Request__c', {
        '@Type__c': 'Repush',
        '@Parameters__c': JSON.stringify({ reports: [row?.['Id']] }),
      });
      await until('the request has ended', () =>
        ['Done', 'Failed'].includes(String(spec.record('Sync_Request__c', id)['Status__c'])),
      );
      expect(await story.query(`SELECT Id FROM Opportunity WHERE AccountId = '${account}'`)).toHaveLength(1);
    },
  },
];
