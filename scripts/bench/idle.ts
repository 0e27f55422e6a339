// npm run bench:idle: what a day costs in which nobody changes anything. A connection of the bridge between a local org and a local Sellfire, the
// clocks of all of which are moved through a day; the calls are those that the org has counted.
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { createClock } from '../../test/helpers/clock.ts';
import { startLocalConnection, type LocalConnection } from '../../test/helpers/connection.ts';
import { mapFields } from '../../test/helpers/mappings.ts';
import { signIn } from '../../test/helpers/stack.ts';
import { until } from '../../test/helpers/until.ts';
import { describeMachine } from './figures.ts';
import { endInTime } from './guard.ts';
import { print } from './rows.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Twice in the least interval of anything that the bridge asks for. */
const STEP_MS = 30_000;
/** Real ms in which no further call comes, so that all are answered, and streams say that they live, before the clock moves on. */
const REST_MS = 30;
const LONGEST_MS = 420_000;

const options = new Command('bench:idle')
  .description('Counts the calls of a day without changes, on this machine only.')
  .option('--quick', 'an hour instead of a day')
  .option('--json', 'print one line of JSON after the table')
  .parse()
  .opts<{ quick?: boolean; json?: boolean }>();

const passing = options.quick ? HOUR_MS : DAY_MS;
let local: LocalConnection | undefined;
endInTime(LONGEST_MS, () => local?.stop());

try {
  const load = loadavg()[0] ?? 0;
  const clock = createClock(Date.now());
  const bridge = await startLocalConnection(
    {},
    async (org) => {
      org.org.sessions.lifetimeMs = 30 * DAY_MS;
      await mapFields(await signIn(org, org.users.admin.username), '');
    },
    { clock },
  );
  local = bridge;
  await until('the bridge is ready', async () => {
    clock.pass(1_000);
    return (await bridge.connection.checks(clock.now())).every(({ ok }) => ok);
  });
  const { apiRequests, deliveredEvents } = bridge.org.org.usage;
  const before = { rest: apiRequests.used, delivered: deliveredEvents.used };
  for (let passed = 0; passed < passing; passed += STEP_MS) {
    clock.pass(STEP_MS);
    for (let used = Number.NaN; used !== apiRequests.used;) {
      used = apiRequests.used;
      await sleep(REST_MS);
    }
  }
  const failing = (await bridge.connection.checks(clock.now())).filter(({ ok }) => !ok);
  if (failing.length > 0) throw new Error(`The bridge is not ready in the end: ${JSON.stringify(failing)}`);
  const aDay = (count: number): number => (count * DAY_MS) / passing;
  const figures = {
    machine: describeMachine(load),
    n: { hours: passing / HOUR_MS },
    salesforceCallsADay: aDay(apiRequests.used - before.rest),
    deliveredEventsADay: aDay(deliveredEvents.used - before.delivered),
  };
  const whole = (value: number): string => Math.round(value).toLocaleString('en');
  print(
    figures,
    `${figures.n.hours} h in which nobody changes anything, by clocks that are moved`,
    [
      ['API calls of Salesforce a day', whole(figures.salesforceCallsADay)],
      ['events that it delivers a day', whole(figures.deliveredEventsADay)],
    ],
    options.json,
  );
} finally {
  await local?.stop();
}
process.exit();
