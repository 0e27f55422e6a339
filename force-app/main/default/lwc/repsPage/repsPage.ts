// Reps: which rep of Sellfire is which Salesforce user, with those that have none on top, and the way to the owners that Sellfire did
// not accept (M14). The match itself is Sellfire's: its API has no way to set it.
import COUNT from '@salesforce/label/c.Reps_Count';
import EMPTY from '@salesforce/label/c.Reps_Empty';
import EMPTY_HELP from '@salesforce/label/c.Reps_Empty_Help';
import FIRST from '@salesforce/label/c.Reps_First';
import NONE from '@salesforce/label/c.Reps_None';
import SEARCH from '@salesforce/label/c.Reps_Search';
import SEARCH_HELP from '@salesforce/label/c.Reps_Search_Help';
import TITLE from '@salesforce/label/c.Reps_Title';
import { toPageError, type PageError } from 'c/errors';
import { number } from 'c/format';
import { fill } from 'c/labels';
import { MOST, repsOf, repsQuery, usersOf, usersQuery, type MatchedRep, type Reps, type User } from 'c/repData';
import { found, matched } from 'c/repMatches';
import { isRevisit } from 'c/revisit';
import { gql, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { LightningElement, wire } from 'lwc';

export default class RepsPage extends LightningElement {
  read: Reps | undefined;
  users: readonly User[] | undefined;
  error: PageError | undefined;
  search = '';
  labels = { EMPTY, EMPTY_HELP, SEARCH, SEARCH_HELP, TITLE };
  query = gql`
    ${repsQuery}
  `;
  userQuery: GraphQLDocument | undefined;
  private refresh: (() => Promise<void>) | undefined;

  @wire(graphql, { query: '$query' })
  readReps({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.refresh = refresh;
    this.error = errors?.length ? toPageError(errors) : undefined;
    if (!data) return;
    const isFirst = this.read === undefined;
    this.read = repsOf(data);
    const users = usersQuery(this.read.reps);
    this.userQuery =
      users === undefined
        ? undefined
        : gql`
            ${users}
          `;
    if (isFirst && isRevisit('reps')) this.reload();
  }

  @wire(graphql, { query: '$userQuery' })
  readUsers({ data, errors }: GraphQLResult<unknown>): void {
    if (errors?.length) this.error = toPageError(errors);
    if (data) this.users = usersOf(data);
  }

  get isReady(): boolean {
    return this.read !== undefined;
  }

  get isEmpty(): boolean {
    return this.read?.reps.length === 0;
  }

  get reps(): MatchedRep[] {
    return matched(this.read?.reps ?? [], this.users);
  }

  get listed(): MatchedRep[] {
    return found(this.reps, this.search);
  }

  get count(): string {
    const all = this.read?.reps.length ?? 0;
    const first = this.read?.hasMore ? ` ${fill(FIRST, number(MOST))}` : '';
    return this.listed.length === 0 ? NONE : fill(COUNT, number(this.listed.length), number(all)) + first;
  }

  handleSearch(event: CustomEvent<{ value: string }>): void {
    this.search = event.detail.value;
  }

  reload(): void {
    this.refresh?.().catch((error: unknown) => {
      this.error = toPageError(error);
    });
  }
}
