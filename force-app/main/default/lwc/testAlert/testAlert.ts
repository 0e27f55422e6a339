// A test message by each way of alerting that is switched on (B24): asked for by a button, with what came of each way.
import SEND from '@salesforce/label/c.Settings_Test_Alert';
import HELP from '@salesforce/label/c.Settings_Test_Alert_Help';
import type { PageError } from 'c/errors';
import { tryRequest } from 'c/requests';
import { LightningElement } from 'lwc';

export default class TestAlert extends LightningElement {
  requestId: string | undefined;
  error: PageError | undefined;
  isSending = false;
  labels = { HELP, SEND };

  async send(): Promise<void> {
    this.isSending = true;
    this.error = undefined;
    const { id, error } = await tryRequest('TestAlert');
    this.requestId = id;
    this.error = error;
    this.isSending = id !== undefined;
  }

  handleEnded(): void {
    this.isSending = false;
  }
}
