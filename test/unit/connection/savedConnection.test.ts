// The key that seals the saved sign-ins is replaced: everything is sealed anew, also where that was interrupted, and a wrong key
// says so and loses nothing.
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSaved, resealConnections, saveConnection } from '../../../bridge/connection/savedConnection.ts';
import { openSqliteStore } from '../../../bridge/store/sqlite/store.ts';
import type { Store } from '../../../bridge/store/store.ts';

const key = (): KeyObject => createSecretKey(randomBytes(32));
const [former, present, foreign] = [key(), key(), key()];
const ORGS = ['00D000000000001AAA', '00D000000000002AAA', '00D000000000003AAA'];

let store: Store;
beforeEach(async () => {
  store = await openSqliteStore({ file: ':memory:' });
  for (const [index, orgId] of ORGS.entries())
    await saveConnection(store, former, {
      ...{ orgId, orgName: 'Acme', userId: '005000000000001AAA', username: 'integration@acme.example' },
      ...{
        loginUrl: 'https://login.salesforce.com',
        grant: 'refresh',
        createdAt: index,
        refreshToken: `token-${orgId}`,
      },
    });
});
afterEach(() => store.close());

const tokens = async (secretKey: KeyObject, oldSecretKey?: KeyObject): Promise<(string | undefined)[]> =>
  (await store.connections()).map((stored) => readSaved(stored, { secretKey, oldSecretKey }).refreshToken);
const ALL = ORGS.map((orgId) => `token-${orgId}`);

describe('the key of the saved sign-ins', () => {
  it('is replaced: what the former one sealed opens with both, and afterwards with the present one alone', async () => {
    expect(await tokens(present, former)).toEqual(ALL);
    expect(await resealConnections(store, { secretKey: present, oldSecretKey: former })).toBe(3);
    expect(await tokens(present)).toEqual(ALL);
    await expect(tokens(former)).rejects.toMatchObject({ code: 'SECRET_KEY_WRONG' });
    expect(await resealConnections(store, { secretKey: present, oldSecretKey: former })).toBe(0);
    expect(await resealConnections(store, { secretKey: present })).toBe(0);
  });

  it.each([0, 1, 2])(
    'an interruption after %i of three leaves each readable, and the next start finishes it',
    async (done) => {
      let saves = 0;
      const breaking = {
        connections: () => store.connections(),
        saveConnection: async (one: Parameters<Store['saveConnection']>[0]) => {
          if (saves === done) throw new Error('The disk is full.');
          saves += 1;
          await store.saveConnection(one);
        },
      };
      await expect(resealConnections(breaking, { secretKey: present, oldSecretKey: former })).rejects.toThrow('disk');
      expect(await tokens(present, former)).toEqual(ALL);
      expect(await resealConnections(store, { secretKey: present, oldSecretKey: former })).toBe(3 - done);
      expect(await tokens(present)).toEqual(ALL);
    },
  );

  it.each([
    ['alone', foreign, undefined],
    ['with a former key that is another one too', foreign, present],
  ])('that is another one, %s, is said in words and changes nothing', async (_, secretKey, oldSecretKey) => {
    const before = await store.connections();
    await expect(resealConnections(store, { secretKey, oldSecretKey })).rejects.toMatchObject({
      code: 'SECRET_KEY_WRONG',
      action: expect.stringContaining('SECRET_KEY_OLD'),
    });
    expect(await store.connections()).toEqual(before);
    expect(await tokens(former)).toEqual(ALL);
  });
});
