// The org's event bus: captures every commit, keeps the events for subscribers, and knows the events of each topic. An
// event is on the bus before `transact` returns, encoded once, in commit order.
import { randomUUID } from 'node:crypto';
import type { Commit, CommitListener, PublishedEvent, Row } from '../model.ts';
import { capturedGap, captureCommit, encodeChange, type CapturedChange } from './changeEvents.ts';
import { Channels, DEFAULT_CHANNEL, type Channel } from './channels.ts';
import type { EventChangeType } from './header.ts';
import { EventLog, type LogEntry } from './log.ts';
import type { EventsOrg } from './org.ts';
import { SchemaRegistry } from './schemaRegistry.ts';
import { avroValue, changeEventName, encode, type EventSchema } from './schemas.ts';

/** An event as a subscriber gets it, but for its replay id. */
export interface EncodedEvent {
  id: string;
  schemaId: string;
  payload: Buffer;
}

export interface PlatformEvent {
  entity: string;
  /** The event's uuid: the same when one message is delivered twice. */
  id: string;
  fields: Row;
}

interface BusEvent {
  /** `LeadChangeEvent`, `Foo__e`. */
  entity: string;
  encoded: EncodedEvent;
  /** Kept only for what an enriched channel encodes anew. */
  change?: CapturedChange;
}

export interface Topic {
  name: string;
  /** Of a topic of one kind of event: its object. */
  object?: string;
  /** Empty where a topic carries several kinds of events. */
  schemaId: string;
  canPublish: boolean;
  /** What this topic delivers of a position: nothing, one event, or one per record where enrichment takes them apart. */
  eventsAt(entry: LogEntry<BusEvent>): EncodedEvent[];
}

/** An event of more than this is replaced by a gap event (Change Data Capture Developer Guide, "Gap Events"). */
const MAX_EVENT_BYTES = 1_000_000;
/** Real commit numbers need more than the 53 bits of a double; ours do too, so that nobody relies on less. */
const FIRST_COMMIT_NUMBER = 1_152_921_504_606_846_977n;
const OVERFLOW_ID = '000000000000000AAA';

export class EventBus implements CommitListener {
  readonly log: EventLog<BusEvent>;
  readonly channels = new Channels();
  readonly schemas: SchemaRegistry;
  private readonly org: EventsOrg;
  private readonly appended = new Set<() => void>();
  private readonly published = new Set<(event: PlatformEvent) => void>();
  private commitNumber = FIRST_COMMIT_NUMBER;
  private losing = 0;
  /** While a client's Publish runs: the ids it gave, and the replay ids it gets. */
  private publishing: { ids: string[]; replayIds: Buffer[] } | undefined;

  constructor(org: EventsOrg, options: { retentionMs?: number } = {}) {
    this.org = org;
    this.schemas = new SchemaRegistry(org);
    this.log = new EventLog({ ...options, now: () => org.clock() });
    org.listen(this);
  }

  /** Called after every append; returns how to stop. */
  onAppended(listener: () => void): () => void {
    this.appended.add(listener);
    return () => this.appended.delete(listener);
  }

  /** Called for every platform event, after it is on the bus. */
  onPublished(listener: (event: PlatformEvent) => void): void {
    this.published.add(listener);
  }

  committed(commit: Commit): void {
    if (commit.changes.length > 0) {
      this.commitNumber += BigInt(commit.changes.length);
      const selected = (object: string): EventSchema | undefined =>
        this.channels.selects(changeEventName(object)) ? this.schemas.of(changeEventName(object)) : undefined;
      for (const change of captureCommit(commit, this.commitNumber, selected)) this.appendChange(change, commit);
    }
    for (const event of commit.events) this.appendPlatformEvent(event);
    if (commit.changes.length + commit.events.length > 0) this.wake();
  }

  /** What a sandbox refresh does: another org's stream begins, under the same address. */
  refreshed(): void {
    this.log.expireAll();
  }

  /**
   * Publishes on behalf of a client, in one transaction. An event that the org refuses fails alone.
   * @param decode gives the fields of one event, or throws
   */
  publish(
    entity: string,
    user: string,
    events: readonly { id: string; decode: () => Row }[],
  ): ({ replayId: Buffer } | { error: Error })[] {
    const refused = new Map<number, Error>();
    const ids: string[] = [];
    this.publishing = { ids, replayIds: [] };
    try {
      this.org.transact({ user, origin: '' }, (transaction) => {
        events.forEach((event, index) => {
          ids.push(event.id);
          try {
            transaction.publish(entity, event.decode());
          } catch (cause) {
            ids.pop();
            refused.set(index, cause instanceof Error ? cause : new Error(String(cause)));
          }
        });
      });
      const replayIds = this.publishing.replayIds.values();
      return events.map((_, index) => {
        const error = refused.get(index);
        const replayId = error ? undefined : replayIds.next().value;
        return replayId ? { replayId } : { error: error ?? new Error('The event was not committed.') };
      });
    } finally {
      this.publishing = undefined;
    }
  }

  /** Topic names are case-sensitive. Undefined where there is no such topic, or nothing selects its entity. */
  topic(name: string): Topic | undefined {
    const [, kind, entity, ...rest] = name.split('/');
    if (!entity || rest.length > 0 || name[0] !== '/' || (kind !== 'data' && kind !== 'event')) return undefined;
    const channel = this.channels.get(entity);
    if (channel) return channel.type === kind ? this.channelTopic(name, channel) : undefined;
    const schema = this.schemas.of(entity);
    if (!schema) return undefined;
    const platformEvent = schema.object === entity;
    if (platformEvent ? kind !== 'event' : kind !== 'data' || !this.channels.selects(entity)) return undefined;
    return {
      name,
      object: schema.object,
      schemaId: schema.id,
      canPublish: platformEvent,
      eventsAt: ({ event }) => (event.entity === entity ? [event.encoded] : []),
    };
  }

  /** From now on, the next so many events never reach the bus: what the platform calls rare, and never makes good. */
  lose(count: number): void {
    this.losing += count;
  }

  /** Appends an event with the ids of changed records, without what changed. */
  appendGap(object: string, type: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE', recordIds: string[]): void {
    this.appendHeaderOnly(object, `GAP_${type}`, recordIds);
  }

  /** Appends the event of a transaction that changed more records of the object than there are events for. */
  appendOverflow(object: string): void {
    this.appendHeaderOnly(object, 'GAP_OVERFLOW', [OVERFLOW_ID]);
  }

  private channelTopic(name: string, channel: Channel): Topic {
    const { members } = channel;
    return {
      name,
      schemaId: members.size === 1 && channel.name !== DEFAULT_CHANNEL ? (this.schemaIdOf(members) ?? '') : '',
      canPublish: false,
      eventsAt: ({ event }) => {
        const member = members.get(event.entity);
        if (!member) return [];
        if (member.enrichedFields.length === 0 || !event.change) return [event.encoded];
        return this.enriched(event.change, event.encoded, member.enrichedFields);
      },
    };
  }

  private schemaIdOf(members: Channel['members']): string | undefined {
    const [entity] = members.keys();
    return entity === undefined ? undefined : this.schemas.of(entity)?.id;
  }

  /** One event per record, with the fields as the records hold them at this moment. None on gaps. */
  private enriched(change: CapturedChange, encoded: EncodedEvent, fields: string[]): EncodedEvent[] {
    const { changeType, recordIds } = change.header;
    if (changeType.startsWith('GAP_')) return [encoded];
    return recordIds.map((recordId) => {
      const row = this.org.get(change.header.entityName, recordId) ?? change.row;
      return { ...encoded, payload: encodeChange(change, { recordId, fields, row }) };
    });
  }

  private appendHeaderOnly(object: string, type: EventChangeType, recordIds: string[]): void {
    const schema = this.schemas.of(changeEventName(object));
    if (!schema) throw new Error(`The org has no object ${object}.`);
    this.commitNumber += 1n;
    const commit = { transactionKey: randomUUID(), at: this.log.now(), user: '', origin: '' };
    this.append(changeEventName(object), capturedGap(schema, type, recordIds, commit, this.commitNumber));
    this.wake();
  }

  private appendChange(change: CapturedChange, commit: Commit): void {
    const entity = changeEventName(change.header.entityName);
    if (this.takeLoss()) return;
    const entry = this.append(entity, change);
    if (entry.event.encoded.payload.length <= MAX_EVENT_BYTES) return;
    const { changeType, recordIds } = change.header;
    const gap = capturedGap(
      change.schema,
      `GAP_${changeType}` as EventChangeType,
      recordIds,
      commit,
      this.commitNumber,
    );
    entry.event = { entity, encoded: { ...entry.event.encoded, payload: encodeChange(gap) } };
  }

  private append(entity: string, change: CapturedChange): LogEntry<BusEvent> {
    const encoded = { id: randomUUID(), schemaId: change.schema.id, payload: encodeChange(change) };
    return this.log.append({ entity, encoded, ...(this.channels.enriches(entity) ? { change } : {}) });
  }

  private appendPlatformEvent(event: PublishedEvent): void {
    const schema = this.schemas.of(event.object);
    if (!schema) throw new Error(`The org has no platform event ${event.object}.`);
    const { EventUuid, CreatedDate, CreatedById } = event.fields;
    const id = this.publishing?.ids.shift() || String(EventUuid);
    const body: Record<string, unknown> = { CreatedDate: Date.parse(String(CreatedDate)), CreatedById };
    for (const field of schema.fields) body[field.name] = avroValue(field.source, event.fields);
    const lost = this.takeLoss();
    const encoded = { id, schemaId: schema.id, payload: encode(schema.type, body) };
    const replayId = lost ? this.log.tip() : this.log.append({ entity: event.object, encoded }).replayId;
    this.publishing?.replayIds.push(replayId);
    if (lost) return;
    const fields = { ...event.fields, EventUuid: id, ReplayId: replayId.toString('hex') };
    for (const listener of this.published) listener({ entity: event.object, id, fields });
  }

  private takeLoss(): boolean {
    if (this.losing === 0) return false;
    this.losing -= 1;
    return true;
  }

  private wake(): void {
    for (const listener of this.appended) listener();
  }
}

const buses = new WeakMap<EventsOrg, EventBus>();

/** The bus of an org; it exists from the first call on, which the first deployment makes. */
export function eventBus(org: EventsOrg, options: { retentionMs?: number } = {}): EventBus {
  const known = buses.get(org);
  if (known) return known;
  const bus = new EventBus(org, options);
  buses.set(org, bus);
  return bus;
}
