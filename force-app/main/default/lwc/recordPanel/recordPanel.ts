// Sellfire's data on the page of a Lead, Contact or Account (M35): where the business stands, whose it is, what comes next, and
// whether both systems agree. Reads only; what is asked of the bridge is asked by a press.
import GONE from '@salesforce/label/c.Panel_Gone';
import LOADING from '@salesforce/label/c.Page_Loading';
import NO_PERMISSION from '@salesforce/label/c.Panel_No_Permission';
import NO_PERMISSION_HELP from '@salesforce/label/c.Panel_No_Permission_Help';
import TITLE from '@salesforce/label/c.Panel_Title';
import { toPageError, type PageError } from 'c/errors';
import { objectOf, panelOf, panelQuery, type PanelData } from 'c/recordData';
import { isRevisit } from 'c/revisit';
import { gql, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { api, LightningElement, wire } from 'lwc';

export default class RecordPanel extends LightningElement {
  @api recordId: string | undefined;
  @api objectApiName: string | undefined;

  data: PanelData | undefined;
  error: PageError | undefined;
  labels = { GONE, LOADING, NO_PERMISSION, NO_PERMISSION_HELP, TITLE };
  private refresh: (() => Promise<void>) | undefined;

  get query(): GraphQLDocument | undefined {
    const object = objectOf(this.objectApiName);
    return object && this.recordId
      ? gql`
          ${panelQuery(object, this.recordId)}
        `
      : undefined;
  }

  @wire(graphql, { query: '$query' })
  read({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.refresh = refresh;
    this.error = errors?.length ? toPageError(errors) : undefined;
    const object = objectOf(this.objectApiName);
    if (!data || !object) return;
    const isFirst = this.data === undefined;
    this.data = panelOf(data, object);
    if (isFirst && isRevisit(`record ${this.recordId}`)) this.reload();
  }

  /** Without the permission set the package's objects are not there for the reader. */
  get isRefused(): boolean {
    return this.data?.isVisible === false || (this.data === undefined && this.error?.kind === 'access');
  }

  get isGone(): boolean {
    return this.data !== undefined && this.data.record === undefined;
  }

  get isReady(): boolean {
    return this.data?.record !== undefined;
  }

  get isLoading(): boolean {
    return this.data === undefined && this.error === undefined;
  }

  get isAccount(): boolean {
    return this.objectApiName === 'Account';
  }

  get isLinked(): boolean {
    return this.data?.record?.leadId !== '';
  }

  get phase(): string {
    return this.data?.record?.phase ?? '';
  }

  get hasSites(): boolean {
    const { sites = [], organizations = [] } = this.data ?? {};
    return sites.length + organizations.length > 0;
  }

  reload(): void {
    this.refresh?.().catch((error: unknown) => {
      this.error = toPageError(error);
    });
  }

  /** A sync may have changed anything of it. */
  reloadAll(): void {
    this.reload();
    const parts = this.template?.querySelectorAll<HTMLElement & { refresh(): void }>('[data-reads]') ?? [];
    for (const part of parts) part.refresh();
  }
}
