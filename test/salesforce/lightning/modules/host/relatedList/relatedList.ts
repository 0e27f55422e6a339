import { api, LightningElement } from 'lwc';

export default class RelatedList extends LightningElement {
  @api properties: unknown;
  @api recordId: unknown;
  @api objectApiName: unknown;
}
