// Reads the org's allocations: the daily API calls and delivered events that all clients of the org have used. They are the
// real ceiling of the bridge (I19). Source: REST API Developer Guide, "Limits".
import { z } from 'zod';
import type { Usage } from './limitInfo.ts';
import { parsed, jsforceOver } from './jsforce.ts';
import type { Rest } from './rest.ts';

export interface Limits {
  apiCalls: Usage;
  /** Events of change data capture and platform events, per subscribed client; absent where the edition has none. */
  deliveredEvents?: Usage;
}

const limitSchema = z.object({ Max: z.number(), Remaining: z.number() });
const limitsSchema = z.object({ DailyApiRequests: limitSchema, DailyDeliveredPlatformEvents: limitSchema.optional() });

/** Costs one API call. @throws PeerError */
export async function readLimits(rest: Rest): Promise<Limits> {
  const answer = await parsed(limitsSchema, () => jsforceOver(rest).limits());
  const events = answer.DailyDeliveredPlatformEvents;
  return { apiCalls: usageOf(answer.DailyApiRequests), ...(events ? { deliveredEvents: usageOf(events) } : {}) };
}

/** A paid org may exceed its allocation for a while: Remaining is negative then. */
const usageOf = ({ Max, Remaining }: z.infer<typeof limitSchema>): Usage => ({ used: Max - Remaining, allowed: Max });
