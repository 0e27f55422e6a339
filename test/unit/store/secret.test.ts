// A secret is sealed in the store, and opened only with its key.
import { randomBytes } from 'node:crypto';
import { describe, it, expect } from '@jest/globals';
import { BridgeError } from '../../../bridge/model/fault.ts';
import { open, seal } from '../../../bridge/store/secret.ts';

const key = randomBytes(32);
const ORG = '00D000000000001AAA';

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof BridgeError) return error.code;
    throw error;
  }
  return 'nothing was thrown';
}

describe('a sealed secret', () => {
  it('opens with its key for its connection', () => {
    for (const text of ['', 'refresh-token', 'Zürich 🔑'.repeat(500)]) {
      expect(open(key, seal(key, text, ORG), ORG)).toBe(text);
    }
  });

  it('reveals nothing, and never looks the same twice', () => {
    const sealed = seal(key, 'refresh-token', ORG);
    expect(sealed).toMatch(/^v1\.[\w-]+$/);
    expect(Buffer.from(sealed.slice(3), 'base64url').includes('refresh-token')).toBe(false);
    expect(seal(key, 'refresh-token', ORG)).not.toBe(sealed);
  });

  it('does not open with another key, for another connection, or with any byte changed', () => {
    const sealed = seal(key, 'refresh-token', ORG);
    expect(code(() => open(randomBytes(32), sealed, ORG))).toBe('SECRET_KEY_WRONG');
    expect(code(() => open(key, sealed, '00D000000000002AAA'))).toBe('SECRET_KEY_WRONG');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8((changed[i] ?? 0) ^ 1, i);
      expect(code(() => open(key, `v1.${changed.toString('base64url')}`, ORG))).toBe('SECRET_KEY_WRONG');
    }
  });

  it('says so when its form is not known', () => {
    for (const text of ['', 'v1.', 'v1.AAAA', `v2.${'A'.repeat(80)}`, 'refresh-token']) {
      expect(code(() => open(key, text, ORG))).toBe('SECRET_UNREADABLE');
    }
  });

  it('needs a key of 32 bytes, and says how to make one', () => {
    expect(code(() => seal(Buffer.alloc(16), 'x', ORG))).toBe('SECRET_KEY_INVALID');
    expect(code(() => open(Buffer.alloc(0), 'v1.x', ORG))).toBe('SECRET_KEY_INVALID');
  });

  it('is in no error', () => {
    try {
      open(randomBytes(32), seal(key, 'refresh-token', ORG), ORG);
    } catch (error) {
      expect(JSON.stringify([error, String(error), error instanceof Error && String(error.cause)])).not.toContain(
        'refresh-token',
      );
    }
    expect.hasAssertions();
  });
});
