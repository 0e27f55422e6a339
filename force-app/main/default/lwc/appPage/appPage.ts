// The frame of every page of the app, so that none is ever blank: whoever lacks the permission reads which set to ask for,
// whoever waits sees a spinner, and an error says what to do. Older data stay in sight when a refresh fails.
import canConfigure from '@salesforce/customPermission/Configure_Sellfire';
import LOADING from '@salesforce/label/c.Page_Loading';
import NO_PERMISSION from '@salesforce/label/c.Page_No_Permission';
import NO_PERMISSION_HELP from '@salesforce/label/c.Page_No_Permission_Help';
import STALE from '@salesforce/label/c.Page_Stale';
import type { PageError } from 'c/errors';
import { api, LightningElement } from 'lwc';

/**
 * Slots: the page itself, and `actions` beside its heading.
 * @fires retry when the reader wants what failed to be read again
 */
export default class AppPage extends LightningElement {
  /** Already translated. */
  @api heading = '';
  /** Whether there is something to show; until then a spinner stands in its place. */
  @api ready = false;
  /** Of the last read. */
  @api error: PageError | undefined;

  labels = { LOADING, NO_PERMISSION, NO_PERMISSION_HELP, STALE };

  get isRefused(): boolean {
    return canConfigure !== true;
  }

  get isLoading(): boolean {
    return !this.ready && this.error === undefined;
  }

  get isStale(): boolean {
    return this.ready && this.error !== undefined;
  }

  retry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
