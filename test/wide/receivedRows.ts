// Whether each cursor of a store on PostgreSQL covers only what is in its inbox: one that is ahead has lost what lies between.
import { eventBus } from '../salesforce/pubsub/bus.ts';
import type { Processes } from './processes.ts';

/** @returns what is missing, in words */
export async function lostBehindCursors({ stack, ask }: Processes): Promise<string[]> {
  // Rows are only added, so that what was read after the cursor has at least what it covers.
  const cursors = await ask('SELECT name, value FROM cursor');
  const valueOf = (start: string): string =>
    String(cursors.find(({ name }) => String(name).startsWith(start))?.['value'] ?? '');
  const rows = await ask('SELECT source, event_id FROM inbox');
  const kept = new Set(rows.map(({ source, event_id }) => `${String(source)} ${String(event_id)}`));
  const wrong: string[] = [];
  const { feed } = stack.sellfire.dialer;
  const sequence = Number(valueOf('sellfire:'));
  for (const event of feed.after(0, Number.MAX_SAFE_INTEGER))
    if (event.sequence <= sequence && !kept.has(`sellfire ${event.id}`))
      wrong.push(`the feed's cursor is at ${sequence}, without event ${event.sequence}`);
  const { log } = eventBus(stack.org.org);
  const position = log.resolve(Buffer.from(valueOf('salesforce:'), 'base64'));
  const first = [...Array(position ?? 0).keys()].find((at) => {
    const entry = log.at(at);
    return entry && kept.has(`salesforce ${entry.replayId.toString('base64')}`);
  });
  for (let at = first ?? 0; at < (position ?? 0); at += 1) {
    const entry = log.at(at);
    if (!entry || !/^(Lead|Contact)ChangeEvent$/.test(entry.event.entity)) continue;
    if (!kept.has(`salesforce ${entry.replayId.toString('base64')}`))
      wrong.push(`the stream's cursor is at ${position}, without event ${at}`);
  }
  return wrong;
}
