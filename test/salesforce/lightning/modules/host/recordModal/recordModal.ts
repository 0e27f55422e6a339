// A record to fill in or to change, above the page. Closes with the saved record.
import { api } from 'lwc';
import LightningModal from 'lightning/modal';

export default class RecordModal extends LightningModal {
  @api objectApiName = '';
  @api recordId: string | undefined;
  @api defaults: Record<string, unknown> = {};
  /** Of a quick action; those of the layout where it is left out. */
  @api fields: string[] | undefined;

  succeed(event: CustomEvent<{ id: string }>): void {
    this.close(event.detail);
  }

  cancel(): void {
    this.close();
  }
}
