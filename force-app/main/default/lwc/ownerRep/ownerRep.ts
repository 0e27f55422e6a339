// The rep who owns a lead, by name: looked up among the reps whom the bridge lists. An id that is not there stands for itself.
import GONE from '@salesforce/label/c.Panel_Owner_Gone';
import YOU from '@salesforce/label/c.Panel_Owner_You';
import USER_ID from '@salesforce/user/Id';
import { fill } from 'c/labels';
import { rowsOf, sameId, textOf, withPrefix, type Row } from 'c/records';
import { gql, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { api, LightningElement, wire } from 'lwc';

export default class OwnerRep extends LightningElement {
  /** Of Sellfire. */
  @api repId = '';

  private rep: Row | undefined;

  get query(): GraphQLDocument | undefined {
    return this.repId
      ? gql`
          ${queryOf(this.repId)}
        `
      : undefined;
  }

  /** Whoever may not see the reps reads the id. */
  @wire(graphql, { query: '$query' })
  read({ data }: GraphQLResult<unknown>): void {
    [this.rep] = rowsOf(data, 'Sellfire_Rep__c');
  }

  get name(): string {
    const name = textOf(this.rep, 'Name') ?? this.repId;
    const userId = textOf(this.rep, 'Salesforce_User_Id__c') ?? '';
    const isReader = userId !== '' && sameId(userId, USER_ID);
    if (textOf(this.rep, 'State__c') === 'deleted') return fill(GONE, name);
    return isReader ? fill(YOU, name) : name;
  }
}

function queryOf(repId: string): string {
  return withPrefix(`query sellfireOwner {
  uiapi {
    query {
      Sellfire_Rep__c(first: 1, where: { Rep_Id__c: { eq: ${JSON.stringify(repId)} } }) {
        edges { node { Id Name { value } Salesforce_User_Id__c @optional { value } State__c @optional { value } } }
      }
    }
  }
}`);
}
