// The life of one record (B25): every change of it in the order of time – field, before, after, in which system, by which rule, and
// the report of it.
import CLOSE from '@salesforce/label/c.Page_Close';
import EARLIER from '@salesforce/label/c.Panel_Life_Earlier';
import HIDDEN from '@salesforce/label/c.Panel_Life_Hidden';
import LATEST_FIRST from '@salesforce/label/c.Panel_Life_Order';
import LOADING from '@salesforce/label/c.Page_Loading';
import NONE from '@salesforce/label/c.Panel_Life_None';
import { toPageError, type PageError } from 'c/errors';
import { lifeOf, lifeQuery, type Life } from 'c/lifeData';
import { objectOf } from 'c/recordData';
import { isRevisit } from 'c/revisit';
import { gql, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import LightningModal from 'lightning/modal';
import { api, wire } from 'lwc';
import { shown, type ShownEntry } from './entry';

/** Reports that are read at first, and more with each press. */
const PAGE = 25;

/** Closes with the id of a report that the reader wants to see: pages lead elsewhere, modals do not. */
export default class RecordLife extends LightningModal {
  @api recordId = '';
  @api objectApiName = '';
  /** Of Sellfire; blank where the record is linked to none. */
  @api leadId = '';

  life: Life | undefined;
  error: PageError | undefined;
  count = PAGE;
  labels = { CLOSE, EARLIER, HIDDEN, LATEST_FIRST, LOADING, NONE };

  get query(): GraphQLDocument | undefined {
    const object = objectOf(this.objectApiName);
    return object && this.recordId
      ? gql`
          ${lifeQuery(object, this.recordId, this.leadId, this.count)}
        `
      : undefined;
  }

  @wire(graphql, { query: '$query' })
  read({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.error = errors?.length ? toPageError(errors) : undefined;
    const object = objectOf(this.objectApiName);
    if (!data || !object) return;
    const isFirst = this.life === undefined;
    this.life = lifeOf(data, object, this.count);
    if (!isFirst || !isRevisit(`life ${this.recordId}`)) return;
    refresh?.().catch((error: unknown) => {
      this.error = toPageError(error);
    });
  }

  get isLoading(): boolean {
    return this.life === undefined && this.error === undefined;
  }

  get entries(): ShownEntry[] {
    const { entries = [], connectedAs = '' } = this.life ?? {};
    return entries.map((entry) => shown(entry, connectedAs));
  }

  get isEmpty(): boolean {
    return this.life !== undefined && !this.life.entries.some(({ kind }) => kind === 'report');
  }

  get isHidden(): boolean {
    return this.life?.entries.some((entry) => entry.isHidden) ?? false;
  }

  get isMore(): boolean {
    return this.life?.isMore ?? false;
  }

  readEarlier(): void {
    this.count += PAGE;
  }

  open(event: Event): void {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    this.close(id);
  }

  leave(): void {
    this.close();
  }
}
