// Asks why one record or lead is, or is not, in sync, and goes to the answer: one press from wherever it stands (B16).
import WHY from '@salesforce/label/c.Why_Button';
import type { PageError } from 'c/errors';
import { askWhy } from 'c/why';
import { NavigationMixin } from 'lightning/navigation';
import { api, LightningElement } from 'lwc';

export default class WhyButton extends NavigationMixin(LightningElement) {
  /** An id of either system, or a phone number. */
  @api about = '';

  isAsking = false;
  error: PageError | undefined;
  labels = { WHY };

  async ask(): Promise<void> {
    this.isAsking = true;
    const { to, error } = await askWhy(this.about);
    this.error = error;
    this.isAsking = false;
    if (to) this[NavigationMixin.Navigate](to);
  }
}
