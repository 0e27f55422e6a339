import { gql, graphql, type GraphQLError, type GraphQLResult } from 'lightning/graphql';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { LightningElement, wire } from 'lwc';
import { toPageError, type PageError } from 'c/errors';
import { PRIMARY_PHONE } from 'c/fieldFit';
import {
  CATALOGUE_QUERY,
  MAPPINGS_QUERY,
  ROWS,
  toCatalogue,
  toMappings,
  totalOf,
  type Catalogue,
} from 'c/mappingRecords';
import type { MappingRecord, Row } from 'c/mappingRows';
import { fill } from 'c/mappingTexts';
import {
  openApply,
  openDelete,
  openEdit,
  openInspector,
  openNew,
  openSet,
  type Edited,
  type Situation,
} from './dialogs';
import { carried, isSilent } from './gate';
import { labels } from './labels';

/**
 * The Field Mappings page (M2–M9, B29). Promises that the admin reads at once what is wrong and what is missing, and that nothing is
 * written before a button is pressed.
 */
export default class FieldMappings extends LightningElement {
  readonly labels = labels;
  readonly mappingsQuery = gql`
    ${MAPPINGS_QUERY}
  `;
  readonly catalogueQuery = gql`
    ${CATALOGUE_QUERY}
  `;
  hasHelp = false;
  mappings: readonly MappingRecord[] = [];
  catalogue: Catalogue | undefined;
  private total: number | undefined;
  private errors: { mappings?: readonly GraphQLError[] | undefined; catalogue?: readonly GraphQLError[] | undefined } =
    {};
  private refreshers: { mappings?: (() => Promise<void>) | undefined; catalogue?: (() => Promise<void>) | undefined } =
    {};

  @wire(graphql, { query: '$mappingsQuery' })
  readMappings({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.refreshers.mappings = refresh;
    this.errors = { ...this.errors, mappings: errors };
    if (!data) return;
    this.mappings = toMappings(data);
    this.total = totalOf(data) ?? this.mappings.length;
  }

  @wire(graphql, { query: '$catalogueQuery' })
  readCatalogue({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.refreshers.catalogue = refresh;
    this.errors = { ...this.errors, catalogue: errors };
    if (data) this.catalogue = toCatalogue(data);
  }

  get isReady(): boolean {
    return this.total !== undefined && this.catalogue !== undefined;
  }

  get error(): PageError | undefined {
    const errors = this.errors.mappings ?? this.errors.catalogue;
    return errors && toPageError(errors);
  }

  get isEmpty(): boolean {
    return this.mappings.length === 0;
  }

  get hasNoCatalogue(): boolean {
    return this.catalogue?.fields.length === 0;
  }

  get cutText(): string {
    return (this.total ?? 0) > this.mappings.length ? fill(labels.cut, this.total ?? 0, ROWS) : '';
  }

  get mapped(): string[] {
    return carried(this.mappings);
  }

  async refresh(): Promise<void> {
    // What goes wrong comes through the wires.
    await Promise.allSettled([this.refreshers.mappings?.(), this.refreshers.catalogue?.()]);
  }

  handleHelp(): void {
    this.hasHelp = !this.hasHelp;
  }

  async handleNew(event: Event): Promise<void> {
    const { kind } = (event.currentTarget as HTMLElement).dataset;
    await this.edited(openNew(kind === 'custom' ? 'custom' : 'system', {}, this.situation()));
  }

  async handleMap(event: CustomEvent<{ field: string }>): Promise<void> {
    await this.map(event.detail.field);
  }

  async handleBegin(event: CustomEvent<{ way: string }>): Promise<void> {
    const { way } = event.detail;
    if (way === 'rules') this.hasHelp = true;
    else if (way === 'set') await this.handleSet();
    else await this.map(PRIMARY_PHONE);
  }

  async handleSet(): Promise<void> {
    if (await openSet(this.situation())) await this.refresh();
  }

  async handleAct(event: CustomEvent<{ action: string; row: Row }>): Promise<void> {
    const { action, row } = event.detail;
    const record = this.mappings.find(({ id }) => id === row.id);
    if (!record) return;
    if (action === 'edit') await this.edited(openEdit(record, row, this.situation()));
    else if (action === 'inspect' && (await openInspector(record, row, this.situation()))) await this.refresh();
    else if (action === 'apply') await openApply(record, record.id, row.title);
    else if (action === 'delete' && (await openDelete(record, row, this.situation()))) {
      this.tell(fill(labels.deleted, row.title));
      await this.refresh();
    }
  }

  private situation(): Situation {
    const { catalogue, mappings } = this;
    return { catalogue, mappings, isAway: isSilent(catalogue?.lastSeenAt, Date.now()) };
  }

  private async map(sellfireField: string): Promise<void> {
    const initial = { sellfireObject: 'lead', sellfireField, salesforceObject: 'Lead' };
    await this.edited(openNew('system', initial, this.situation()));
  }

  private async edited(result: Promise<Edited>): Promise<void> {
    const saved = await result;
    if (!saved) return;
    await this.refresh();
    const record = this.mappings.find(({ id }) => id === saved.id);
    const title = record
      ? fill(labels.pair, record.sellfireField, record.salesforceObject, record.salesforceField)
      : '';
    this.tell(fill(labels.saved, title));
    if (saved.apply && record) await openApply(record, record.id, title);
  }

  private tell(title: string): void {
    this.dispatchEvent(new ShowToastEvent({ title, variant: 'success' }));
  }
}
