// Scheduled paths end with their org: nothing is read or run in one that is closed.
import { expect, it } from '@jest/globals';
import { ScheduledPaths } from '../flows/scheduled.ts';
import { createOrg } from '../org.ts';

it('a scheduled path does not run once its org is closed', () => {
  let now = 0;
  const org = createOrg({ clock: () => now });
  const ran: string[] = [];
  const paths = new ScheduledPaths(org, ({ id }) => void ran.push(id));
  const path = { name: 'Silent', field: 'CreatedDate', minutes: 10 };
  const flow = { name: 'Watch', trigger: { object: 'Lead', scheduled: [path] } } as unknown as Parameters<
    ScheduledPaths['saved']
  >[0];
  const record = { Id: '00Q000000000001AAA', CreatedDate: new Date(0).toISOString() };
  paths.saved(flow, record, org.users.admin.id, true);
  org.close();
  now = 11 * 60_000;
  paths.runDue();
  expect(ran).toEqual([]);
});
