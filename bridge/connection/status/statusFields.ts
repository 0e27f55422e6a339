// Writes the state of one connection as the fields of the heartbeat, which becomes Bridge_Status__c; the checks beside it say what is
// a problem (F1, F3).
import { cutText } from '../../model/text.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import { statusMessages } from './statusMessages.ts';
import { forecast } from '../../sync/forecast.ts';
import type { Snapshot } from './snapshot.ts';
import { isFresh, pollingWords } from './checks.ts';
import { stillDirections, standstill } from './directions.ts';
import { checksOf } from './readiness.ts';

/** Nobody reads more on a page; the others appear once these are solved. */
const LISTED_PROBLEMS = 20;

/** The fields of the heartbeat, in the package's names without the namespace. Each event carries the whole state. */
export function statusFields(
  snapshot: Snapshot,
  about: { connectedAs: string; orgName: string; version: string; processes?: string | undefined },
  now: number,
): SalesforceFields {
  const { changes, polling, counts, apiCalls, budget, connectionProblem, phoneMapped, problems, reconciledAt } =
    snapshot;
  const failing = checksOf(snapshot, now).filter(({ ok }) => !ok);
  const names = failing.map(({ name }) => name);
  const listed = problems.slice(0, LISTED_PROBLEMS);
  const advice = phoneMapped ? '' : 'Nothing syncs until the Sellfire primary phone number is mapped.';
  // A failing check is listed below.
  const notices = [
    budget.tier === 'paused' ? '' : budget.reason,
    polling && isFresh(polling, now) ? pollingWords(polling, changes?.waitUntil, now) : '',
  ];
  return {
    Key__c: 'bridge',
    State__c:
      connectionProblem !== undefined || failing.length + problems.length > 0
        ? 'Problem'
        : phoneMapped
          ? 'Running'
          : 'NotMapped',
    Connected_As__c: cutText(about.connectedAs, 80),
    Bridge_Version__c: about.version,
    Last_Seen_At__c: new Date(now).toISOString(),
    Last_Event_At__c: changes?.lastEventAt === undefined ? null : new Date(changes.lastEventAt).toISOString(),
    Lag_Seconds__c: counts.oldestPendingAt === undefined ? 0 : Math.round((now - counts.oldestPendingAt) / 100) / 10,
    Pending_Changes__c: counts.pending,
    ...pageFields(snapshot, about.orgName, now),
    Messages__c: JSON.stringify(
      statusMessages({ ...snapshot, problems: listed }, names, stillDirections(snapshot, now), now),
    ),
    Api_Used__c: apiCalls?.used ?? null,
    Api_Limit__c: apiCalls?.allowed ?? null,
    Detail__c:
      [
        advice,
        ...notices,
        ...listed.map(({ sentence }) => sentence),
        ...failing.map(({ name, detail }) => `${name}: ${detail}`),
        reconciledAt === undefined
          ? ''
          : `Compared with Salesforce up to ${new Date(reconciledAt).toISOString().slice(0, 16)}Z.`,
        about.processes ?? '',
      ]
        .filter(Boolean)
        .join('\n') || null,
  };
}

const iso = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());

/** The other fields that Home shows: the sync state, both directions, allocations with their forecast (B30), rights and hours. */
function pageFields(snapshot: Snapshot, orgName: string, now: number): SalesforceFields {
  const { sync, hours, lastCarried, rights, allocations, timeZone, reconciledAt, counts } = snapshot;
  const { apiCalls, deliveredEvents, own, allowance, byHour } = allocations;
  const events = hours.map((hour) => hour.events);
  const seconds = (since: number | undefined): number =>
    since === undefined ? 0 : Math.round((now - since) / 100) / 10;
  return {
    Org_Name__c: cutText(orgName, 80),
    Sync_State__c: sync.state,
    Sync_State_By__c: cutText(sync.by, 80) || null,
    Sync_State_At__c: iso(sync.at),
    Last_In_At__c: iso(lastCarried.in),
    Last_Out_At__c: iso(lastCarried.out),
    Lag_In_Seconds__c: seconds(counts.oldestFromSalesforceAt),
    Lag_Out_Seconds__c: seconds(counts.oldestFromSellfireAt),
    Standstill__c: cutText(standstill(snapshot, now) ?? '', 255) || null,
    Events_Used__c: deliveredEvents?.used ?? null,
    Events_Limit__c: deliveredEvents?.allowed ?? null,
    Events_Forecast__c: deliveredEvents ? forecast(deliveredEvents.used, events, now, timeZone) : null,
    Api_Share_Used__c: own,
    Api_Share_Limit__c: allowance ?? null,
    Api_Forecast__c: apiCalls ? forecast(apiCalls.used, byHour, now, timeZone) : null,
    Last_Reconciled_At__c: iso(reconciledAt),
    Rights__c: JSON.stringify(rights),
    Hours__c: JSON.stringify(
      hours.map(({ at, in: inwards, out, refused, failed }) => ({ at: iso(at), in: inwards, out, refused, failed })),
    ),
  };
}
