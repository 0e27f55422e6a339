// The order in which the parts of a connection start: nothing is worked on before the configuration is read, the store is known to be
// the one of this org, and the streams are open. The open requests are queried, and the configuration is read again, only once their
// streams deliver, so that nothing falls between the two.
import type { Logger } from 'pino';
import type { Every } from '../lib/every.ts';
import type { Sweep } from '../jobs/sweep.ts';
import { OPEN_REQUESTS_MS, type Administration } from './administration.ts';
import type { Alerting } from './alerting/alerting.ts';
import type { Configurations } from './configuration.ts';
import { HEARTBEAT_MS } from './status/heartbeat.ts';
import type { Incoming } from './incoming.ts';
import type { OrgInBudget } from './orgInBudget.ts';
import type { OrgMirror } from './orgMirror.ts';
import type { Outgoing } from './outgoing.ts';
import type { Attempts } from './retry.ts';
import type { StoreMark } from './storeMark.ts';

export interface StartupParts {
  attempts: Attempts;
  org: OrgInBudget;
  configurations: Configurations;
  orgMirror: OrgMirror;
  outgoing: Outgoing;
  administration: Administration;
  incoming: Incoming;
  sweep: Sweep;
  heartbeat: Every;
  storeMark: Pick<StoreMark, 'check' | 'problem'>;
  alerting: Pick<Alerting, 'load' | 'begin'>;
  logger: Logger;
}

/**
 * Salesforce and Sellfire start side by side: one that is away does not hold up the other. Resolves when both have started, or the
 * attempts were stopped.
 */
export async function startUp(parts: StartupParts): Promise<void> {
  const { attempts, incoming, alerting } = parts;
  // What keeps the connection from starting is alerted too.
  await alerting.load();
  await Promise.all([
    attempts.run('the org is connected', () => startOrg(parts)),
    attempts.run('the webhook is registered', incoming.register),
    incoming.feed.start(),
  ]);
  alerting.begin();
}

async function startOrg(parts: StartupParts): Promise<void> {
  const { outgoing, administration, incoming, heartbeat, storeMark, logger } = parts;
  const { control, openRequests, rightsReads } = administration;
  await parts.configurations.reload();
  // Before the first heartbeat, which overwrites what the org shows of an earlier run.
  await storeMark.check();
  if (storeMark.problem() !== undefined && control.current().state !== 'StoreLost')
    await control.set('StoreLost', 'bridge');
  heartbeat.within(0);
  await incoming.streams.open();
  await outgoing.hours.load();
  control.apply();
  outgoing.scheduler.start();
  await parts.sweep.start();
  await incoming.reconciling.start();
  parts.orgMirror.start();
  await parts.org.budget.start();
  heartbeat.within(HEARTBEAT_MS);
  void rightsReads.run();
  openRequests.within(OPEN_REQUESTS_MS);
  logger.info({ event: 'connection_works' }, 'The connection works');
  await incoming.streams.caughtUp();
  // What was saved after the first read and before its stream was up has no event.
  parts.configurations.reloadSoon();
  await openRequests.run();
  heartbeat.within(0);
}
