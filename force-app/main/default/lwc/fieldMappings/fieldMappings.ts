// The Field Mappings page (M2–M9, B29). Promises that the admin reads at once what is wrong and what is missing, and that nothing is
// written before a button is pressed.
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { LightningElement } from 'lwc';
import { PRIMARY_PHONE } from 'c/fieldFit';
import type { KeptDraft } from 'c/keptDraft';
import type { Board } from 'c/mappingBoard';
import { ROWS } from 'c/mappingRecords';
import type { MappingRecord, Row } from 'c/mappingRows';
import { NOTHING_READ, type Sources } from 'c/mappingSource';
import { fill } from 'c/mappingTexts';
import type { Notice } from 'c/unsavedNotice';
import { carryOut, openApply, openEdit, openKept, openNew, openSet, situationOf } from './dialogs';
import type { Edited, Situation } from './dialogs';
import { carried } from './gate';
import { labels } from './labels';
import { titleOf } from './title';

export default class FieldMappings extends LightningElement {
  readonly labels = labels;
  hasHelp = false;
  sources: Sources = NOTHING_READ;

  get mappings(): readonly MappingRecord[] {
    return this.sources.mappings ?? [];
  }

  /** The mappings stand there before Sellfire's fields are read, which are many; where there is none, what is offered needs them. */
  get isReady(): boolean {
    return this.sources.mappings !== undefined && (!this.isEmpty || !this.isUnread);
  }

  get isEmpty(): boolean {
    return this.mappings.length === 0;
  }

  /** Sellfire's fields are not read yet: no mapping can be made or changed. */
  get isUnread(): boolean {
    return this.sources.catalogue === undefined;
  }

  get hasNoCatalogue(): boolean {
    return this.sources.catalogue?.fields.length === 0;
  }

  get cutText(): string {
    return this.sources.total > this.mappings.length ? fill(labels.cut, this.sources.total, ROWS) : '';
  }

  get mapped(): string[] {
    return carried(this.mappings);
  }

  handleRead(event: CustomEvent<Sources>): void {
    this.sources = event.detail;
  }

  async refresh(): Promise<void> {
    await this.template?.querySelector<HTMLElement & { refresh(): Promise<void> }>('c-mapping-source')?.refresh();
  }

  async handleResume(event: CustomEvent<KeptDraft>): Promise<void> {
    await this.edited(openKept(event.detail, this.situation()));
  }

  async handleMap(event: CustomEvent<{ field: string }>): Promise<void> {
    await this.edited(openNew('system', this.situation(), event.detail.field));
  }

  async handleBegin(event: CustomEvent<{ way: string }>): Promise<void> {
    const { way } = event.detail;
    if (way === 'help') this.hasHelp = !this.hasHelp;
    else if (way === 'rules') this.hasHelp = true;
    else if (way === 'refresh') await this.refresh();
    else if (way === 'phone') await this.edited(openNew('system', this.situation(), PRIMARY_PHONE));
    else if (way === 'set') {
      if (await openSet(this.situation())) await this.refresh();
    } else await this.edited(openNew(way === 'custom' ? 'custom' : 'system', this.situation()));
  }

  async handleAct(event: CustomEvent<{ action: string; row: Row }>): Promise<void> {
    const { action, row } = event.detail;
    const record = this.mappings.find(({ id }) => id === row.id);
    if (!record) return;
    if (action === 'edit') await this.edited(openEdit(record, row, this.situation()));
    else if (await carryOut(action, record, row, this.situation())) {
      if (action === 'delete') this.toast(fill(labels.deleted, row.title));
      await this.refresh();
      if (action === 'delete') this.focusAfter(row);
    }
  }

  /** The menu that had the focus is gone with its row: whoever works by the keys goes on at the section. */
  private focusAfter({ section }: Row): void {
    const board = this.template?.querySelector<HTMLElement & Board>('c-mapping-board');
    if (board) board.focusSection(section);
    else this.template?.querySelector<HTMLElement>('c-mapping-start')?.focus();
  }

  private situation(): Situation {
    return situationOf(this.sources, () => this.isConnected);
  }

  private async edited(result: Promise<Edited>): Promise<void> {
    const saved = await result;
    this.template?.querySelector<HTMLElement & Notice>('c-unsaved-notice')?.look();
    if (!saved) return;
    await this.refresh();
    const record = this.mappings.find(({ id }) => id === saved.id);
    const title = titleOf(record, this.sources.catalogue);
    this.toast(fill(labels.saved, title));
    if (saved.apply && record) await openApply(record, record.id, title);
  }

  private toast(title: string): void {
    this.dispatchEvent(new ShowToastEvent({ title, variant: 'success' }));
  }
}
