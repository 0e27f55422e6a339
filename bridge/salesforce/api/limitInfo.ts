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
