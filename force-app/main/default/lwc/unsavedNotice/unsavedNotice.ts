// A mapping was left before it was saved. Promises that whoever comes back reads so, and goes on where the choices were left.
import { api, LightningElement } from 'lwc';
import { forgetDraft, keptDraft, type KeptDraft } from 'c/keptDraft';
import { fill } from 'c/mappingTexts';
import { labels } from './labels';

/** What whoever has closed the editor calls. */
export interface Notice {
  look(): void;
}

/** @fires resume with the `KeptDraft` to go on with */
export default class UnsavedNotice extends LightningElement {
  /** Nothing can be edited yet. */
  @api isShut = false;

  readonly labels = labels;
  private kept: KeptDraft | undefined = keptDraft();

  get text(): string {
    return this.kept ? fill(labels.notice, this.kept.label) : '';
  }

  /** Whether something was left since. */
  @api look(): void {
    this.kept = keptDraft();
  }

  handleResume(): void {
    this.dispatchEvent(new CustomEvent('resume', { detail: this.kept }));
  }

  handleDiscard(): void {
    forgetDraft();
    this.look();
  }
}
