// Puts the events of both systems into the inbox: an event becomes one row for each record, stored in one transaction with the
// cursor that covers it. A worker is woken only after that.
import type { Logger } from 'pino';
import type { SalesforceChange } from '../model/change.ts';
import type { SyncConfig } from '../model/config.ts';
import type { Command } from '../model/command.ts';
import type { SellfireEvent } from '../model/event.ts';
import { FOLLOWED_OBJECTS, type FollowedObject } from '../model/salesforce.ts';
import { changedSince, OVERLAP_MS } from '../salesforce/lookups/changes.ts';
import { orgTime, type Rest } from '../salesforce/api/rest.ts';
import type { Batch } from '../salesforce/pubsub/subscription.ts';
import type { DecodedEvent } from '../salesforce/pubsub/decode.ts';
import type { FeedEvent, SetAside } from '../sellfire/events.ts';
import type { FeedStore } from '../sellfire/continuation.ts';
import { isConverted } from '../sync/link/conversion.ts';
import type { InboxEntry, OnArrival, Store } from '../store/store.ts';
import { cutText } from '../model/text.ts';

export const FEED_CURSOR = 'sellfire:feed';
export const cursorName = (topic: string): string => `salesforce:${topic}`;

/** Timestamps are whole seconds of the org's clock, which may differ from the bridge's by this much. */
const SETTLED_MS = 120_000;

/** Rows in one transaction while changes are read back. */
const READ_CHUNK = 500;

export type IntakeResult = 'stored' | 'repeated' | 'undecodable' | 'unknown_type';

export interface IntakeOptions {
  store: Pick<Store, 'append' | 'cursor'>;
  connection: string;
  config: () => SyncConfig;
  wake: (keys: string[]) => void;
  /** Decides about an event as it arrives. */
  onArrival?: OnArrival;
  logger: Logger;
  counted: (source: 'salesforce' | 'sellfire', result: IntakeResult, count: number) => void;
  /** Receives how many events are done as they arrived, and when the last of those that came with them happened, ms since the epoch. */
  onSettled?: (source: 'salesforce' | 'sellfire', count: number, at: number) => void;
  now?: () => number;
}

export interface ReadBackOptions {
  /** Default: all. */
  objects?: readonly FollowedObject[];
  /**
   * ms since the epoch: a record created since then counts as a creation. Default: as far back as the query reaches. A record gets
   * its timestamp when it is saved, and its transaction may commit, and publish the event, minutes later. A gap within that time of
   * the record's creation counts as a creation.
   */
  createdSince?: number;
  /** Stores only the records that it does not know, also where an earlier read stored the record as it is now. */
  closer?: Closer;
}

export interface Closer {
  /** Part of the event ids of this read: it makes them differ from those of other reads. */
  name: string;
  /** The fields that `isKnown` needs. */
  fields: (object: FollowedObject) => string[];
  /** Whether the link knows the record as it is. @param isNew whether the record counts as created */
  isKnown: (change: SalesforceChange, isNew: boolean) => Promise<boolean>;
}

export interface Intake {
  /** Stores one delivery of the change stream. */
  changes(topic: string, batch: Batch): Promise<void>;
  feedStore: FeedStore;
  /**
   * Finds the records that changed since then, where events were lost, and queues each to be read in its turn.
   * @returns the number of records. @throws PeerError
   */
  readBack(rest: Rest, since: number, options?: ReadBackOptions): Promise<number>;
}

export function createIntake(options: IntakeOptions): Intake {
  const { store, connection, config, wake, onArrival, logger, counted } = options;

  async function keep(
    source: 'salesforce' | 'sellfire',
    entries: InboxEntry[],
    cursor?: { name: string; value: string; at: number },
  ): Promise<void> {
    const { stored, settled = 0, keys } = await store.append(connection, entries, cursor, onArrival);
    counted(source, 'stored', stored);
    counted(source, 'repeated', entries.length - stored);
    const last = entries.at(-1);
    if (settled > 0 && last) options.onSettled?.(source, settled, last.change.at);
    wake(keys);
  }

  const entryOf = (change: SalesforceChange): InboxEntry => {
    // A record that carries a lead's id belongs to that lead, also before the link is saved.
    const leadId = change.fields[config().names.leadId];
    const convertedTo = isConverted(change.object, change.fields)
      ? [change.fields['ConvertedContactId'], change.fields['ConvertedAccountId']].filter(
          (id) => typeof id === 'string',
        )
      : [];
    return {
      ...(convertedTo.length > 0 ? { convertedTo } : {}),
      source: 'salesforce',
      eventId: change.eventId,
      recordId: change.recordId,
      leadId: typeof leadId === 'string' && leadId !== '' ? leadId : null,
      change,
    };
  };

  const leadIdOf = (object: FollowedObject): string[] => {
    const { names, objects } = config();
    return objects[object]?.fields[names.leadId] ? [names.leadId] : [];
  };

  function entriesOf(event: DecodedEvent): InboxEntry[] {
    if (event.kind === 'change') return event.changes.map(entryOf);
    if (event.kind !== 'undecodable') return [];
    counted('salesforce', 'undecodable', 1);
    logger.error(
      {
        event: 'change_undecodable',
        replayId: event.replayId,
        error: event.error,
        records: event.recordIds?.length ?? 0,
      },
      'An event cannot be read; its records are read instead',
    );
    const object = FOLLOWED_OBJECTS.find((name) => name === event.object);
    if (!object) return [];
    return (event.recordIds ?? [])
      .filter((id) => id.length === 18 && !id.includes('*'))
      .map((recordId) =>
        entryOf({
          source: 'salesforce',
          eventId: event.replayId,
          at: event.at,
          object,
          recordId,
          kind: 'gap',
          fields: {},
          user: '',
          origin: '',
        }),
      );
  }

  /** What is set aside is never passed over in silence, and its lead is read again where the event may have changed it. */
  function sellfireEntries({ setAside, ...event }: FeedEvent): InboxEntry[] {
    if (!setAside) return [sellfireEntry(event)];
    const { sequence, type, lead_id: leadId } = event;
    const { why, where } = setAside;
    counted('sellfire', why === 'type' ? 'unknown_type' : 'undecodable', 1);
    logger.error(
      { event: 'sellfire_event_set_aside', sequence, type: cutText(type, 80), why, where, leadId },
      'An event of Sellfire cannot be worked on as it came; the others go on',
    );
    const command = commandFor(event, setAside);
    return command ? [rereadEntry(event, command)] : [];
  }

  return {
    async changes(topic, { events, cursor }) {
      await keep('salesforce', events.flatMap(entriesOf), cursor && { name: cursorName(topic), ...cursor });
    },

    feedStore: {
      async cursor() {
        const cursor = await store.cursor(connection, FEED_CURSOR);
        return cursor && Number(cursor.value);
      },
      async append(events, sequence) {
        const last = events.at(-1);
        const at = last ? Date.parse(last.occurred_at) : (options.now ?? Date.now)();
        const cursor = sequence === undefined ? undefined : { name: FEED_CURSOR, value: String(sequence), at };
        await keep('sellfire', events.flatMap(sellfireEntries), cursor);
      },
    },

    async readBack(rest, since, { objects = FOLLOWED_OBJECTS, createdSince = since - OVERLAP_MS, closer } = {}) {
      // CreatedDate has whole seconds.
      const newSince = Math.floor(createdSince / 1000) * 1000;
      const startedAt = orgTime(rest, (options.now ?? Date.now)());
      let count = 0;
      for (const object of objects) {
        let chunk: InboxEntry[] = [];
        const columns = [...new Set(['CreatedDate', ...leadIdOf(object), ...(closer?.fields(object) ?? [])])];
        // The values are out of date by the record's turn: the record is read again then, as after any gap.
        for await (const change of changedSince(rest, object, columns, since, { deleted: true })) {
          const createdAt = Date.parse(String(change.fields['CreatedDate']));
          if (await closer?.isKnown(change, createdAt >= newSince)) continue;
          const fields = Object.fromEntries(leadIdOf(object).map((name) => [name, change.fields[name] ?? null]));
          const at = createdAt >= newSince ? createdAt : Math.max(change.at, createdAt + OVERLAP_MS + 1);
          // A record may change twice within one second: then its timestamp does not identify its state.
          const isFresh = change.at > startedAt - SETTLED_MS;
          const reading = closer?.name ?? (isFresh ? String(startedAt) : undefined);
          const eventId = reading === undefined ? change.eventId : `${change.eventId}:${reading}`;
          chunk.push(entryOf({ ...change, eventId, kind: 'gap', at, fields }));
          count += 1;
          if (chunk.length < READ_CHUNK) continue;
          await keep('salesforce', chunk);
          chunk = [];
        }
        if (chunk.length > 0) await keep('salesforce', chunk);
      }
      logger.info(
        { event: 'changes_read_back', since: new Date(since).toISOString(), records: count },
        'What changed in Salesforce was read back',
      );
      return count;
    },
  };
}

function sellfireEntry(event: SellfireEvent): InboxEntry {
  return {
    source: 'sellfire',
    eventId: event.id,
    recordId: event.lead_id ?? '',
    leadId: event.lead_id,
    change: { source: 'sellfire', eventId: event.id, at: Date.parse(event.occurred_at), event },
  };
}

/** @returns undefined for an event that says nothing to this version of the bridge */
function commandFor({ type, sequence, lead_id }: SellfireEvent, { why, ...about }: SetAside): Command | undefined {
  const { where, subject, hasChanges } = about;
  if (why === 'content') return { kind: 'reread', type, sequence, where, subject };
  return hasChanges && lead_id !== null ? { kind: 'reread', type, sequence, where: null, subject: null } : undefined;
}

function rereadEntry({ id, sequence, lead_id: leadId, occurred_at }: SellfireEvent, command: Command): InboxEntry {
  const eventId = `set-aside:${id}`;
  const change = { source: 'request', eventId, at: Date.parse(occurred_at), leadId, record: null, command } as const;
  return { source: 'request', eventId, recordId: leadId ?? `sellfire:${sequence}`, leadId, change };
}
