// Mapped fields that do not hold the same on both sides: what each side holds, and why nothing levels it now (B16).
import FIELD from '@salesforce/label/c.Report_Change_Field';
import WHY from '@salesforce/label/c.Why_Button';
import CAPTION from '@salesforce/label/c.Why_Differences';
import SALESFORCE from '@salesforce/label/c.Why_Differences_Salesforce';
import SELLFIRE from '@salesforce/label/c.Why_Differences_Sellfire';
import { worded } from 'c/messages';
import { valueWord } from 'c/values';
import type { Difference } from 'c/whyData';
import { api, LightningElement } from 'lwc';

export default class DifferenceList extends LightningElement {
  @api differences: readonly Difference[] = [];

  labels = { CAPTION, FIELD, SALESFORCE, SELLFIRE, WHY };

  get rows(): { key: string; field: string; sellfire: string; salesforce: string; why: string }[] {
    return this.differences.map(({ field, sellfire, salesforce, why }, index) => ({
      key: `${index} ${field}`,
      field,
      sellfire: valueWord(sellfire),
      salesforce: valueWord(salesforce),
      why: worded(why),
    }));
  }
}
