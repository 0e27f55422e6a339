// Reads what failed by cause, and a page of the reports that match; shows nothing itself. Promises that new reports stand there by
// themselves, and that whoever comes back to the page is not left with those of before.
import { every } from 'c/clock';
import { toPageError, type PageError } from 'c/errors';
import { CAUSES_QUERY, causesOf, type Cause } from 'c/reportCauses';
import { PAGE, reportsOf, reportsQuery, totalOf, type Place, type Report } from 'c/reportData';
import type { ReportFilter } from 'c/reportFilter';
import { isRevisit } from 'c/revisit';
import { gql, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { api, LightningElement, wire } from 'lwc';

/** What is known so far; undefined before it was read. */
export interface ReportSources {
  causes: readonly Cause[] | undefined;
  /** One more than a page where there is another page. */
  reports: readonly Report[] | undefined;
  /** Reports that match, on all pages together. */
  total: number;
  /** Of the last reading; what was read before stays. */
  error: PageError | undefined;
}

export const NOTHING_READ: ReportSources = { causes: undefined, reports: undefined, total: 0, error: undefined };

type Refresh = (() => Promise<void>) | undefined;

/** Looks so often for new reports, in milliseconds. */
const EVERY = 30_000;

/** @fires read with the whole `ReportSources` */
export default class ReportSource extends LightningElement {
  @api filter: ReportFilter = {};
  /** Of the pages before the one that is read; the first page has none. */
  @api places: readonly Place[] = [];

  readonly causesQuery = gql`
    ${CAUSES_QUERY}
  `;
  private sources = NOTHING_READ;
  private errors: { causes?: PageError | undefined; reports?: PageError | undefined } = {};
  private refreshers: { causes?: Refresh; reports?: Refresh } = {};
  private stopClock: (() => void) | undefined;
  private isOld = false;

  override connectedCallback(): void {
    this.isOld = isRevisit('reports');
    this.stopClock = every(EVERY, () => this.refresh());
  }

  override disconnectedCallback(): void {
    this.stopClock?.();
  }

  get reportsQuery(): GraphQLDocument {
    return gql`
      ${reportsQuery(this.filter, PAGE + 1, this.places.at(-1))}
    `;
  }

  @wire(graphql, { query: '$causesQuery' })
  readCauses({ data, errors, refresh }: GraphQLResult<unknown>): void {
    if (!data && !errors?.length) return;
    this.errors.causes = errors?.length ? toPageError(errors) : undefined;
    this.fire(data ? { causes: causesOf(data) } : {});
    this.arrive('causes', refresh);
  }

  @wire(graphql, { query: '$reportsQuery' })
  readReports({ data, errors, refresh }: GraphQLResult<unknown>): void {
    if (!data && !errors?.length) return;
    this.errors.reports = errors?.length ? toPageError(errors) : undefined;
    this.fire(data ? { reports: reportsOf(data), total: totalOf(data) } : {});
    this.arrive('reports', refresh);
  }

  /** Reads everything anew; what goes wrong comes as `error`. */
  @api
  refresh(): void {
    this.reread('causes');
    this.reread('reports');
  }

  /** Whoever comes back to the page is first given what was read before. */
  private arrive(query: 'causes' | 'reports', refresh: Refresh): void {
    const isFirst = this.refreshers[query] === undefined;
    this.refreshers[query] = refresh;
    if (isFirst && this.isOld) this.reread(query);
  }

  private reread(query: 'causes' | 'reports'): void {
    this.refreshers[query]?.().catch((error: unknown) => {
      this.errors[query] = toPageError(error);
      this.fire({});
    });
  }

  private fire(part: Partial<ReportSources>): void {
    this.sources = { ...this.sources, ...part, error: this.errors.causes ?? this.errors.reports };
    this.dispatchEvent(new CustomEvent('read', { detail: this.sources }));
  }
}
