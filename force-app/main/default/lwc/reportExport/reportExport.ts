// Exports the reports that match as a CSV file: reads page after page, shows how far it is, and hands the file to the browser.
import CANCEL from '@salesforce/label/c.Page_Cancel';
import EXPORT from '@salesforce/label/c.Report_Export';
import EXPORTING from '@salesforce/label/c.Report_Exporting';
import LIMIT from '@salesforce/label/c.Report_Export_Limit';
import { download } from 'c/csv';
import { toPageError, type PageError } from 'c/errors';
import { number } from 'c/format';
import { fill } from 'c/labels';
import { reportsOf, reportsQuery, type Place, type Report } from 'c/reportData';
import type { ReportFilter } from 'c/reportFilter';
import { gql, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { api, LightningElement, wire } from 'lwc';
import { rowsOf } from './rows';

/** Rows of one query (GraphQL API, "Query Limitations"). */
const PAGE = 2_000;
/** What a browser holds with ease; further rows are for a filter, or for Salesforce's own reports. */
const MOST = 20_000;

export default class ReportExport extends LightningElement {
  @api filter: ReportFilter = {};

  error: PageError | undefined;
  isLimited = false;
  labels = { CANCEL, EXPORT };
  query: GraphQLDocument | undefined;
  rows: Report[] = [];

  @wire(graphql, { query: '$query' })
  read({ data, errors }: GraphQLResult<unknown>): void {
    if (!this.query) return;
    if (errors?.length) {
      this.error = toPageError(errors);
      this.query = undefined;
      return;
    }
    if (!data) return;
    const page = reportsOf(data);
    // A record that changes meanwhile brings the same page again.
    const known = new Set(this.rows.map(({ id }) => id));
    this.rows = [...this.rows, ...page.filter(({ id }) => !known.has(id))];
    const last = page.at(-1);
    if (last && page.length === PAGE && this.rows.length < MOST) this.ask(last);
    else this.finish(page.length === PAGE);
  }

  get isExporting(): boolean {
    return this.query !== undefined;
  }

  get progress(): string {
    return fill(EXPORTING, number(this.rows.length));
  }

  get note(): string {
    return this.isLimited ? fill(LIMIT, number(MOST)) : '';
  }

  begin(): void {
    this.rows = [];
    this.error = undefined;
    this.isLimited = false;
    this.ask();
  }

  cancel(): void {
    this.query = undefined;
  }

  private ask(after?: Place): void {
    this.query = gql`
      ${reportsQuery(this.filter, PAGE, after)}
    `;
  }

  private finish(isLimited: boolean): void {
    this.query = undefined;
    this.isLimited = isLimited;
    download('integration-reports.csv', rowsOf(this.rows));
  }
}
