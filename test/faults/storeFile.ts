// The bridge's store as a kill left it, read from a copy, so that nothing of it is touched: whether each cursor covers only
// what is in the inbox (a cursor that is ahead has lost what lies between), and how much was still to be done.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eventBus } from '../salesforce/pubsub/bus.ts';
import type { Stack } from '../helpers/stack.ts';

export interface StoreFile {
  pending: number;
  /** What is wrong, in words. */
  wrong: string[];
}

/** Looks at stores one after another, each from where the one before has ended. */
export class StoreFiles {
  private readonly stack: Stack;
  private nextPosition: number | undefined;
  private nextSequence: number | undefined;

  constructor(stack: Stack) {
    this.stack = stack;
  }

  /** The bridge must not run. */
  inspect(): StoreFile {
    const folder = mkdtempSync(join(tmpdir(), 'store-file-'));
    const source = join(this.stack.bridge.env['DATA_DIR'] ?? '', 'bridge.sqlite');
    const copy = join(folder, 'bridge.sqlite');
    // The write-ahead log is part of it; its index is made anew.
    for (const end of ['', '-wal']) if (existsSync(source + end)) copyFileSync(source + end, copy + end);
    const db = new DatabaseSync(copy);
    try {
      return this.read(db);
    } finally {
      db.close();
      rmSync(folder, { recursive: true });
    }
  }

  private read(db: DatabaseSync): StoreFile {
    const cursors = db.prepare('SELECT name, value FROM cursor').all() as { name: string; value: string }[];
    const valueOf = (start: string): string | undefined => cursors.find(({ name }) => name.startsWith(start))?.value;
    const find = db.prepare('SELECT 1 FROM inbox WHERE source = ? AND event_id = ? LIMIT 1');
    const wrong: string[] = [];
    const { pending } = db.prepare("SELECT count(*) AS pending FROM inbox WHERE state = 'pending'").get() as {
      pending: number;
    };

    const { feed } = this.stack.sellfire.dialer;
    const sequence = Number(valueOf('sellfire:') ?? 0);
    for (const event of feed.after(this.nextSequence ?? sequence, Number.MAX_SAFE_INTEGER)) {
      if (event.sequence > sequence) break;
      if (!find.get('sellfire', event.id))
        wrong.push(`the feed's cursor is at ${sequence}, without event ${event.sequence}`);
    }
    this.nextSequence = Math.max(this.nextSequence ?? 0, sequence);

    const { log } = eventBus(this.stack.org.org);
    const replayId = valueOf('salesforce:');
    const position = replayId === undefined ? undefined : log.resolve(Buffer.from(replayId, 'base64'));
    if (position === undefined) return { pending, wrong };
    for (let at = this.nextPosition ?? position; at < position; at += 1) {
      const entry = log.at(at);
      if (!entry || !/^(Lead|Contact)ChangeEvent$/.test(entry.event.entity)) continue;
      if (!find.get('salesforce', entry.replayId.toString('base64')))
        wrong.push(`the stream's cursor is at ${position}, without event ${at}`);
    }
    this.nextPosition = Math.max(this.nextPosition ?? 0, position);
    return { pending, wrong };
  }
}
