// Which connections a deployment has, with their sealed configurations, and which of its processes live. No two connections have the
// same name, the same Sellfire account or the same org.
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import type { Deployment } from './deployment.ts';
import type { Entry } from './entry.ts';
import { migrate } from './migrations.ts';
import { openFileTables } from './tablesFile.ts';
import { NotUniqueError, type Tables } from './tables.ts';

/** What the process of a connection does, as the process of the deployment that holds it saw it last. */
export type ProcessState = 'starting' | 'running' | 'failed' | 'stopped';

export interface Listed extends Entry {
  addedAt: number;
  org: string | null;
  /** The process of the deployment that held it last. */
  holder: string | null;
  /** Whether that process lives. */
  isHeld: boolean;
  state: ProcessState | null;
  /** Why it is so, in a sentence. */
  detail: string | null;
}

/** A process of the deployment. */
export interface Member {
  id: string;
  /** Where the others reach it. */
  address: string;
}

export interface Registry {
  /** The connections and how they are, by name. */
  list(leaseMs: number): Promise<Listed[]>;
  /** Without its state, which changes often. */
  entries(): Promise<Entry[]>;
  find(name: string): Promise<(Entry & { sealed: string }) | undefined>;
  /** @throws BridgeError CONNECTION_EXISTS, ACCOUNT_CONNECTED; then nothing has changed */
  add(entry: Entry, sealed: string, account: string): Promise<void>;
  /** Gives a connection another configuration. @throws BridgeError CONNECTION_UNKNOWN, ACCOUNT_CONNECTED */
  change(name: string, sealed: string, account: string): Promise<void>;
  /** Seals a configuration anew, where it is still the one that was sealed before. */
  reseal(name: string, from: string, to: string): Promise<void>;
  /** @throws BridgeError ORG_ELSEWHERE, CONNECTION_UNKNOWN */
  claimOrg(name: string, org: string): Promise<void>;
  /** From now on no process runs it. @throws BridgeError CONNECTION_UNKNOWN */
  markRemoving(name: string): Promise<void>;
  /** Removes a connection and its store. */
  remove(entry: Entry): Promise<void>;
  /** Notes what the process of a connection does. */
  show(name: string, holder: string, state: ProcessState, detail: string): Promise<void>;
  /** Shows that this process lives. @returns all that do, this one included */
  beat(member: Member, leaseMs: number): Promise<Member[]>;
  /** This process ends. */
  leave(id: string): Promise<void>;
  close(): Promise<void>;
}

/** Brings its tables up to date. @throws BridgeError STORE_UNUSABLE, STORE_NEWER */
export async function openRegistry({
  databaseUrl,
  dataDir,
}: Pick<Deployment, 'databaseUrl' | 'dataDir'>): Promise<Registry> {
  const tables = databaseUrl === undefined ? openFileTables(dataDir) : await openDatabase(databaseUrl);
  try {
    await migrate(tables);
  } catch (error) {
    await tables.close();
    throw error;
  }
  return registryOn(tables);
}

/** Loaded only where it is used. */
async function openDatabase(url: string): Promise<Tables> {
  const { openPostgresTables } = await import('./tablesPostgres.ts');
  return openPostgresTables(url);
}

type EntryRow = { name: string; route: string; place: string; revision: number; removing: number };
type ListedRow = EntryRow & {
  added_at: number;
  org: string | null;
  holder: string | null;
  held: number;
  state: ProcessState | null;
  detail: string | null;
};

const COLUMNS = 'name, route, place, revision, removing';
const entryOf = ({ name, route, place, revision, removing }: EntryRow): Entry => ({
  name,
  route,
  place,
  revision,
  isRemoving: removing !== 0,
});

const ADD = `INSERT INTO deployed_connection (name, route, place, sealed, account, revision, added_at)
  VALUES (?1, ?2, ?3, ?4, ?5, 1, NOW)`;
const CHANGE = `UPDATE deployed_connection SET sealed = ?2, account = ?3, revision = revision + 1
  WHERE name = ?1 AND removing = 0`;
const BEAT = `INSERT INTO deployment_process (id, address, started_at, seen_at) VALUES (?1, ?2, NOW, NOW)
  ON CONFLICT (id) DO UPDATE SET address = excluded.address, seen_at = excluded.seen_at`;
/** A held connection is one whose process was seen within the lease. */
const LIST = `SELECT ${COLUMNS}, added_at, org, holder, state, detail,
    CASE WHEN holder IN (SELECT id FROM deployment_process WHERE seen_at > NOW - ?1) THEN 1 ELSE 0 END AS held
  FROM deployed_connection ORDER BY name`;
/** ms: then a process that is gone is forgotten. */
const FORGET_MS = 86_400_000;

export function registryOn(tables: Tables): Registry {
  const unknown = (name: string): BridgeError => new BridgeError(explain('CONNECTION_UNKNOWN', { name }));

  /** What keeps a connection from having this name and account. */
  async function conflict(error: unknown, name: string, account: string): Promise<unknown> {
    if (!(error instanceof NotUniqueError)) return error;
    const [same] = await tables.all<{ removing: number }>(
      'SELECT removing FROM deployed_connection WHERE name = ?1 AND account <> ?2',
      name,
      account,
    );
    const [other] = await tables.all<{ name: string; removing: number }>(
      'SELECT name, removing FROM deployed_connection WHERE account = ?1',
      account,
    );
    const found = same ?? (other?.name === name ? other : undefined);
    if (found)
      return new BridgeError(
        explain(found.removing ? 'CONNECTION_EXISTS.removing' : 'CONNECTION_EXISTS.running', { name }),
      );
    return other ? new BridgeError(explain('ACCOUNT_CONNECTED', { other: other.name })) : error;
  }

  return {
    async list(leaseMs) {
      const rows = await tables.all<ListedRow>(LIST, leaseMs);
      return rows.map((row) => ({
        ...entryOf(row),
        addedAt: row.added_at,
        org: row.org,
        holder: row.holder,
        isHeld: row.held !== 0,
        state: row.state,
        detail: row.detail,
      }));
    },
    async entries() {
      return (await tables.all<EntryRow>(`SELECT ${COLUMNS} FROM deployed_connection ORDER BY name`)).map(entryOf);
    },
    async find(name) {
      const [row] = await tables.all<EntryRow & { sealed: string }>(
        `SELECT ${COLUMNS}, sealed FROM deployed_connection WHERE name = ?1`,
        name,
      );
      return row && { ...entryOf(row), sealed: row.sealed };
    },
    async add(entry, sealed, account) {
      const { name, route, place } = entry;
      try {
        await tables.together(async (db) => {
          await db.run(ADD, name, route, place, sealed, account);
          await db.makePlace(place);
        });
      } catch (error) {
        throw await conflict(error, name, account);
      }
    },
    async change(name, sealed, account) {
      let changed;
      try {
        changed = await tables.run(CHANGE, name, sealed, account);
      } catch (error) {
        throw await conflict(error, '', account);
      }
      if (changed === 0) throw unknown(name);
    },
    async reseal(name, from, to) {
      await tables.run('UPDATE deployed_connection SET sealed = ?3 WHERE name = ?1 AND sealed = ?2', name, from, to);
    },
    async claimOrg(name, org) {
      try {
        const claimed = await tables.run(
          'UPDATE deployed_connection SET org = ?2 WHERE name = ?1 AND removing = 0',
          name,
          org,
        );
        if (claimed === 0) throw unknown(name);
      } catch (error) {
        throw error instanceof NotUniqueError ? new BridgeError(explain('ORG_ELSEWHERE', { org })) : error;
      }
    },
    async markRemoving(name) {
      if ((await tables.run('UPDATE deployed_connection SET removing = 1 WHERE name = ?1', name)) === 0)
        throw unknown(name);
    },
    remove: ({ name, route, place }) =>
      tables.together(async (db) => {
        await db.removePlace(place);
        await db.run('DELETE FROM deployed_connection WHERE name = ?1 AND route = ?2', name, route);
      }),
    async show(name, holder, state, detail) {
      await tables.run(
        // Whoever has let it go does not speak for the one that has it now.
        `UPDATE deployed_connection SET holder = ?2, state = ?3, detail = ?4
          WHERE name = ?1 AND (?3 <> 'stopped' OR holder = ?2)`,
        name,
        holder,
        state,
        detail,
      );
    },
    async beat({ id, address }, leaseMs) {
      await tables.run(BEAT, id, address);
      await tables.run('DELETE FROM deployment_process WHERE seen_at < NOW - ?1', FORGET_MS);
      return tables.all<{ id: string; address: string }>(
        'SELECT id, address FROM deployment_process WHERE seen_at > NOW - ?1 ORDER BY id',
        leaseMs,
      );
    },
    leave: async (id) => void (await tables.run('DELETE FROM deployment_process WHERE id = ?1', id)),
    close: () => tables.close(),
  };
}
