// `force:detailPanel`: the record by its layout, to be looked at and changed.
import { api, LightningElement } from 'lwc';

export default class DetailPanel extends LightningElement {
  @api recordId = '';
  @api objectApiName = '';
}
