// M7: promises that every option of both sides stands beside its counterpart, that what Sellfire lacks can be created one by one or all
// at once, and that each row says what came of it. Closes with `true` where something was asked for.
import LightningModal from 'lightning/modal';
import { api } from 'lwc';
import { toPageError, type PageError } from 'c/errors';
import type { SellfireField } from 'c/fieldFit';
import { keepFocus } from 'c/keepFocus';
import { counted } from 'c/mappingTexts';
import type { MappingRecord } from 'c/mappingRows';
import { UNKNOWN_FIELD, type OrgField } from 'c/orgField';
import { createRequest, type RequestState } from 'c/requests';
import { labels } from './labels';
import { inspectorRows, outcomesOf, type InspectorRow, type Outcomes } from './rows';

export default class OptionInspector extends LightningModal {
  @api record: MappingRecord | undefined;
  @api sellfire: SellfireField | undefined;

  readonly labels = labels;
  org: OrgField = UNKNOWN_FIELD;
  error: PageError | undefined;
  requestId: string | undefined;
  private asked: readonly string[] = [];
  private outcomes: Outcomes = {};

  override renderedCallback(): void {
    keepFocus(this.template);
  }

  get isLoading(): boolean {
    return this.org.entries === undefined && !this.org.isHidden;
  }

  get rows(): InspectorRow[] {
    return inspectorRows(this.sellfire?.options ?? [], this.org.entries ?? [], this.outcomes);
  }

  get missing(): string[] {
    return this.rows.filter(({ canCreate }) => canCreate).map(({ option }) => option);
  }

  get isRunning(): boolean {
    return Object.values(this.outcomes).some(({ state }) => state === 'running');
  }

  get cannotCreate(): boolean {
    return this.isRunning || this.missing.length === 0;
  }

  /** Values that Sellfire does not have yet, those that were asked for among them. */
  get lacking(): number {
    return this.rows.filter(({ isMissing }) => isMissing).length;
  }

  get createAllLabel(): string {
    return counted(this.lacking, labels.createAllOne, labels.createAll);
  }

  get summary(): string {
    const { lacking, org } = this;
    if (lacking === 0) return labels.complete;
    return counted(lacking, labels.lackingOne, labels.lacking, org.entries?.length ?? 0);
  }

  handleRead(event: CustomEvent<OrgField>): void {
    this.org = event.detail;
  }

  async handleCreate(event: Event): Promise<void> {
    const { option } = (event.currentTarget as HTMLElement).dataset;
    if (option !== undefined) await this.create([option]);
  }

  async handleCreateAll(): Promise<void> {
    await this.create(this.missing);
  }

  handleEnded(event: CustomEvent<RequestState>): void {
    const { status, data, result } = event.detail;
    this.outcomes = { ...this.outcomes, ...outcomesOf(this.asked, status, data, result) };
  }

  handleClose(): void {
    this.close(this.asked.length > 0);
  }

  private async create(options: readonly string[]): Promise<void> {
    this.error = undefined;
    const before = this.outcomes;
    this.asked = options;
    this.outcomes = {
      ...before,
      ...Object.fromEntries(options.map((option) => [option, { state: 'running' }] as const)),
    };
    try {
      this.requestId = await createRequest('CreateOptions', { mapping: this.record?.id, options });
    } catch (error) {
      this.outcomes = before;
      this.error = toPageError(error);
    }
  }
}
