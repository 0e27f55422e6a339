// What the table is narrowed to: a search, lists and days to choose, and a pill for each choice that takes it out again.
import CLEAR from '@salesforce/label/c.Report_Filter_Clear';
import CODE from '@salesforce/label/c.Report_Filter_Code';
import DIRECTION from '@salesforce/label/c.Report_Filter_Direction';
import OBJECT from '@salesforce/label/c.Report_Filter_Object';
import OUTCOME from '@salesforce/label/c.Report_Filter_Outcome';
import PILL from '@salesforce/label/c.Report_Filter_Pill';
import PILLS from '@salesforce/label/c.Report_Filter_Pills';
import REQUEST from '@salesforce/label/c.Report_Filter_Request';
import SINCE from '@salesforce/label/c.Report_Filter_Since';
import TEXT from '@salesforce/label/c.Report_Filter_Text';
import TEXT_HELP from '@salesforce/label/c.Report_Filter_Text_Help';
import UNTIL from '@salesforce/label/c.Report_Filter_Until';
import { fill } from 'c/labels';
import { changed, KEYS, type FilterKey, type ReportFilter } from 'c/reportFilter';
import { api, LightningElement } from 'lwc';
import { optionsOf, wordOf, type Option } from './options';

const NAMES: Readonly<Record<FilterKey, string>> = {
  outcome: OUTCOME,
  direction: DIRECTION,
  object: OBJECT,
  code: CODE,
  since: SINCE,
  until: UNTIL,
  text: TEXT,
  request: REQUEST,
};

/** @fires filter with the new ReportFilter as detail */
export default class ReportFilters extends LightningElement {
  @api filter: ReportFilter = {};
  /** Codes to choose from. */
  @api codes: readonly string[] = [];

  labels = { ...NAMES, CLEAR, PILLS, TEXT_HELP };

  get lists(): { key: FilterKey; label: string; value: string; options: Option[] }[] {
    return (['outcome', 'direction', 'object', 'code'] as const).map((key) => ({
      key,
      label: NAMES[key],
      value: this.filter[key] ?? '',
      options: optionsOf(key, this.filter[key], this.codes),
    }));
  }

  get pills(): { key: FilterKey; label: string }[] {
    return KEYS.flatMap((key) => {
      const value = this.filter[key];
      return value ? [{ key, label: fill(PILL, NAMES[key], wordOf(key, value)) }] : [];
    });
  }

  get since(): string {
    return this.filter.since ?? '';
  }

  get until(): string {
    return this.filter.until ?? '';
  }

  get text(): string {
    return this.filter.text ?? '';
  }

  choose(event: CustomEvent<{ value: string }>): void {
    const { key } = (event.currentTarget as HTMLElement).dataset;
    this.fire(changed(this.filter, key as FilterKey, event.detail.value.trim()));
  }

  chooseDay(event: Event): void {
    const { dataset, value } = event.currentTarget as HTMLInputElement;
    this.fire(changed(this.filter, dataset.key as FilterKey, value));
  }

  /** The search is done by Enter, by leaving the field, and by its own clearing. */
  search(event: Event): void {
    const { value } = event.currentTarget as HTMLInputElement;
    if (value.trim() !== this.text) this.fire(changed(this.filter, 'text', value.trim()));
  }

  remove(event: Event): void {
    event.preventDefault();
    const { key } = (event.currentTarget as HTMLElement).dataset;
    this.fire(changed(this.filter, key as FilterKey, undefined));
  }

  clear(): void {
    this.fire({});
  }

  private fire(filter: ReportFilter): void {
    this.dispatchEvent(new CustomEvent('filter', { detail: filter }));
  }
}
