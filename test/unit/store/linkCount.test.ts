// How many links there are is known without reading them again, also after what was counted is rolled back.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Database } from '../../../bridge/store/sqlite/database.ts';
import { linkCount, saveLink } from '../../../bridge/store/sqlite/links.ts';
import { migrate } from '../../../bridge/store/sqlite/migrations.ts';
import { linkText } from '../../../bridge/store/texts.ts';
import { linked, ORG } from '../../store/fixtures.ts';

const OTHER_ORG = '00D000000000002AAA';

let db: Database;
beforeEach(async () => {
  db = new Database(':memory:');
  await migrate(db);
});
afterEach(() => db.close());

const save = (leadId: string, org = ORG): void => saveLink(db, org, linkText(linked(leadId, `00Q${leadId}`)).text);

it('counts the links of each connection', () => {
  expect(linkCount(db, ORG)).toBe(0);
  for (const leadId of ['a', 'b']) save(leadId);
  save('c', OTHER_ORG);
  expect([linkCount(db, ORG), linkCount(db, OTHER_ORG)]).toEqual([2, 1]);
  save('d');
  expect([linkCount(db, ORG), linkCount(db, OTHER_ORG)]).toEqual([3, 1]);
});

it('counts no link that was rolled back, whoever takes its row', () => {
  save('a');
  expect(linkCount(db, ORG)).toBe(1);
  db.run('BEGIN');
  save('b');
  expect(linkCount(db, ORG)).toBe(2);
  db.run('ROLLBACK');
  expect(linkCount(db, ORG)).toBe(1);
  db.run('BEGIN');
  save('c');
  expect(linkCount(db, ORG)).toBe(2);
  db.run('ROLLBACK');
  save('d', OTHER_ORG);
  expect([linkCount(db, ORG), linkCount(db, OTHER_ORG)]).toEqual([1, 1]);
});

it('reads no row that it has counted', () => {
  save('a');
  linkCount(db, ORG);
  // The row it went up to stays, those before it go.
  save('b');
  linkCount(db, ORG);
  db.run('DELETE FROM link WHERE lead_id = ?', 'a');
  expect(linkCount(db, ORG)).toBe(2);
});
