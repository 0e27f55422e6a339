// Secrets at rest: sealed with AES-256-GCM for one connection, so that a sealed text moved to another row does not open.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';

/** Names the format, so that a later format can be distinguished. */
const PREFIX = 'v1.';
/** Bytes: the nonce and tag lengths that GCM is specified for (NIST SP 800-38D §5.2.1, §8.2.2). */
const NONCE = 12;
const TAG = 16;
const KEY = 32;

/**
 * @param key 32 random bytes.
 * @param connection the connection's id; `open` needs the same.
 * @returns `v1.` and base64url of nonce, tag and ciphertext. @throws BridgeError SECRET_KEY_INVALID
 */
export function seal(key: Buffer, text: string, connection: string): string {
  checkKey(key);
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(connection));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return PREFIX + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** @throws BridgeError SECRET_KEY_INVALID, SECRET_KEY_WRONG, SECRET_UNREADABLE */
export function open(key: Buffer, sealed: string, connection: string): string {
  checkKey(key);
  const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url');
  if (!sealed.startsWith(PREFIX) || bytes.length < NONCE + TAG) {
    throw new BridgeError(explain('SECRET_UNREADABLE', { connection }));
  }
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(connection))
    .setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  const body = decipher.update(bytes.subarray(NONCE + TAG));
  try {
    return Buffer.concat([body, decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new BridgeError(explain('SECRET_KEY_WRONG', { connection }), { cause });
  }
}

function checkKey(key: Buffer): void {
  if (key.length === KEY) return;
  throw new BridgeError(explain('SECRET_KEY_INVALID', { bytes: key.length, needed: KEY }));
}
