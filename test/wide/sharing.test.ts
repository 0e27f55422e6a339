// Three processes of the bridge on one database, each with room for one turn: all of them work, and whatever becomes of one that has a turn,
// nothing is lost and nothing is done twice.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Story } from '../e2e/story.ts';
import { mapFields } from '../helpers/mappings.ts';
import type { Bridge } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { isLeader, portOf, startProcesses, type Processes } from './processes.ts';

jest.setTimeout(180_000);

/** A round trip to either system: at every moment of a flood each process has a turn. */
const ROUND_TRIP_MS = 150;
const PAIRS = 8;
/** More than three processes with room for one turn have at once, what waits beside included: five. */
const FLOODED = 6;

let wide: Processes;
let story: Story;
const pairs: { id: string; leadId: string }[] = [];
let edits = 0;
/** Writes that took a later value back. */
const late: string[] = [];

beforeAll(async () => {
  wide = await startProcesses(3, { env: { CONCURRENCY: '1' } });
  story = new Story(wide.stack);
  await mapFields(wide.stack.admin, wide.stack.prefix);
  for (const one of wide.all) await one.start();
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const { id, lead } = await story.fromSellfire();
    pairs.push({ id, leadId: lead.id });
  }
  wide.stack.org.org.listen({
    committed({ changes }) {
      for (const { object, id, before, after, changed } of changes) {
        if (object !== 'Lead' || !changed.includes('City') || before === undefined) continue;
        if (numberOf(after['City']) < numberOf(before['City'])) late.push(`${id}: ${String(after['City'])}`);
      }
    },
  });
  wide.stack.org.org.faults.add({ kind: 'slow', ms: ROUND_TRIP_MS, times: null });
  wide.stack.sellfire.faults.set({ latency_ms: ROUND_TRIP_MS });
});
afterAll(() => wide?.stop());

const numberOf = (city: unknown): number => Number(/\d+/.exec(String(city ?? ''))?.[0] ?? 0);

/** Every lead is edited once more. @returns the city that all of them have */
function editAll(): string {
  edits += 1;
  const city = `City ${edits}`;
  for (const { leadId } of pairs) wide.stack.sellfire.desk.editLead(leadId, { city });
  return city;
}

async function allHave(city: string): Promise<void> {
  for (const { id } of pairs) await story.salesforceHas(id, { City: city }, 60_000);
  const rows = await story.query('SELECT Id FROM Lead');
  expect(rows).toHaveLength(PAIRS);
  expect([...wide.stack.sellfire.dialer.leads.live()]).toHaveLength(PAIRS);
  expect(late).toEqual([]);
}

/** The turns that are with workers, by their processes. */
const turnsOut = async (): Promise<{ process: string; key: string; number: number }[]> =>
  (
    await wide.ask('SELECT process, key, number FROM turn JOIN worker ON number = turn.worker WHERE answer IS NULL')
  ).map((row) => ({ process: String(row['process']), key: String(row['key']), number: Number(row['number']) }));

const nameHas = (process: string, { pid }: Bridge): boolean => process.includes(`-${pid}-`);

/** Two workers at least are known to the leader. */
const allWork = (): Promise<unknown> =>
  until('the leader has two workers', async () => {
    const leader = await wide.leader();
    const text = await (await fetch(`${leader.url}/metrics`)).text();
    return /^worker_processes 2$/m.test(text);
  });

/** Floods until a worker has a turn. @returns it, with the city of the last flood */
async function workerWithATurn(): Promise<{ worker: Bridge; number: number; city: string }> {
  let city = editAll();
  return until('a worker has a turn', async () => {
    const [turn] = await turnsOut();
    if (!turn) city = editAll();
    const worker = turn && wide.all.find((one) => nameHas(turn.process, one));
    return worker && { worker, number: turn.number, city };
  });
}

describe('three processes on one database', () => {
  it('work on the keys together, say so, and have no key with two of them', async () => {
    await allWork();
    const leader = await wide.leader();
    const seen = new Set<string>();
    let city = '';
    await until('all of them have had turns', async () => {
      city = editAll();
      for (let look = 0; look < 20; look += 1) for (const { process } of await turnsOut()) seen.add(process);
      return seen.size === 2;
    });
    for (const process of seen) expect(nameHas(process, leader)).toBe(false);
    await allHave(city);
    // It says what the database said last, and one that was late with its sign of life is not among them.
    await until('the leader says it', async () =>
      (await leader.readiness()).text.includes('2 of them run turns for it ('),
    );
    const metrics = await (await fetch(`${leader.url}/metrics`)).text();
    expect(metrics).toMatch(/^turns_total\{.*run="here"\} [1-9]/m);
    expect(metrics).toMatch(/^turns_total\{.*run="elsewhere"\} [1-9]/m);
    expect(story.logged('change_failed')).toBe(0);
  });

  it('let the changes of other leads pass, however often more leads than they can work on at once change', async () => {
    await allWork();
    const [busy, others] = [pairs.slice(0, FLOODED), pairs.slice(FLOODED)];
    const { org, sellfire } = wide.stack;
    const { strike } = org.org.faults;
    const flooded = new Set(busy.map(({ id }) => id));
    let changes = 0;
    let edits = 0;
    let isOver = false;
    const floodOnce = (): void => {
      edits += 1;
      for (const { leadId } of busy) sellfire.desk.editLead(leadId, { title: `Flood ${edits}` });
    };
    // With each write that is under way all of them change again: whatever turn ends has left something to do.
    org.org.faults.strike = (method, path) => {
      if (!isOver && method === 'PATCH') floodOnce();
      return strike(method, path);
    };
    org.org.listen({
      committed({ changes: rows }) {
        changes += rows.filter(
          ({ object, id, changed }) => object === 'Lead' && flooded.has(id) && changed.includes('Title'),
        ).length;
      },
    });
    try {
      floodOnce();
      await until('the flood flows', () => changes > 2 * FLOODED);
      const before = changes;
      for (const { leadId } of others) sellfire.desk.editLead(leadId, { title: 'Beside' });
      for (const { id } of others) await story.salesforceHas(id, { Title: 'Beside' }, 30_000);
      // In turn: while the others wait for theirs, each of the flooded has a few.
      expect(changes - before).toBeLessThanOrEqual(4 * FLOODED);
    } finally {
      isOver = true;
      org.org.faults.strike = strike;
    }
    await story.quiet();
  });

  it('lose nothing where one that has a turn is killed: it is taken back once its lease has run out', async () => {
    await allWork();
    const { worker, city } = await workerWithATurn();
    await worker.kill();
    await allHave(city);
    await until('its turns were taken back', () => story.logged('turns_taken_back') > 0, 30_000);
    await worker.start();
  });

  it('write nothing late where one that has a turn is stopped past its lease: the turn is run elsewhere, and it begins anew when it goes on', async () => {
    const leader = await wide.leader();
    const others = wide.all.filter((one) => one !== leader);
    for (const one of others) await one.stop();
    const [worker, other] = others;
    await worker?.start();
    const pid = worker?.pid ?? 0;
    // Between what it reads and what it writes its first turn signs in: the answer is on its way to a process that does not take it.
    const { sessions } = wide.stack.org.org;
    const { open } = sessions;
    let signIns = 0;
    // A webhook that a stopped process has taken would wait.
    wide.balancer.carryTo([portOf(leader)]);
    sessions.open = (...given) => {
      if ((signIns += 1) === 1) process.kill(pid, 'SIGSTOP');
      return open(...given);
    };
    try {
      const [turn] = await until('it has a turn, and is stopped', async () => {
        if (signIns > 0) return turnsOut();
        editAll();
        return undefined;
      });
      expect(turn && nameHas(turn.process, { pid } as Bridge)).toBe(true);
      await until('it is given up', async () => (await turnsOut()).length === 0, 30_000);
      const city = editAll();
      await allHave(city);
      process.kill(pid, 'SIGCONT');
      await other?.start();
      await allWork();
      await until('it has written nothing', () => story.logged('work_lost') > 0);
      await allHave(city);
    } finally {
      process.kill(pid, 'SIGCONT');
      sessions.open = open;
      wide.balancer.carryTo(wide.all.map(portOf));
    }
    expect(worker?.hasEnded).toBe(false);
  });

  it('lose nothing where the leader is killed while others have turns: the next one has them run again', async () => {
    await allWork();
    const { city } = await workerWithATurn();
    const leader = await wide.leader();
    await leader.kill();
    await until(
      'another one leads',
      async () => {
        for (const one of wide.all) if (one !== leader && (await isLeader(one))) return true;
        return false;
      },
      30_000,
    );
    await allHave(city);
    await leader.start();
  });

  it('finish what they have where one of them is ended, worker or leader: nothing is taken back', async () => {
    await allWork();
    const before = story.logged('turns_taken_back');
    const { worker, city } = await workerWithATurn();
    expect(await worker.stop()).toBe(0);
    await allHave(city);
    await worker.start();
    await allWork();
    const leader = await wide.leader();
    const next = (await workerWithATurn()).city;
    expect(await leader.stop()).toBe(0);
    await allHave(next);
    expect(story.logged('turns_taken_back')).toBe(before);
    await leader.start();
  });
});
