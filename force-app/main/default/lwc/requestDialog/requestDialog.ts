// One action of the bridge: what it does, in words, before it is asked for; then how it goes, and what came of it.
import CANCEL from '@salesforce/label/c.Page_Cancel';
import CLOSE from '@salesforce/label/c.Page_Close';
import type { PageError } from 'c/errors';
import { keepFocus } from 'c/keepFocus';
import { tryRequest, type RequestState, type RequestType } from 'c/requests';
import LightningModal from 'lightning/modal';
import { api } from 'lwc';

/** Closes with the RequestState, once the bridge has answered; with nothing when it was dismissed. */
export default class RequestDialog extends LightningModal {
  @api type: RequestType = 'CheckSetup';
  @api consequence = '';
  /** Of the button that asks. */
  @api confirmLabel = '';
  /** For what cannot be undone by pressing another button. */
  @api destructive = false;

  requestId: string | undefined;
  ended: RequestState | undefined;
  error: PageError | undefined;
  asking = false;
  labels = { CANCEL, CLOSE };

  override renderedCallback(): void {
    keepFocus(this.template);
  }

  get variant(): string {
    return this.destructive ? 'destructive' : 'brand';
  }

  get canAsk(): boolean {
    return this.requestId === undefined;
  }

  async ask(): Promise<void> {
    this.asking = true;
    this.error = undefined;
    const { id, error } = await tryRequest(this.type);
    if (id) this.requestId = id;
    this.error = error;
    this.asking = false;
  }

  handleEnded(event: CustomEvent<RequestState>): void {
    this.ended = event.detail;
  }

  leave(): void {
    this.close(this.ended);
  }
}
