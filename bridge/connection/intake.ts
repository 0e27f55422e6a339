// What both systems tell, on its way into the inbox: an event becomes one row a record, stored together with the cursor that
// covers it, and only then is a worker woken.
import type { Logger } from 'pino';
import type { SalesforceChange } from '../model/change.ts';
import type { SyncConfig } from '../model/config.ts';
import type { SellfireEvent } from '../model/event.ts';
import { FOLLOWED_OBJECTS, type FollowedObject } from '../model/salesforce.ts';
import { changedSince, OVERLAP_MS } from '../salesforce/lookups/changes.ts';
import type { Rest } from '../salesforce/api/rest.ts';
import type { Batch } from '../salesforce/pubsub/subscription.ts';
import type { DecodedEvent } from '../salesforce/pubsub/decode.ts';
import type { FeedStore } from '../sellfire/feed.ts';
import { isConverted } from '../sync/link/lifecycle.ts';
import type { InboxEntry, Store } from '../store/store.ts';

export const FEED_CURSOR = 'sellfire:feed';
export const cursorName = (topic: string): string => `salesforce:${topic}`;

/** Stamps are whole seconds of the org's clock, which may be so far from the bridge's. */
const SETTLED_MS = 120_000;

/** Rows that one transaction of a reading back takes. */
const READ_CHUNK = 500;

export interface IntakeOptions {
  store: Store;
  connection: string;
  config: () => SyncConfig;
  wake: (keys: string[]) => void;
  logger: Logger;
  counted: (source: 'salesforce' | 'sellfire', result: 'stored' | 'repeated' | 'undecodable', count: number) => void;
  now?: () => number;
}

export interface ReadBackOptions {
  /** All, unless given. */
  objects?: readonly FollowedObject[];
  /**
   * ms since the epoch: what was made since then counts as created. Unless given, as far back as a reading goes: a record is
   * stamped when it is saved, and its transaction may commit, and would have been told, minutes later. A gap counts as a creation
   * when it is no longer after the record was made than that.
   */
  createdSince?: number;
  /** A reading that looks closer: only what it finds is kept, also where an earlier reading kept the record as it is now. */
  closer?: Closer;
}

export interface Closer {
  /** Tells this reading's entries from those of others. */
  name: string;
  /** Fields that are read for `isKnown`. */
  fields: (object: FollowedObject) => string[];
  /** Whether a record need not be read again. @param isNew whether it counts as created */
  isKnown: (change: SalesforceChange, isNew: boolean) => Promise<boolean>;
}

export interface Intake {
  /** One delivery of the change stream. */
  changes(topic: string, batch: Batch): Promise<void>;
  feedStore: FeedStore;
  /**
   * Finds what changed since then, where events were lost, and has each record read when its turn comes.
   * @returns how many records there are. @throws PeerError
   */
  readBack(rest: Rest, since: number, options?: ReadBackOptions): Promise<number>;
}

export function createIntake(options: IntakeOptions): Intake {
  const { store, connection, config, wake, logger, counted } = options;

  async function keep(
    source: 'salesforce' | 'sellfire',
    entries: InboxEntry[],
    cursor?: { name: string; value: string; at: number },
  ): Promise<void> {
    const { stored, keys } = await store.append(connection, entries, cursor);
    counted(source, 'stored', stored);
    counted(source, 'repeated', entries.length - stored);
    wake(keys);
  }

  const entryOf = (change: SalesforceChange): InboxEntry => {
    // A record that carries the lead's id is one of ours, also before its link is saved.
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
        await keep('sellfire', events.map(sellfireEntry), cursor);
      },
    },

    async readBack(rest, since, { objects = FOLLOWED_OBJECTS, createdSince = since - OVERLAP_MS, closer } = {}) {
      // Salesforce keeps whole seconds.
      const newSince = Math.floor(createdSince / 1000) * 1000;
      const startedAt = (options.now ?? Date.now)();
      let count = 0;
      for (const object of objects) {
        let chunk: InboxEntry[] = [];
        const columns = [...new Set(['CreatedDate', ...leadIdOf(object), ...(closer?.fields(object) ?? [])])];
        // What is read here is old by the time that its turn comes: it is read again then, as after any gap.
        for await (const change of changedSince(rest, object, columns, since, { deleted: true })) {
          const createdAt = Date.parse(String(change.fields['CreatedDate']));
          if (await closer?.isKnown(change, createdAt >= newSince)) continue;
          const fields = Object.fromEntries(leadIdOf(object).map((name) => [name, change.fields[name] ?? null]));
          const at = createdAt >= newSince ? createdAt : Math.max(change.at, createdAt + OVERLAP_MS + 1);
          // Stamped in this very second it may change again without another stamp: then it is not known by it.
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
