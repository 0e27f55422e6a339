// The buttons of the mapping editor. Promises that only what can be done can be pressed: on once the step has all that it needs, Save
// at the last step only, and not for a mapping by which nothing can pass.
import { api, LightningElement } from 'lwc';
import type { Draft } from 'c/fieldFit';
import { isComplete, NEW_DRAFT, type Step } from 'c/mappingDraft';
import type { Verdict } from 'c/mappingStep';
import { canApply } from './canApply';
import { labels } from './labels';

export type Press = 'cancel' | 'back' | 'next' | 'save' | 'apply';

/** @fires press with `{ action }`, a `Press` */
export default class MappingButtons extends LightningElement {
  @api step: Step = 'when';
  @api draft: Draft = NEW_DRAFT;
  @api verdict: Verdict = { isDead: true, isLoading: false };
  /** A save is under way, or waits for a choice. */
  @api isBlocked = false;

  readonly labels = labels;

  get isFirst(): boolean {
    return this.step === 'when';
  }

  get isLast(): boolean {
    return this.step === 'check';
  }

  get cannotGoOn(): boolean {
    return !isComplete(this.step, this.draft) || (this.step === 'what' && this.verdict.isLoading);
  }

  get cannotSave(): boolean {
    return this.isBlocked || this.verdict.isDead;
  }

  get cannotApply(): boolean {
    return this.cannotSave || !canApply(this.draft);
  }

  handleClick(event: Event): void {
    const { action } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('press', { detail: { action } }));
  }
}
