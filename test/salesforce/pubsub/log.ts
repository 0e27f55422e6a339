// The org's one stream of events: what was appended stays, in order, until its retention is over. A replay id names a
// position and nothing else: ids are neither numbers nor in any order, and one that was not given by this stream,
// or whose time is over, names nothing.
// Source: Pub/Sub API guide, "Event Message Durability".
import { randomBytes } from 'node:crypto';

/** Platform events and change events are kept for 72 hours. */
export const RETENTION_MS = 72 * 60 * 60 * 1000;
/** The length that ids have today; nothing may rely on it. */
const REPLAY_ID_BYTES = 10;
/** The length that production's ids happen to have, and the first of them here. */
const NUMBER_BYTES = 8;
const FIRST_NUMBER = 21_000_000n;
/** The tip of a quiet stream gets a new id this often, so that a stored one never grows old. */
const TIP_RENEWAL_MS = 60_000;

/** Appends between two looks at what is too old: rare enough to cost nothing, often enough to bound the memory. */
const PRUNE_EVERY = 1024;

export interface LogEntry<T> {
  /** Of the stream, from 0. */
  position: number;
  replayId: Buffer;
  /** ms since the epoch. */
  at: number;
  event: T;
}

interface Mark {
  /** A subscription that resumes from the id starts here. */
  next: number;
  at: number;
}

export class EventLog<T> {
  private entries: LogEntry<T>[] = [];
  /** Position of `entries[0]`. */
  private first = 0;
  private marks = new Map<string, Mark>();
  private tipId: { id: Buffer; at: number } | undefined;
  private nextId = opaqueId;
  readonly retentionMs: number;
  readonly now: () => number;

  constructor(options: { retentionMs?: number; now?: () => number } = {}) {
    this.retentionMs = options.retentionMs ?? RETENTION_MS;
    this.now = options.now ?? Date.now;
  }

  /**
   * From here on ids look as production's do today: eight bytes, ascending with gaps. Only for clients that take them for
   * numbers.
   */
  numberIds(): void {
    let last = FIRST_NUMBER;
    this.nextId = () => {
      // A gap of two: ids ascend and are not contiguous.
      last += 2n;
      const id = Buffer.alloc(NUMBER_BYTES);
      id.writeBigUInt64BE(last);
      return id;
    };
  }

  append(event: T): LogEntry<T> {
    const at = this.now();
    const position = this.end;
    const replayId = this.mint(position + 1, at);
    const entry = { position, replayId, at, event };
    this.entries.push(entry);
    if (position % PRUNE_EVERY === 0) this.prune();
    this.tipId = { id: replayId, at };
    return entry;
  }

  /** The position that the next event will have. */
  get end(): number {
    return this.first + this.entries.length;
  }

  /** The oldest position that is still kept. */
  earliest(): number {
    this.prune();
    return this.first;
  }

  at(position: number): LogEntry<T> | undefined {
    return this.entries[position - this.first];
  }

  /** An id from which a subscription would resume at the end of the stream. */
  tip(): Buffer {
    const at = this.now();
    if (!this.tipId || at - this.tipId.at > TIP_RENEWAL_MS) this.tipId = { id: this.mint(this.end, at), at };
    return this.tipId.id;
  }

  /** An id from which a subscription would resume at this position. */
  before(position: number): Buffer {
    return this.at(position - 1)?.replayId ?? this.mint(position, this.now());
  }

  /** Where to resume after this id, or undefined where it is not (or no longer) one of this stream. */
  resolve(replayId: Uint8Array): number | undefined {
    this.prune();
    const mark = this.marks.get(keyOf(replayId));
    return mark && Math.max(mark.next, this.first);
  }

  /** What moving the org to another instance does: the events stay, every id given so far is worth nothing. */
  forgetIds(): void {
    this.marks = new Map();
    this.tipId = undefined;
    for (const entry of this.entries) entry.replayId = this.mint(entry.position + 1, entry.at);
  }

  /** What 72 hours do: everything so far is gone, with its ids. */
  expireAll(): void {
    this.first = this.end;
    this.entries = [];
    this.marks = new Map();
    this.tipId = undefined;
  }

  private mint(next: number, at: number): Buffer {
    const id = this.nextId();
    this.marks.set(keyOf(id), { next, at });
    return id;
  }

  private prune(): void {
    const oldest = this.now() - this.retentionMs;
    let gone = 0;
    while (gone < this.entries.length && (this.entries[gone]?.at ?? 0) < oldest) gone += 1;
    if (gone > 0) {
      this.entries.splice(0, gone);
      this.first += gone;
    }
    // Ids were minted in order of time, and a Map keeps that order.
    for (const [key, mark] of this.marks) {
      if (mark.at >= oldest) break;
      this.marks.delete(key);
    }
  }
}

/** Random bytes are drawn for many ids at once: one by one they would cost more than the events. */
const POOL_IDS = 1024;
let pool = Buffer.alloc(0);

function opaqueId(): Buffer {
  if (pool.length === 0) pool = randomBytes(POOL_IDS * REPLAY_ID_BYTES);
  const id = pool.subarray(0, REPLAY_ID_BYTES);
  pool = pool.subarray(REPLAY_ID_BYTES);
  return id;
}

function keyOf(replayId: Uint8Array): string {
  const bytes = Buffer.isBuffer(replayId) ? replayId : Buffer.from(replayId);
  return bytes.toString('latin1');
}
