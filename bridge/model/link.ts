// The link: the bridge's record that one Sellfire lead and one Salesforce Lead or Contact (and perhaps an Account) are
// the same. It holds a last-writer-wins register for each mapped field, and the known state of each replica (I12–I18).
import { z } from 'zod';
import { PERSON_OBJECTS } from './salesforce.ts';

/** A value in canonical form, so that formats never differ: trimmed text, E.164, ISO dates in UTC, decimals as text. */
export const canonicalSchema = z.union([z.string(), z.boolean(), z.array(z.string()), z.null()]);
export type Canonical = z.infer<typeof canonicalSchema>;

export const registerSchema = z.object({
  value: canonicalSchema,
  /** ms since the epoch, by the clock of the system where the value was set. */
  at: z.number(),
  by: z.enum(['salesforce', 'sellfire']),
  /** Who set it, where its event says so: the id of a user or a rep of that side, or what else acts there (`import`, `api`). */
  editor: z.string().optional(),
  version: z.int().positive(),
});
export type Register = z.infer<typeof registerSchema>;

/**
 * `revision`: the link’s at the write, or between two of them for an attempt that was not recorded. `afterRetry`: an attempt before it may
 * have written something that is not recorded. `version`: that of the register which it carried. `turn`: the link’s revision at a write whose
 * event need not name the field. `isFollowed`: the bridge has written to the record again, and not this field. `showsLead`: the write gave
 * the record the lead's id as well. `mayBeMissed`: a gap or a comparison has come, so that its event need not.
 */
export const inFlightSchema = z.object({
  value: canonicalSchema,
  revision: z.number(),
  afterRetry: z.boolean().optional(),
  version: z.number().optional(),
  turn: z.number().optional(),
  isFollowed: z.boolean().optional(),
  showsLead: z.boolean().optional(),
  mayBeMissed: z.boolean().optional(),
});
export type InFlight = z.infer<typeof inFlightSchema>;

/**
 * One place that holds a field's value: the Sellfire field (`sellfire`) or a mapped Salesforce field (`Lead.Company`).
 */
export const replicaSchema = z.object({
  /** The last known value; absent while unknown. */
  lastKnown: canonicalSchema.optional(),
  /** The time of the last known value, ms. */
  at: z.number().optional(),
  /** The version to be delivered; 0: none (a mapping is not retroactive, M9). */
  targetVersion: z.int().nonnegative().default(0),
  /** The version that was last written to the replica, or observed on it. */
  delivered: z.int().nonnegative().default(0),
  /** The version that an event last confirmed. */
  confirmed: z.int().nonnegative().default(0),
  /** Writes whose own event has not arrived, oldest first. */
  inFlight: z.array(inFlightSchema).optional(),
  /** The version that the system refused for this field; it is not tried again. */
  refused: z.object({ version: z.int(), code: z.string() }).optional(),
  /** When the edit of the lead was made (ms) that was read before its event, and lost: a row reports it. */
  reportedAt: z.number().optional(),
});
export type Replica = z.infer<typeof replicaSchema>;

export const fieldStateSchema = z.object({
  register: registerSchema.optional(),
  /** Values of earlier versions, latest first, by which an overtaken write of the bridge is recognized. */
  previousValues: z.array(canonicalSchema).default([]),
  replicas: z.record(z.string(), replicaSchema).default({}),
  /** How often the two sides alternated without a pause. A flip-flop suspends the field instead of a loop. */
  flipFlops: z.int().nonnegative().default(0),
  /** Set while the field is suspended because of a flip-flop. */
  suspended: z.boolean().default(false),
});
export type FieldState = z.infer<typeof fieldStateSchema>;

export const linkSchema = z.object({
  /** The Sellfire lead. */
  leadId: z.string(),
  /** Grows with every save. A save with an outdated revision is refused. 0: never saved. */
  revision: z.int().nonnegative(),
  /** The connected record; absent while the lead is known and not connected. */
  record: z.object({ object: z.enum(PERSON_OBJECTS), id: z.string() }).optional(),
  accountId: z.string().optional(),
  /**
   * Set where the record of an interrupted creation was found: the time (ms) that its creation event is given when it
   * arrives, whatever changed on the lead since.
   */
  resumedAsOf: z.number().optional(),
  /** Why the lead was not created in Salesforce; its next change tries again. */
  waiting: z.object({ code: z.string(), reason: z.string() }).optional(),
  /** What was reported of the Salesforce ids that the lead carries and that are not followed; it is reported once. */
  refusedIds: z.string().optional(),
  /** The record that was refused the lead's id, because another one has it: it is tried again where somebody asks for it. */
  unnamedRecord: z.string().optional(),
  /** A refused change of owner from Salesforce; kept until either side changes the owner (M14). */
  ownerDiffers: z
    .object({ salesforce: z.string().nullable(), sellfire: z.string().nullable(), at: z.number() })
    .optional(),
  /** The record that the lead would be linked to if it were not another lead's: tried again when that one leaves it. */
  awaits: z.object({ object: z.enum(PERSON_OBJECTS), id: z.string() }).optional(),
  /** Ids of all records that the link has left: their late events are about no other lead. */
  left: z.array(z.string()).optional(),
  /**
   * Set when either record is deleted: nothing is written any more. `claimed`: the record of another lead that this one's became, which is
   * reported once.
   */
  ended: z
    .object({ by: z.enum(['salesforce', 'sellfire']), at: z.number(), claimed: z.string().optional() })
    .optional(),
  /**
   * Set when the link moved in Salesforce: a conversion, a merge, a deleted Account. `from`: the ids that it left, to
   * which an older message of Sellfire does not move it back; emptied when Sellfire names the new ids. `at`: ms, of the
   * last move.
   */
  moved: z.object({ from: z.array(z.string()), at: z.number() }).optional(),
  /** The Account that was deleted while the link continued. */
  lostAccountId: z.string().optional(),
  /** ISO 3166 alpha-2 by Salesforce object: the last country that the connected record named. */
  countries: z.record(z.string(), z.string()).optional(),
  /** The refusal that stands, with its words for the record (M35). */
  problem: z.object({ code: z.string(), detail: z.string() }).optional(),
  /** By record id: the state that was last written to it, with the code of the refusal. */
  stateWritten: z.record(z.string(), z.string()).optional(),
  /** By the id of a planned event at a set time: when it begins, ms since the epoch. */
  planned: z.record(z.string(), z.number()).optional(),
  /**
   * Ids of the events of Sellfire that wait for another turn, as a demo behind a sale does: what they plan is in `planned`, as far as it was not
   * over by then.
   */
  noted: z.array(z.string()).optional(),
  /** Ids of the records of the customer's own objects that sales created, by the keys of their marks (M13). */
  made: z.record(z.string(), z.string()).optional(),
  /**
   * The last Task of a connected Lead: it moves with the link where a demo or a sale moves that (M29). `about`: the id of the
   * scheduled event of its activity, else the type of its disposition. `activityId`: absent where it was created before that was kept.
   */
  lastTask: z.object({ id: z.string(), about: z.string(), activityId: z.string().optional() }).optional(),
  fields: z.record(z.string(), fieldStateSchema).default({}),
});
export type Link = z.infer<typeof linkSchema>;

export function newLink(leadId: string): Link {
  return { leadId, revision: 0, fields: {} };
}
