// Search and filters above the mapping table. Promises that whoever filters always reads how many of how many mappings are left.
import { api, LightningElement } from 'lwc';
import { TRIGGERS, triggerLabel } from 'c/mappingRules';
import { NO_FILTER, type Filter } from 'c/mappingRows';
import { fill } from 'c/mappingTexts';
import { labels } from './labels';

interface Choice {
  label: string;
  value: string;
}
const ALL: Choice = { label: labels.all, value: '' };

/** @fires filter with the whole `Filter` */
export default class MappingFilters extends LightningElement {
  /** The Salesforce objects that are mapped. */
  @api objects: readonly Choice[] = [];
  @api filter: Filter = NO_FILTER;
  @api shown = 0;
  @api total = 0;

  readonly labels = labels;
  readonly statusOptions: Choice[] = [
    ALL,
    { label: labels.issue, value: 'issue' },
    { label: labels.warning, value: 'warning' },
    { label: labels.ok, value: 'ok' },
    { label: labels.unchecked, value: 'unchecked' },
    { label: labels.off, value: 'off' },
  ];
  readonly triggerOptions: Choice[] = [
    ALL,
    ...TRIGGERS.map((trigger) => ({ label: triggerLabel(trigger), value: trigger })),
  ];

  get objectOptions(): Choice[] {
    return [ALL, ...this.objects];
  }

  get countText(): string {
    return fill(this.total === 1 ? labels.countOne : labels.count, this.shown, this.total);
  }

  get isFiltered(): boolean {
    const { text, object, status, trigger } = this.filter;
    return [text, object, status, trigger].some((value) => value !== '');
  }

  handleSearch(event: CustomEvent<{ value: string }>): void {
    this.change({ text: event.detail.value });
  }

  handleChoice(event: CustomEvent<{ value: string }>): void {
    const { name } = (event.currentTarget as HTMLElement).dataset;
    if (name) this.change({ [name]: event.detail.value });
  }

  handleClear(): void {
    this.change(NO_FILTER);
  }

  private change(part: Partial<Filter>): void {
    this.dispatchEvent(new CustomEvent('filter', { detail: { ...this.filter, ...part } }));
  }
}
