// Which entries may be done as they come. The store has the links of the last few leads at hand, and so that of nearly every echo; whether a
// link is still as it is here, and whether anything of its lead waits, the database says in the transaction that receives the entries.
import { entryText, type Arrival, type EntryText } from './entryText.ts';
import type { WrittenLink } from './linkBody.ts';
import type { LinkCache } from './linkCache.ts';
import type { InboxEntry, OnArrival } from './store.ts';
import { linkText } from './texts.ts';

/** An entry as it is kept, and the link that is saved with it. */
export interface Received {
  text: EntryText | Arrival;
  saved?: WrittenLink | undefined;
}

export function receive(
  connection: string,
  entries: readonly InboxEntry[],
  cache: LinkCache,
  onArrival: OnArrival,
): Received[] {
  /** By lead, the link as the entries before leave it; `waits` where one of them takes a turn, which the others have to wait for. */
  const links = new Map<string, WrittenLink | 'waits'>();

  return entries.map((entry) => {
    const found = linkFor(entry, connection, cache);
    const leadId = found?.link.leadId ?? entry.leadId;
    if (leadId === null || leadId === undefined) return { text: entryText(entry) };
    const before = links.get(leadId) ?? found;
    const arrival = before === 'waits' || !before ? undefined : arrivalOf(entry, before, onArrival);
    if (!arrival) {
      links.set(leadId, 'waits');
      return { text: entryText(entry) };
    }
    if (arrival.saved) links.set(leadId, arrival.saved);
    return arrival;
  });
}

/** The link that the store will find for the entry, as far as it is at hand. */
function linkFor({ source, leadId, recordId }: InboxEntry, connection: string, cache: LinkCache) {
  return source === 'salesforce' || leadId === null
    ? cache.ofRecord(connection, recordId)
    : cache.get(connection, leadId);
}

function arrivalOf(entry: InboxEntry, before: WrittenLink, onArrival: OnArrival): Received | undefined {
  const { link } = before;
  if (link.ended || entry.convertedTo) return undefined;
  const decided = onArrival(link.leadId, link, entry.change);
  if (!decided) return undefined;
  const { source, eventId, recordId } = entry;
  const arrival: Arrival = { source, eventId, recordId, leadId: link.leadId, revision: link.revision };
  if (decided === link) return { text: arrival };
  const { text, saved } = linkText(decided, before);
  // Other records are claimed by turns alone.
  return text.keepsRecords ? { text: { ...arrival, link: text }, saved } : undefined;
}
