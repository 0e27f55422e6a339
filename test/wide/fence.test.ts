// What the fencing token is for: a leader that stood still while the answer to a write was on its way to it, and goes on once another process
// leads, saves nothing of it. Its lease keeps it from calling anybody, but what it has begun it still ends: the database alone refuses that.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Story } from '../e2e/story.ts';
import { mapFields } from '../helpers/mappings.ts';
import { until } from '../helpers/until.ts';
import { isLeader, portOf, startProcesses, type Processes } from './processes.ts';

jest.setTimeout(120_000);

let wide: Processes;
let story: Story;

beforeAll(async () => {
  wide = await startProcesses(2, { env: { SHARE_WORK: 'false' } });
  story = new Story(wide.stack);
  await mapFields(wide.stack.admin, wide.stack.prefix);
  for (const one of wide.all) await one.start();
});
afterAll(() => wide?.stop());

/** Has the database note each row of a turn that a process writes while another one leads. What is received may come by any process. */
async function watchWriters(): Promise<void> {
  await wide.ask('CREATE TABLE late (what TEXT NOT NULL, writer TEXT NOT NULL)');
  await wide.ask(`
    CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (
        SELECT FROM leadership WHERE current_setting('application_name') = left('sellfire-bridge ' || process, 63))
      THEN INSERT INTO late VALUES (TG_TABLE_NAME, current_setting('application_name')); END IF;
      RETURN NULL;
    END $$`);
  for (const table of ['link', 'report', 'reservation'])
    await wide.ask(
      `CREATE TRIGGER watch AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION watch()`,
    );
  await wide.ask('CREATE TRIGGER watch AFTER UPDATE ON inbox FOR EACH ROW EXECUTE FUNCTION watch()');
}

describe('a leader that goes on after another process has taken the lead', () => {
  it('saves nothing of what it had under way, and ends; the next one looks whether it was done, and does it once', async () => {
    const { org, sellfire } = wide.stack;
    const { id, lead } = await story.fromSellfire();
    const leader = await wide.leader();
    const next = wide.all.find((one) => one !== leader);
    const { pid = 0 } = leader;
    await story.quiet();
    await watchWriters();
    // Webhooks that a stopped process has taken would wait.
    if (next) wide.balancer.carryTo([portOf(next)]);

    const written: unknown[] = [];
    org.org.listen({
      committed({ changes }) {
        for (const { object, after, changed } of changes) {
          if (object !== 'Lead' || !changed.includes('City')) continue;
          written.push(after?.['City']);
          if (written.length > 1) continue;
          process.kill(pid, 'SIGSTOP');
          // Nobody else can find out what became of it yet: its change stays in the inbox, as it was.
          org.org.faults.add({ kind: 'unavailable', times: null });
        }
      },
    });
    try {
      sellfire.desk.editLead(lead.id, { city: 'Oslo' });
      await until('the leader has written, and stands still', () => written.length === 1);
      await until('another one leads', async () => next && isLeader(next), 30_000);
      expect(await wide.ask("SELECT key FROM inbox WHERE state = 'pending'")).toContainEqual({ key: lead.id });
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await until('it has ended, or has written', async () => {
      return leader.hasEnded || (await wide.ask('SELECT * FROM late')).length > 0;
    });
    expect(await wide.ask('SELECT what FROM late')).toEqual([]);
    expect(await leader.ended()).toBe(1);

    org.org.faults.clear();
    await story.salesforceHas(id, { City: 'Oslo' });
    await story.quiet();
    expect(written).toEqual(['Oslo']);
    expect(await wide.ask("SELECT key FROM inbox WHERE state <> 'done'")).toEqual([]);
    expect(await wide.ask('SELECT what FROM late')).toEqual([]);
  });
});
