import { api, LightningElement } from 'lwc';

export default class ListPage extends LightningElement {
  @api objectApiName: unknown;
  @api listView: unknown;
  @api isNew: unknown;
  @api defaults: unknown;
}
