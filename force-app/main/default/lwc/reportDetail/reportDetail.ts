// One integration report beside the table: why it ended so, what was written, by which rule, the records on both sides, and the
// way to do it again (M27, M31).
import BOTH from '@salesforce/label/c.Report_Records';
import CLOSE from '@salesforce/label/c.Page_Close';
import LOADING from '@salesforce/label/c.Page_Loading';
import NOTHING from '@salesforce/label/c.Report_Changes_None';
import CHANGES from '@salesforce/label/c.Report_Changes';
import REPUSH from '@salesforce/label/c.Report_Repush';
import GONE from '@salesforce/label/c.Report_Gone';
import type { ShownChange } from 'c/changeList';
import { titleOf } from 'c/codes';
import { toPageError, type PageError } from 'c/errors';
import { exact } from 'c/format';
import { rowsOf, textOf } from 'c/records';
import { ruledChanges } from 'c/reportChanges';
import { reportsOf, type Report } from 'c/reportData';
import { directionWord, eventWord, outcomeWord } from 'c/reportWords';
import { gql, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { api, LightningElement, wire } from 'lwc';
import { detailQuery } from './detail';
import { linksOf, type Link } from './links';

/** @fires close @fires repush with the id of the report as detail */
export default class ReportDetail extends NavigationMixin(LightningElement) {
  @api
  get reportId(): string {
    return this.shownId;
  }
  set reportId(id: string) {
    this.shownId = id;
    this.report = undefined;
    this.isRead = false;
  }

  report: Report | undefined;
  changes: ShownChange[] = [];
  sellfireAddress: string | undefined;
  isRead = false;
  error: PageError | undefined;
  labels = { BOTH, CHANGES, CLOSE, GONE, LOADING, NOTHING, REPUSH };
  private shownId = '';

  get query(): GraphQLDocument {
    return gql`
      ${detailQuery(this.shownId)}
    `;
  }

  @wire(graphql, { query: '$query' })
  read({ data, errors }: GraphQLResult<unknown>): void {
    this.error = errors?.length ? toPageError(errors) : undefined;
    if (!data) return;
    this.isRead = true;
    [this.report] = reportsOf(data);
    const [row] = rowsOf(data, 'Integration_Report__c');
    this.changes = this.report ? ruledChanges(row, this.report, rowsOf(data, 'Field_Mapping__c')) : [];
    this.sellfireAddress = textOf(rowsOf(data, 'Sync_Settings__c')[0], 'Sellfire_Address__c');
  }

  @api
  focus(): void {
    this.template?.querySelector<HTMLElement>('h2')?.focus();
  }

  get isGone(): boolean {
    return this.isRead && this.report === undefined;
  }

  get isLoading(): boolean {
    return !this.isRead && this.error === undefined;
  }

  get heading(): string {
    const { event = '', outcome = '' } = this.report ?? {};
    return this.report ? `${eventWord(event)} · ${outcomeWord(outcome)}` : '';
  }

  get about(): string {
    const { number = '', occurredAt, direction = '' } = this.report ?? {};
    return `${number} · ${exact(occurredAt)} · ${directionWord(direction)}`;
  }

  get cause(): string {
    return titleOf(this.report?.code ?? '') ?? '';
  }

  /** The record, else the lead, that the report is about. */
  get whose(): string {
    return this.report?.recordId || this.report?.leadId || '';
  }

  get links(): Link[] {
    return this.report ? linksOf(this.report, this.sellfireAddress) : [];
  }

  follow(event: Event): void {
    const { key } = (event.currentTarget as HTMLElement).dataset;
    const to = this.links.find((link) => link.key === key)?.to;
    if (to) this[NavigationMixin.Navigate](to);
  }

  repush(): void {
    this.dispatchEvent(new CustomEvent('repush', { detail: this.shownId }));
  }

  close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }

  closeByKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.close();
  }
}
