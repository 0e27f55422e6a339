// What the org's allocations have left: API calls, events published and delivered. `/limits` and `Sforce-Limit-Info`
// show it. Overrun is soft, as in a paid org, unless `hard` is set. Sources: "Limits" of the REST API guide,
// Limits and Allocations Quick Reference, Platform Event Allocations.
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
  /** Query jobs of the Bulk API 2.0. */
  readonly bulkQueryJobs: Allocation;
  /** Batches of 10,000 records that ingest jobs are worked on in. */
  readonly bulkBatches: Allocation;
  /** True: a call beyond the allocation is refused. False, as in a paid org: it may run over for a while. */
  hard: boolean;
}

/** Enterprise Edition without add-ons (App Limits Cheatsheet; Platform Event Allocations). */
export function createUsage(): Usage {
  return {
    apiRequests: { max: 100_000, used: 0 },
    deliveredEvents: { max: 25_000, used: 0 },
    publishedEvents: { max: 250_000, used: 0 },
    bulkQueryJobs: { max: 10_000, used: 0 },
    bulkBatches: { max: 15_000, used: 0 },
    hard: false,
  };
}

export function limitsOf(usage: Usage): Record<string, { Max: number; Remaining: number }> {
  const left = ({ max, used }: Allocation) => ({ Max: max, Remaining: Math.max(0, max - used) });
  return {
    DailyApiRequests: left(usage.apiRequests),
    DailyDeliveredPlatformEvents: left(usage.deliveredEvents),
    HourlyPublishedPlatformEvents: left(usage.publishedEvents),
    DailyBulkApiBatches: left(usage.bulkBatches),
    DailyBulkV2QueryJobs: left(usage.bulkQueryJobs),
    DataStorageMB: { Max: 10_240, Remaining: 10_240 },
    FileStorageMB: { Max: 10_240, Remaining: 10_240 },
  };
}
