// What an admin may ask to be done for one lead or record (M9, M16, M27): the part of a request that the core decides about.
import { z } from 'zod';
import { EVENTS } from './report.ts';

export const commandSchema = z.discriminatedUnion('kind', [
  /**
   * Reads both sides and takes in what was missed. `create`: what is on one side only is created on the other, as if it
   * were new.
   */
  z.object({ kind: z.literal('compare'), create: z.boolean() }),
  /** Brings an existing record in line with a mapping, which by itself governs later changes only (M9). */
  z.object({
    kind: z.literal('apply'),
    mappingId: z.string(),
    /** Whose value counts where a two-way mapping finds two different ones. */
    prefer: z.enum(['salesforce', 'sellfire']),
  }),
  /** Does again, from Sellfire's present data, what a report tells of (M27). */
  z.object({
    kind: z.literal('repush'),
    event: z.enum(EVENTS),
    /** ms since the epoch: the report's own moment, by which the sale or the activity is known. */
    occurredAt: z.number(),
  }),
  /** Connects the record and the lead, changing neither (M16). */
  z.object({ kind: z.literal('link') }),
]);
export type Command = z.infer<typeof commandSchema>;
