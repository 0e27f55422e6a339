// One section of the mappings (M2–M9). Promises that hundreds of rows stay quick, because only a page of them is drawn, and that each
// row says in words which way it carries what, when, and what is wrong with it.
import { api, LightningElement } from 'lwc';
import { sorted, type Row, type SortKey } from 'c/mappingRows';
import { fill } from 'c/mappingTexts';
import { columnsOf, type Column } from './columns';
import { labels } from './labels';

/** Rows that are drawn at first: what is in sight, and some to scroll through. Each has a menu and icons, which take their time. */
const FIRST = 25;
/** Those of a table that is replaced in a moment, when it can be worked with: what is in sight. */
const FIRST_OF_SHUT = 15;
/** Rows that each "Show more" adds. */
const PAGE = 50;

/** @fires act with `{ action: 'edit' | 'inspect' | 'apply' | 'delete', id }` */
export default class MappingTable extends LightningElement {
  /** Heading of the section, translated. */
  @api heading = '';
  /** Nothing can be done with a row yet. */
  @api isShut = false;
  /** How many rows the section has without filters. */
  @api total = 0;

  @api rows: readonly Row[] = [];

  readonly labels = labels;
  private limit = FIRST;
  private sortKey: SortKey = 'sellfire';
  private isDescending = false;

  override connectedCallback(): void {
    this.begin();
  }

  get columns(): Column[] {
    return columnsOf(this.sortKey, this.isDescending);
  }

  get visible(): Row[] {
    return sorted(this.rows, this.sortKey, this.isDescending).slice(0, this.limit);
  }

  get isEmpty(): boolean {
    return this.rows.length === 0;
  }

  get emptyText(): string {
    return this.total > 0 ? labels.noMatch : labels.empty;
  }

  get headingText(): string {
    return `${this.heading} (${fill(labels.count, this.rows.length, this.total)})`;
  }

  get hasMore(): boolean {
    return this.rows.length > this.limit;
  }

  get moreLabel(): string {
    return fill(labels.more, Math.min(PAGE, this.rows.length - this.limit));
  }

  /** To the heading, where the row that had the focus is gone. */
  @api focus(): void {
    this.template?.querySelector<HTMLElement>('h2')?.focus();
  }

  handleMore(): void {
    this.limit += PAGE;
  }

  handleSort(event: Event): void {
    const { key } = (event.currentTarget as HTMLElement).dataset;
    this.isDescending = key === this.sortKey && !this.isDescending;
    this.sortKey = key as SortKey;
    this.begin();
  }

  handleSelect(event: CustomEvent<{ value: string }>): void {
    this.act(event.detail.value, event.currentTarget);
  }

  handleInspect(event: Event): void {
    this.act('inspect', event.currentTarget);
  }

  private begin(): void {
    this.limit = this.isShut ? FIRST_OF_SHUT : FIRST;
  }

  private act(action: string, target: EventTarget | null): void {
    const { id } = (target as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('act', { detail: { action, id } }));
  }
}
