// Step 3 (M5): one of the four rules. Promises that each card names the two chosen fields, says what happens to blanks and to edits on
// both sides at once, and that a rule that cannot work is there with its reason.
import { api, LightningElement } from 'lwc';
import type { RuleCard } from 'c/mappingDraft';
import { labels } from './labels';

/** @fires change with `{ rule }` */
export default class RuleStep extends LightningElement {
  @api cards: readonly RuleCard[] = [];

  readonly labels = labels;

  handleChange(event: Event): void {
    const { value } = event.target as HTMLInputElement;
    this.dispatchEvent(new CustomEvent('change', { detail: { rule: value } }));
  }
}
