// Parses the number of API calls that the org has used from the header Sforce-Limit-Info of every response.
// Source: REST API Developer Guide, "Limit Info Header".

/** Both over the last 24 hours. */
export interface Usage {
  used: number;
  allowed: number;
}

/** `api-usage=18/15000`, optionally followed by a per-app part. */
export function parseLimitInfo(header: string | string[] | undefined): Usage | undefined {
  const match = /(?:^|[,;\s])api-usage=(\d+)\/(\d+)/.exec(Array.isArray(header) ? header.join(',') : (header ?? ''));
  return match ? { used: Number(match[1]), allowed: Number(match[2]) } : undefined;
}

/** What the org has used, by the answers to calls that overlap: they come in any order, and an older count is no news. */
export interface LatestUsage {
  readonly value: Usage | undefined;
  /** A call is sent. @returns takes in the header of its answer */
  sent(): (header: string | string[] | undefined) => void;
}

export function createLatestUsage(): LatestUsage {
  let value: Usage | undefined;
  /** Calls and answers in the order in which they went and came. */
  let moment = 0;
  let answeredAt = -Infinity;
  return {
    get value() {
      return value;
    },
    sent() {
      const sentAt = ++moment;
      return (header) => {
        const read = parseLimitInfo(header);
        if (!read) return;
        const overlaps = sentAt < answeredAt;
        // The count falls as calls become a day old, which a call that was sent after the last answer reports.
        if (overlaps && value && value.allowed === read.allowed && read.used < value.used) return;
        value = read;
        answeredAt = ++moment;
      };
    },
  };
}
