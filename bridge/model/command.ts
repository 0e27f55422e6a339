// The commands of an admin for one lead or record (M9, M16, M27): the part of a request that the core decides about.
import { z } from 'zod';
import { EVENTS } from './report.ts';

export const commandSchema = z.discriminatedUnion('kind', [
  /**
   * Reads both sides and merges missed changes. `create`: what exists on one side only is created on the other, as if
   * it were new.
   */
  z.object({ kind: z.literal('compare'), create: z.boolean() }),
  /** Applies a mapping to an existing record. A mapping by itself governs later changes only (M9). */
  z.object({
    kind: z.literal('apply'),
    mappingId: z.string(),
    /** The side whose value wins where a two-way mapping finds two different values. */
    prefer: z.enum(['salesforce', 'sellfire']),
  }),
  /** Does again what a report row is about, with Sellfire's current data (M27). */
  z.object({
    kind: z.literal('repush'),
    event: z.enum(EVENTS),
    /** ms since the epoch: the time of the report row, which identifies the sale or the activity. */
    occurredAt: z.number(),
    /** The id of the sale, the activity or the schedule item; null in rows of before it was kept, where the moment counts. */
    recordId: z.string().nullish(),
  }),
  /**
   * Compares, because an event of Sellfire was set aside, and does what the event was about with the current data, where
   * that can be read.
   */
  z.object({
    kind: z.literal('reread'),
    /** The type of the event, and its place in the feed. */
    type: z.string(),
    sequence: z.int(),
    /** Where its content differs from the contract; null for a type that is not known, which is not reported. */
    where: z.string().nullable(),
    /** The id of the sale, activity or planned event that it is about. */
    subject: z.string().nullable(),
  }),
  /** Links the lead to the record that it awaits, which another lead has left. */
  z.object({ kind: z.literal('claim') }),
  /** Connects the record and the lead without a change to either (M16). */
  z.object({ kind: z.literal('link') }),
  /**
   * Links a pair again whose ids refer to each other, after the store was lost. `since`: ms since the epoch, until when both
   * sides were in step.
   */
  z.object({ kind: z.literal('restoreLink'), since: z.number() }),
]);
export type Command = z.infer<typeof commandSchema>;
