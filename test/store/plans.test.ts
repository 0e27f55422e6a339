// The statements of a turn on PostgreSQL read only the rows that they are about, however much the store keeps, also in a database that has
// no statistics of it yet.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { applicationOf } from '../../bridge/store/postgres/connect.ts';
import { openPostgresStore } from '../../bridge/store/postgres/store.ts';
import { startPostgres, type Postgres } from '../helpers/postgres.ts';
import { until } from '../helpers/until.ts';
import { entry, LEAD_RECORD, linked, ORG, recordId, report, settlement } from './fixtures.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

const KEPT = 20_000;
/** Of what the turns below are about, many times over. */
const FEW = 1_000;

const FILL = `
  INSERT INTO inbox (connection, source, event_id, record_id, key, received_at, state, finished_at)
  SELECT '${ORG}', 'salesforce', 'old' || i, '00Q9' || i, 'lead' || i, i, 'done', i FROM generate_series(1, ${KEPT}) AS i;
  INSERT INTO link (connection, lead_id, revision, ended, body)
  SELECT '${ORG}', 'lead' || i, 1, false, '{}' FROM generate_series(1, ${KEPT}) AS i;
  INSERT INTO link_record (connection, record_id, lead_id, kind)
  SELECT '${ORG}', '00Q9' || i, 'lead' || i, 'person' FROM generate_series(1, ${KEPT}) AS i;
  INSERT INTO event_lead (connection, record_id, lead_id)
  SELECT '${ORG}', '00Q8' || i, 'lead' || i FROM generate_series(1, ${KEPT}) AS i;`;

const PROCESS = 'reads-little';
const CONNECTED = `SELECT 1 FROM pg_stat_activity WHERE application_name = '${applicationOf(PROCESS)}'`;
const OURS = "schemaname = current_schema() AND relname IN ('inbox', 'link', 'link_record', 'event_lead')";
/** Rows that were read so far, with and without an index. */
const READ = `
  SELECT (SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE ${OURS})
    + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE ${OURS}) AS read`;

describe.each([
  ['that has statistics', 'ANALYZE'],
  ['that has none yet', 'SELECT 1'],
])('a database %s', (_, prepare) => {
  it('reads few rows for the turns of leads, of the many that it keeps', async () => {
    const url = await postgres.schema();
    await (await openPostgresStore({ url, process: PROCESS })).close();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    // Statistics that the server gathers by itself meanwhile would be those of the other case.
    await client.query(`
      ALTER TABLE inbox SET (autovacuum_enabled = false); ALTER TABLE link SET (autovacuum_enabled = false);
      ALTER TABLE link_record SET (autovacuum_enabled = false); ALTER TABLE event_lead SET (autovacuum_enabled = false);
      ${FILL} ${prepare}`);
    // What a connection has read is counted, at the latest, when it ends, before the server shows that it has.
    const read = async (): Promise<number> => {
      await until('the connections have ended', async () => (await client.query(CONNECTED)).rowCount === 0);
      return Number((await client.query<{ read: string }>(READ)).rows[0]?.read);
    };
    await client.query('SELECT pg_stat_force_next_flush()');

    // Opening looks at every row once, to count what waits as attempted.
    const store = await openPostgresStore({ url, process: PROCESS });
    await store.close();
    const before = await read();
    const again = await openPostgresStore({ url, process: PROCESS });
    await again.close();
    const opening = (await read()) - before;

    const working = await openPostgresStore({ url, process: PROCESS });
    const names = Array.from({ length: 5 }, (__, i) => `new-${i}`);
    for (const [i, name] of names.entries()) {
      const record = i === 0 ? LEAD_RECORD : recordId(i);
      await working.append(ORG, [entry(`a-${name}`, record), entry(`b-${name}`, record, { leadId: name })]);
      await working.claim(ORG, { recordId: record, key: name, leadId: name, revision: 0 });
      const { rows } = await working.load(ORG, name, 10);
      const done = rows.map(({ seq }) => seq);
      await working.settle(ORG, settlement(name, { done, link: linked(name, record), reports: [report(name)] }));
      // Its Account changes: not a plain end.
      const other = { ...linked(name, record, `001${String(i).padStart(15, '0')}`), revision: 1 };
      await working.settle(ORG, settlement(name, { link: other }));
      await working.settle(ORG, settlement(name, { link: { ...other, revision: 2 } }));
      await working.attempted(ORG, done);
      // An event that is done as it arrives.
      await working.settle(ORG, settlement(`quiet-${i}`, { link: linked(`quiet-${i}`, recordId(100 + i)) }));
      const arrived = entry(`c-${name}`, recordId(100 + i));
      const { settled } = await working.append(ORG, [arrived], undefined, (__, link) => ({ ...link }));
      expect(settled).toBe(1);
    }
    await working.close();
    const turns = (await read()) - before - 2 * opening;
    await client.end();
    expect(turns).toBeLessThan(FEW);
    expect(turns).toBeGreaterThan(names.length);
  });
});
