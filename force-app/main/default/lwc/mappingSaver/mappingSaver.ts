// Saves a mapping when its parent calls it. Promises that a save that fails says why and what to do, that it never runs over another
// admin's edit unseen, and that what was chosen is kept in every case.
import { api, LightningElement } from 'lwc';
import { draftOf, NEW_DRAFT } from 'c/mappingDraft';
import type { Draft } from 'c/fieldFit';
import { saveMapping, type Base, type Saved } from 'c/mappingRecords';
import type { MappingRecord } from 'c/mappingRows';
import { toFailure, type Failure } from './failure';
import { labels } from './labels';

interface Edited extends Base {
  id: string;
}

/** What whoever has pressed Save calls. */
export interface Saver {
  save(apply: boolean): Promise<void>;
}

/**
 * @fires saved with `{ id, apply }`
 * @fires take with the `Draft` that another admin saved meanwhile, to go on with
 * @fires state with `{ isBlocked }`: a save is under way, or a conflict waits for a choice
 */
export default class MappingSaver extends LightningElement {
  @api draft: Draft = NEW_DRAFT;

  /** The mapping that is edited; none for a new one. */
  @api
  get record(): MappingRecord | undefined {
    return this.given;
  }
  set record(record: MappingRecord | undefined) {
    this.given = record;
    const { id, lastModifiedDate } = record ?? { id: '', lastModifiedDate: '' };
    this.edited = record && { id, lastModifiedDate, draft: draftOf(record) };
  }

  readonly labels = labels;
  failure: Failure | undefined;
  isSaving = false;
  private given: MappingRecord | undefined;
  /** The record that a save changes, as the edit began from it; none after somebody deleted it. */
  edited: Edited | undefined;
  private apply = false;
  private isNews = false;

  get isConflict(): boolean {
    return this.failure?.kind === 'conflict';
  }

  get hasMessage(): boolean {
    return this.failure !== undefined && !this.isConflict;
  }

  /** @param apply whether the mapping is to be applied to existing records afterwards */
  @api async save(apply: boolean): Promise<void> {
    this.apply = apply;
    this.isSaving = true;
    this.failure = undefined;
    this.dispatchState();
    try {
      const id = await saveMapping(this.draft, this.edited);
      this.dispatchEvent(new CustomEvent('saved', { detail: { id, apply } }));
    } catch (error) {
      this.fail(error);
    } finally {
      this.isSaving = false;
      this.dispatchState();
    }
  }

  /** What went wrong may stand below what is in sight of the dialog. */
  override renderedCallback(): void {
    if (!this.isNews || !this.hasMessage) return;
    this.isNews = false;
    this.template?.querySelector<HTMLElement>('.message')?.focus();
  }

  async handleKeep(event: CustomEvent<Saved>): Promise<void> {
    this.goOnFrom(event.detail);
    await this.save(this.apply);
  }

  handleTake(event: CustomEvent<Saved>): void {
    this.goOnFrom(event.detail);
    this.failure = undefined;
    this.dispatchState();
    this.dispatchEvent(new CustomEvent('take', { detail: event.detail.draft }));
  }

  /** The edit of the other cannot be read: the next save finds out again whether there is one. */
  handleFailed(event: CustomEvent<unknown>): void {
    this.fail(event.detail);
    this.dispatchState();
  }

  private fail(error: unknown): void {
    this.failure = toFailure(error);
    this.isNews = true;
    if (this.failure.kind === 'gone') this.edited = undefined;
  }

  private goOnFrom({ draft, lastModifiedDate }: Saved): void {
    if (this.edited) this.edited = { ...this.edited, draft, lastModifiedDate };
  }

  private dispatchState(): void {
    this.dispatchEvent(new CustomEvent('state', { detail: { isBlocked: this.isSaving || this.isConflict } }));
  }
}
