// Events of a record that came of another, or that a link has lost, get the key of the lead it belongs to (M10, M11).
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteStore } from '../../../bridge/store/sqlite/store.ts';
import type { Store } from '../../../bridge/store/store.ts';
import { ACCOUNT, CONTACT_RECORD, entry, LEAD_RECORD, linked, ORG, settlement } from '../../store/fixtures.ts';

let store: Store;
beforeEach(async () => {
  store = await openSqliteStore({ file: ':memory:' });
});
afterEach(() => store.close());

const save = (link: ReturnType<typeof linked>): Promise<unknown> =>
  store.settle(ORG, settlement(link.leadId, { link }));
const keysOf = async (...entries: ReturnType<typeof entry>[]): Promise<string[]> =>
  (await store.append(ORG, entries)).keys;

describe('the records that a linked one was converted to', () => {
  const conversion = entry('e-1', LEAD_RECORD, { convertedTo: [CONTACT_RECORD, ACCOUNT] });

  it('wait behind the change that names them, under its lead', async () => {
    await save(linked('lead-1', LEAD_RECORD));
    await expect(keysOf(entry('e-0', CONTACT_RECORD), conversion)).resolves.toEqual([CONTACT_RECORD, 'lead-1']);
    await expect(keysOf(entry('e-2', CONTACT_RECORD), entry('e-3', ACCOUNT))).resolves.toEqual(['lead-1']);
    const { rows } = await store.load(ORG, 'lead-1', 10);
    expect(rows.map(({ change }) => change.eventId)).toEqual(['e-1', 'e-2', 'e-3']);
  });

  it('of a record that no lead is linked to go their own way', async () => {
    await keysOf(conversion);
    await expect(keysOf(entry('e-2', CONTACT_RECORD))).resolves.toEqual([CONTACT_RECORD]);
  });

  it('that are another lead’s stay that lead’s', async () => {
    await save(linked('lead-1', LEAD_RECORD));
    await save(linked('lead-2', CONTACT_RECORD, undefined, 'Contact'));
    await keysOf(conversion);
    await expect(keysOf(entry('e-2', CONTACT_RECORD))).resolves.toEqual(['lead-2']);
  });
});

describe('an Account that a link has lost', () => {
  it('still reaches its lead, until the link has forgotten it', async () => {
    await save(linked('lead-1', LEAD_RECORD, ACCOUNT));
    const { accountId: _, ...lost } = {
      ...linked('lead-1', LEAD_RECORD, ACCOUNT),
      revision: 1,
      lostAccountId: ACCOUNT,
    };
    await save(lost);
    await expect(keysOf(entry('e-1', ACCOUNT))).resolves.toEqual(['lead-1']);
    const { lostAccountId: __, ...forgotten } = { ...lost, revision: 2 };
    await save(forgotten);
    await expect(keysOf(entry('e-2', ACCOUNT))).resolves.toEqual([ACCOUNT]);
  });
});
