// `force:relatedListSingleContainer`: the records that refer to this one in one way.
import { api, LightningElement } from 'lwc';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import { readRelated, type Table } from '../../../client/lists.ts';
import { problemOf } from '../../../client/problem.ts';

export default class RelatedList extends LightningElement {
  @api properties: Record<string, string> = {};
  @api objectApiName = '';
  table: Table | undefined;
  problem = '';
  private openId = '';

  @api
  get recordId(): string {
    return this.openId;
  }
  set recordId(id: string) {
    this.openId = id;
    if (this.isConnected) void this.read();
  }

  private handler = 0;

  override connectedCallback(): void {
    this.handler = registerRefreshHandler(this, () => this.read());
    void this.read();
  }

  override disconnectedCallback(): void {
    unregisterRefreshHandler(this.handler);
  }

  private async read(): Promise<void> {
    const { relatedListApiName = '', rowsToDisplay = '6' } = this.properties;
    try {
      this.table = await readRelated(this.objectApiName, this.openId, relatedListApiName, Number(rowsToDisplay));
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  get label(): string {
    return this.table
      ? `${this.table.label} (${this.table.rows.length}${this.table.next === undefined ? '' : '+'})`
      : '';
  }
}
