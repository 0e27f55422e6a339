// The record type that the settings give new records of an object (B15): in words where no new record of the connected user can have
// it, before Salesforce refuses the first.
import { explain } from './catalogue/catalogue.ts';
import type { Explanation } from './catalogue/entry.ts';
import type { SalesforceObject } from './salesforce.ts';
import type { Settings } from './settings.ts';

export const RECORD_TYPE_FIELD = 'RecordTypeId';

/** What the settings name, by object; blank is the default of the connected user. */
export const wantedRecordTypes = (settings: Settings): Readonly<Record<string, string>> => ({
  Lead: settings.leadRecordType,
  Contact: settings.contactRecordType,
  Account: settings.accountRecordType,
  Opportunity: settings.opportunityRecordType,
});

/** Why no new record of the object can have the record type of the settings; undefined where it can, or where they name none. */
export function recordTypeProblem(
  objects: Readonly<Record<string, SalesforceObject>>,
  object: string,
): Explanation | undefined {
  const problem = objects[object]?.recordTypeProblem;
  if (!problem) return undefined;
  const { wanted, why, available } = problem;
  const types = available.length > 0 ? available.join(', ') : '–';
  const values = { object, wanted, types };
  switch (why) {
    case 'unknown':
      return explain('RECORD_TYPE_UNAVAILABLE.unknown', values);
    case 'inactive':
      return explain('RECORD_TYPE_UNAVAILABLE.inactive', values);
    case 'unavailable':
      return explain('RECORD_TYPE_UNAVAILABLE.unavailable', values);
    case 'person':
      return explain('RECORD_TYPE_UNAVAILABLE.person', values);
  }
}
