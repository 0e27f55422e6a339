// What was asked of the bridge and came to an end: what, by whom, when, and what came of it, with the way to its record.
import ASKED_BY from '@salesforce/label/c.Requests_Asked_By';
import ASKED_AT from '@salesforce/label/c.Requests_Asked_At';
import FAILED_ONE from '@salesforce/label/c.Requests_Failed_One';
import FAILED_MANY from '@salesforce/label/c.Requests_Failed_Many';
import RESULT from '@salesforce/label/c.Requests_Result';
import ROWS from '@salesforce/label/c.Rows_Show';
import ROWS_TITLE from '@salesforce/label/c.Rows_Title';
import SOMEBODY from '@salesforce/label/c.Home_Somebody';
import WHAT from '@salesforce/label/c.Requests_What';
import COUNTED from '@salesforce/label/c.Requests_Counted';
import DONE from '@salesforce/label/c.Request_Done';
import FAILED from '@salesforce/label/c.Request_Failed';
import STOPPED from '@salesforce/label/c.Request_Stopped';
import { number } from 'c/format';
import { counted, fill } from 'c/labels';
import { record, tab } from 'c/navigate';
import { stateOf } from 'c/reportFilter';
import type { RequestRow } from 'c/requestData';
import RequestRows from 'c/requestRows';
import { NavigationMixin } from 'lightning/navigation';
import { api, LightningElement } from 'lwc';

interface Outcome {
  icon: string;
  variant: string;
  word: string;
}

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  Done: { icon: 'utility:success', variant: 'success', word: DONE },
  Failed: { icon: 'utility:error', variant: 'error', word: FAILED },
  Stopped: { icon: 'utility:stop', variant: '', word: STOPPED },
};

/** Something in it failed, each with a report of its own. */
const DONE_IN_PART = { icon: 'utility:warning', variant: 'warning' };

/** Those that have a row for each record. */
const WITH_ROWS = ['Import', 'ExportSales'];

export default class RequestTable extends NavigationMixin(LightningElement) {
  /** Already translated: what the table is of. */
  @api caption = '';
  @api rows: readonly RequestRow[] = [];

  labels = { ASKED_AT, ASKED_BY, RESULT, ROWS, WHAT };

  get lines(): (RequestRow & {
    outcome: Outcome | undefined;
    by: string;
    words: string;
    failures: string;
    hasRows: boolean;
  })[] {
    return this.rows.map((row) => {
      const outcome = OUTCOMES[row.status];
      return {
        ...row,
        title: row.isCount ? fill(COUNTED, row.title) : row.title,
        outcome: row.status === 'Done' && row.failed > 0 ? { ...DONE_IN_PART, word: DONE } : outcome,
        by: row.askedBy ?? SOMEBODY,
        words: row.result || (outcome?.word ?? ''),
        hasRows: WITH_ROWS.includes(row.type) && !row.isCount,
        failures: row.failed > 0 ? counted(row.failed, FAILED_ONE, FAILED_MANY, number(row.failed)) : '',
      };
    });
  }

  see(event: Event): void {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    if (id) this[NavigationMixin.Navigate](record(id));
  }

  async showRows(event: Event): Promise<void> {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    const row = this.rows.find((one) => one.id === id);
    if (!row) return;
    const label = fill(ROWS_TITLE, row.title);
    const filter = await RequestRows.open({ label, size: 'medium', requestId: row.id, type: row.type });
    if (filter) this[NavigationMixin.Navigate]({ ...tab('Sellfire_Reports'), state: stateOf(filter) });
  }
}
