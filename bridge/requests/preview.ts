// Counts what a request would change, by the same decisions that would execute it; nothing is written.
import PQueue from 'p-queue';
import type { Command } from '../model/command.ts';
import type { Link } from '../model/link.ts';
import type { Plan, Write } from '../model/plan.ts';
import { preview } from './enqueue.ts';
import { commandFor, linkPages } from './linkTargets.ts';
import type { RequestContext, Run } from './request.ts';

export interface Preview {
  /** Links in the scope of the request. */
  total: number;
  /** Links whose record would be written. */
  inSalesforce: number;
  inSellfire: number;
  /** The first few as text; empty where there is none. */
  examples: string;
}

/** Concurrent decisions: as many as one gathered call answers. */
const AT_ONCE = 200;
const EXAMPLES = 10;

/**
 * @param onPlan receives each link and its plan
 * @throws PeerError
 */
export async function previewAll(
  run: Run,
  context: RequestContext,
  command: Command,
  concerns: (link: Link) => boolean,
  onPlan: (link: Link, plan: Plan) => void = () => undefined,
): Promise<Preview> {
  const queue = new PQueue({ concurrency: AT_ONCE });
  const examples: string[] = [];
  const seen = { total: 0, inSalesforce: 0, inSellfire: 0 };
  let done = 0;
  for await (const { links } of linkPages(context, undefined)) {
    if (run.signal.aborted) break;
    const mine = links.filter(concerns);
    seen.total += mine.length;
    const plans = await Promise.all(
      mine.map((link) => queue.add(async () => preview(run.request, commandFor(link, command), link, context))),
    );
    done += mine.length;
    run.reportProgress({ done, failed: 0 });
    for (const [index, plan] of plans.entries()) {
      const link = mine[index];
      if (link) onPlan(link, plan);
      count(plan, seen, examples);
    }
  }
  const list = examples.length === 0 ? '' : `\nFor example:\n${examples.join('\n')}`;
  return { ...seen, examples: list };
}

function count(plan: Plan, seen: { inSalesforce: number; inSellfire: number }, examples: string[]): void {
  const towards = (kind: Write['kind']): boolean =>
    plan.writes.some((write) => write.kind === kind && 'deliveries' in write && write.deliveries.length > 0);
  if (towards('updateInSalesforce')) seen.inSalesforce += 1;
  if (towards('updateInSellfire')) seen.inSellfire += 1;
  for (const write of plan.writes) {
    if (examples.length >= EXAMPLES || !('deliveries' in write)) continue;
    const where =
      write.kind === 'updateInSalesforce' ? `${write.object} ${write.id}` : `Sellfire lead ${plan.link?.leadId ?? ''}`;
    for (const { field, before, value } of write.deliveries)
      examples.push(`${where}, ${field}: ${JSON.stringify(before ?? null)} → ${JSON.stringify(value)}`);
  }
}
