// Pages through the links that have not ended, as the targets of a request.
import type { Command } from '../model/command.ts';
import type { Link } from '../model/link.ts';
import type { QueuedCommand, Page } from './enqueue.ts';
import type { RequestContext } from './request.ts';

/** Links of one page: a few hundred kilobytes. */
const PAGE = 500;

/** @param after the lead id after which the pages start. The place of a page is its last lead id. */
export async function* linkPages(
  { store, connection }: RequestContext,
  after: string | undefined,
): AsyncGenerator<{ links: Link[]; next: string }> {
  for (let place = after ?? ''; ;) {
    const links = await store.links(connection, place, PAGE);
    const last = links.at(-1);
    if (!last) return;
    place = last.leadId;
    yield { links, next: place };
  }
}

/** The pages of the links for which `concerns` is true. */
export async function* commandLinks(
  context: RequestContext,
  after: string | undefined,
  command: Command,
  concerns: (link: Link) => boolean,
): AsyncGenerator<Page> {
  for await (const { links, next } of linkPages(context, after)) {
    yield { commands: links.filter(concerns).map((link) => commandFor(link, command)), next };
  }
}

export function commandFor({ leadId, record }: Link, command: Command): QueuedCommand {
  return { key: leadId, leadId, record: record ?? null, command };
}
