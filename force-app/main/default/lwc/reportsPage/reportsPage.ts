// Integration reports: what failed by cause, and every attempt of the bridge beneath, to narrow, to look into and to do again (M27,
// M31). The filter stands in the address, so a view can be kept and passed on.
import TITLE from '@salesforce/label/c.Report_Title';
import type { Cause } from 'c/reportCauses';
import type { Place, Report } from 'c/reportData';
import { filterOf, NEEDS, parametersOf, stateOf, type ReportFilter } from 'c/reportFilter';
import { NOTHING_READ, type ReportSources } from 'c/reportSource';
import { CurrentPageReference, NavigationMixin, type PageReference } from 'lightning/navigation';
import { LightningElement, wire } from 'lwc';
import { repush } from './repush';

export default class ReportsPage extends NavigationMixin(LightningElement) {
  filter: ReportFilter = {};
  /** Of the pages before this one; the first page has none. */
  places: readonly Place[] = [];
  sources = NOTHING_READ;
  isReading = false;
  labels = { TITLE };
  private reference: PageReference | undefined;

  @wire(CurrentPageReference)
  arrive(reference: PageReference | undefined): void {
    if (!reference) return;
    this.reference = reference;
    const filter = filterOf(reference.state as Record<string, string | undefined> | undefined);
    if (JSON.stringify(filter) !== JSON.stringify(this.filter)) this.narrow(filter);
  }

  get isReady(): boolean {
    return this.sources.causes !== undefined && this.sources.reports !== undefined;
  }

  get causes(): readonly Cause[] {
    return this.sources.causes ?? [];
  }

  get reports(): readonly Report[] {
    return this.sources.reports ?? [];
  }

  get codes(): string[] {
    return this.causes.map(({ code }) => code);
  }

  handleRead(event: CustomEvent<ReportSources>): void {
    const { reports, error } = event.detail;
    if (reports !== this.sources.reports || error) this.isReading = false;
    this.sources = event.detail;
  }

  reload(): void {
    this.template?.querySelector<HTMLElement & { refresh(): void }>('c-report-source')?.refresh();
  }

  handleFilter(event: CustomEvent<ReportFilter>): void {
    this.go(event.detail);
  }

  seeCause(event: CustomEvent<string>): void {
    this.go({ outcome: NEEDS, code: event.detail });
  }

  async repushCause(event: CustomEvent<string>): Promise<void> {
    await this.repush(parametersOf({ outcome: NEEDS, code: event.detail }));
  }

  async handleRepush(event: CustomEvent<readonly string[]>): Promise<void> {
    await this.repush(event.detail.length > 0 ? { reports: event.detail } : parametersOf(this.filter));
  }

  handlePlaces(event: CustomEvent<readonly Place[]>): void {
    this.isReading = true;
    this.places = event.detail;
  }

  private async repush(parameters: object): Promise<void> {
    if (await repush(parameters)) this.reload();
  }

  /** The address changes, and the page follows it. */
  private go(filter: ReportFilter): void {
    this.narrow(filter);
    if (this.reference) this[NavigationMixin.Navigate]({ ...this.reference, state: stateOf(filter) }, true);
  }

  private narrow(filter: ReportFilter): void {
    this.isReading = this.sources.reports !== undefined;
    this.filter = filter;
    this.places = [];
  }
}
