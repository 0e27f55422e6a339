// Two processes of the bridge on one database: one leads, the other stands by, and takes over whatever becomes of the first. Nothing is
// lost and nothing is done twice.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { run } from '../../bridge/cli.ts';
import { connectLink } from '../../bridge/http/signIn.ts';
import { sendControl } from '../../bridge/http/control.ts';
import { Story } from '../e2e/story.ts';
import { mapFields } from '../helpers/mappings.ts';
import type { Bridge } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Prometheus } from '../monitoring/prometheus.ts';
import { isLeader, portOf, startProcesses, type Processes } from './processes.ts';

jest.setTimeout(120_000);

let wide: Processes;
let story: Story;
beforeAll(async () => {
  wide = await startProcesses(2);
  story = new Story(wide.stack);
  await mapFields(wide.stack.admin, wide.stack.prefix);
  const [first, second] = wide.all;
  await first?.start();
  await second?.start();
});
afterAll(() => wide?.stop());

const answer = async (path: string, of: Bridge): Promise<{ status: number; text: string }> => {
  const response = await fetch(`${of.url}${path}`, { redirect: 'manual' });
  return { status: response.status, text: await response.text() };
};

async function worksBothWays(): Promise<void> {
  await story.fromSalesforce();
  await story.fromSellfire();
}

/** Every lead that is in both systems is there once. */
async function nothingDoubled(): Promise<void> {
  const rows = await story.query('SELECT Id FROM Lead');
  expect([...wide.stack.sellfire.dialer.leads.live()]).toHaveLength(rows.length);
}

describe('two processes on one database', () => {
  it('one leads and the other stands by, and each says so to whoever asks', async () => {
    const leader = await wide.leader();
    const standBy = await wide.standBy();
    await worksBothWays();
    for (const one of [leader, standBy])
      await until('both see each other', async () => {
        const { status, text } = await one.readiness();
        return status === 200 && text.includes('leads with the fencing token 1; 1 stands by (');
      });
    expect((await answer('/metrics', leader)).text).toMatch(/^leadership_held 1$/m);
    expect((await answer('/metrics', standBy)).text).toMatch(/^leadership_held 0\n[^]*^standby_processes 1$/m);
    expect((await answer('/health/live', standBy)).status).toBe(200);
    await until('the org shows it', async () => {
      const [row] = await story.query('SELECT @Detail__c FROM @Bridge_Status__c');
      return String(row?.[`${wide.stack.prefix}Detail__c`]).includes('leads with the fencing token 1; ');
    });
    const said: string[] = [];
    const say = (text: string): void => void said.push(text);
    expect(await run(['status'], { env: leader.env, out: say, err: say })).toBe(0);
    expect(said.join('')).toMatch(/^leads {6}\S+ {2}version .+\nstands by {2}\S+/m);
    // The link stays good for the process that leads.
    const secret = leader.env['SELLFIRE_WEBHOOK_SECRET'] ?? '';
    const link = new URL(connectLink(standBy.url, secret));
    const there = await fetch(link);
    expect([there.status, there.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await there.text()).toContain('another one leads');
    expect((await answer(link.pathname + link.search, leader)).status).toBe(302);
    const orgId = String((await wide.ask('SELECT id FROM connection'))[0]?.['id']);
    const control = await sendControl(standBy.url, secret, orgId, 'Paused');
    expect([control.status, control.headers.get('retry-after')]).toEqual([503, '5']);
  });

  it('webhooks that come to the one that stands by are stored before they are answered, and worked on by the other at once', async () => {
    const standBy = await wide.standBy();
    wide.balancer.carryTo([portOf(standBy)]);
    const { id, lead } = await story.fromSellfire();
    wide.stack.sellfire.desk.editLead(lead.id, { city: 'Bergen' });
    await story.salesforceHas(id, { City: 'Bergen' });
    const [row] = await wide.ask("SELECT count(*)::int AS events FROM inbox WHERE source = 'sellfire'");
    expect(row?.['events']).toBeGreaterThan(0);
    expect((await answer('/metrics', standBy)).text).toMatch(
      /events_total\{.*source="sellfire",result="stored"\} [1-9]/,
    );
    wide.balancer.carryTo(wide.all.map(portOf));
  });

  it('a lead that is given back at a stop is taken by the other one', async () => {
    const leader = await wide.leader();
    const standBy = await wide.standBy();
    await leader.stop();
    await until('the other one leads', () => isLeader(standBy));
    await worksBothWays();
    await leader.start();
    expect(await isLeader(leader)).toBe(false);
  });

  it('a leader that is killed is followed within the lease, by what came to the other one meanwhile too', async () => {
    const leader = await wide.leader();
    const standBy = await wide.standBy();
    const { lead } = await story.fromSellfire();
    await leader.kill();
    wide.balancer.carryTo([portOf(standBy)]);
    wide.stack.sellfire.desk.editLead(lead.id, { title: 'Nobody leads' });
    await until(
      'what came is stored while nobody leads',
      async () =>
        (await wide.ask("SELECT 1 FROM inbox WHERE state = 'pending' AND change LIKE '%Nobody leads%'")).length > 0 ||
        (await isLeader(standBy)),
    );
    await until('the other one leads', () => isLeader(standBy), 15_000);
    await until('it is worked on', () => wide.stack.org.org.find('Lead', { Title: 'Nobody leads' }).length === 1);
    await leader.start();
    wide.balancer.carryTo(wide.all.map(portOf));
    await worksBothWays();
    await nothingDoubled();
  });

  it('a leader that was stopped past its lease writes nothing when it goes on: it ends, and the other one has the lead', async () => {
    const leader = await wide.leader();
    const standBy = await wide.standBy();
    const pairs = [await story.fromSellfire(), await story.fromSalesforce()];
    // In the middle of what it does for them.
    for (const { lead } of pairs) wide.stack.sellfire.desk.editLead(lead.id, { city: 'Under way' });
    process.kill(leader.pid ?? 0, 'SIGSTOP');
    wide.balancer.carryTo([portOf(standBy)]);
    await until('the other one leads', () => isLeader(standBy), 15_000);
    for (const { lead } of pairs) wide.stack.sellfire.desk.editLead(lead.id, { city: 'Later' });
    for (const { id } of pairs) await story.salesforceHas(id, { City: 'Later' });
    const [written] = await wide.ask('SELECT token, process FROM leadership');
    const gone = leader.ended();
    process.kill(leader.pid ?? 0, 'SIGCONT');
    expect(await gone).toBe(1);
    expect(await wide.ask('SELECT token, process FROM leadership')).toEqual([written]);
    expect(await isLeader(standBy)).toBe(true);
    for (const { id } of pairs) await story.salesforceHas(id, { City: 'Later' });
    await leader.start();
    wide.balancer.carryTo(wide.all.map(portOf));
    await worksBothWays();
    await nothingDoubled();
  });

  it('a restart of the database, and the end of all connections to it, leave one leader and lose nothing', async () => {
    const { id, lead } = await story.fromSellfire();
    for (const [round, break_] of [
      ['restarted', () => wide.postgres.restart()],
      ['cut', () => wide.postgres.cutConnections()],
    ] as const) {
      wide.stack.sellfire.desk.editLead(lead.id, { city: round });
      await story.update('Lead', id, { Title: round });
      await break_();
      await story.salesforceHas(id, { City: round }, 60_000);
      await story.sellfireHas(lead.id, { title: round }, 60_000);
      await wide.leader();
      await wide.standBy();
    }
    await nothingDoubled();
  });

  it('that both have lost their database lead no more: NoLeader and ScrapeFails hold until it is back', async () => {
    const prometheus = new Prometheus();
    const scrape = async (): Promise<void> => {
      for (const { url } of wide.all) await prometheus.scrape(url);
    };
    await scrape();
    expect([prometheus.holds('NoLeader'), prometheus.holds('ScrapeFails')]).toEqual([[], []]);
    await wide.postgres.away(() =>
      until('no process leads, and the one that has led cannot measure', async () => {
        await scrape();
        return prometheus.holds('NoLeader').length > 0 && prometheus.holds('ScrapeFails').length > 0;
      }).then(() => undefined),
    );
    await until('one leads again', async () => {
      await scrape();
      return prometheus.holds('NoLeader').length === 0;
    });
    await worksBothWays();
  });
});
