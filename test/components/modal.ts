// `lightning/modal` for tests of components: a modal is rendered by itself, and what it is closed with is recorded.
import { api, LightningElement } from 'lwc';

export default class LightningModal extends LightningElement {
  @api label = '';
  @api size = 'medium';
  @api description = '';
  @api disableClose = false;

  static open = jest.fn().mockResolvedValue(undefined);

  close(result?: unknown): void {
    this.dispatchEvent(new CustomEvent('close', { detail: result }));
  }
}
