// The people of an Account whom Sellfire calls, each with the phase of the cycle: an Account has no phase of its own (M11, M35).
import NONE from '@salesforce/label/c.Panel_Leads_None';
import TITLE from '@salesforce/label/c.Panel_Leads';
import { toPageError, type PageError } from 'c/errors';
import { record } from 'c/navigate';
import { rowsOf, textOf, withPrefix } from 'c/records';
import { isRevisit } from 'c/revisit';
import { gql, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { api, LightningElement, wire } from 'lwc';

interface Person {
  id: string;
  name: string;
  phase: string;
}

/** More are a list, and the Account has one. */
const COUNT = 10;

export default class AccountLeads extends NavigationMixin(LightningElement) {
  @api recordId = '';

  people: Person[] | undefined;
  error: PageError | undefined;
  labels = { NONE, TITLE };
  private refreshWire: (() => Promise<void>) | undefined;

  get query(): GraphQLDocument | undefined {
    return this.recordId
      ? gql`
          ${queryOf(this.recordId)}
        `
      : undefined;
  }

  @wire(graphql, { query: '$query' })
  read({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.refreshWire = refresh;
    this.error = errors?.length ? toPageError(errors) : undefined;
    if (!data) return;
    const isFirst = this.people === undefined;
    this.people = rowsOf(data, 'Contact').map((row) => ({
      id: textOf(row, 'Id') ?? '',
      name: textOf(row, 'Name') ?? textOf(row, 'Id') ?? '',
      phase: textOf(row, 'Phase__c') ?? '',
    }));
    if (isFirst && isRevisit(`people ${this.recordId}`)) this.refresh();
  }

  @api
  refresh(): void {
    this.refreshWire?.().catch((error: unknown) => {
      this.error = toPageError(error);
    });
  }

  get shown(): Person[] {
    return this.people ?? [];
  }

  get isEmpty(): boolean {
    return this.people?.length === 0;
  }

  open(event: Event): void {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    if (id) this[NavigationMixin.Navigate](record(id));
  }
}

function queryOf(id: string): string {
  const conditions = `[{ AccountId: { eq: ${JSON.stringify(id)} } }, { Sellfire_Lead_Id__c: { ne: null } }]`;
  return withPrefix(`query sellfirePeople {
  uiapi {
    query {
      Contact(first: ${COUNT}, where: { and: ${conditions} }, orderBy: { Name: { order: ASC } }) {
        edges { node { Id Name @optional { value } Phase__c @optional { value } } }
      }
    }
  }
}`);
}
