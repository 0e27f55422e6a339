// What came of each row of an import or an export: the failed ones with their reasons, all of them as a file or on the Reports page,
// and a new request that tries the failed ones alone.
import CLOSE from '@salesforce/label/c.Page_Close';
import LOADING from '@salesforce/label/c.Page_Loading';
import ALL from '@salesforce/label/c.Rows_All';
import FIRST from '@salesforce/label/c.Rows_First';
import NONE from '@salesforce/label/c.Rows_None';
import REASON from '@salesforce/label/c.Rows_Reason';
import RECORD from '@salesforce/label/c.Rows_Record';
import RETRY from '@salesforce/label/c.Rows_Retry';
import RETRY_HELP from '@salesforce/label/c.Rows_Retry_Help';
import { toPageError, type PageError } from 'c/errors';
import { number } from 'c/format';
import { fill } from 'c/labels';
import { reportsOf, reportsQuery, totalOf, type Report } from 'c/reportData';
import type { ReportFilter } from 'c/reportFilter';
import { tryRequest, type RequestType } from 'c/requests';
import { gql, graphql, type GraphQLResult } from 'lightning/graphql';
import LightningModal from 'lightning/modal';
import { api, wire } from 'lwc';

/** Failed rows that are listed; all of them are in the file. */
const MOST = 50;

/** Closes with the filter of the Reports page where somebody wants to see all rows there. */
export default class RequestRows extends LightningModal {
  @api requestId = '';
  @api type: RequestType = 'Import';

  failed: readonly Report[] | undefined;
  total = 0;
  error: PageError | undefined;
  retried: string | undefined;
  isBusy = false;
  labels = { ALL, CLOSE, LOADING, REASON, RECORD, RETRY, RETRY_HELP };

  get filter(): ReportFilter {
    return { request: this.requestId };
  }

  get query(): unknown {
    return gql`
      ${reportsQuery({ ...this.filter, outcome: 'Failed' }, MOST)}
    `;
  }

  @wire(graphql, { query: '$query' })
  read({ data, errors }: GraphQLResult<unknown>): void {
    this.error = errors?.length ? toPageError(errors) : undefined;
    if (!data) return;
    this.failed = reportsOf(data);
    this.total = totalOf(data);
  }

  get isLoading(): boolean {
    return this.failed === undefined && this.error === undefined;
  }

  get rows(): (Report & { record: string })[] {
    return (this.failed ?? []).map((row) => ({ ...row, record: row.recordName || row.recordId }));
  }

  get sentence(): string {
    if (this.failed === undefined) return '';
    return this.total === 0 ? NONE : fill(FIRST, number(this.failed.length), number(this.total));
  }

  get canRetry(): boolean {
    return this.total > 0 && this.retried === undefined;
  }

  async retry(): Promise<void> {
    this.isBusy = true;
    const { id, error } = await tryRequest(this.type, { retry: this.requestId });
    this.retried = id;
    this.error = error;
    this.isBusy = false;
  }

  see(): void {
    this.close(this.filter);
  }

  leave(): void {
    this.close();
  }
}
