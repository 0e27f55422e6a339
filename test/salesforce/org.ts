// A Salesforce org in one process: schema, records, users and the listeners to their changes, put together.
// Work on it is synchronous, so transactions never interleave and listeners get commits in the order they happened.
import { createFaults, type Faults } from './faults.ts';
import { idAt, parseId } from './ids.ts';
import type { Automation, Commit, CommitListener, Row, Transaction } from './model.ts';
import { createGrants, type Grants, type OAuthApp } from './oauth/apps.ts';
import { createSessions, type Sessions } from './oauth/sessions.ts';
import { createPackageRecords, type PackageRecords } from './packageRecords.ts';
import { createPersonAccounts, type PersonAccounts } from './personAccounts.ts';
import { createRecords, type Records } from './records.ts';
import { maySetAuditFields } from './auditFields.ts';
import { createAddressPicklists, type AddressPicklists } from './addressPicklists.ts';
import { createAccess, type Access } from './access.ts';
import { createAssignmentRules, type AssignmentRules } from './assignmentRules.ts';
import { createCurrencies, type Currencies } from './currencies.ts';
import { createDuplicateRules, type DuplicateRules } from './duplicateRules.ts';
import { createRecordTypes, type RecordTypes } from './recordTypes.ts';
import { createRecycleBin, type RecycleBin } from './recycleBin.ts';
import { createRowLocks, type RowLocks } from './rowLocks.ts';
import { createRules } from './rules.ts';
import { createSchema, type Schema } from './schema.ts';
import { runQuery, type QueryRun } from './soql.ts';
import { defineStandardObjects } from './standard.ts';
import { openTables, type Tables } from './tables.ts';
import { noAutomation, runTransaction, type TransactionContext } from './transaction.ts';
import { createUsage, type Usage } from './usage.ts';
import { seedUsers, type Users } from './users.ts';
import { createValidation, type Validation } from './validation.ts';
import { instant } from './values.ts';

export interface OrgOptions {
  /** Prefix of the package's components, as in an org where it was installed managed. Default: none. */
  namespace?: string;
  /** 15 or 18 characters; the next one of this process where it is left out. */
  orgId?: string;
  /** Where the records live; default in memory. */
  file?: string;
  /** ms since the epoch. */
  clock?: () => number;
}

export interface Org extends PackageRecords {
  /** 18 characters; another one after a refresh. */
  readonly id: string;
  /** The org itself, where this is the org as one user sees it. */
  readonly whole: Org;
  readonly namespace: string | undefined;
  readonly schema: Schema;
  readonly tables: Tables;
  readonly recycleBin: RecycleBin;
  readonly access: Access;
  readonly validation: Validation;
  readonly duplicates: DuplicateRules;
  readonly assignments: AssignmentRules;
  readonly currencies: Currencies;
  readonly addresses: AddressPicklists;
  readonly persons: PersonAccounts;
  readonly recordTypes: RecordTypes;
  readonly locks: RowLocks;
  readonly users: Users;
  /** Where REST is reached, without a slash at the end; '' until a server listens. */
  url: string;
  /** Where a sign-in says that it is; without it, there. */
  instanceUrl: string | undefined;
  /** The client apps that may sign in. */
  readonly apps: OAuthApp[];
  readonly sessions: Sessions;
  readonly grants: Grants;
  readonly faults: Faults;
  readonly usage: Usage;
  /** Runs inside every transaction; none until it is set. */
  automation: Automation;
  clock(): number;
  /**
   * Runs work as one transaction and calls the listeners after its commit. Synchronous; may not be nested, but
   * listeners may start transactions of their own.
   * @throws whatever the work throws, after everything it did is undone
   */
  transact<T>(context: TransactionContext, work: (transaction: Transaction) => T): T;
  /**
   * Runs work whose calls of `transact` and `publish` all join one transaction, as the parts of a composite request do.
   * @throws whatever the work throws, after everything is undone
   */
  transactTogether<T>(context: TransactionContext, work: () => T): T;
  /** Publishes one platform event outside any other transaction; returns its EventUuid. */
  publish(context: TransactionContext, event: string, fields: Row): string;
  listen(listener: CommitListener): void;
  /** The record as it stands, or undefined where it is deleted or never was. */
  get(object: string, id: string): Row | undefined;
  find(object: string, where: Row, limit?: number): Row[];
  /**
   * Runs SOQL as the newest API version answers it; `all` brings deleted records too. Every user may read everything.
   * @throws PlatformError MALFORMED_QUERY, INVALID_TYPE, INVALID_FIELD …
   */
  query(soql: string, options?: { all?: boolean }): QueryRun;
  /**
   * What refreshing a sandbox does to who is connected: the org has another id at the same address, every session and
   * grant has ended, the event stream begins anew. Records keep their ids, as copies of one production org do.
   */
  refresh(): void;
  close(): void;
}

/** What a request asks of the saves in it. */
const saveOptions = ({
  allowDuplicates = false,
  assigns = false,
}: TransactionContext): Required<Pick<TransactionContext, 'allowDuplicates' | 'assigns'>> => ({
  allowDuplicates,
  assigns,
});

/** Winter '27. */
export const NEWEST_VERSION = '68.0';

/** Orgs of this process so far, each with an id of its own. */
let orgs = 0;
const nextOrgId = (): string => idAt('00D', ++orgs);

export function createOrg(options: OrgOptions = {}): Org {
  const clock = options.clock ?? Date.now;
  const tables = openTables(options.file);
  const schema = createSchema(tables.keyPrefixes);
  schema.onChange({
    defined: (object) => void (object.kind === 'record' && tables.ensure(object)),
    fieldAdded: (object) => void (object.kind === 'record' && tables.ensure(object)),
  });
  const recycleBin = createRecycleBin(tables);
  const access = createAccess(schema, tables);
  const validation = createValidation(schema, tables);
  const duplicates = createDuplicateRules(schema, tables);
  const assignments = createAssignmentRules(() => users.admin.id);
  const recordTypes = createRecordTypes(schema, tables, insertSeed, (object) => records.nextId(object));
  const addresses = createAddressPicklists(schema);
  const persons = createPersonAccounts(schema, recordTypes);
  const locks = createRowLocks(schema);
  const guards = [recordTypes, validation, duplicates];
  const records: Records = createRecords(
    schema,
    tables,
    createRules(schema, tables),
    recycleBin,
    guards,
    assignments,
    recordTypes,
    addresses,
    persons,
  );
  defineStandardObjects(schema);
  const users = seedUsers(records, parseId(options.orgId ?? nextOrgId()), clock(), insertSeed);
  const currencies = createCurrencies(schema, tables, insertSeed, records.nextId);
  // An org opened from a file stays the org that it was.
  let id = String(records.find('Organization', {}, 1)[0]?.['Id']);

  function insertSeed(object: string, row: Row): void {
    const now = instant(clock());
    tables.insert(schema.object(object), {
      CreatedDate: now,
      LastModifiedDate: now,
      SystemModstamp: now,
      ...row,
      IsDeleted: false,
    });
  }

  const mayAudit = (user: string): boolean => maySetAuditFields(access.of(user));
  const listeners: CommitListener[] = [];
  const undelivered: Commit[] = [];
  let delivering = false;
  let busy = false;
  /** The transaction that others join for the time being. */
  let shared: { transaction: Transaction; context: TransactionContext } | undefined;

  /** The commits of a listener's own transactions are delivered after the present one has been delivered to all. */
  function deliver(commits: readonly Commit[]): void {
    undelivered.push(...commits);
    if (delivering) return;
    delivering = true;
    try {
      for (let commit = undelivered.shift(); commit; commit = undelivered.shift()) {
        for (const listener of listeners) listener.committed(commit);
      }
    } finally {
      delivering = false;
    }
  }

  const sessions = createSessions(() => id, clock);
  const usage = createUsage();
  listeners.push({ committed: (commit) => void (usage.publishedEvents.used += commit.events.length) });

  listeners.push({
    committed({ changes }) {
      if (changes.some(({ object }) => object === 'User' || object.startsWith('PermissionSet'))) access.changed();
    },
  });
  // A user who is made inactive is signed out everywhere.
  listeners.push({
    committed(commit) {
      for (const { object, id: user, after } of commit.changes) {
        if (object === 'User' && after['IsActive'] === false) sessions.closeUser(user);
      }
    },
  });

  const org: Org = {
    get id() {
      return id;
    },
    get whole() {
      return org;
    },
    url: '',
    instanceUrl: undefined,
    apps: [],
    sessions,
    grants: createGrants(clock, (grant) => sessions.closeGrant(grant.id)),
    faults: createFaults(),
    usage,
    namespace: options.namespace,
    schema,
    tables,
    recycleBin,
    access,
    ...createPackageRecords({ records, access, insertSeed, adminId: users.admin.id }),
    validation,
    duplicates,
    assignments,
    currencies,
    addresses,
    persons,
    recordTypes,
    locks,
    users,
    automation: noAutomation,
    clock,
    transact(context, work) {
      if (shared) {
        // A part of a composite request says for itself which rules hold for it.
        const { context: whole, transaction } = shared;
        const before = saveOptions(whole);
        Object.assign(whole, saveOptions(context));
        try {
          return work(transaction);
        } finally {
          Object.assign(whole, before);
        }
      }
      if (busy) throw new Error('A transaction is open already: use the one that was handed in.');
      busy = true;
      let outcome;
      try {
        const { automation } = org;
        outcome = runTransaction({ schema, tables, records, automation, locks, clock, mayAudit }, context, work);
      } finally {
        busy = false;
      }
      deliver(outcome.commits);
      if ('error' in outcome.result) throw outcome.result.error;
      return outcome.result.value;
    },
    transactTogether(context, work) {
      const own = { ...context };
      return org.transact(own, (transaction) => {
        shared = { transaction, context: own };
        try {
          return work();
        } finally {
          shared = undefined;
        }
      });
    },
    publish: (context, event, fields) => org.transact(context, (transaction) => transaction.publish(event, fields)),
    listen: (listener) => void listeners.push(listener),
    get: (object, recordId) => records.get(object, recordId),
    find: (object, where, limit = 1_000_000) => records.find(object, where, limit),
    query: (soql, { all = false } = {}) =>
      runQuery(soql, { schema, tables, now: clock(), base: `/services/data/v${NEWEST_VERSION}`, all }),
    refresh() {
      const organization = schema.object('Organization');
      const row = tables.read(organization, id) ?? {};
      tables.erase(organization, id);
      // An org from a file may carry the very id that comes next.
      const old = id;
      while (id === old) id = nextOrgId();
      tables.insert(organization, { ...row, Id: id, IsSandbox: true });
      sessions.expireAll();
      org.grants.clear();
      for (const listener of listeners) listener.refreshed?.();
    },
    close() {
      for (const listener of listeners) listener.closed?.();
      tables.close();
    },
  };
  return org;
}
