// The refresh token of one connection, which Salesforce takes once: it is sent by one process at a time, and what came in its place is
// saved where it stood, and nowhere else.
import { seal } from '../store/secret.ts';
import type { Store } from '../store/store.ts';
import type { Rotation } from './org.ts';
import { readSaved, type Keys } from './savedConnection.ts';

export function createRotation(
  store: Pick<Store, 'beginRotation' | 'endRotation'>,
  keys: Keys,
  orgId: string,
): Rotation {
  /** The sealed secrets that the rotation under way began with. */
  let sealed: string | undefined;
  return {
    async begin() {
      const stored = await store.beginRotation(orgId);
      sealed = stored?.sealed;
      return stored && readSaved(stored, keys).refreshToken;
    },
    async end(token) {
      // Where an admin has connected again meanwhile, the token of that sign-in stays.
      if (sealed === undefined) return;
      const to = token === undefined ? sealed : seal(keys.secretKey.export(), token, orgId);
      await store.endRotation(orgId, sealed, to);
    },
  };
}
