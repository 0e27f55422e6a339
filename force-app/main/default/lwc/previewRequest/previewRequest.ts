// Asks the bridge what a draft would do; shows nothing itself. Promises that one draft is asked about once, however often somebody
// comes back to it, and that an answer to a draft that was changed meanwhile is dropped.
import { api, LightningElement } from 'lwc';
import type { Draft, Findings } from 'c/fieldFit';
import { NEW_DRAFT } from 'c/mappingDraft';
import { askPreview, canPreview, type Preview } from './ask';

export type { Preview } from './ask';

/** What whoever has reached the step Check calls. */
export interface Previewer {
  look(): Promise<void>;
  again(): Promise<void>;
}

/** @fires preview with the `Preview`; empty as soon as the draft is another one */
export default class PreviewRequest extends LightningElement {
  @api
  get draft(): Draft {
    return this.given;
  }
  set draft(draft: Draft) {
    if (draft === this.given) return;
    this.given = draft;
    this.begin();
  }

  @api findings: Findings = { dead: [], issues: [], warnings: [] };
  /** The mapping that is edited; blank for a new one. */
  @api recordId = '';
  /** The bridge is silent: nothing is asked. */
  @api isAway = false;

  private given: Draft = NEW_DRAFT;
  private isAsked = false;

  @api async look(): Promise<void> {
    if (!this.isAsked && !this.isAway && canPreview(this.given, this.findings)) await this.again();
  }

  @api async again(): Promise<void> {
    const { given: draft } = this;
    this.begin();
    if (this.isAway || !canPreview(draft, this.findings)) return;
    this.isAsked = true;
    const preview = await askPreview(draft, this.recordId || undefined);
    if (draft === this.given) this.notify(preview);
  }

  private begin(): void {
    this.isAsked = false;
    this.notify({});
  }

  private notify(preview: Preview): void {
    this.dispatchEvent(new CustomEvent('preview', { detail: preview }));
  }
}
