// A rolling upgrade between two versions of the schema, with real processes: the older version leads until it is stopped, the newer one
// stands by and takes nothing until it leads, and no older one leads after it. Nothing is lost meanwhile.
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { explain } from '../../bridge/model/catalogue/catalogue.ts';
import { Story } from '../e2e/story.ts';
import { mapFields } from '../helpers/mappings.ts';
import { Bridge } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { isLeader, portOf, startProcesses, type Processes } from './processes.ts';

jest.setTimeout(180_000);

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STEP = '9999-later.sql';

/** A copy of the bridge whose schema is a step further. */
function laterVersion(): string {
  const folder = mkdtempSync(join(tmpdir(), 'later-'));
  cpSync(join(ROOT, 'bridge'), join(folder, 'bridge'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(
    join(folder, 'bridge/store/postgres/migrations', STEP),
    "ALTER TABLE inbox ADD COLUMN later TEXT NOT NULL DEFAULT '';",
  );
  return folder;
}

let wide: Processes;
let story: Story;
let older: Bridge;
let newer: Bridge;
const folder = laterVersion();
beforeAll(async () => {
  wide = await startProcesses(2);
  story = new Story(wide.stack);
  await mapFields(wide.stack.admin, wide.stack.prefix);
  const [one, other] = wide.all;
  if (!one || !other) throw new Error('There are two.');
  older = one;
  newer = new Bridge(other.url, wide.stack.logFile, other.env, undefined, folder);
});
afterAll(async () => {
  await newer?.kill();
  await wide?.stop();
  rmSync(folder, { recursive: true });
});

const steps = async (): Promise<unknown[]> =>
  (await wide.ask('SELECT name FROM migration ORDER BY name')).map(({ name }) => name);
const says = (one: Bridge, words: string): Promise<boolean> =>
  until(`it says ${words}`, async () => {
    const { status, text } = await one.readiness();
    return status === 503 && text.includes(words);
  });
const OTHER = explain('STORE_OTHER_VERSION').sentence;
const refusals = (): number =>
  wide.stack.sellfire.webhooks.state().deliveries.filter(({ status }) => status === 503).length;

describe('a newer version with another schema', () => {
  it('stands by beside the older one, which goes on, and takes no webhook: Sellfire sends it again', async () => {
    wide.balancer.carryTo([portOf(older)]);
    await older.start();
    const pair = await story.fromSellfire();
    await story.fromSalesforce();
    newer.launch();
    await says(newer, OTHER);
    expect(await steps()).not.toContain(STEP);
    wide.balancer.carryTo([portOf(newer)]);
    const before = refusals();
    story.edit(pair.lead.id, { city: 'Both versions' });
    await story.update('Lead', pair.id, { Title: 'Both versions' });
    await until('its webhook is refused', () => refusals() > before);
    // The stream of the org is the older one's.
    await story.sellfireHas(pair.lead.id, { title: 'Both versions' });
    expect([await isLeader(older), await isLeader(newer)]).toEqual([true, false]);
    expect(await steps()).not.toContain(STEP);

    // What is edited while nobody leads, or is under way, is not lost either.
    const stopped = older.stop();
    story.edit(pair.lead.id, { business_name: 'At the change' });
    await story.update('Lead', pair.id, { Email: 'at.the.change@example.com' });
    expect(await stopped).toBe(0);
    await until('the newer one leads', () => isLeader(newer), 60_000);
    expect(await steps()).toContain(STEP);
    await story.salesforceHas(pair.id, { City: 'Both versions', Company: 'At the change' }, 60_000);
    await story.sellfireHas(pair.lead.id, { email: 'at.the.change@example.com' }, 60_000);
    await story.fromSellfire();
    await story.fromSalesforce();
    expect(wide.stack.org.org.find('Lead', {})).toHaveLength(4);
    expect([...wide.stack.sellfire.dialer.leads.live()]).toHaveLength(4);
  });

  it('is followed by no older one: that takes nothing while the newer one leads, and ends where nobody does', async () => {
    older.launch();
    await says(older, OTHER);
    const gone = older.ended();
    await newer.kill();
    expect(await gone).toBe(1);
    expect(story.linesOf('lead_taken').length).toBeGreaterThan(0);
    await newer.start();
    await story.fromSellfire();
    await story.fromSalesforce();
  });
});
