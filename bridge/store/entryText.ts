// An entry of the inbox as the store keeps it. By itself, so that the store's thread, which reads no text, does without the schemas.
import type { InboxEntry } from './store.ts';
import type { LinkText } from './texts.ts';

/** An entry with its change as JSON. */
export type EntryText = Omit<InboxEntry, 'change'> & { change: string };

export const entryText = (entry: InboxEntry): EntryText => ({ ...entry, change: JSON.stringify(entry.change) });

/** An entry that is done as it comes, where nothing of its lead waits and the link still has the revision. */
export interface Arrival extends Omit<InboxEntry, 'change' | 'leadId'> {
  leadId: string;
  revision: number;
  /** The link one revision higher; absent where the entry leaves it as it is. */
  link?: LinkText;
}

export const isArrival = (entry: EntryText | Arrival): entry is Arrival => 'revision' in entry;
