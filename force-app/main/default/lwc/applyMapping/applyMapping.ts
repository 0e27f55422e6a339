// M9, "apply to existing records": promises that the counts stand there before anything is written, that the work can be stopped, and
// that closing the dialog does not stop it.
import LightningModal from 'lightning/modal';
import { api } from 'lwc';
import type { PageError } from 'c/errors';
import type { Draft } from 'c/fieldFit';
import { keepFocus } from 'c/keepFocus';
import { toPreview, type Preview } from 'c/mappingPreview';
import { counted } from 'c/mappingTexts';
import { tryRequest, type RequestState } from 'c/requests';
import { labels } from './labels';

export default class ApplyMapping extends LightningModal {
  @api recordId = '';
  @api mapping: Draft | undefined;

  readonly labels = labels;
  readonly sides = [
    { label: labels.salesforce, value: 'salesforce' },
    { label: labels.sellfire, value: 'sellfire' },
  ];
  prefer = 'salesforce';
  error: PageError | undefined;
  previewId: string | undefined;
  requestId: string | undefined;
  private preview: Preview | undefined;
  private isCounted = false;
  private isCounting = false;

  override renderedCallback(): void {
    keepFocus(this.template);
  }

  /** Why there is nothing to apply; blank where there is. */
  get refusal(): string {
    const { rule, triggers = [], sellfireObject } = this.mapping ?? {};
    if (rule === 'DoNotSync') return labels.off;
    return triggers.includes('createUpdate') && sellfireObject === 'lead' ? '' : labels.notNow;
  }

  get isTwoWay(): boolean {
    return this.mapping?.rule === 'TwoWay' && this.refusal === '';
  }

  get cannotCount(): boolean {
    return this.refusal !== '' || this.isCounting || this.hasStarted;
  }

  /** The table says more than the sentence of the request. */
  get isUncounted(): boolean {
    return this.previewId !== undefined && this.preview === undefined;
  }

  get isNothing(): boolean {
    return this.preview?.differ === 0;
  }

  get canApply(): boolean {
    return this.isCounted && !this.isNothing && !this.hasStarted;
  }

  get hasStarted(): boolean {
    return this.requestId !== undefined;
  }

  get applyLabel(): string {
    return this.preview ? counted(this.preview.differ, labels.goOne, labels.go) : labels.goUnknown;
  }

  /** Another side is another preview. */
  handlePrefer(event: CustomEvent<{ value: string }>): void {
    this.prefer = event.detail.value;
    this.previewId = undefined;
    this.preview = undefined;
    this.isCounted = false;
    this.isCounting = false;
  }

  async handleCount(): Promise<void> {
    this.isCounted = false;
    this.preview = undefined;
    this.previewId = undefined;
    this.isCounting = true;
    this.previewId = await this.ask({ preview: true });
    this.isCounting = this.previewId !== undefined;
  }

  handleCounted(event: CustomEvent<RequestState>): void {
    this.isCounting = false;
    this.isCounted = event.detail.status === 'Done';
    this.preview = toPreview(event.detail.data);
  }

  async handleApply(): Promise<void> {
    this.requestId = await this.ask({});
  }

  handleClose(): void {
    this.close(this.hasStarted);
  }

  private async ask(extra: Record<string, unknown>): Promise<string | undefined> {
    this.error = undefined;
    const { id, error } = await tryRequest('ApplyMapping', { mapping: this.recordId, prefer: this.prefer, ...extra });
    this.error = error;
    return id;
  }
}
