// Reps, one row each: who, under which id, in which state, and which Salesforce user – or what to do where there is none that can own
// a record.
import ID from '@salesforce/label/c.Reps_Column_Id';
import NAME from '@salesforce/label/c.Reps_Column_Name';
import STATE from '@salesforce/label/c.Reps_Column_State';
import USER from '@salesforce/label/c.Reps_Column_User';
import TABLE from '@salesforce/label/c.Reps_Table';
import { record } from 'c/navigate';
import type { MatchedRep } from 'c/repData';
import { remedyOf, stateWord } from 'c/repMatches';
import { NavigationMixin } from 'lightning/navigation';
import { api, LightningElement } from 'lwc';

export default class RepTable extends NavigationMixin(LightningElement) {
  @api reps: readonly MatchedRep[] = [];

  labels = { ID, NAME, STATE, TABLE, USER };

  get rows(): (MatchedRep & { word: string; remedy: string; userName: string })[] {
    return this.reps.map((rep) => ({
      ...rep,
      word: stateWord(rep.state),
      remedy: remedyOf(rep),
      userName: rep.user?.name ?? rep.userId,
    }));
  }

  see(event: Event): void {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    if (id) this[NavigationMixin.Navigate](record(id));
  }
}
