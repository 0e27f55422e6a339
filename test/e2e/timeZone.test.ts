// Days and times in an org that is not in UTC (M21, M22, M29): an evening in Texas is a day of Texas, and a Task has the days of the
// rep whose it is.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { SpecStack } from './specStack.ts';
import { Story } from './story.ts';

let stack: Stack;
let spec: SpecStack;

const setZone = (object: string, id: string, TimeZoneSidKey: string): void => {
  const { org } = stack.org;
  org.tables.update(org.schema.object(object), id, { TimeZoneSidKey });
};

beforeAll(async () => {
  stack = await startStack();
  setZone('Organization', stack.org.org.id, 'America/Chicago');
  setZone('User', stack.org.users.admin.id, 'Pacific/Tongatapu');
  spec = new SpecStack(stack, new Story(stack));
  await spec.prepare();
  await stack.bridge.start();
}, 120_000);

afterAll(async () => {
  await stack.stop();
}, 60_000);

/** The Opportunity of a lead, once there is one. */
const opportunityOf = (leadId: string): Promise<Record<string, unknown>> =>
  until('the Opportunity is there', async () => {
    const where = `@Sellfire_Opportunity_Key__c LIKE '${leadId}:%'`;
    const [row] = await spec.story.query(`SELECT Id, CloseDate FROM Opportunity WHERE ${where}`);
    return row;
  });

describe('in an org in Texas', () => {
  it('an evening demo closes on its own day, not on the next', async () => {
    const { lead } = await spec.story.fromSellfire();
    // 19:30 on the second in Texas, where it is winter.
    spec.desk.setDemo(lead.id, { start_time: '2030-12-03T01:30:00.000Z' });
    expect(await opportunityOf(lead.id)).toMatchObject({ CloseDate: '2030-12-02' });
  }, 60_000);

  it('a demo after the clock went forward closes on its day there', async () => {
    const { lead } = await spec.story.fromSellfire();
    // 00:30 in summer time; in winter time it would be the day before.
    spec.desk.setDemo(lead.id, { start_time: '2030-03-11T05:30:00.000Z' });
    expect(await opportunityOf(lead.id)).toMatchObject({ CloseDate: '2030-03-11' });
  }, 60_000);

  it('the Task of a rep in Tonga has the day and the times of Tonga', async () => {
    const { lead } = await spec.story.fromSellfire();
    spec.desk.setDemo(lead.id, { start_time: '2030-12-03T11:30:00.000Z' });
    const task = await until('the Task is there', async () => {
      const [row] = await spec.story.query(
        `SELECT ActivityDate, CallDisposition, CreatedDate FROM Task WHERE CallDisposition LIKE 'DemoSet (12/4/30%' LIMIT 1`,
      );
      return row;
    });
    expect(task['CallDisposition']).toBe('DemoSet (12/4/30 00:30:00)');
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Tongatapu' }).format(new Date());
    expect(task['ActivityDate']).toBe(today);
  }, 60_000);
});
