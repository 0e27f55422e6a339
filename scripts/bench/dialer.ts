// The local Sellfire as the benchmark's own client sees it: edits by its API, and what its feed says happened.
import { randomUUID } from 'node:crypto';
import pino from 'pino';
import type { SellfireEvent } from '../../bridge/model/event.ts';
import { BATCH_LIMIT } from '../../bridge/sellfire/payloads.ts';
import { createSellfire } from '../../bridge/sellfire/client.ts';
import { chunks } from './org.ts';
import type { SellfireAddress } from './system.ts';

export interface Edit {
  leadId: string;
  title: string;
}

export interface DialerClient {
  /** In batches of 200, `atOnce` of them in flight. @throws when one is refused */
  edit(edits: readonly Edit[], atOnce?: number): Promise<void>;
  /** The sequence of the feed's last event. */
  end(): Promise<number>;
  /** The feed's events after a sequence. */
  events(after: number): Promise<SellfireEvent[]>;
  close(): Promise<void>;
}

export function createDialerClient({ url, apiKey }: SellfireAddress): DialerClient {
  const client = createSellfire({ url, apiKey, logger: pino({ level: 'silent' }) });
  return {
    async edit(edits, atOnce = 1) {
      const waiting = chunks(edits, BATCH_LIMIT);
      const sender = async (): Promise<void> => {
        for (let some = waiting.shift(); some; some = waiting.shift()) {
          const operations = some.map(({ leadId, title }) => ({
            op: 'update' as const,
            idempotency_key: `bench:${randomUUID()}`,
            lead_id: leadId,
            lead: { fields: { title } },
          }));
          const { results } = await client.call('batch', { body: { operations } });
          const refused = results.find((result) => 'problem' in result);
          if (refused) throw new Error(`Sellfire refused an edit: ${JSON.stringify(refused)}`);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, sender));
    },
    end: async () => (await client.readFeed(0, 1)).last_sequence,
    async events(after) {
      const events: SellfireEvent[] = [];
      for (let more = true; more;) {
        const page = await client.readFeed(events.at(-1)?.sequence ?? after);
        events.push(...page.events);
        more = page.has_more;
      }
      return events;
    },
    close: () => client.close(),
  };
}
