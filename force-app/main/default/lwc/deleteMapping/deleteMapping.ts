// M9: promises that nobody deletes a mapping without having read what follows. Closes with `true` once it is gone.
import LightningModal from 'lightning/modal';
import { api } from 'lwc';
import { toPageError, type PageError } from 'c/errors';
import type { Rule } from 'c/fieldFit';
import { keepFocus } from 'c/keepFocus';
import { removeMapping } from 'c/mappingRecords';
import { fill } from 'c/mappingTexts';
import { labels } from './labels';

const TEXTS: Readonly<Record<Rule, string>> = {
  TwoWay: labels.both,
  AlwaysSellfire: labels.out,
  SalesforceUnlessBlank: labels.into,
  DoNotSync: labels.off,
};

export default class DeleteMapping extends LightningModal {
  @api recordId = '';
  @api rule: Rule | '' = '';
  /** What it is called: its two fields. */
  @api name = '';
  /** It is the only mapping of the primary phone number: nothing is synced without it. */
  @api isGate = false;

  readonly labels = labels;
  error: PageError | undefined;
  isDeleting = false;

  override renderedCallback(): void {
    keepFocus(this.template);
  }

  get consequence(): string {
    return fill(TEXTS[this.rule === '' ? 'DoNotSync' : this.rule], this.name);
  }

  handleCancel(): void {
    this.close(false);
  }

  async handleDelete(): Promise<void> {
    this.isDeleting = true;
    this.error = undefined;
    try {
      await removeMapping(this.recordId);
      this.close(true);
    } catch (error) {
      const failure = toPageError(error);
      // Somebody was quicker: it is gone, as was wanted.
      if (failure.kind === 'gone') this.close(true);
      else this.error = failure;
    } finally {
      this.isDeleting = false;
    }
  }
}
