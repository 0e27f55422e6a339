// Step 4 (M8, M9): promises that the admin sees on real records what the mapping would do, and every contradiction by name, before
// saving; and that a bridge that is away holds up nobody.
import { api, LightningElement } from 'lwc';
import type { Findings } from 'c/fieldFit';
import { toPreview, type Preview } from 'c/mappingPreview';
import type { MappingRecord } from 'c/mappingRows';
import type { RequestState } from 'c/requests';
import type { PageError } from 'c/errors';
import { labels } from './labels';
import { lists, type StatementList } from './lists';

/** @fires again when another preview is wanted */
export default class CheckStep extends LightningElement {
  @api findings: Findings = { dead: [], issues: [], warnings: [] };
  /** The mapping in one line. */
  @api summary = '';
  @api mappings: readonly MappingRecord[] = [];
  @api isAway = false;
  /** Why the preview could not even be asked for. */
  @api error: PageError | undefined;

  @api
  get requestId(): string | undefined {
    return this.asked;
  }
  set requestId(id: string | undefined) {
    this.asked = id;
    this.preview = undefined;
    this.hasEnded = false;
  }

  readonly labels = labels;
  private asked: string | undefined;
  private preview: Preview | undefined;
  private hasEnded = false;

  get lists(): StatementList[] {
    return lists(this.findings, this.preview, this.mappings);
  }

  get isFine(): boolean {
    return this.lists.length === 0;
  }

  /** The request stands there until it brought a preview; one that failed stays, with its reason. */
  get hasRequest(): boolean {
    return this.asked !== undefined && this.preview === undefined;
  }

  get isWaiting(): boolean {
    return this.hasRequest && !this.hasEnded;
  }

  get hasPreview(): boolean {
    return this.preview !== undefined;
  }

  get canAsk(): boolean {
    return !this.isWaiting && this.findings.dead.length === 0;
  }

  handleEnded(event: CustomEvent<RequestState>): void {
    this.hasEnded = true;
    this.preview = toPreview(event.detail.data);
  }

  handleAgain(): void {
    this.dispatchEvent(new CustomEvent('again'));
  }
}
