// The last calls and e-mails with this business, read by themselves: who may not see Tasks still sees the rest of the panel (M35).
import DURATION from '@salesforce/label/c.Panel_Activity_Duration';
import EVENT from '@salesforce/label/c.Panel_Activity_Event';
import NONE from '@salesforce/label/c.Panel_Activities_None';
import TITLE from '@salesforce/label/c.Panel_Activities';
import { toPageError, type PageError } from 'c/errors';
import { duration, exact } from 'c/format';
import { fill } from 'c/labels';
import { record } from 'c/navigate';
import { objectOf } from 'c/recordData';
import { isRevisit } from 'c/revisit';
import { gql, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { api, LightningElement, wire } from 'lwc';
import { activitiesOf, activitiesQuery, type Activity } from './activities';

const ICONS: Readonly<Record<Activity['kind'], string>> = {
  call: 'utility:call',
  email: 'utility:email',
  other: 'utility:event',
};

interface Row extends Activity {
  icon: string;
  /** What came of it, how long it took and what it was about, on one line. */
  about: string;
}

export default class RecordActivities extends NavigationMixin(LightningElement) {
  @api recordId = '';
  @api objectApiName = '';

  activities: Activity[] | undefined;
  error: PageError | undefined;
  labels = { NONE, TITLE };
  private refreshWire: (() => Promise<void>) | undefined;

  get query(): GraphQLDocument | undefined {
    const object = objectOf(this.objectApiName);
    return object && this.recordId
      ? gql`
          ${activitiesQuery(object, this.recordId)}
        `
      : undefined;
  }

  @wire(graphql, { query: '$query' })
  read({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.refreshWire = refresh;
    this.error = errors?.length ? toPageError(errors) : undefined;
    if (!data) return;
    const isFirst = this.activities === undefined;
    this.activities = activitiesOf(data);
    if (isFirst && isRevisit(`activities ${this.recordId}`)) this.refresh();
  }

  @api
  refresh(): void {
    this.refreshWire?.().catch((error: unknown) => {
      this.error = toPageError(error);
    });
  }

  get rows(): Row[] {
    return (this.activities ?? []).map((one) => ({
      ...one,
      icon: ICONS[one.kind],
      about: [
        one.disposition,
        one.seconds ? fill(DURATION, duration(one.seconds)) : '',
        one.eventAt ? fill(EVENT, exact(one.eventAt)) : '',
      ]
        .filter(Boolean)
        .join(' · '),
    }));
  }

  get isEmpty(): boolean {
    return this.activities?.length === 0;
  }

  open(event: Event): void {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    if (id) this[NavigationMixin.Navigate](record(id));
  }
}
