// What the Home page shows, read from the answer to its one query. Nothing is guessed: what is not there is undefined.
import { groupsOf, jsonOf, numberOf, rowsOf, textOf, withPrefix, type Row } from 'c/records';
import { HOME_QUERY } from './query';

export interface Meter {
  used: number | undefined;
  limit: number | undefined;
  /** At the end of the org's day. */
  forecast: number | undefined;
}

/** Of the connected user, on one object; `object` is blank for what belongs to none. */
export interface Right {
  object: string;
  missing: readonly string[];
  excess: readonly string[];
}

export interface Hour {
  /** ISO 8601, its beginning. */
  at: string;
  in: number;
  out: number;
  refused: number;
  failed: number;
}

export interface Bridge {
  /** `Running`, `NotMapped` or `Problem`. */
  state: string | undefined;
  detail: string | undefined;
  connectedAs: string | undefined;
  lastSeenAt: string | undefined;
  pending: number;
  /** `NotStarted`, `Running`, `Paused` or `Disconnected`; undefined where the bridge does not say. */
  syncState: string | undefined;
  syncStateBy: string | undefined;
  syncStateAt: string | undefined;
  lastInAt: string | undefined;
  lastOutAt: string | undefined;
  standstill: string | undefined;
  api: Meter;
  events: Meter;
  rights: readonly Right[];
  hours: readonly Hour[];
}

/** Reports that one cause led to. */
export interface Cause {
  code: string;
  count: number;
  since: string | undefined;
  /** The sentence of the latest. */
  reason: string | undefined;
  /** Record id of the latest. */
  latest: string | undefined;
}

export interface HomeData {
  bridge: Bridge | undefined;
  settingsId: string | undefined;
  bridgeAddress: string | undefined;
  pagesActivated: boolean;
  /** Sellfire fields of the set-up that are mapped, by any rule but Do not sync. */
  mapped: ReadonlySet<string>;
  /** Undefined before the first test. */
  testPassed: boolean | undefined;
  causes: readonly Cause[];
}

export const query: string = withPrefix(HOME_QUERY);

export function homeOf(data: unknown): HomeData {
  const [status] = rowsOf(data, 'Bridge_Status__c');
  const [settings] = rowsOf(data, 'Sync_Settings__c');
  const [test] = rowsOf(data, 'Sync_Request__c');
  const mappings = rowsOf(data, 'Field_Mapping__c').filter((row) => row.Sync_Rule__c !== 'DoNotSync');
  return {
    bridge: status && bridgeOf(status),
    settingsId: textOf(settings, 'Id'),
    bridgeAddress: textOf(settings, 'Bridge_Address__c'),
    pagesActivated: settings?.Pages_Activated__c === true,
    mapped: new Set(mappings.map((row) => textOf(row, 'Sellfire_Field__c') ?? '')),
    testPassed: test && passed(test),
    causes: causesOf(groupsOf(data, 'Integration_Report__c'), rowsOf(data, 'Integration_Report__c')),
  };
}

function bridgeOf(row: Row): Bridge {
  const meter = (used: string, limit: string, forecast: string): Meter => ({
    used: numberOf(row, used),
    limit: numberOf(row, limit),
    forecast: numberOf(row, forecast),
  });
  return {
    state: textOf(row, 'State__c'),
    detail: textOf(row, 'Detail__c'),
    connectedAs: textOf(row, 'Connected_As__c'),
    lastSeenAt: textOf(row, 'Last_Seen_At__c'),
    pending: numberOf(row, 'Pending_Changes__c') ?? 0,
    syncState: textOf(row, 'Sync_State__c'),
    syncStateBy: textOf(row, 'Sync_State_By__c'),
    syncStateAt: textOf(row, 'Sync_State_At__c'),
    lastInAt: textOf(row, 'Last_In_At__c'),
    lastOutAt: textOf(row, 'Last_Out_At__c'),
    standstill: textOf(row, 'Standstill__c'),
    api: meter('Api_Share_Used__c', 'Api_Share_Limit__c', 'Api_Forecast__c'),
    events: meter('Events_Used__c', 'Events_Limit__c', 'Events_Forecast__c'),
    rights: listOf(row, 'Rights__c').map(rightOf),
    hours: listOf(row, 'Hours__c').map(hourOf),
  };
}

/** What is no list of objects is none: the bridge may be of another version. */
function listOf(row: Row, name: string): Record<string, unknown>[] {
  const list = jsonOf(row, name);
  return Array.isArray(list) ? list.filter((one) => typeof one === 'object' && one !== null) : [];
}

function rightOf({ object, missing, excess }: Record<string, unknown>): Right {
  const texts = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : []);
  return { object: typeof object === 'string' ? object : '', missing: texts(missing), excess: texts(excess) };
}

function hourOf({ at, ...counts }: Record<string, unknown>): Hour {
  const count = (name: string): number => Number(counts[name] ?? 0) || 0;
  return { at: String(at), in: count('in'), out: count('out'), refused: count('refused'), failed: count('failed') };
}

function passed(test: Row): boolean | undefined {
  const status = textOf(test, 'Status__c');
  if (status === 'Done') return (numberOf(test, 'Failed__c') ?? 0) === 0;
  return status === 'Failed' ? false : undefined;
}

/** The most frequent first. @param reports the latest first */
function causesOf(groups: readonly Row[], reports: readonly Row[]): Cause[] {
  return groups
    .map((group) => {
      const code = textOf(group, 'Code__c') ?? '';
      const latest = reports.find((report) => (textOf(report, 'Code__c') ?? '') === code);
      return {
        code,
        count: numberOf(group.Id as Row | undefined, 'count') ?? 0,
        since: textOf(group.Occurred_At__c as Row | undefined, 'min'),
        reason: textOf(latest, 'Reason__c'),
        latest: textOf(latest, 'Id'),
      };
    })
    .sort((one, other) => other.count - one.count);
}
