// What changed and what was deleted in a span of time: the answers of `/updated`, `/deleted`, getUpdated and getDeleted.
// Source: REST API Developer Guide, "sObject Get Deleted", "sObject Get Updated"; SOAP API, "getDeleted()", "getUpdated()".
import { PlatformError, type ObjectDef } from './model.ts';
import type { Org } from './org.ts';

export interface ChangedBetween {
  updated(): { ids: string[]; latestDateCovered: string };
  /** Also of what is in the recycle bin no more. */
  deleted(): {
    deletedRecords: { id: string; deletedDate: string }[];
    earliestDateAvailable: string;
    latestDateCovered: string;
  };
}

/** Data replication reaches back 30 days. */
const REACH_MS = 30 * 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;

/**
 * Both times are dates with time and zone; seconds are cut off.
 * @throws PlatformError INVALID_REPLICATION_DATE
 */
export function changedBetween(org: Org, object: ObjectDef, startDate: string, endDate: string): ChangedBetween {
  const start = minute('start', startDate);
  const end = minute('end', endDate);
  if (start >= end) throw invalid('endDate before startDate, or in the same minute');
  if (start < org.clock() - REACH_MS) throw invalid('startDate before org replication enabled date');
  const [from, to] = [new Date(start).toISOString(), new Date(end).toISOString()];
  const latestDateCovered = zoned(to);

  function stamped(deleted: boolean): { id: string; at: string }[] {
    const soql = `SELECT Id, SystemModstamp FROM ${object.name} WHERE IsDeleted = ${String(deleted)} AND SystemModstamp >= ${from} AND SystemModstamp < ${to}`;
    const { records } = org.query(soql, { all: true });
    return records.map((record) => ({ id: String(record['Id']), at: String(record['SystemModstamp']) }));
  }

  return {
    updated: () => ({ ids: stamped(false).map(({ id }) => id), latestDateCovered }),
    deleted() {
      const binned = stamped(true).map(({ id, at }) => ({ deletedDate: at, id }));
      const gone = org.recycleBin.gone(object.name, from, to);
      return {
        deletedRecords: [...binned, ...gone.map(({ id, deletedDate }) => ({ deletedDate: zoned(deletedDate), id }))],
        earliestDateAvailable: zoned(String(org.get('Organization', org.id)?.['CreatedDate'])),
        latestDateCovered,
      };
    },
  };
}

function minute(name: 'start' | 'end', text: string): number {
  // A plus sign that was not escaped in a URL arrives as a blank.
  const at = Date.parse(text.replace(' ', '+'));
  if (Number.isNaN(at)) throw invalid(`${name}Date is not a date and time`);
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

function zoned(iso: string): string {
  return iso.replace(/Z$/, '+0000');
}

function invalid(message: string): PlatformError {
  return new PlatformError('INVALID_REPLICATION_DATE', message);
}
