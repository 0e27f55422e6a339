// Says which processes of the bridge share the database, and which of them leads, without joining them.
import type { Config } from '../config.ts';
import { leadershipWords } from '../leadership/standBy.ts';
import type { Leadership } from '../store/shared.ts';

export interface Status {
  lines: string[];
  /** Whether a process leads. */
  isLed: boolean;
}

/** @throws BridgeError STORE_UNUSABLE */
export async function statusOf({ databaseUrl, databaseFile, leaseMs }: Config): Promise<Status> {
  if (databaseUrl === undefined)
    return { lines: [`The store is the file ${databaseFile}: one process has it. See /health/ready.`], isLed: true };
  const { readLeadership } = await import('../store/postgres/shared.ts');
  const seen = await readLeadership(databaseUrl, leaseMs);
  return {
    lines: [leadershipWords(seen), ...seen.processes.map((one) => lineOf(one, seen))],
    isLed: seen.leader !== undefined,
  };
}

const lineOf = ({ id, version, startedAt }: Leadership['processes'][number], { leader }: Leadership): string =>
  `${id === leader ? 'leads    ' : 'stands by'}  ${id}  version ${version}  since ${new Date(startedAt).toISOString()}`;
