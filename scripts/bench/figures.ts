// What the benchmark prints: a short table for people, one line of JSON for machines, and what both were measured on.
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import type { Store } from './system.ts';

export interface Figures {
  machine: Machine;
  /** What kept the store of the bridge. */
  store: Store;
  /** Linked leads, changes sent one at a time, bursts each way, restarts. */
  n: { leads: number; singles: number; bursts: number; starts: number };
  /** Leads made in Salesforce that came to be in Sellfire, per second. */
  createdPerSecond: number;
  /** The median of the bursts. */
  toSellfirePerSecond: number;
  toSalesforcePerSecond: number;
  toSellfireMs: Spread;
  toSalesforceMs: Spread;
  /** CPU time of the bridge for each change of a burst, its echo and its report included: the same on a busy machine. */
  cpuMsPerChange: { toSellfire: number; toSalesforce: number };
  /** Peak resident memory of the bridge's process; null where the system does not report it. */
  peakMemoryBytes: number | null;
  /** Process start → ready: the first time, which signs in and makes the store; and the median of the others. */
  firstStartMs: number;
  startMs: number;
  /** The bridge's API calls for each changed record in a burst, by the org's count; the worst burst. */
  apiCallsPerRecord: { toSellfire: number; toSalesforce: number };
  /** What the systems beside the bridge can take and give, measured in the same run, per second. */
  bare: { salesforceUpdates: number; sellfireUpdates: number; decodedEvents: number };
  ratios: { toSalesforceToBareUpdates: number; toSellfireToBareUpdates: number; toSellfireToBareSubscriber: number };
}

export interface Spread {
  p50: number;
  p99: number;
  max: number;
}

export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  node: string;
  commit: string;
  /** Over the last minute, before and after. On a machine with other work the figures say as much about that. */
  load: [before: number, after: number];
}

export function describeMachine(before: number): Machine {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    commit: commit(),
    load: [before, loadavg()[0] ?? 0],
  };
}

/** The commit, and whether the files differ from it. */
function commit(): string {
  try {
    const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8', stdio: 'pipe' }).trim();
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'bridge', 'test', 'force-app');
    return git('rev-parse', '--short', 'HEAD') + (changed === '' ? '' : ' (with changes)');
  } catch {
    return 'unknown';
  }
}

export function machineLine({ cpu, cores, memoryGiB, node, commit }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB · Node ${node} · commit ${commit}`;
}

const STORE_NAMES: Readonly<Record<Store, string>> = { sqlite: 'SQLite', postgres: 'PostgreSQL' };

export function table(figures: Figures): string {
  const { machine, n, bare, ratios, apiCallsPerRecord: calls } = figures;
  const whole = (value: number): string => Math.round(value).toLocaleString('en');
  const spread = ({ p50, p99, max }: Spread): string =>
    `p50 ${whole(p50)} ms · p99 ${whole(p99)} ms · max ${whole(max)} ms`;
  const of = (value: number): string => `${Math.round(value * 100)} %`;
  const memory = figures.peakMemoryBytes;
  const rows: [string, string][] = [
    ['Salesforce → Sellfire, burst', `${whole(figures.toSellfirePerSecond)} changes/s`],
    ['Sellfire → Salesforce, burst', `${whole(figures.toSalesforcePerSecond)} changes/s`],
    ['new Leads → Sellfire', `${whole(figures.createdPerSecond)} leads/s`],
    ['Salesforce → Sellfire, one change', spread(figures.toSellfireMs)],
    ['Sellfire → Salesforce, one change', spread(figures.toSalesforceMs)],
    [
      'CPU of the bridge, one change',
      `→ Sellfire ${figures.cpuMsPerChange.toSellfire.toFixed(2)} ms · → Salesforce ${figures.cpuMsPerChange.toSalesforce.toFixed(2)} ms`,
    ],
    ['peak memory of the bridge', memory === null ? 'not reported by this system' : `${whole(memory / 2 ** 20)} MiB`],
    ['start to ready', `${whole(figures.startMs)} ms (the very first: ${whole(figures.firstStartMs)} ms)`],
    ['API calls per record → Sellfire', calls.toSellfire.toFixed(4)],
    ['API calls per record → Salesforce', calls.toSalesforce.toFixed(4)],
    [
      'bare updates of the org',
      `${whole(bare.salesforceUpdates)} records/s; the bridge reaches ${of(ratios.toSalesforceToBareUpdates)}`,
    ],
    [
      'bare updates of Sellfire',
      `${whole(bare.sellfireUpdates)} leads/s; the bridge reaches ${of(ratios.toSellfireToBareUpdates)}`,
    ],
    [
      'bare subscriber',
      `${whole(bare.decodedEvents)} events/s; the bridge reaches ${of(ratios.toSellfireToBareSubscriber)}`,
    ],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    machineLine(machine),
    `load ${machine.load.map((load) => load.toFixed(1)).join(' → ')} · store on ${STORE_NAMES[figures.store]} · ${n.leads} linked leads, ${n.singles} single changes and ${n.bursts} bursts each way, ${n.starts} restarts`,
    '',
    ...rows.map(([name, value]) => `${name.padEnd(width)}   ${value}`),
    '',
  ].join('\n');
}
