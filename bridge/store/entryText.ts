// An entry of the inbox as the store keeps it. By itself, so that the store's thread, which reads no text, does without the schemas.
import type { InboxEntry } from './store.ts';

/** An entry with its change as JSON. */
export type EntryText = Omit<InboxEntry, 'change'> & { change: string };

export const entryText = (entry: InboxEntry): EntryText => ({ ...entry, change: JSON.stringify(entry.change) });
