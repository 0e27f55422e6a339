// One box for whatever somebody has at hand: an id of either system, a link or a phone number. It asks why what that names is, or is
// not, in sync, and goes to the answer (B16).
import ABOUT from '@salesforce/label/c.Why_About';
import HELP from '@salesforce/label/c.Why_About_Help';
import ASK from '@salesforce/label/c.Why_Ask';
import TITLE from '@salesforce/label/c.Why_Title';
import type { PageError } from 'c/errors';
import { askWhy } from 'c/why';
import { NavigationMixin } from 'lightning/navigation';
import { api, LightningElement } from 'lwc';

export default class WhyBox extends NavigationMixin(LightningElement) {
  /** Fills the box; what somebody has written since stays until another one comes. */
  @api
  get about(): string {
    return this.text;
  }
  set about(about: string) {
    this.text = about;
  }
  /** Already translated; blank where the page says it. */
  @api heading = '';

  text = '';
  isAsking = false;
  error: PageError | undefined;
  labels = { ABOUT, ASK, HELP, TITLE };

  get cannotAsk(): boolean {
    return this.isAsking || this.text.trim() === '';
  }

  write(event: CustomEvent<{ value: string }>): void {
    this.text = event.detail.value;
  }

  async askByKey(event: KeyboardEvent): Promise<void> {
    if (event.key === 'Enter' && !event.isComposing) await this.ask();
  }

  async ask(): Promise<void> {
    if (this.cannotAsk) return;
    this.isAsking = true;
    const { to, error } = await askWhy(this.text.trim());
    this.error = error;
    this.isAsking = false;
    if (to) this[NavigationMixin.Navigate](to);
  }
}
