// The cursor of a delivery stays where it is until all of it is kept (I4): also where an entry turns out to have to wait for a turn.
import { expect, it } from '@jest/globals';
import { calls } from '../../../bridge/store/sqlite/calls.ts';
import { Database } from '../../../bridge/store/sqlite/database.ts';
import { migrate } from '../../../bridge/store/sqlite/migrations.ts';
import { entryText } from '../../../bridge/store/entryText.ts';
import { entry, ORG } from '../../store/fixtures.ts';

it('keeps nothing from an entry on that has to wait, and no cursor', async () => {
  const db = new Database(':memory:');
  await migrate(db);
  const outdated = { source: 'sellfire', eventId: 'e2', recordId: 'lead-1', leadId: 'lead-1', revision: 7 } as const;
  const batch = [entryText(entry('e1')), outdated, entryText(entry('e3'))];
  const cursor = { name: 'feed', value: '3', at: 1 };
  expect(calls.append(db, ORG, batch, cursor)).toMatchObject({ stored: 1, settled: [], until: 1 });
  expect(calls.cursor(db, ORG, 'feed')).toBeUndefined();
  expect(calls.counts(db, ORG)).toMatchObject({ pending: 1 });
  db.close();
});
