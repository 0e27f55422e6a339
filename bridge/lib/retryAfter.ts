// Parses the delay that a peer requests in the header Retry-After, in seconds or as an HTTP date (RFC 9110 §10.2.3).

/**
 * @param now ms since the epoch
 * @returns ms; 0 where the header is absent, cannot be parsed, or names a past time
 */
export function retryAfter(header: string | string[] | undefined, now = Date.now()): number {
  if (typeof header !== 'string') return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
