import { api, LightningElement } from 'lwc';

export default class RecordPage extends LightningElement {
  @api recordId: unknown;
  @api objectApiName: unknown;
  @api isEdit: unknown;
}
