// Somebody saved the mapping that is edited. Promises that neither edit is lost unseen: both stand side by side, and one is chosen; and
// that a record in which the bridge alone has written asks nothing.
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import type { RecordRepresentation, WireResult } from 'lightning/uiRecordApi';
import { api, LightningElement, wire } from 'lwc';
import type { Draft } from 'c/fieldFit';
import { exact } from 'c/format';
import { differences, NEW_DRAFT, type Difference } from 'c/mappingDraft';
import { DRAFT_FIELDS, recordToDraft, type Base, type Saved } from 'c/mappingRecords';
import { fill } from 'c/mappingTexts';
import { labels } from './labels';

const timeOf = ({ lastModifiedDate }: Base): number => Date.parse(lastModifiedDate);

/**
 * @fires keep with the `Saved` that one's own choice is to replace
 * @fires take with the `Saved` to go on with
 * @fires failed with the FetchResponse, where what was saved cannot be read
 */
export default class MappingConflict extends LightningElement {
  @api recordId = '';
  /** One's own choice. */
  @api mine: Draft = NEW_DRAFT;

  /** What one's own edit began from. */
  @api base: Base | undefined;

  readonly labels = labels;
  readonly fields = DRAFT_FIELDS;
  private saved: Saved | undefined;
  private isFocused = false;
  private isAskedAgain = false;

  @wire(getRecord, { recordId: '$recordId', fields: '$fields' })
  read({ data, error }: WireResult<RecordRepresentation>): void {
    if (error !== undefined) this.dispatchEvent(new CustomEvent('failed', { detail: error }));
    if (!data) return;
    const saved = recordToDraft(data);
    const isOld = this.base && timeOf(saved) === timeOf(this.base);
    // The bridge writes the status into the record: nobody's choice is run over.
    if (this.base && differences(saved.draft, this.base.draft).length === 0) {
      if (isOld) this.askAgain();
      else this.dispatchEvent(new CustomEvent('keep', { detail: saved }));
    } else this.saved = saved;
  }

  override connectedCallback(): void {
    this.refresh();
  }

  /** What the browser remembers of the record is older than the save that came between. What goes wrong comes by the wire. */
  private refresh(): void {
    notifyRecordUpdateAvailable([{ recordId: this.recordId }]).catch(() => undefined);
  }

  /** Before the wire had asked, there was nothing to refresh. */
  private askAgain(): void {
    if (this.isAskedAgain) return;
    this.isAskedAgain = true;
    this.refresh();
  }

  /** It may stand below what is in sight of the dialog. */
  override renderedCallback(): void {
    if (this.isFocused || !this.saved) return;
    this.isFocused = true;
    this.template?.querySelector<HTMLElement>('section')?.focus();
  }

  get hasSaved(): boolean {
    return this.saved !== undefined;
  }

  get heading(): string {
    const { by = '', lastModifiedDate = '' } = this.saved ?? {};
    return fill(labels.title, by || labels.somebody, exact(lastModifiedDate));
  }

  get differences(): Difference[] {
    return this.saved ? differences(this.saved.draft, this.mine) : [];
  }

  get isSame(): boolean {
    return this.differences.length === 0;
  }

  handleKeep(): void {
    this.dispatchEvent(new CustomEvent('keep', { detail: this.saved }));
  }

  handleTake(): void {
    this.dispatchEvent(new CustomEvent('take', { detail: this.saved }));
  }
}
