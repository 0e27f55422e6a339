import LightningModal from 'lightning/modal';
import { api } from 'lwc';
import type { Draft } from 'c/fieldFit';
import { draftOf, isComplete, NEW_DRAFT, STEPS, type Step } from 'c/mappingDraft';
import type { Catalogue } from 'c/mappingRecords';
import type { MappingRecord } from 'c/mappingRows';
import type { Saver } from 'c/mappingSaver';
import { NOTHING_READ, type Sources } from 'c/mappingSource';
import { UNKNOWN_FIELD, type OrgField } from 'c/orgField';
import { assess, canApply, type Assessment } from './assessment';
import { labels } from './labels';
import { askPreview, canPreview, type Preview } from './preview';

/** Of the button that was pressed. */
const actionOf = ({ currentTarget }: Event): string | undefined => (currentTarget as HTMLElement).dataset.action;

/**
 * Creates and edits a mapping (M2–M5, M9), in four steps. Promises that no mapping is saved before Save is pressed, and that what was
 * chosen outlives whatever goes wrong meanwhile: a refused save, another admin's edit, a session or a field that is gone.
 * Closes with `{ id, apply }` once it has saved.
 */
export default class MappingEditor extends LightningModal {
  /** `system` or `custom` for a new mapping. */
  @api kind = '';
  /** What a new mapping begins with. */
  @api initial: Partial<Draft> = {};
  /** The mapping that is edited. */
  @api record: MappingRecord | undefined;
  /** What the page knows; read anew while it is open. */
  @api catalogue: Catalogue | undefined;
  @api mappings: readonly MappingRecord[] = [];
  /** The bridge is silent: no preview is asked for. */
  @api isAway = false;

  readonly labels = labels;
  draft: Draft = NEW_DRAFT;
  step: Step = 'when';
  org: OrgField = UNKNOWN_FIELD;
  preview: Preview = {};
  private sources: Sources = NOTHING_READ;
  private isBlocked = false;

  override connectedCallback(): void {
    this.draft = { ...NEW_DRAFT, ...this.initial, ...(this.record && draftOf(this.record)) };
  }

  get assessment(): Assessment {
    const { draft, record, org, fields: catalogue } = this;
    const mappings = this.sources.mappings ?? this.mappings;
    return assess({ draft, id: record?.id ?? '', mappings, catalogue, org });
  }

  get fields(): Catalogue | undefined {
    return this.sources.catalogue ?? this.catalogue;
  }

  get at(): Readonly<Record<string, boolean>> {
    return Object.fromEntries(STEPS.map((step) => [step, step === this.step]));
  }

  get cannotGoOn(): boolean {
    return !isComplete(this.step, this.draft) || (this.step === 'what' && this.org.isLoading);
  }

  get cannotSave(): boolean {
    return this.isBlocked || this.assessment.findings.dead.length > 0;
  }

  get cannotApply(): boolean {
    return this.cannotSave || !canApply(this.draft);
  }

  handleSources(event: CustomEvent<Sources>): void {
    this.sources = event.detail;
  }

  handleRead(event: CustomEvent<OrgField>): void {
    this.org = event.detail;
  }

  handleChange(event: CustomEvent<Partial<Draft>>): void {
    this.draft = { ...this.draft, ...event.detail };
    this.preview = {};
  }

  handleGo(event: CustomEvent<{ step: Step }>): Promise<void> {
    return this.go(event.detail.step);
  }

  handleMove(event: Event): Promise<void> {
    return this.go(STEPS[STEPS.indexOf(this.step) + (actionOf(event) === 'back' ? -1 : 1)] ?? this.step);
  }

  async handleSave(event: Event): Promise<void> {
    const saver = this.template?.querySelector<HTMLElement & Saver>('c-mapping-saver');
    await saver?.save(actionOf(event) === 'apply');
  }

  handleState(event: CustomEvent<{ isBlocked: boolean }>): void {
    this.isBlocked = event.detail.isBlocked;
    this.disableClose = this.isBlocked;
  }

  handleSaved(event: CustomEvent<{ id: string; apply: boolean }>): void {
    this.disableClose = false;
    this.close(event.detail);
  }

  handleCancel(): void {
    this.close();
  }

  private async go(step: Step): Promise<void> {
    this.step = step;
    if (step === 'check' && this.preview.id === undefined) await this.ask();
  }

  /** Asks the bridge what the draft would do; saves no mapping. */
  async ask(): Promise<void> {
    this.preview = {};
    const { draft } = this;
    if (this.isAway || !canPreview(draft, this.assessment.findings)) return;
    const preview = await askPreview(draft, this.record?.id);
    // What was changed meanwhile is not what the answer is about.
    if (draft === this.draft) this.preview = preview;
  }
}
