// Has the bridge read Sellfire's reps again, at once instead of within a quarter of an hour, and shows how it goes.
import READ from '@salesforce/label/c.Reps_Read';
import type { PageError } from 'c/errors';
import { tryRequest, type RequestState } from 'c/requests';
import { LightningElement } from 'lwc';

/** @fires done when the list may have changed */
export default class RepRefresh extends LightningElement {
  requestId: string | undefined;
  error: PageError | undefined;
  isBusy = false;
  labels = { READ };

  async begin(): Promise<void> {
    this.isBusy = true;
    this.requestId = undefined;
    const { id, error } = await tryRequest('RefreshCatalogue');
    this.requestId = id;
    this.error = error;
    this.isBusy = id !== undefined;
  }

  handleEnded(event: CustomEvent<RequestState>): void {
    this.isBusy = false;
    // What came of it is about fields as well; the list says what it has. A failure stays in sight.
    if (event.detail.status === 'Done') this.requestId = undefined;
    this.dispatchEvent(new CustomEvent('done'));
  }
}
