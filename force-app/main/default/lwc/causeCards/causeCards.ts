// What failed or was refused in the last week, a card for each cause: how often, since when, what the bridge says of the latest
// and what to do about it, and the two ways on: see them, or do them again.
import MORE from '@salesforce/label/c.Report_Causes_More';
import NONE from '@salesforce/label/c.Report_Causes_None';
import NONE_HELP from '@salesforce/label/c.Report_Causes_None_Help';
import TITLE from '@salesforce/label/c.Report_Causes_Title';
import NO_REASON from '@salesforce/label/c.Home_Needs_No_Reason';
import ONCE from '@salesforce/label/c.Home_Needs_Once';
import SINCE from '@salesforce/label/c.Home_Needs_Since';
import TIMES from '@salesforce/label/c.Home_Needs_Times';
import REPUSH_ALL from '@salesforce/label/c.Report_Repush_All';
import REPUSH_ONE from '@salesforce/label/c.Report_Repush';
import SEE from '@salesforce/label/c.Report_See';
import { titleOf } from 'c/codes';
import { number } from 'c/format';
import { counted } from 'c/labels';
import type { Cause } from 'c/reportCauses';
import { NO_CODE } from 'c/reportFilter';
import { api, LightningElement } from 'lwc';

const SHOWN = 6;

/** @fires see with a code as detail @fires repush with a code as detail */
export default class CauseCards extends LightningElement {
  @api causes: readonly Cause[] = [];

  all = false;
  labels = { NONE, NONE_HELP, SEE, SINCE, TITLE };

  get cards(): (Cause & Record<'key' | 'times' | 'title' | 'detail' | 'repush', string>)[] {
    return this.causes.slice(0, this.all ? undefined : SHOWN).map((cause) => {
      const title = titleOf(cause.code) ?? cause.reason ?? NO_REASON;
      return {
        ...cause,
        key: cause.code || NO_CODE,
        times: counted(cause.count, ONCE, TIMES, number(cause.count)),
        title,
        detail: cause.reason === title ? '' : (cause.reason ?? ''),
        repush: counted(cause.count, REPUSH_ONE, REPUSH_ALL, number(cause.count)),
      };
    });
  }

  get moreLabel(): string {
    const hidden = this.all ? 0 : this.causes.length - SHOWN;
    return hidden > 0 ? counted(hidden, MORE, MORE, number(hidden)) : '';
  }

  showAll(): void {
    this.all = true;
  }

  see(event: Event): void {
    this.fire('see', event);
  }

  repush(event: Event): void {
    this.fire('repush', event);
  }

  private fire(what: 'see' | 'repush', event: Event): void {
    const { code } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent(what, { detail: code }));
  }
}
