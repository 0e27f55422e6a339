// A quick action that is a component, above the page. Closes when the component says so.
import { api } from 'lwc';
import LightningModal from 'lightning/modal';

export default class ActionModal extends LightningModal {
  @api component = '';
  @api recordId = '';
  @api objectApiName = '';

  get context() {
    return { recordId: this.recordId, objectApiName: this.objectApiName };
  }

  done(event: Event): void {
    event.stopPropagation();
    this.close();
  }
}
