// What a report says was written, field by field, and which mapping each change came from: by the field that was written, with its
// rule in words.
import OFF from '@salesforce/label/c.Mapping_Rule_Off';
import SALESFORCE from '@salesforce/label/c.Mapping_Rule_Salesforce';
import SELLFIRE from '@salesforce/label/c.Mapping_Rule_Sellfire';
import TWO_WAY from '@salesforce/label/c.Mapping_Rule_Two_Way';
import type { Editor, ShownChange } from 'c/changeList';
import { jsonOf, textOf, type Row } from 'c/records';
import type { Report } from 'c/reportData';

export interface Change {
  field: string;
  before: unknown;
  after: unknown;
  by?: Editor;
}

/** Of a mapping, to find its rule by; without namespace. */
export const MAPPING_COLUMNS =
  'Id Sellfire_Field__c { value } Salesforce_Object__c { value } Salesforce_Field__c { value } Sync_Rule__c { value }';

const RULES: Readonly<Record<string, string>> = {
  SalesforceUnlessBlank: SALESFORCE,
  AlwaysSellfire: SELLFIRE,
  TwoWay: TWO_WAY,
  DoNotSync: OFF,
};

/** Field by field, as the bridge wrote it; none where nothing was written. @param row of the report */
export function changesOf(row: Row | undefined): Change[] {
  const changes = jsonOf(row, 'Changes__c');
  return Array.isArray(changes)
    ? changes.map((change: unknown) => {
        const { field, before, after, by } = Object(change) as Record<string, unknown>;
        return { field: String(field), before, after, ...editorOf(by) };
      })
    : [];
}

function editorOf(by: unknown): { by?: Editor } {
  const { side, id } = Object(by) as Record<string, unknown>;
  return (side === 'salesforce' || side === 'sellfire') && typeof id === 'string' ? { by: { side, id } } : {};
}

/** The changes of a report with the rules of today's mappings: a mapping that is gone has none. */
export function ruledChanges(row: Row | undefined, report: Report, mappings: readonly Row[]): ShownChange[] {
  return changesOf(row).map((change) => ({ ...change, rule: ruleOf(change.field, report, mappings) }));
}

function ruleOf(field: string, { direction, object }: Report, mappings: readonly Row[]): string {
  const mapping = mappings.find((one) => {
    const written = textOf(one, direction === 'ToSellfire' ? 'Sellfire_Field__c' : 'Salesforce_Field__c');
    return written === field && (object === '' || textOf(one, 'Salesforce_Object__c') === object);
  });
  const rule = textOf(mapping, 'Sync_Rule__c') ?? '';
  return RULES[rule] ?? rule;
}
