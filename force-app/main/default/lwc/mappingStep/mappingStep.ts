// One step of the mapping editor. Promises that every step says what is known now: fields that came or went since the page was opened,
// other mappings, and what the bridge says of real records once the last step is reached. Who goes to another step has the focus there:
// the button that led to it may be gone, or be disabled.
import { api, LightningElement } from 'lwc';
import type { Draft } from 'c/fieldFit';
import { NEW_DRAFT, type Step } from 'c/mappingDraft';
import type { Catalogue } from 'c/mappingRecords';
import type { MappingRecord } from 'c/mappingRows';
import { NOTHING_READ, type Sources } from 'c/mappingSource';
import { UNKNOWN_FIELD, type OrgField } from 'c/orgField';
import type { Preview, Previewer } from 'c/previewRequest';
import { assess, type Assessment } from './assessment';
import { labels } from './labels';

/** What the buttons of the editor depend on. */
export interface Verdict {
  /** Nothing can pass by the mapping as it stands. */
  isDead: boolean;
  /** The chosen object is still being read. */
  isLoading: boolean;
}

/**
 * @fires change with the part of the draft that was chosen
 * @fires verdict with a `Verdict`, when it is another one
 */
export default class MappingStep extends LightningElement {
  @api step: Step = 'when';
  @api draft: Draft = NEW_DRAFT;
  /** `system` or `custom` for a new mapping. */
  @api kind = '';
  /** Of the mapping that is edited; blank for a new one. */
  @api recordId = '';
  /** What the page knows; read anew here. */
  @api catalogue: Catalogue | undefined;
  @api mappings: readonly MappingRecord[] = [];
  /** The bridge is silent: no preview is asked for. */
  @api isAway = false;

  readonly labels = labels;
  org: OrgField = UNKNOWN_FIELD;
  preview: Preview = {};
  private sources: Sources = NOTHING_READ;
  private verdict: Verdict | undefined;
  /** What was drawn last. */
  private drawn: Step | undefined;

  get assessment(): Assessment {
    const { draft, recordId: id, org, fields: catalogue, others: mappings } = this;
    return assess({ draft, id, mappings, catalogue, org });
  }

  get fields(): Catalogue | undefined {
    return this.sources.catalogue ?? this.catalogue;
  }

  get others(): readonly MappingRecord[] {
    return this.sources.mappings ?? this.mappings;
  }

  /** Rules and their check are about both fields. */
  get isWaiting(): boolean {
    return this.org.isLoading && (this.step === 'rule' || this.step === 'check');
  }

  get shows(): Readonly<Record<string, boolean>> {
    return { waiting: this.isWaiting, [this.step]: !this.isWaiting };
  }

  get name(): string {
    return labels[this.step];
  }

  override renderedCallback(): void {
    const isMove = this.drawn !== undefined && this.drawn !== this.step;
    this.drawn = this.step;
    if (isMove) this.template?.querySelector<HTMLElement>('.step')?.focus();
    const verdict = { isDead: this.assessment.findings.dead.length > 0, isLoading: this.org.isLoading };
    if (verdict.isDead !== this.verdict?.isDead || verdict.isLoading !== this.verdict.isLoading) {
      this.verdict = verdict;
      this.dispatchEvent(new CustomEvent('verdict', { detail: verdict }));
    }
    if (this.shows.check) this.previewer?.look().catch(() => undefined);
  }

  handleSources(event: CustomEvent<Sources>): void {
    this.sources = event.detail;
  }

  handleRead(event: CustomEvent<OrgField>): void {
    this.org = event.detail;
  }

  handlePreview(event: CustomEvent<Preview>): void {
    this.preview = event.detail;
  }

  handleChange(event: CustomEvent<Partial<Draft>>): void {
    this.dispatchEvent(new CustomEvent('change', { detail: event.detail }));
  }

  async handleAgain(): Promise<void> {
    await this.previewer?.again();
  }

  private get previewer(): (HTMLElement & Previewer) | null | undefined {
    return this.template?.querySelector<HTMLElement & Previewer>('c-preview-request');
  }
}
