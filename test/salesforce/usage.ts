// What the org's allocations have left: API calls, events published and delivered. `/limits` and `Sforce-Limit-Info`
// show it. Overrun is soft, as in a paid org; a test that wants a hard stop sets the fault `request-limit`.
export interface Allocation {
  max: number;
  used: number;
}

export interface Usage {
  readonly apiRequests: Allocation;
  /** Per rolling 24 hours, platform and change events together; counted by whoever delivers them. */
  readonly deliveredEvents: Allocation;
  /** Per hour. */
  readonly publishedEvents: Allocation;
}

/** Enterprise Edition without add-ons (App Limits Cheatsheet; Platform Event Allocations). */
export function createUsage(): Usage {
  return {
    apiRequests: { max: 100_000, used: 0 },
    deliveredEvents: { max: 25_000, used: 0 },
    publishedEvents: { max: 250_000, used: 0 },
  };
}

export function limitsOf(usage: Usage): Record<string, { Max: number; Remaining: number }> {
  const left = ({ max, used }: Allocation) => ({ Max: max, Remaining: Math.max(0, max - used) });
  return {
    DailyApiRequests: left(usage.apiRequests),
    DailyDeliveredPlatformEvents: left(usage.deliveredEvents),
    HourlyPublishedPlatformEvents: left(usage.publishedEvents),
    DailyBulkApiBatches: { Max: 15_000, Remaining: 15_000 },
    DailyBulkV2QueryJobs: { Max: 10_000, Remaining: 10_000 },
    DataStorageMB: { Max: 10_240, Remaining: 10_240 },
    FileStorageMB: { Max: 10_240, Remaining: 10_240 },
  };
}
