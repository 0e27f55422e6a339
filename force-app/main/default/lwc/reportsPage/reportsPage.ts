// Integration reports: what failed by cause, and every attempt of the bridge beneath, to narrow, to look into and to do again (M27,
// M31). The filter stands in the address, so a view can be kept and passed on.
import TITLE from '@salesforce/label/c.Report_Title';
import { every } from 'c/clock';
import { toPageError, type PageError } from 'c/errors';
import {
  CAUSES_QUERY,
  causesOf,
  reportsOf,
  reportsQuery,
  totalOf,
  type Cause,
  type Place,
  type Report,
} from 'c/reportData';
import { filterOf, NEEDS, parametersOf, stateOf, type ReportFilter } from 'c/reportFilter';
import { isRevisit } from 'c/revisit';
import { gql, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { CurrentPageReference, NavigationMixin, type PageReference } from 'lightning/navigation';
import { LightningElement, wire } from 'lwc';
import { repush } from './repush';

/** Looks so often for new reports, in milliseconds. */
const EVERY = 30_000;
/** Rows of a page. */
const PAGE = 50;

export default class ReportsPage extends NavigationMixin(LightningElement) {
  filter: ReportFilter = {};
  /** Of the pages before this one; the first page has none. */
  places: readonly Place[] = [];
  causes: readonly Cause[] | undefined;
  reports: readonly Report[] | undefined;
  total = 0;
  chosen: readonly string[] = [];
  opened: string | undefined;
  isReading = false;
  labels = { TITLE };
  causesQuery = gql`
    ${CAUSES_QUERY}
  `;
  private reference: PageReference | undefined;
  private causesError: PageError | undefined;
  private reportsError: PageError | undefined;
  private refreshers: { causes?: () => Promise<void>; reports?: () => Promise<void> } = {};
  private stopClock: (() => void) | undefined;
  private isOld = isRevisit('reports');

  @wire(CurrentPageReference)
  arrive(reference: PageReference | undefined): void {
    if (!reference) return;
    this.reference = reference;
    const filter = filterOf(reference.state as Record<string, string | undefined> | undefined);
    if (JSON.stringify(filter) !== JSON.stringify(this.filter)) this.narrow(filter);
  }

  get reportsQuery(): GraphQLDocument {
    return gql`
      ${reportsQuery(this.filter, PAGE + 1, this.places.at(-1))}
    `;
  }

  @wire(graphql, { query: '$causesQuery' })
  readCauses({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.refreshers.causes = refresh;
    this.causesError = errors?.length ? toPageError(errors) : undefined;
    if (data) this.causes = causesOf(data);
  }

  @wire(graphql, { query: '$reportsQuery' })
  readReports({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.refreshers.reports = refresh;
    this.reportsError = errors?.length ? toPageError(errors) : undefined;
    if (!data) return;
    this.isReading = false;
    this.reports = reportsOf(data);
    this.total = totalOf(data);
    if (this.isOld) this.reload();
    this.isOld = false;
  }

  override connectedCallback(): void {
    this.stopClock = every(EVERY, () => this.reload());
  }

  override disconnectedCallback(): void {
    this.stopClock?.();
  }

  get isReady(): boolean {
    return this.causes !== undefined && this.reports !== undefined;
  }

  get error(): PageError | undefined {
    return this.causesError ?? this.reportsError;
  }

  get codes(): string[] {
    return (this.causes ?? []).map(({ code }) => code);
  }

  reload(): void {
    const { causes, reports } = this.refreshers;
    Promise.all([causes?.(), reports?.()]).catch((error: unknown) => {
      this.reportsError = toPageError(error);
    });
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
    this.isReading = this.reports !== undefined;
    this.filter = filter;
    this.places = [];
  }
}
