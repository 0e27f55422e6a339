// All mappings in their sections. Promises that each is found in a moment by whatever a row says, and that an object whose fields the
// user may not see costs its rows their labels and nothing else.
import { getObjectInfos, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import type { BatchResult, WireResult } from 'lightning/uiRecordApi';
import { api, LightningElement, wire } from 'lwc';
import type { SalesforceObject } from 'c/fieldFit';
import type { Catalogue } from 'c/mappingRecords';
import { NO_FILTER, type Filter, type MappingRecord, type Row, type Section } from 'c/mappingRows';
import { objectsOf } from 'c/orgSchema';
import { MadeRows, objectChoices, sectionsOf, type TableSection } from './sections';

/** What whoever has deleted a mapping calls. */
export interface Board {
  focusSection(section: Section): void;
}

/** @fires act with `{ action, row }` */
export default class MappingBoard extends LightningElement {
  /** Undefined before it is read: rows then stand by the names of their fields, and nothing can be done with them. */
  @api catalogue: Catalogue | undefined;

  @api
  get mappings(): readonly MappingRecord[] {
    return this.given;
  }
  set mappings(mappings: readonly MappingRecord[]) {
    this.given = mappings;
    const names = [...new Set(mappings.map(({ salesforceObject }) => salesforceObject))].sort();
    // A list of the same names is not read again.
    if (names.join() !== this.objectNames.join()) this.objectNames = names;
  }

  filter: Filter = NO_FILTER;
  objectNames: string[] = [];
  private readonly made = new MadeRows();
  private given: readonly MappingRecord[] = [];
  private objects: ReadonlyMap<string, SalesforceObject> = new Map();

  @wire(getObjectInfos, { objectApiNames: '$wantedObjects' })
  readObjects({ data }: WireResult<BatchResult<ObjectInfo>>): void {
    if (data) this.objects = objectsOf(data);
  }

  get wantedObjects(): string[] | undefined {
    return this.objectNames.length > 0 ? this.objectNames : undefined;
  }

  private get rows(): Row[] {
    const { fields, createsRecords = true } = this.catalogue ?? {};
    return this.made.of({ mappings: this.given, fields, objects: this.objects, createsRecords });
  }

  get sections(): TableSection[] {
    return sectionsOf(this.rows, this.filter);
  }

  get isUnread(): boolean {
    return this.catalogue === undefined;
  }

  get objectChoices(): { label: string; value: string }[] {
    return objectChoices(this.rows, this.catalogue?.objects ?? []);
  }

  get shown(): number {
    return this.sections.reduce((sum, { rows }) => sum + rows.length, 0);
  }

  /** To the heading of the section; to the first one where its last row is gone with it. */
  @api focusSection(section: Section): void {
    const table = this.template?.querySelector<HTMLElement>(`c-mapping-table[data-section="${section}"]`);
    (table ?? this.template?.querySelector<HTMLElement>('c-mapping-table'))?.focus();
  }

  handleFilter(event: CustomEvent<Filter>): void {
    this.filter = event.detail;
  }

  handleAct(event: CustomEvent<{ action: string; id: string }>): void {
    const { action, id } = event.detail;
    const row = this.rows.find((one) => one.id === id);
    if (row) this.dispatchEvent(new CustomEvent('act', { detail: { action, row } }));
  }
}
