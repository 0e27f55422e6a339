// The last 24 hours beside Home: changes by hour, and what is used of the org's budgets (B30); before a bridge was ever
// connected, what comes next. Reads by the query of Home, which the platform then asks once for both.
import canConfigure from '@salesforce/customPermission/Configure_Sellfire';
import BEFORE_COUNTS from '@salesforce/label/c.Home_Before_Counts';
import BEFORE_MAPPINGS from '@salesforce/label/c.Home_Before_Mappings';
import BEFORE from '@salesforce/label/c.Home_Before_Title';
import BEFORE_USER from '@salesforce/label/c.Home_Before_User';
import BEFORE_WATCH from '@salesforce/label/c.Home_Before_Watch';
import BUDGET_API from '@salesforce/label/c.Home_Budget_Api';
import BUDGET_EVENTS from '@salesforce/label/c.Home_Budget_Events';
import BUDGET from '@salesforce/label/c.Home_Budget_Title';
import TODAY from '@salesforce/label/c.Home_Today_Title';
import { every } from 'c/clock';
import { toPageError, type PageError } from 'c/errors';
import { homeOf, query, type Bridge } from 'c/homeData';
import { gql, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { LightningElement, wire } from 'lwc';

/** Hours and budgets move slowly, in milliseconds. */
const EVERY = 60_000;

/** Is nothing for whoever lacks the permission: Home itself says what to do. */
export default class HomeDay extends LightningElement {
  bridge: Bridge | undefined;
  error: PageError | undefined;
  isFirstDay = false;
  beforehand = [BEFORE_USER, BEFORE_MAPPINGS, BEFORE_COUNTS, BEFORE_WATCH];
  labels = { BEFORE, BUDGET, BUDGET_API, BUDGET_EVENTS, TODAY };
  private refresh: (() => Promise<void>) | undefined;
  private stopClock: (() => void) | undefined;

  /** Undefined asks nothing. */
  get query(): GraphQLDocument | undefined {
    return canConfigure === true
      ? gql`
          ${query}
        `
      : undefined;
  }

  @wire(graphql, { query: '$query' })
  read({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.refresh = refresh;
    this.error = errors?.length ? toPageError(errors) : undefined;
    if (!data) return;
    this.bridge = homeOf(data).bridge;
    this.isFirstDay = this.bridge === undefined;
  }

  override connectedCallback(): void {
    this.stopClock = every(EVERY, () => this.reload());
  }

  override disconnectedCallback(): void {
    this.stopClock?.();
  }

  reload(): void {
    this.refresh?.().catch((error: unknown) => {
      this.error = toPageError(error);
    });
  }
}
