// A received change as the inbox stores it: what one side reports, with its own time. The core decides about changes.
import { z } from 'zod';
import { commandSchema } from './command.ts';
import { sellfireEventSchema } from './event.ts';
import { FOLLOWED_OBJECTS, salesforceValueSchema } from './salesforce.ts';

export const salesforceChangeSchema = z.object({
  source: z.literal('salesforce'),
  /** Unique per event in the org: the replay id in base64, or a reconciliation's own id. */
  eventId: z.string(),
  /** ms since the epoch: commitTimestamp, or LastModifiedDate for a read. */
  at: z.number(),
  object: z.enum(FOLLOWED_OBJECTS),
  recordId: z.string().length(18),
  /**
   * `gap`: the event says that something changed, not what (GAP_* events), so the record is read. `read`: the record's
   * mapped fields as a query or a retrieve returned them; not every field has changed.
   */
  kind: z.enum(['create', 'update', 'delete', 'undelete', 'gap', 'read']),
  /** A gap whose event says that the record was undeleted. */
  undeleted: z.literal(true).optional(),
  /** Fields that were set (create, undelete, read) or changed (update), nulls included, by their API names, compounds flattened. */
  fields: z.record(z.string(), salesforceValueSchema),
  /** commitUser; a hint only. */
  user: z.string(),
  /** changeOrigin; a hint only. */
  origin: z.string(),
});
export type SalesforceChange = z.infer<typeof salesforceChangeSchema>;

const MOVE_PREFIX = 'moved:';
/** The id of the gap that has a record read to which a link moved; `at`: ms since the epoch, of the move. */
export const eventIdOfMove = (recordId: string, at: number): string => `${MOVE_PREFIX}${recordId}:${at}`;
/** Whether the bridge itself asks for the read, after a move: no event of Salesforce is missed. */
export const isReadAfterMove = ({ eventId }: SalesforceChange): boolean => eventId.startsWith(MOVE_PREFIX);

export const sellfireChangeSchema = z.object({
  source: z.literal('sellfire'),
  eventId: z.string(),
  /** ms since the epoch. */
  at: z.number(),
  event: sellfireEventSchema,
});
export type SellfireChange = z.infer<typeof sellfireChangeSchema>;

/** An admin's command for one lead or record, requested by a Sync_Request__c. */
export const commandChangeSchema = z.object({
  source: z.literal('request'),
  /** `<id of the request>:<number>`; `set-aside:<event id>` for an event of Sellfire that was set aside. */
  eventId: z.string(),
  /** ms since the epoch: when the command was requested. */
  at: z.number(),
  /** The Sellfire lead, where it is known. */
  leadId: z.string().nullable(),
  /** The Salesforce record, where it is known. */
  record: z.object({ object: z.enum(FOLLOWED_OBJECTS), id: z.string().length(18) }).nullable(),
  command: commandSchema,
});
export type CommandChange = z.infer<typeof commandChangeSchema>;

export const changeSchema = z.discriminatedUnion('source', [
  salesforceChangeSchema,
  sellfireChangeSchema,
  commandChangeSchema,
]);
export type Change = z.infer<typeof changeSchema>;
/** The origin of a change. */
export type Source = Change['source'];
/** The two systems that hold values. */
export type Side = 'salesforce' | 'sellfire';
