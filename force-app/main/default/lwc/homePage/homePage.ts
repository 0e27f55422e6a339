// Home: whether the sync works, what needs somebody, and what is left to set up. Reads by one query, which is
// refreshed while the page is in sight; everything else happens because somebody pressed a button.
import TITLE from '@salesforce/label/c.Home_Title';
import WHY from '@salesforce/label/c.Why_Title';
import { every } from 'c/clock';
import { toPageError, type PageError } from 'c/errors';
import { homeOf, query, type HomeData } from 'c/homeData';
import { address, tab } from 'c/navigate';
import { isRevisit } from 'c/revisit';
import { gql, graphql, type GraphQLResult } from 'lightning/graphql';
import { NavigationMixin, type PageReference } from 'lightning/navigation';
import { LightningElement, wire } from 'lwc';
import { act, type HomeAction, type Next } from './actions';

/** A heartbeat comes about so often, in milliseconds. */
const EVERY = 15_000;

export default class HomePage extends NavigationMixin(LightningElement) {
  home: HomeData | undefined;
  error: PageError | undefined;
  labels = { TITLE, WHY };
  query = gql`
    ${query}
  `;
  private refresh: (() => Promise<void>) | undefined;
  private stopClock: (() => void) | undefined;

  @wire(graphql, { query: '$query' })
  read({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.refresh = refresh;
    this.error = errors?.length ? toPageError(errors) : undefined;
    if (!data) return;
    const isFirst = this.home === undefined;
    this.home = homeOf(data);
    if (isFirst && isRevisit('home')) this.reload();
  }

  override connectedCallback(): void {
    this.stopClock = every(EVERY, () => this.reload());
  }

  override disconnectedCallback(): void {
    this.stopClock?.();
  }

  get isReady(): boolean {
    return this.home !== undefined;
  }

  /** Nothing can need anybody before the first start, so the set-up comes first. */
  get isNew(): boolean {
    const { bridge } = this.home ?? {};
    return bridge === undefined || bridge.syncState === 'NotStarted';
  }

  get isKnown(): boolean {
    return !this.isNew;
  }

  reload(): void {
    this.refresh?.().catch((error: unknown) => {
      this.error = toPageError(error);
    });
  }

  /** From the menu or from a step of the set-up. */
  async choose(event: CustomEvent<HomeAction>): Promise<void> {
    if (!this.home) return;
    const next = await act(event.detail, this.home);
    const reference = this.referenceOf(next);
    if (reference) this[NavigationMixin.Navigate](reference);
    this.reload();
  }

  private referenceOf(next: Next): PageReference | undefined {
    if (next === 'mappings') return tab('Sellfire_Field_Mappings');
    if (next === 'settings') return tab('Sellfire_Settings');
    return next === 'bridge' ? address(`${this.home?.bridgeAddress?.replace(/\/+$/, '')}/connect`) : undefined;
  }
}
