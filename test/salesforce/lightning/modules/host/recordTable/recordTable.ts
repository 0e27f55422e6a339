// Records in a table, each with a link to its page.
import { api, LightningElement } from 'lwc';
import type { Table } from '../../../client/lists.ts';
import { say } from '../../../client/shell.ts';

export default class RecordTable extends LightningElement {
  @api table: Table | undefined;

  get isEmpty(): boolean {
    return this.table?.rows.length === 0;
  }

  get nothing(): string {
    return say('No items to display.', 'No hay elementos que mostrar.');
  }
}
