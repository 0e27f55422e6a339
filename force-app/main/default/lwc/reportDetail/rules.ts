// Which mapping a change came from, by the field that was written, and its rule in words.
import OFF from '@salesforce/label/c.Mapping_Rule_Off';
import SALESFORCE from '@salesforce/label/c.Mapping_Rule_Salesforce';
import SELLFIRE from '@salesforce/label/c.Mapping_Rule_Sellfire';
import TWO_WAY from '@salesforce/label/c.Mapping_Rule_Two_Way';
import type { ShownChange } from 'c/changeList';
import { rowsOf, textOf, type Row } from 'c/records';
import type { Report } from 'c/reportData';
import { changesOf } from './detail';

const RULES: Readonly<Record<string, string>> = {
  SalesforceUnlessBlank: SALESFORCE,
  AlwaysSellfire: SELLFIRE,
  TwoWay: TWO_WAY,
  DoNotSync: OFF,
};

/** The changes of a report with the rules of today's mappings: a mapping that is gone has none. */
export function ruledChanges(data: unknown, report: Report): ShownChange[] {
  const mappings = rowsOf(data, 'Field_Mapping__c');
  return changesOf(data).map((change) => ({ ...change, rule: ruleOf(change.field, report, mappings) }));
}

function ruleOf(field: string, { direction, object }: Report, mappings: readonly Row[]): string {
  const mapping = mappings.find((one) => {
    const written = textOf(one, direction === 'ToSellfire' ? 'Sellfire_Field__c' : 'Salesforce_Field__c');
    return written === field && (object === '' || textOf(one, 'Salesforce_Object__c') === object);
  });
  const rule = textOf(mapping, 'Sync_Rule__c') ?? '';
  return RULES[rule] ?? rule;
}
