// A time as a reader would say it (“12 seconds ago”), kept true while the page is open, with the exact one on hover and
// for screen readers.
import { every } from 'c/clock';
import { ago, exact } from 'c/format';
import { api, LightningElement } from 'lwc';

const EVERY = 10_000;

export default class TimeAgo extends LightningElement {
  /** ISO 8601; nothing is rendered for a blank one. */
  @api value: string | undefined;

  now = Date.now();
  private stopClock: (() => void) | undefined;

  override connectedCallback(): void {
    this.stopClock = every(EVERY, () => {
      this.now = Date.now();
    });
  }

  override disconnectedCallback(): void {
    this.stopClock?.();
  }

  get relative(): string {
    return ago(this.value, this.now);
  }

  get exactly(): string {
    return exact(this.value);
  }
}
