// What needs somebody on the Reps page: active reps without a Salesforce user that can own records, with where the match is set, and
// the owners that Sellfire did not accept, with the way to their reports.
import REFUSED_MANY from '@salesforce/label/c.Reps_Refused_Many';
import REFUSED_ONE from '@salesforce/label/c.Reps_Refused_One';
import SEE from '@salesforce/label/c.Report_See';
import MATCHED from '@salesforce/label/c.Reps_Matched';
import HELP from '@salesforce/label/c.Reps_Unmatched_Help';
import MANY from '@salesforce/label/c.Reps_Unmatched_Many';
import ONE from '@salesforce/label/c.Reps_Unmatched_One';
import { number } from 'c/format';
import { counted } from 'c/labels';
import { tab } from 'c/navigate';
import { REFUSED, type MatchedRep } from 'c/repData';
import { NEEDS, stateOf } from 'c/reportFilter';
import { NavigationMixin } from 'lightning/navigation';
import { api, LightningElement } from 'lwc';

export default class RepNotices extends NavigationMixin(LightningElement) {
  @api reps: readonly MatchedRep[] = [];
  /** Changes of owner that were refused in the last 7 days. */
  @api refused = 0;

  labels = { HELP, SEE };

  get unmatched(): number {
    return this.reps.filter(({ problem }) => problem !== undefined).length;
  }

  get icon(): { name: string; variant: string } {
    return this.unmatched > 0
      ? { name: 'utility:warning', variant: 'warning' }
      : { name: 'utility:success', variant: 'success' };
  }

  get sentence(): string {
    return this.unmatched > 0 ? counted(this.unmatched, ONE, MANY, number(this.unmatched)) : MATCHED;
  }

  get refusals(): string {
    return this.refused > 0 ? counted(this.refused, REFUSED_ONE, REFUSED_MANY, number(this.refused)) : '';
  }

  see(): void {
    this[NavigationMixin.Navigate]({ ...tab('Sellfire_Reports'), state: stateOf({ outcome: NEEDS, code: REFUSED }) });
  }
}
