// Exports the list of reps as a CSV file: those that are listed, in their order.
import EXPORT from '@salesforce/label/c.Reps_Export';
import { download } from 'c/csv';
import type { MatchedRep } from 'c/repData';
import { remedyOf } from 'c/repMatches';
import { api, LightningElement } from 'lwc';

const HEADINGS = ['Rep id', 'Name', 'E-mail', 'State', 'Salesforce user id', 'Salesforce user', 'What to do'];

export default class RepExport extends LightningElement {
  @api reps: readonly MatchedRep[] = [];

  labels = { EXPORT };

  get isEmpty(): boolean {
    return this.reps.length === 0;
  }

  save(): void {
    download('sellfire-reps.csv', [HEADINGS, ...this.reps.map(cellsOf)]);
  }
}

function cellsOf(rep: MatchedRep): string[] {
  return [rep.id, rep.name, rep.email, rep.state, rep.userId, rep.user?.name ?? '', remedyOf(rep)];
}
