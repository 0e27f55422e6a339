// node scripts/bench/jsforce.ts: what jsforce costs against the bridge's own caller, in one run against one local org. It is the
// measure behind docs/adr/0007-jsforce-off-the-hot-path.md.
//
// The org is a process of its own. It reports records for each second, and for each second of this process's CPU time, which is
// the same on a quiet machine and on a busy one. The ways take turns, round by round, so that no way has the quiet minute.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { jsforceOver } from '../../bridge/salesforce/api/jsforce.ts';
import { fieldsOf, query } from '../../bridge/salesforce/api/query.ts';
import { createRecords } from '../../bridge/salesforce/api/records.ts';
import { createRest } from '../../bridge/salesforce/api/rest.ts';
import { createSession } from '../../bridge/salesforce/auth/session.ts';
import { describeMachine, machineLine } from './figures.ts';
import { median } from './percentile.ts';
import { chunks, COLLECTION, createOrgClient, type Row } from './org.ts';
import { end, firstLine, orgSchema, type OrgAddress } from './system.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Calls in flight: as many as the bridge has. */
const AT_ONCE = 5;
const SOQL = 'SELECT Id, FirstName, LastName, Company, Phone, Title FROM Lead';

const options = new Command('jsforce')
  .description("Measures jsforce against the bridge's own caller.")
  .option('--rounds <number>', 'how often every way is measured, after a round to warm up', wholeNumber, 12)
  .option('--records <number>', 'records that a round updates and reads', wholeNumber, 4_000)
  .parse()
  .opts<{ rounds: number; records: number }>();

interface Rate {
  perSecond: number;
  perCpuSecond: number;
}
/** Does its work once for all records. */
type Ways = Record<string, () => Promise<unknown>>;

const load = loadavg()[0] ?? 0;
const child = spawn(process.execPath, ['test/salesforce/main.ts'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
try {
  await measure(await firstLine(child, orgSchema));
} finally {
  await end(child, 'SIGTERM');
}

async function measure(address: OrgAddress): Promise<void> {
  const client = createOrgClient(address, address.users.integration);
  const session = createSession({
    loginUrl: address.restUrl,
    clientId: address.clientId,
    clientSecret: address.clientSecret,
    grant: {
      kind: 'jwt',
      username: address.users.integration,
      privateKey: readFileSync(address.keyFile, 'utf8'),
    },
  });
  const rest = createRest({ session });
  const records = createRecords(rest);
  const alone = await client.connection();
  const ids = await client.create(leads(options.records));
  let round = 0;
  const changed = (): Row[] => ids.map((Id, index) => ({ Id, Title: `${round}.${index}` }));
  const inCollections = async (update: (rows: Row[]) => Promise<unknown>): Promise<void> => {
    const waiting = chunks(changed(), COLLECTION);
    const worker = async (): Promise<void> => {
      for (let rows = waiting.pop(); rows; rows = waiting.pop()) await update(rows);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  };
  const inTurn = {
    method: 'PATCH',
    path: '/composite/sobjects',
    schema: z.array(z.object({ success: z.literal(true) })),
  } as const;
  const typed = (rows: Row[]): Row[] => rows.map((row) => ({ attributes: { type: 'Lead' }, ...row }));
  const updates: Ways = {
    Rest: () => inCollections((rows) => rest.call({ ...inTurn, body: { allOrNone: false, records: typed(rows) } })),
    'jsforce over Rest': () => inCollections((rows) => jsforceOver(rest).update('Lead', rows as { Id: string }[])),
    'jsforce by itself': () => inCollections((rows) => alone.update('Lead', rows as { Id: string }[])),
    'the bridge, record by record': () =>
      Promise.all(changed().map(({ Id, Title }) => records.update('Lead', String(Id), { Title: String(Title) }))),
  };

  const pageSchema = z.object({
    nextRecordsUrl: z.string().optional(),
    records: z.array(z.looseObject({ Id: z.string() })),
  });
  const pages = async (first: Promise<unknown>, next: (url: string) => Promise<unknown>): Promise<void> => {
    let page = pageSchema.parse(await first);
    for (;;) {
      for (const row of page.records) if (fieldsOf(row)['Id'] === '') throw new Error('A row has no id.');
      if (page.nextRecordsUrl === undefined) return;
      page = pageSchema.parse(await next(page.nextRecordsUrl));
    }
  };
  const get = (path: string): Promise<unknown> => rest.call({ method: 'GET', path, schema: z.unknown() });
  const readings: Ways = {
    Rest: () => pages(get(`/query?q=${encodeURIComponent(SOQL)}`), get),
    'jsforce over Rest': () =>
      pages((async () => jsforceOver(rest).query(SOQL))(), async (url) => jsforceOver(rest).queryMore(url)),
    'jsforce by itself': () => pages((async () => alone.query(SOQL))(), async (url) => alone.queryMore(url)),
    'the bridge, row by row': async () => {
      for await (const row of query(rest, SOQL)) if (row['Id'] === '') throw new Error('A row has no id.');
    },
  };
  const names = [updates, readings].map(
    (ways) => new Map(Object.keys(ways).map((name): [string, Rate[]] => [name, []])),
  );
  for (round = 0; round <= options.rounds; round += 1)
    for (const [index, ways] of [updates, readings].entries())
      for (const [name, way] of turned(Object.entries(ways), round)) {
        const rate = await rateOf(way);
        // The first round is the compiler's.
        if (round > 0) names[index]?.get(name)?.push(rate);
      }
  await Promise.all([client.close(), rest.close()]);
  console.log(machineLine(describeMachine(load)));
  console.log(`${options.rounds} rounds of ${options.records} records, ${AT_ONCE} calls in flight`);
  for (const [index, what] of ['updated in collections of 200', 'read by a query'].entries())
    console.log(table(what, names[index] ?? new Map()));
}

async function rateOf(way: () => Promise<unknown>): Promise<Rate> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await way();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: options.records / seconds, perCpuSecond: (options.records * 1e6) / (user + system) };
}

/** Whoever is first in a round finds the org at another work than the others do: each way is first as often. */
function turned<T>(all: readonly T[], by: number): T[] {
  const from = by % all.length;
  return [...all.slice(from), ...all.slice(0, from)];
}

/** Each way's medians, and their ratio to those of the first way. */
function table(what: string, ways: Map<string, Rate[]>): string {
  const medians = [...ways].map(([name, rates]) => ({
    name,
    perSecond: median(rates.map(({ perSecond }) => perSecond)),
    perCpuSecond: median(rates.map(({ perCpuSecond }) => perCpuSecond)),
  }));
  const [first] = medians;
  const cell = (value: number, of = value): string =>
    `${Math.round(value).toLocaleString('en').padStart(9)} ${(value / of).toFixed(2)}`;
  return [
    '',
    `${what.padEnd(32)}${'/s'.padStart(14)}${'/CPU-s'.padStart(16)}`,
    ...medians.map(
      ({ name, perSecond, perCpuSecond }) =>
        `${name.padEnd(32)}${cell(perSecond, first?.perSecond)}  ${cell(perCpuSecond, first?.perCpuSecond)}`,
    ),
  ].join('\n');
}

function leads(count: number): Row[] {
  return Array.from({ length: count }, (_, index) => ({
    FirstName: 'Bench',
    LastName: `Lead ${index}`,
    Company: `Company ${index}`,
    Phone: `+1312234${String(index).padStart(4, '0')}`,
    Title: `made ${index}`,
  }));
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('A number from 1 to 9999 is expected.');
  return Number(text);
}
