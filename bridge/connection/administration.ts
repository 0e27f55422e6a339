// Holds what an admin controls: the sync state, the requests of the org, and the permissions of the connected user that Home shows.
// A query of the open requests finds a request whose event was missed.
import type { SyncState } from '../model/syncState.ts';
import { receiveOpen } from '../requests/received.ts';
import type { RequestContext } from '../requests/request.ts';
import { createRequests, type Requests } from '../requests/runner.ts';
import { every, type Every } from '../lib/every.ts';
import type { OrgInBudget } from './orgInBudget.ts';
import type { Outgoing } from './outgoing.ts';
import type { Attempts } from './retry.ts';
import { createRights, type Rights } from './rights.ts';
import type { StoreMark } from './storeMark.ts';
import { createSyncControl, type ConnectionControl } from './syncControl.ts';

/** The interval of the query of the open requests, which finds those whose event never arrived. */
export const OPEN_REQUESTS_MS = 15 * 60_000;

export interface Administration {
  control: ConnectionControl;
  rights: Rights;
  requests: Requests;
  /** The query of the open requests. The owner starts and stops it. */
  openRequests: Every;
}

type FromRequests = Pick<
  RequestContext,
  'store' | 'connection' | 'config' | 'reload' | 'sellfire' | 'alerts' | 'logger'
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
    ms: OPEN_REQUESTS_MS,
    work: () => attempts.run('open requests are looked for', () => receiveOpen(org.rest, requests, names())),
  });
  return { control, rights, requests, openRequests };
}
