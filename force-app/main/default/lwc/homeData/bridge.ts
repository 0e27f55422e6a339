// How the bridge stood at its last heartbeat. What it did not say is undefined, and what is of another version is nothing.
import THE_BRIDGE from '@salesforce/label/c.Home_The_Bridge';
import { messagesOf, wordedAll } from 'c/messages';
import { jsonOf, numberOf, textOf, type Row } from 'c/records';

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
  /** `NotStarted`, `Running`, `Paused`, `StoreLost` or `Disconnected`; undefined where the bridge does not say. */
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

export function bridgeOf(row: Row): Bridge {
  const meter = (used: string, limit: string, forecast: string): Meter => ({
    used: numberOf(row, used),
    limit: numberOf(row, limit),
    forecast: numberOf(row, forecast),
  });
  return {
    state: textOf(row, 'State__c'),
    detail: said(row, 'detail', 'Detail__c'),
    connectedAs: textOf(row, 'Connected_As__c'),
    lastSeenAt: textOf(row, 'Last_Seen_At__c'),
    pending: numberOf(row, 'Pending_Changes__c') ?? 0,
    syncState: textOf(row, 'Sync_State__c'),
    syncStateBy: whoOf(textOf(row, 'Sync_State_By__c')),
    syncStateAt: textOf(row, 'Sync_State_At__c'),
    lastInAt: textOf(row, 'Last_In_At__c'),
    lastOutAt: textOf(row, 'Last_Out_At__c'),
    standstill: said(row, 'standstill', 'Standstill__c'),
    api: meter('Api_Share_Used__c', 'Api_Share_Limit__c', 'Api_Forecast__c'),
    events: meter('Events_Used__c', 'Events_Limit__c', 'Events_Forecast__c'),
    rights: listOf(row, 'Rights__c').map(rightOf),
    hours: listOf(row, 'Hours__c').map(hourOf),
  };
}

/** The name of a user; a setting or the command line is the bridge itself. */
function whoOf(name: string | undefined): string | undefined {
  return name === 'bridge' ? THE_BRIDGE : name;
}

/** In the reader's language; what an older bridge says in its own words. */
function said(row: Row, part: string, field: string): string | undefined {
  const messages = Object(jsonOf(row, 'Messages__c')) as Record<string, unknown>;
  const text = textOf(row, field);
  return text === undefined ? undefined : wordedAll(messagesOf(messages[part]), text);
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
