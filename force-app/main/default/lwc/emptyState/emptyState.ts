// Says that there is nothing to show, why, and what to do about it: an icon, a sentence, and a slot for the action.
import { api, LightningElement } from 'lwc';

export default class EmptyState extends LightningElement {
  /** Already translated. */
  @api heading = '';
  /** One sentence beneath the heading; nothing is rendered for a blank one. */
  @api message = '';
  /** Name of an SLDS icon, for example `utility:success`; decorative, so never the only bearer of meaning. */
  @api iconName = 'utility:check';

  get hasMessage(): boolean {
    return this.message !== '';
  }
}
