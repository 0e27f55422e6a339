import { api, LightningElement } from 'lwc';

export default class DetailPanel extends LightningElement {
  @api recordId: unknown;
  @api objectApiName: unknown;
}
