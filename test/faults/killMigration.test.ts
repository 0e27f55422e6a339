// A kill in the middle of a migration of the store: all of its steps are one transaction, so that the next start finds the store as it
// was, and migrates it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from '@jest/globals';
import { Database } from '../../bridge/store/sqlite/database.ts';
import { migrate } from '../../bridge/store/sqlite/migrations.ts';
import { until } from '../helpers/until.ts';

const STEPS = fileURLToPath(new URL('../../bridge/store/sqlite/migrations', import.meta.url));
const SCRIPT = fileURLToPath(new URL('slowMigration.ts', import.meta.url));
/** Writes pages for minutes, so that the kill comes while it runs; its last statement is never reached. */
const ENDLESS = `CREATE TABLE filler (text TEXT);
INSERT INTO filler WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000)
  SELECT hex(randomblob(500)) FROM n;
DROP TABLE link;`;

const folder = mkdtempSync(join(tmpdir(), 'kill-migration-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('kill -9 in a migration of the store leaves the store as it was before it', async () => {
  const [file, steps] = [join(folder, 'bridge.sqlite'), mkdtempSync(join(folder, 'steps-'))];
  const known = readdirSync(STEPS).sort();
  const first = known[0] ?? '';
  copyFileSync(join(STEPS, first), join(steps, first));
  const old = new Database(file);
  await migrate(old, new URL(`file://${steps}/`));
  old.close();

  for (const name of known) copyFileSync(join(STEPS, name), join(steps, name));
  writeFileSync(join(steps, '9000-endless.sql'), ENDLESS);
  const child = spawn(process.execPath, [SCRIPT, file, steps], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const written = (): number => (existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0);
  await until('the migration writes', () => written() > 1_000_000);
  child.kill('SIGKILL');
  await ended;

  const db = new Database(file);
  expect(db.all<{ name: string }>('SELECT name FROM migration ORDER BY name')).toEqual([{ name: first }]);
  await expect(migrate(db)).resolves.toEqual(known.slice(1));
  expect(db.all('SELECT * FROM link')).toEqual([]);
  db.close();
}, 60_000);
