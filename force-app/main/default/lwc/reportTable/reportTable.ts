// Integration reports, newest first: one row each, to open, and to choose for a repush. It shows the page that it is given.
import CHOOSE from '@salesforce/label/c.Report_Choose';
import CHOOSE_ALL from '@salesforce/label/c.Report_Choose_All';
import LEAD from '@salesforce/label/c.Report_Column_Lead';
import OUTCOME from '@salesforce/label/c.Report_Filter_Outcome';
import REASON from '@salesforce/label/c.Report_Column_Reason';
import RECORD from '@salesforce/label/c.Report_Column_Record';
import TABLE from '@salesforce/label/c.Report_Table';
import WHAT from '@salesforce/label/c.Report_Column_What';
import WHEN from '@salesforce/label/c.Report_Column_When';
import { titleOf } from 'c/codes';
import { fill } from 'c/labels';
import type { Report } from 'c/reportData';
import { directionWord, eventWord, OUTCOMES, outcomeWord } from 'c/reportWords';
import { api, LightningElement } from 'lwc';

interface ShownReport extends Report {
  what: string;
  way: string;
  record: string;
  result: string;
  icon: string;
  variant: string;
  why: string;
  isChosen: boolean;
  chooseLabel: string;
  className: string;
  current: string;
}

/** @fires choose with the ids that are chosen as detail @fires open with the id of a report as detail */
export default class ReportTable extends LightningElement {
  @api reports: readonly Report[] = [];
  @api chosen: readonly string[] = [];
  /** Id of the one that is open beside the table. */
  @api opened: string | undefined;

  labels = { CHOOSE_ALL, LEAD, OUTCOME, REASON, RECORD, TABLE, WHAT, WHEN };

  /** Back to the row that was opened, when what it opened is closed. */
  @api
  focusRow(id: string): void {
    this.template?.querySelector<HTMLElement>(`button[data-id="${id}"]`)?.focus();
  }

  get rows(): ShownReport[] {
    return this.reports.map((report) => ({
      ...report,
      what: eventWord(report.event),
      way: directionWord(report.direction),
      record: [report.object, report.recordName || report.recordId].filter((part) => part !== '').join(' · '),
      result: outcomeWord(report.outcome),
      icon: OUTCOMES[report.outcome]?.icon ?? 'utility:info',
      variant: OUTCOMES[report.outcome]?.variant ?? '',
      why: titleOf(report.code) ?? report.reason,
      isChosen: this.chosen.includes(report.id),
      chooseLabel: fill(CHOOSE, report.number),
      className: report.id === this.opened ? 'opened' : '',
      current: report.id === this.opened ? 'true' : 'false',
    }));
  }

  get isAllChosen(): boolean {
    return this.reports.length > 0 && this.reports.every(({ id }) => this.chosen.includes(id));
  }

  choose(event: Event): void {
    const { dataset, checked } = event.currentTarget as HTMLInputElement;
    const others = this.chosen.filter((id) => id !== dataset.id);
    this.fire(checked && dataset.id ? [...others, dataset.id] : others);
  }

  chooseAll(event: Event): void {
    const { checked } = event.currentTarget as HTMLInputElement;
    const mine = this.reports.map(({ id }) => id);
    const others = this.chosen.filter((id) => !mine.includes(id));
    this.fire(checked ? [...others, ...mine] : others);
  }

  open(event: Event): void {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('open', { detail: id }));
  }

  private fire(chosen: string[]): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: chosen }));
  }
}
