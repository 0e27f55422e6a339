// Settings (M19): what the integration does in this org, who changed it last, and the way to every change before.
import SOMEBODY from '@salesforce/label/c.Home_Somebody';
import CHANGED_BY from '@salesforce/label/c.Settings_Changed_By';
import HISTORY from '@salesforce/label/c.Settings_History';
import NEVER_SAVED from '@salesforce/label/c.Settings_Never_Saved';
import TITLE from '@salesforce/label/c.Settings_Title';
import { every } from 'c/clock';
import { toPageError, type PageError } from 'c/errors';
import { fill } from 'c/labels';
import { record } from 'c/navigate';
import { withPrefix } from 'c/records';
import { isRevisit } from 'c/revisit';
import { query, savedOf, type Saved } from 'c/settingsData';
import { gql, graphql, type GraphQLResult } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import {
  getObjectInfo,
  getPicklistValues,
  type FieldInfo,
  type ObjectInfo,
  type PicklistValues,
} from 'lightning/uiObjectInfoApi';
import type { WireResult } from 'lightning/uiRecordApi';
import { LightningElement, wire } from 'lwc';

/** Of the master record type, which every object has. */
const MASTER = '012000000000000AAA';
/** Looks so often whether somebody else saved, in milliseconds. */
const EVERY = 30_000;

export default class SettingsPage extends NavigationMixin(LightningElement) {
  saved: Saved | undefined;
  fields: Readonly<Record<string, FieldInfo>> | undefined;
  stages: { label: string; value: string }[] = [];
  readError: PageError | undefined;
  describeError: PageError | undefined;
  labels = { HISTORY, NEVER_SAVED, TITLE };
  query = gql`
    ${query}
  `;
  object = withPrefix('Sync_Settings__c');
  stageField = 'Opportunity.StageName';
  recordTypeId = MASTER;
  private refresh: (() => Promise<void>) | undefined;
  private stopClock: (() => void) | undefined;

  @wire(graphql, { query: '$query' })
  read({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.refresh = refresh;
    this.readError = errors?.length ? toPageError(errors) : undefined;
    if (!data) return;
    const isFirst = this.saved === undefined;
    this.saved = savedOf(data);
    if (isFirst && isRevisit('settings')) this.reload();
  }

  @wire(getObjectInfo, { objectApiName: '$object' })
  describe({ data, error }: WireResult<ObjectInfo>): void {
    this.describeError = error === undefined ? undefined : toPageError(error);
    if (data) this.fields = data.fields;
  }

  /** Whoever may not read opportunities writes the stage out. */
  @wire(getPicklistValues, { recordTypeId: '$recordTypeId', fieldApiName: '$stageField' })
  readStages({ data }: WireResult<PicklistValues>): void {
    this.stages = (data?.values ?? []).map(({ label, value }) => ({ label, value }));
  }

  override connectedCallback(): void {
    this.stopClock = every(EVERY, () => this.reload());
  }

  override disconnectedCallback(): void {
    this.stopClock?.();
  }

  get isReady(): boolean {
    return this.saved !== undefined && this.fields !== undefined;
  }

  get error(): PageError | undefined {
    return this.readError ?? this.describeError;
  }

  get changedBy(): string {
    return fill(CHANGED_BY, this.saved?.changedBy ?? SOMEBODY);
  }

  reload(): void {
    this.refresh?.().catch((error: unknown) => {
      this.readError = toPageError(error);
    });
  }

  showHistory(): void {
    if (this.saved?.id) this[NavigationMixin.Navigate](record(this.saved.id));
  }
}
