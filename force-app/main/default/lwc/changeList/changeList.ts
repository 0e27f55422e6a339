// Field by field, what stood there before and what stands there since, and the rule that decided it.
import AFTER from '@salesforce/label/c.Report_Change_After';
import BEFORE from '@salesforce/label/c.Report_Change_Before';
import FIELD from '@salesforce/label/c.Report_Change_Field';
import LIST from '@salesforce/label/c.Report_Changes';
import RULE from '@salesforce/label/c.Report_Change_Rule';
import { valueWord } from 'c/values';
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
      before: valueWord(before),
      after: valueWord(after),
      rule,
    }));
  }
}
