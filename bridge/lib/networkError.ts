// Reads from a network error whether the peer can have received the request: only then is its outcome unknown.

/** Codes of undici and Node from before the first byte of a request is sent: no connection, or no trusted one. */
const NOTHING_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Error codes from the outside in: undici wraps Node's, and a connection tried on several addresses gathers theirs. */
export function* codesOf(error: unknown): Generator<string> {
  if (typeof error !== 'object' || error === null) return;
  const { code, errors, cause }: { code?: unknown; errors?: unknown; cause?: unknown } = error;
  if (typeof code === 'string') yield code;
  if (Array.isArray(errors)) for (const inner of errors) yield* codesOf(inner);
  yield* codesOf(cause);
}

export const hasSentNothing = (error: unknown): boolean => [...codesOf(error)].some((code) => NOTHING_SENT.has(code));
