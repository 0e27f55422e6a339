// Holds what an admin controls: the sync state, the requests of the org, and the permissions of the connected user that Home shows.
// An event of a request names its record, which is read then; a query of the open requests finds one whose event was missed.
import type { Report } from '../model/report.ts';
import type { SyncState } from '../model/syncState.ts';
import { receiveOpen } from '../requests/received.ts';
import type { RequestContext } from '../requests/request.ts';
import { createRequests, type Requests } from '../requests/runner.ts';
import { every, type Every } from '../lib/every.ts';
import { coalesced } from '../lib/singleFlight.ts';
import { systemTimer } from '../lib/timer.ts';
import { createKnownSigns } from './driftSigns.ts';
import type { OrgInBudget } from './orgInBudget.ts';
import type { Outgoing } from './outgoing.ts';
import type { Attempts } from './retry.ts';
import { createRights, type Rights } from './rights.ts';
import type { StoreMark } from './storeMark.ts';
import { createSyncControl, type ConnectionControl } from './syncControl.ts';

/** The interval of the query of the open requests, which finds those whose event never arrived. */
export const OPEN_REQUESTS_MS = 15 * 60_000;
/** That interval while no event arrives: an admin who pressed a button waits for it. One API call each. */
export const CUT_REQUESTS_MS = 60_000;

/** The interval of the reads of the rights: some four API calls each, and a refusal is a sign of a right that is lost. */
const RIGHTS_MS = 60 * 60_000;
/** Codes with which Salesforce refuses a record to a user who lacks a right. */
const RIGHT_CODES = ['INSUFFICIENT_ACCESS', 'INSUFFICIENT_ACCESS_OR_READONLY', 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY'];

/** A query has room for more; a burst of more comes in parts. */
const IDS_PER_QUERY = 200;

export interface Administration {
  control: ConnectionControl;
  rights: Rights;
  requests: Requests;
  /** The query of the open requests. The owner starts and stops it. */
  openRequests: Every;
  /** The reads of the rights. The owner starts and stops them. */
  rightsReads: Every;
  /** Reads the rights where a report row shows that one is lost. */
  onReports: (reports: readonly Report[]) => void;
  /** Reads the requests with these ids soon; all that are open where one is not known. */
  onRequests: (ids: readonly (string | undefined)[]) => void;
}

type FromRequests = Pick<
  RequestContext,
  'store' | 'connection' | 'config' | 'reload' | 'sellfire' | 'alerts' | 'logger' | 'timer'
>;

export interface AdministrationOptions extends FromRequests {
  org: OrgInBudget;
  outgoing: Outgoing;
  attempts: Attempts;
  storeMark: StoreMark;
  /** The connected user. */
  userId: string;
  /** The sync state of the previous run, or that of a new connection. */
  initial: SyncState;
  /** Publishes the state of the bridge to the org. Never rejects. */
  publish: () => Promise<void>;
  /** Whether the events of requests arrive; where they do not, open requests are looked for every minute. */
  requestsArrive: () => boolean;
  /** Called after an admin has started or resumed the sync. */
  onRunning: () => void;
  /** Called after the result of the request to disconnect is written: nothing can be published once the token is revoked. */
  onDisconnected: () => void;
}

export function createAdministration(options: AdministrationOptions): Administration {
  const { org, outgoing, attempts, onRunning, onDisconnected, ...common } = options;
  const { scheduler, peers, peersFor } = outgoing;
  const { canWait, pubsub } = org;
  const names = (): ReturnType<typeof common.config>['names'] => common.config().names;
  const rights = createRights({ ...common, rest: canWait });
  const control = createSyncControl({
    ...common,
    scheduler,
    rights,
    suspendRequests: () => requests.hold(),
    onRunning() {
      openRequests.within(0);
      onRunning();
    },
    onDisconnected: () => void requests.idle().then(onDisconnected),
  });
  const { missingSince } = common.storeMark;
  const context = { ...common, rest: canWait, peers, peersFor, control, missingSince, wake: scheduler.wake };
  const requests = createRequests(context, pubsub, names);
  const openRequests = every({
    ms: () => (options.requestsArrive() ? OPEN_REQUESTS_MS : CUT_REQUESTS_MS),
    work: () => attempts.run('open requests are looked for', () => receiveOpen(org.rest, requests, names())),
    ...(options.timer ? { timer: options.timer } : {}),
  });
  const rightsReads = every({
    ms: RIGHTS_MS,
    work: () => attempts.run('the rights of the connected user are read', control.readRights),
    ...(options.timer ? { timer: options.timer } : {}),
  });
  const signs = createKnownSigns(options.timer ?? systemTimer);
  const onReports = (reports: readonly Report[]): void => {
    const found = reports.filter(({ code }) => RIGHT_CODES.includes(code));
    if (found.filter(({ code, salesforceObject }) => signs.isNew(`${code} ${salesforceObject}`)).length > 0)
      void rightsReads.run();
  };
  const named = new Set<string>();
  const readNamed = coalesced(async () => {
    const ids = [...named].slice(0, IDS_PER_QUERY);
    if (ids.length === 0) return;
    // One that is named again meanwhile is read again.
    for (const id of ids) named.delete(id);
    await attempts.run('requests are read', () => receiveOpen(org.rest, requests, names(), ids));
    if (named.size > 0) void readNamed();
  });
  const onRequests = (ids: readonly (string | undefined)[]): void => {
    for (const id of ids) if (id !== undefined) named.add(id);
    void readNamed();
    if (ids.includes(undefined)) void openRequests.run();
  };
  return { control, rights, requests, openRequests, rightsReads, onReports, onRequests };
}
