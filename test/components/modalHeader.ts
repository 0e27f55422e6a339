// `lightning-modal-header` for tests of components: with the slot that Salesforce's stub lacks.
import { api, LightningElement } from 'lwc';

export default class ModalHeader extends LightningElement {
  @api label = '';
}
