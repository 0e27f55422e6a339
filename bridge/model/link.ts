// The link: the bridge's record that one Sellfire lead and one Salesforce Lead or Contact (and perhaps an Account) are the
// same, with a last-writer-wins register for each mapped field and what each replica of it is known to hold (I12–I18).
import { z } from 'zod';
import { PERSON_OBJECTS } from './salesforce.ts';

/** A value in canonical form, so that formatting never differs: trimmed text, E.164, ISO dates in UTC, decimals as text. */
export const canonicalSchema = z.union([z.string(), z.boolean(), z.array(z.string()), z.null()]);
export type Canonical = z.infer<typeof canonicalSchema>;

export const registerSchema = z.object({
  value: canonicalSchema,
  /** ms since the epoch, by the clock of the system where the value was set. */
  at: z.number(),
  by: z.enum(['salesforce', 'sellfire']),
  version: z.int().positive(),
});
export type Register = z.infer<typeof registerSchema>;

/** One place where a field's value stands: the Sellfire field (`sellfire`) or a mapped Salesforce field (`Lead.Company`). */
export const replicaSchema = z.object({
  /** What it was last known to hold; absent while unknown. */
  lastKnown: canonicalSchema.optional(),
  /** When it was known to hold that, ms. */
  at: z.number().optional(),
  /** The version that it shall hold; 0: none (a mapping is not retroactive, M9). */
  targetVersion: z.int().nonnegative().default(0),
  /** The version last written to it, or seen on it. */
  delivered: z.int().nonnegative().default(0),
  /** The version last seen on it in an event. */
  confirmed: z.int().nonnegative().default(0),
  /** The version that its system refused for this field, which is not tried again. */
  refused: z.object({ version: z.int(), code: z.string() }).optional(),
});
export type Replica = z.infer<typeof replicaSchema>;

export const fieldStateSchema = z.object({
  register: registerSchema.optional(),
  /** Values of earlier versions, latest first: how an overtaken write of ours is recognised. */
  previousValues: z.array(canonicalSchema).default([]),
  replicas: z.record(z.string(), replicaSchema).default({}),
  /** How often the two sides took turns without a pause: a bounce opens an incident instead of a loop. */
  flipFlops: z.int().nonnegative().default(0),
  /** Set while the field is held still because it bounced. */
  suspended: z.boolean().default(false),
});
export type FieldState = z.infer<typeof fieldStateSchema>;

export const linkSchema = z.object({
  /** The Sellfire lead. */
  leadId: z.string(),
  /** Grows with every save: a save over another's is refused. 0: never saved. */
  revision: z.int().nonnegative(),
  /** The connected record; absent while the lead is known but connected to nothing. */
  record: z.object({ object: z.enum(PERSON_OBJECTS), id: z.string() }).optional(),
  accountId: z.string().optional(),
  /**
   * Set where a record was found that a cut-off attempt of ours had made: what its creation tells, once it is heard, is as old as
   * this (ms), whatever the lead has become since.
   */
  resumedAsOf: z.number().optional(),
  /** Why the lead could not be created in Salesforce; the next change of the lead tries again. */
  waiting: z.object({ code: z.string(), reason: z.string() }).optional(),
  /** An owner change from Salesforce that was refused: the difference stands until either side changes the owner (M14). */
  ownerDiffers: z
    .object({ salesforce: z.string().nullable(), sellfire: z.string().nullable(), at: z.number() })
    .optional(),
  /** Set when either record was deleted: nothing is written any more. */
  ended: z.object({ by: z.enum(['salesforce', 'sellfire']), at: z.number() }).optional(),
  /**
   * Set when the link has moved in Salesforce: a conversion, a merge, an Account deleted. `from`: the ids that it left, which
   * an older word of Sellfire does not bring back; emptied when Sellfire shows the new ones. `at`: ms, of the last move.
   */
  moved: z.object({ from: z.array(z.string()), at: z.number() }).optional(),
  /** The Account that was deleted while the link went on. */
  lostAccountId: z.string().optional(),
  /** ISO 3166 alpha-2 by Salesforce object: the country that the connected record named last, where it names one. */
  countries: z.record(z.string(), z.string()).optional(),
  /** Ids of records of the customer's own objects that sales made, by the keys of their marks (M13). */
  made: z.record(z.string(), z.string()).optional(),
  fields: z.record(z.string(), fieldStateSchema).default({}),
});
export type Link = z.infer<typeof linkSchema>;

export function newLink(leadId: string): Link {
  return { leadId, revision: 0, fields: {} };
}
