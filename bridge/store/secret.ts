// Secrets at rest: sealed with AES-256-GCM for one connection, so that a sealed text moved to another row does not open.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { BridgeError } from '../model/fault.ts';

/** Names the form, so that a later one can be told apart. */
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
    throw new BridgeError(
      'SECRET_UNREADABLE',
      `The saved sign-in of connection ${connection} is not in a form that this version knows.`,
      'Start the version of the bridge that saved it, or connect again.',
    );
  }
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(connection))
    .setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  const body = decipher.update(bytes.subarray(NONCE + TAG));
  try {
    return Buffer.concat([body, decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new BridgeError(
      'SECRET_KEY_WRONG',
      `The saved sign-in of connection ${connection} cannot be opened with the encryption key of this bridge.`,
      'Start the bridge with the encryption key that it was saved with, or connect again.',
      { cause },
    );
  }
}

function checkKey(key: Buffer): void {
  if (key.length === KEY) return;
  throw new BridgeError(
    'SECRET_KEY_INVALID',
    `The encryption key has ${key.length} bytes.`,
    `Give ${KEY} random bytes, for example from: openssl rand -base64 ${KEY}`,
  );
}
