// The reports that match: the table with what can be done with it, page by page, and the one that is open beside it.
import LOADING from '@salesforce/label/c.Page_Loading';
import MANY from '@salesforce/label/c.Report_Matching';
import NEWER from '@salesforce/label/c.Report_Newer';
import OLDER from '@salesforce/label/c.Report_Older';
import ONE from '@salesforce/label/c.Report_Matching_One';
import { number } from 'c/format';
import { counted } from 'c/labels';
import type { Place, Report } from 'c/reportData';
import type { ReportFilter } from 'c/reportFilter';
import { api, LightningElement } from 'lwc';
import { choiceOf, type Choice } from './chosen';
import { emptyTexts } from './empty';
import { isLast, placesAfter, placesBefore, rowsOf } from './paging';

/** @fires places with those of the page to show as detail @fires repush with ids; with none for all that match */
export default class ReportList extends LightningElement {
  @api
  get filter(): ReportFilter {
    return this.current;
  }
  set filter(filter: ReportFilter) {
    this.current = filter;
    this.chosen = [];
    this.opened = undefined;
  }
  @api reports: readonly Report[] = [];
  @api total = 0;
  @api places: readonly Place[] = [];
  @api reading = false;

  chosen: readonly string[] = [];
  opened: string | undefined;
  labels = { LOADING, NEWER, OLDER };
  private current: ReportFilter = {};
  private mustFocus = false;

  override renderedCallback(): void {
    if (!this.mustFocus) return;
    this.mustFocus = false;
    this.template?.querySelector<HTMLElement>('c-report-detail')?.focus();
  }

  get rows(): readonly Report[] {
    return rowsOf(this.reports);
  }

  get isEmpty(): boolean {
    return this.reports.length === 0;
  }

  get empty(): { heading: string; message: string } {
    return emptyTexts(this.current);
  }

  get heading(): string {
    return counted(this.total, ONE, MANY, number(this.total));
  }

  get choice(): Choice {
    return choiceOf(this.chosen.length);
  }

  get isNewest(): boolean {
    return this.places.length === 0;
  }

  get isOldest(): boolean {
    return isLast(this.reports);
  }

  older(): void {
    this.fire('places', placesAfter(this.places, this.reports));
  }

  newer(): void {
    this.fire('places', placesBefore(this.places));
  }

  repush(): void {
    this.fire('repush', this.chosen);
  }

  repushOne(event: CustomEvent<string>): void {
    this.fire('repush', [event.detail]);
  }

  choose(event: CustomEvent<readonly string[]>): void {
    this.chosen = event.detail;
  }

  open(event: CustomEvent<string>): void {
    this.opened = event.detail;
    this.mustFocus = true;
  }

  close(): void {
    const id = this.opened ?? '';
    this.opened = undefined;
    this.template?.querySelector<HTMLElement & { focusRow: (id: string) => void }>('c-report-table')?.focusRow(id);
  }

  private fire(what: 'places' | 'repush', detail: unknown): void {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}
