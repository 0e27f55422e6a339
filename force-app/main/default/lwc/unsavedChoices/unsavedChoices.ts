// The editor was closed before its choices were saved. Promises that nobody loses them by a slip: they are forgotten only where
// somebody says so. Closes with an `Answer`.
import LightningModal from 'lightning/modal';
import { api } from 'lwc';
import { fill } from 'c/mappingTexts';
import { labels } from './labels';

/** `edit` goes on, `discard` forgets what was chosen, nothing keeps it for later. */
export type Answer = 'edit' | 'discard' | undefined;

export default class UnsavedChoices extends LightningModal {
  /** The heading of the editor. */
  @api editing = '';

  readonly labels = labels;

  get text(): string {
    return fill(labels.kept, this.editing);
  }

  handleEdit(): void {
    this.close('edit');
  }

  handleDiscard(): void {
    this.close('discard');
  }
}
