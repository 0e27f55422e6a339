import { api, LightningElement } from 'lwc';

export default class FilterListCard extends LightningElement {
  @api properties: unknown;
}
