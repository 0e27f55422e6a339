// Ready-made mappings (B29). Promises that each has its reason, that none is applied by itself, and that one that cannot be saved in
// this org says why and holds up no other. Closes with `true` where something was saved.
import { getObjectInfos, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import type { BatchResult, WireResult } from 'lightning/uiRecordApi';
import LightningModal from 'lightning/modal';
import { api, wire } from 'lwc';
import { toPageError } from 'c/errors';
import type { Other, SalesforceObject } from 'c/fieldFit';
import { keepFocus } from 'c/keepFocus';
import { saveMapping, type Catalogue } from 'c/mappingRecords';
import { counted, fill } from 'c/mappingTexts';
import { objectsOf } from 'c/orgSchema';
import { labels } from './labels';
import { RECOMMENDED_OBJECTS } from './recommendations';
import { recommendedRows, type RecommendedRow, type Results } from './rows';

export default class RecommendedSet extends LightningModal {
  @api catalogue: Catalogue | undefined;
  @api mappings: readonly Other[] = [];

  readonly labels = labels;
  readonly objectNames = [...RECOMMENDED_OBJECTS];
  isSaving = false;
  private objects: ReadonlyMap<string, SalesforceObject> = new Map();
  private isRead = false;
  private ticked: ReadonlySet<string> = new Set();
  private results: Results = {};

  override renderedCallback(): void {
    keepFocus(this.template);
  }

  @wire(getObjectInfos, { objectApiNames: '$objectNames' })
  readObjects({ data, error }: WireResult<BatchResult<ObjectInfo>>): void {
    this.objects = objectsOf(data);
    this.isRead = data !== undefined || error !== undefined;
  }

  get isLoading(): boolean {
    return !this.isRead;
  }

  get rows(): RecommendedRow[] {
    const known = { fields: this.catalogue?.fields ?? [], objects: this.objects, mappings: this.mappings };
    return recommendedRows(known, this.ticked, this.results);
  }

  get chosen(): RecommendedRow[] {
    return this.rows.filter(({ isTicked }) => isTicked);
  }

  get saveLabel(): string {
    return counted(this.chosen.length, labels.saveOne, labels.save);
  }

  get cannotSave(): boolean {
    return this.isSaving || this.chosen.length === 0;
  }

  get resultText(): string {
    const all = Object.values(this.results);
    const saved = all.filter((why) => why === '').length;
    return all.length === 0 ? '' : fill(labels.result, saved, all.length - saved);
  }

  handleTick(event: Event): void {
    const { checked, value } = event.target as HTMLInputElement;
    const others = [...this.ticked].filter((key) => key !== value);
    this.ticked = new Set(checked ? [...others, value] : others);
  }

  handleAll(): void {
    this.ticked = new Set(this.rows.filter(({ isShut }) => !isShut).map(({ key }) => key));
  }

  handleNone(): void {
    this.ticked = new Set();
  }

  /** One after the other: the flow that looks for contradictions sees those before. */
  async handleSave(): Promise<void> {
    this.isSaving = true;
    this.disableClose = true;
    for (const { key, draft } of this.chosen) {
      // eslint-disable-next-line no-await-in-loop -- in the order of the list, see above
      const why = await saveMapping(draft).then(
        () => '',
        (error: unknown) => toPageError(error).sentence,
      );
      this.results = { ...this.results, [key]: why };
    }
    this.isSaving = false;
    this.disableClose = false;
  }

  handleClose(): void {
    this.close(Object.values(this.results).includes(''));
  }
}
