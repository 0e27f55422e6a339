// The page of an object: its list views one at a time, and the way to a new record.
import { api, LightningElement } from 'lwc';
import RecordModal from 'host/recordModal';
import { readInfo, type ObjectInfo } from '../../../client/forms.ts';
import { readList, type Table } from '../../../client/lists.ts';
import { readOnce } from '../../../client/metadataApi.ts';
import { navigateTo } from '../../../client/navigation.ts';
import { problemOf } from '../../../client/problem.ts';
import { say } from '../../../client/shell.ts';
import { decodeDefaultFieldValues } from '../../lightning/pageReferenceUtils/pageReferenceUtils.ts';

const PAGE_SIZE = 50;

export default class ListPage extends LightningElement {
  @api defaults = '';
  views: { label: string; value: string }[] = [];
  info: ObjectInfo | undefined;
  table: Table | undefined;
  problem = '';
  private object = '';
  private view: string | undefined;
  private opensNew = false;

  @api
  get objectApiName(): string {
    return this.object;
  }
  set objectApiName(name: string) {
    if (name === this.object) return;
    this.object = name;
    this.table = undefined;
    void this.show();
  }

  @api
  get listView(): string | undefined {
    return this.view;
  }
  set listView(view: string | undefined) {
    if (view === this.view) return;
    this.view = view;
    void this.show();
  }

  @api
  get isNew(): boolean {
    return this.opensNew;
  }
  set isNew(isNew: boolean) {
    if (isNew && !this.opensNew) void Promise.resolve().then(() => this.create());
    this.opensNew = isNew;
  }

  private async show(): Promise<void> {
    const { object } = this;
    if (!object) return;
    this.problem = '';
    try {
      const [info, listed] = await Promise.all([
        readInfo(object),
        readOnce(`/ui-api/list-info/${object}`) as Promise<{ lists: { apiName: string; label: string }[] }>,
      ]);
      const views = listed.lists.map(({ apiName, label }) => ({ value: apiName, label }));
      const chosen = this.view ?? views[0]?.value;
      const table = chosen === undefined ? undefined : await readList(object, chosen, PAGE_SIZE);
      // Somebody went on while it was read.
      if (object !== this.object) return;
      this.info = info;
      this.views = views;
      this.table = table;
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  get words() {
    return {
      create: say('New', 'Nuevo'),
      view: say('List View', 'Vista de lista'),
      refresh: say('Refresh', 'Actualizar'),
    };
  }

  get current(): string {
    return this.view ?? this.views[0]?.value ?? '';
  }

  get plural(): string {
    return this.info?.labelPlural ?? this.object;
  }

  get heading(): string {
    return this.table?.label ?? '';
  }

  get count(): string {
    const loaded = this.table?.rows.length ?? 0;
    const more = this.table?.next === undefined ? '' : '+';
    return say(`${loaded}${more} items`, `${loaded}${more} elementos`);
  }

  get mayCreate(): boolean {
    return this.info?.createable === true;
  }

  choose(event: CustomEvent<{ value: string }>): void {
    navigateTo(`/lightning/o/${this.object}/list?filterName=${event.detail.value}`);
  }

  refresh(): void {
    void this.show();
  }

  async create(): Promise<void> {
    const { label } = await readInfo(this.object);
    const made = await RecordModal.open<{ id: string }>({
      label: say(`New ${label}`, `Nuevo: ${label}`),
      size: 'medium',
      objectApiName: this.object,
      defaults: decodeDefaultFieldValues(this.defaults ?? ''),
    });
    if (made) navigateTo(`/lightning/r/${this.object}/${made.id}/view`);
    else if (this.opensNew) navigateTo(`/lightning/o/${this.object}/list`);
  }
}
