// Creates and edits a mapping (M2–M5, M9), in four steps. Promises that no mapping is saved before Save is pressed, and that what was
// chosen outlives whatever goes wrong meanwhile: a refused save, another admin's edit, a field that is gone, a session that ends, a
// dialog that is closed by a slip. Closes with `{ id, apply }` once it has saved.
import LightningModal from 'lightning/modal';
import { api } from 'lwc';
import type { Draft } from 'c/fieldFit';
import { forgetDraft, keepDraft, type KeptDraft } from 'c/keptDraft';
import type { Press } from 'c/mappingButtons';
import { draftOf, NEW_DRAFT, STEPS, type Step } from 'c/mappingDraft';
import type { Catalogue } from 'c/mappingRecords';
import type { MappingRecord } from 'c/mappingRows';
import type { Saver } from 'c/mappingSaver';
import type { Verdict } from 'c/mappingStep';

export default class MappingEditor extends LightningModal {
  /** `system` or `custom` for a new mapping. */
  @api kind = '';
  /** What a new mapping begins with. */
  @api initial: Partial<Draft> = {};
  /** The mapping that is edited. */
  @api record: MappingRecord | undefined;
  /** Goes on where an earlier edit was left. */
  @api kept: KeptDraft | undefined;
  /** What the page knows. */
  @api catalogue: Catalogue | undefined;
  @api mappings: readonly MappingRecord[] = [];
  /** The bridge is silent: no preview is asked for. */
  @api isAway = false;

  draft: Draft = NEW_DRAFT;
  step: Step = 'when';
  /** What there is to lose is what differs from this. */
  private base: Draft = NEW_DRAFT;
  verdict: Verdict = { isDead: true, isLoading: false };
  isBlocked = false;

  override connectedCallback(): void {
    this.base = { ...NEW_DRAFT, ...this.initial, ...(this.record && draftOf(this.record)) };
    this.draft = { ...this.base, ...this.kept?.draft };
    this.step = this.kept?.step ?? 'when';
  }

  get recordId(): string {
    return this.record?.id ?? '';
  }

  handleChange(event: CustomEvent<Partial<Draft>>): void {
    this.draft = { ...this.draft, ...event.detail };
    this.keep();
  }

  /** What another admin saved meanwhile is there already. */
  handleTake(event: CustomEvent<Draft>): void {
    this.base = event.detail;
    this.handleChange(event);
  }

  handleVerdict(event: CustomEvent<Verdict>): void {
    this.verdict = event.detail;
  }

  handleGo(event: CustomEvent<{ step: Step }>): void {
    this.go(event.detail.step);
  }

  async handlePress(event: CustomEvent<{ action: Press }>): Promise<void> {
    const { action } = event.detail;
    if (action === 'cancel') this.close();
    else if (action === 'save' || action === 'apply') await this.saver?.save(action === 'apply');
    else this.go(STEPS[STEPS.indexOf(this.step) + (action === 'back' ? -1 : 1)] ?? this.step);
  }

  handleState(event: CustomEvent<{ isBlocked: boolean }>): void {
    this.isBlocked = event.detail.isBlocked;
    this.disableClose = this.isBlocked;
  }

  handleSaved(event: CustomEvent<{ id: string; apply: boolean }>): void {
    this.disableClose = false;
    forgetDraft();
    this.close(event.detail);
  }

  private get saver(): (HTMLElement & Saver) | null | undefined {
    return this.template?.querySelector<HTMLElement & Saver>('c-mapping-saver');
  }

  private go(step: Step): void {
    this.step = step;
    this.keep();
  }

  private keep(): void {
    const { base, label, kind, draft, step, record } = this;
    keepDraft({ label, kind, draft, step, record }, base);
  }
}
