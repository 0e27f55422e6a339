// Ids that nobody guesses and that never come twice, many at a time: to ask for each alone costs as much as a small look-up.
import { randomFillSync } from 'node:crypto';

/** 96 bits, 16 characters of base64url. */
const BYTES = 12;
/** A full turn of the keys that are in work at once. */
const IDS = 400;

const pool = Buffer.alloc(IDS * BYTES);
let next = pool.length;

export function randomId(): string {
  if (next === pool.length) {
    randomFillSync(pool);
    next = 0;
  }
  next += BYTES;
  return pool.toString('base64url', next - BYTES, next);
}
