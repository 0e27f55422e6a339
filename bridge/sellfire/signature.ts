// The signature of a webhook: a timestamped HMAC over the raw body, so that a body cannot be forged, changed or replayed later.
import { createHmac, timingSafeEqual } from 'node:crypto';

export const SIGNATURE_HEADER = 'sellfire-signature';

/** A delivery is refused when its timestamp differs from the receiver's clock by more: room for skew, none for replays. */
export const SIGNATURE_TOLERANCE_SECONDS = 300;

const digest = (secret: string, timestamp: number, body: Buffer): string =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');

/** @param timestamp seconds since the epoch. @returns the header's value, `t=1700000000,v1=<hex>`. */
export function sign(secret: string, timestamp: number, body: Buffer): string {
  return `t=${timestamp},v1=${digest(secret, timestamp, body)}`;
}

export type SignatureVerdict = 'valid' | 'malformed' | 'too_old' | 'wrong';

/** What the header says without the body: nobody has to send a megabyte to be refused. @param now seconds since the epoch */
export function verifyHeader(header: string | undefined, now: number): Exclude<SignatureVerdict, 'wrong'> {
  const read = readHeader(header, now);
  return typeof read === 'string' ? read : 'valid';
}

/** @param now seconds since the epoch. Compares in constant time; several `v1` may stand in the header while a secret is rotated. */
export function verify(secret: string, header: string | undefined, body: Buffer, now: number): SignatureVerdict {
  const read = readHeader(header, now);
  if (typeof read === 'string') return read;
  const expected = Buffer.from(digest(secret, read.timestamp, body), 'hex');
  const match = read.digests.some(
    (candidate) => candidate.length === expected.length && timingSafeEqual(candidate, expected),
  );
  return match ? 'valid' : 'wrong';
}

interface ReadHeader {
  /** Seconds since the epoch. */
  timestamp: number;
  /** At least one. */
  digests: Buffer[];
}

/** What the header has, or why no body can fit it. */
function readHeader(header: string | undefined, now: number): ReadHeader | 'malformed' | 'too_old' {
  const parts = (header ?? '').split(',').map((part) => part.trim().split('='));
  const timestamp = Number(parts.find(([key]) => key === 't')?.[1]);
  const digests = parts.filter(([key]) => key === 'v1').map(([, hex]) => Buffer.from(hex ?? '', 'hex'));
  if (!Number.isInteger(timestamp) || digests.length === 0) return 'malformed';
  return Math.abs(now - timestamp) > SIGNATURE_TOLERANCE_SECONDS ? 'too_old' : { timestamp, digests };
}
