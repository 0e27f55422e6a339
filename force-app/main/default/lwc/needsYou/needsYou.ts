// What failed or was refused in the last week, by cause in the reader's language: how often, since when, what the bridge says of
// the latest, and the way to it.
import ALL from '@salesforce/label/c.Home_Needs_All';
import NO_REASON from '@salesforce/label/c.Home_Needs_No_Reason';
import NONE from '@salesforce/label/c.Home_Needs_None';
import NONE_HELP from '@salesforce/label/c.Home_Needs_None_Help';
import ONCE from '@salesforce/label/c.Home_Needs_Once';
import SEE from '@salesforce/label/c.Home_Needs_See';
import SINCE from '@salesforce/label/c.Home_Needs_Since';
import TIMES from '@salesforce/label/c.Home_Needs_Times';
import TITLE from '@salesforce/label/c.Home_Needs_Title';
import { titleOf } from 'c/codes';
import { number } from 'c/format';
import type { Cause } from 'c/homeData';
import { counted, fill } from 'c/labels';
import { list, record } from 'c/navigate';
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

  get rows(): (Cause & { times: string; sentence: string; detail: string | undefined })[] {
    return this.causes.slice(0, MOST_CAUSES).map((cause) => {
      const title = titleOf(cause.code);
      return {
        ...cause,
        times: counted(cause.count, ONCE, TIMES, number(cause.count)),
        sentence: title ?? cause.reason ?? NO_REASON,
        detail: title && cause.reason,
      };
    });
  }

  see(event: Event): void {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    if (id) this[NavigationMixin.Navigate](record(id));
  }

  seeAll(): void {
    this[NavigationMixin.Navigate](list('Integration_Report__c', 'Needs_My_Action'));
  }
}
