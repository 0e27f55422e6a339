// An error where it happened: what happened, what to do, and the code for support small beneath.
import CODE from '@salesforce/label/c.Error_Code';
import TRY_AGAIN from '@salesforce/label/c.Page_Try_Again';
import type { PageError } from 'c/errors';
import { fill } from 'c/labels';
import { api, LightningElement } from 'lwc';

/** @fires retry when the button is pressed, where `retryable` is set */
export default class ErrorMessage extends LightningElement {
  @api error: PageError | undefined;
  /** Offers to try again. */
  @api retryable = false;

  labels = { TRY_AGAIN };

  get code(): string {
    return this.error?.code ? fill(CODE, this.error.code) : '';
  }

  retry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
