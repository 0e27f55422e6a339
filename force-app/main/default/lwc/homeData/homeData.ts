// What the Home page shows, read from the answer to its one query. Nothing is guessed: what is not there is undefined.
import { numberOf, rowsOf, textOf, withPrefix, type Row } from 'c/records';
import { causesOf, type Cause } from 'c/reportCauses';
import { bridgeOf, type Bridge } from './bridge';
import { HOME_QUERY } from './query';

export type { Bridge, Hour, Meter, Right } from './bridge';

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
    causes: causesOf(data),
  };
}

function passed(test: Row): boolean | undefined {
  const status = textOf(test, 'Status__c');
  if (status === 'Done') return (numberOf(test, 'Failed__c') ?? 0) === 0;
  return status === 'Failed' ? false : undefined;
}
