// Decides whether the digest of the last week is due, and sums the week up (B24).
import type { Logger } from 'pino';
import type { AlertMessage } from '../../model/alert.ts';
import { PeerError } from '../../model/fault.ts';
import { digestMessage, lastMonday, type Cause } from '../../sync/alerts/digest.ts';
import type { Hours } from '../status/hours.ts';
import type { AlertState } from './alertMemory.ts';

/** The digest goes out without what Salesforce did not say by then. */
const CAUSES_MS = 6 * 3_600_000;

export interface WeeklyDigestSources {
  timeZone: () => string;
  hours: Pick<Hours, 'totals'>;
  /** The causes of the refused and failed rows since then. @throws PeerError */
  causes: (since: number) => Promise<Cause[]>;
  logger: Logger;
}

/**
 * @param isWanted whether an admin has the digest switched on; a week that nobody wants is summed up all the same
 * @returns what was summed up by now, and the message where one is due
 */
export async function weeklyDigest(
  { timeZone, hours, causes: readCauses, logger }: WeeklyDigestSources,
  { digest: before, states }: AlertState,
  isWanted: boolean,
  now: number,
): Promise<{ done: AlertState['digest']; message?: AlertMessage }> {
  const zone = timeZone();
  const until = lastMonday(now, zone);
  const { in: inwards, out, refused, failed } = hours.totals();
  const totals = { in: inwards, out, refused, failed };
  if (!before) return { done: { until: now, totals } };
  if (before.until >= until) return { done: before };
  const done = { until, totals };
  if (!isWanted) return { done };
  const causes = await readCauses(before.until).catch((error: unknown) => {
    if (now - until < CAUSES_MS && error instanceof PeerError) return 'later' as const;
    logger.warn({ event: 'digest_without_causes', err: error }, 'The weekly digest is sent without the causes');
    return undefined;
  });
  if (causes === 'later') return { done: before };
  const counts = {
    in: totals.in - before.totals.in,
    out: totals.out - before.totals.out,
    refused: totals.refused - before.totals.refused,
    failed: totals.failed - before.totals.failed,
  };
  const raised = Object.values(states).flatMap(({ raisedAt, title }) => (raisedAt === null ? [] : [title]));
  return { done, message: digestMessage({ from: before.until, counts, states: raised, causes }, now, zone) };
}
