// Requests: what the bridge was asked for, how it goes, and what came of it, with a form for what begins here. Looks by itself
// while the page is open; it writes nothing unless somebody presses.
import EMPTY from '@salesforce/label/c.Requests_Empty';
import EMPTY_HELP from '@salesforce/label/c.Requests_Empty_Help';
import FILTER from '@salesforce/label/c.Requests_Filter';
import FILTER_ALL from '@salesforce/label/c.Requests_Filter_All';
import FILTER_FAILED from '@salesforce/label/c.Requests_Filter_Failed';
import FILTER_OPEN from '@salesforce/label/c.Requests_Filter_Open';
import MORE from '@salesforce/label/c.Requests_More';
import NEW from '@salesforce/label/c.Requests_New';
import NONE from '@salesforce/label/c.Requests_None';
import OPEN from '@salesforce/label/c.Requests_Open';
import PAST from '@salesforce/label/c.Requests_Past';
import TITLE from '@salesforce/label/c.Requests_Title';
import { every } from 'c/clock';
import { toPageError, type PageError } from 'c/errors';
import { hasMore, queryOf, requestsOf, type Filter, type RequestRow } from 'c/requestData';
import RequestForm from 'c/requestForm';
import { KINDS, kindOf } from 'c/requestKinds';
import { gql, graphql, type GraphQLResult } from 'lightning/graphql';
import { LightningElement, wire } from 'lwc';

/** Requests that are read at once, and with each "Show more". */
const PAGE = 25;
/** Looks so often for requests that somebody else began, in milliseconds. */
const EVERY = 15_000;

export default class RequestsPage extends LightningElement {
  requests: readonly RequestRow[] | undefined;
  error: PageError | undefined;
  filter: Filter = 'all';
  hasMore = false;
  labels = { EMPTY, EMPTY_HELP, FILTER, MORE, NEW, NONE, OPEN, PAST, TITLE };
  kinds = KINDS;
  filters = [
    { label: FILTER_ALL, value: 'all' },
    { label: FILTER_OPEN, value: 'open' },
    { label: FILTER_FAILED, value: 'failed' },
  ];
  private count = PAGE;
  private refresh: (() => Promise<void>) | undefined;
  private stopClock: (() => void) | undefined;

  get query(): unknown {
    return gql`
      ${queryOf(this.filter, this.count)}
    `;
  }

  @wire(graphql, { query: '$query' })
  read({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.refresh = refresh;
    this.error = errors?.length ? toPageError(errors) : undefined;
    if (!data) return;
    this.requests = requestsOf(data);
    this.hasMore = hasMore(data);
  }

  override connectedCallback(): void {
    this.stopClock = every(EVERY, () => this.reload());
  }

  override disconnectedCallback(): void {
    this.stopClock?.();
  }

  get isReady(): boolean {
    return this.requests !== undefined;
  }

  get open(): RequestRow[] {
    return this.requests?.filter(({ isOpen }) => isOpen) ?? [];
  }

  get past(): RequestRow[] {
    return this.requests?.filter(({ isOpen }) => !isOpen) ?? [];
  }

  get isEmpty(): boolean {
    return this.requests?.length === 0 && this.filter === 'all';
  }

  get hasNoMatch(): boolean {
    return this.requests?.length === 0 && this.filter !== 'all';
  }

  choose(event: CustomEvent<{ value: Filter }>): void {
    this.filter = event.detail.value;
    this.count = PAGE;
  }

  showMore(): void {
    this.count += PAGE;
  }

  async begin(event: CustomEvent<{ value: string }>): Promise<void> {
    const type = event.detail.value;
    await RequestForm.open({ label: kindOf(type)?.title ?? '', size: 'small', type });
    this.reload();
  }

  reload(): void {
    this.refresh?.().catch((error: unknown) => {
      this.error = toPageError(error);
    });
  }
}
