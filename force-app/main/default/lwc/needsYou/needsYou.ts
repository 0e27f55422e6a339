// What failed or was refused in the last week, by cause in the reader's language: how often, since when, what the bridge says of
// the latest, and the way to their reports on the Reports page.
import ALL from '@salesforce/label/c.Home_Needs_All';
import NO_REASON from '@salesforce/label/c.Home_Needs_No_Reason';
import NONE from '@salesforce/label/c.Home_Needs_None';
import NONE_HELP from '@salesforce/label/c.Home_Needs_None_Help';
import ONCE from '@salesforce/label/c.Home_Needs_Once';
import SINCE from '@salesforce/label/c.Home_Needs_Since';
import TIMES from '@salesforce/label/c.Home_Needs_Times';
import TITLE from '@salesforce/label/c.Home_Needs_Title';
import SEE from '@salesforce/label/c.Report_See';
import { titleOf } from 'c/codes';
import { number } from 'c/format';
import { counted, fill } from 'c/labels';
import { tab } from 'c/navigate';
import type { Cause } from 'c/reportCauses';
import { NEEDS, NO_CODE, stateOf, type ReportFilter } from 'c/reportFilter';
import { NavigationMixin } from 'lightning/navigation';
import { api, LightningElement } from 'lwc';

/** More would be a list, and the list is one press away. */
const MOST_CAUSES = 5;

export default class NeedsYou extends NavigationMixin(LightningElement) {
  @api causes: readonly Cause[] = [];

  labels = { ALL, NONE, NONE_HELP, SEE, SINCE };

  get heading(): string {
    return fill(TITLE, number(this.causes.reduce((sum, { count }) => sum + count, 0)));
  }

  get rows(): (Cause & { key: string; times: string; sentence: string; detail: string | undefined })[] {
    return this.causes.slice(0, MOST_CAUSES).map((cause) => {
      const title = titleOf(cause.code);
      return {
        ...cause,
        key: cause.code || NO_CODE,
        times: counted(cause.count, ONCE, TIMES, number(cause.count)),
        sentence: title ?? cause.reason ?? NO_REASON,
        detail: title && cause.reason,
      };
    });
  }

  see(event: Event): void {
    const { code = NO_CODE } = (event.currentTarget as HTMLElement).dataset;
    this.go({ outcome: NEEDS, code });
  }

  seeAll(): void {
    this.go({ outcome: NEEDS });
  }

  /** To the Reports page, narrowed to what is meant. */
  private go(filter: ReportFilter): void {
    this[NavigationMixin.Navigate]({ ...tab('Sellfire_Reports'), state: stateOf(filter) });
  }
}
