// Field by field, what stood there before and what stands there since, and the rule that decided it.
import AFTER from '@salesforce/label/c.Report_Change_After';
import BEFORE from '@salesforce/label/c.Report_Change_Before';
import EMPTY from '@salesforce/label/c.Report_Change_Empty';
import FIELD from '@salesforce/label/c.Report_Change_Field';
import LIST from '@salesforce/label/c.Report_Changes';
import NO from '@salesforce/label/c.Report_No';
import RULE from '@salesforce/label/c.Report_Change_Rule';
import YES from '@salesforce/label/c.Report_Yes';
import { api, LightningElement } from 'lwc';

export interface ShownChange {
  field: string;
  before: unknown;
  after: unknown;
  /** Already translated; blank where none is known. */
  rule: string;
}

export default class ChangeList extends LightningElement {
  @api changes: readonly ShownChange[] = [];

  labels = { AFTER, BEFORE, FIELD, LIST, RULE };

  get rows(): { key: string; field: string; before: string; after: string; rule: string }[] {
    return this.changes.map(({ field, before, after, rule }, index) => ({
      key: `${index} ${field}`,
      field,
      before: shown(before),
      after: shown(after),
      rule,
    }));
  }
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return EMPTY;
  if (typeof value === 'boolean') return value ? YES : NO;
  if (Array.isArray(value)) return value.length === 0 ? EMPTY : value.map(shown).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number);
}
