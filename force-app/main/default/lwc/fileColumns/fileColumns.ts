// The columns of the file that a request makes, each explained, folded away until somebody wants them.
import COLUMN from '@salesforce/label/c.Columns_Column';
import FROM from '@salesforce/label/c.Columns_From';
import TITLE from '@salesforce/label/c.Columns_Title';
import { api, LightningElement } from 'lwc';
import { COLUMNS, type Column } from './columns';

export default class FileColumns extends LightningElement {
  /** Of the request: `Import`, `ExportSales`; others make no file, and have nothing here. */
  @api type = '';

  labels = { COLUMN, FROM, TITLE };

  get columns(): readonly Column[] {
    return COLUMNS[this.type] ?? [];
  }
}
