// Reads an object and one field of it; shows nothing itself. Promises that whoever listens knows at any time what is known, what is
// still on its way, and what the user may not see.
import {
  getObjectInfo,
  getPicklistValues,
  type ObjectInfo,
  type PicklistEntry,
  type PicklistValues,
} from 'lightning/uiObjectInfoApi';
import type { WireResult } from 'lightning/uiRecordApi';
import { api, LightningElement, wire } from 'lwc';
import type { SalesforceField, SalesforceObject } from 'c/fieldFit';
import { isPicklist, MASTER_RECORD_TYPE, toObject, withValues } from 'c/orgSchema';

/** What is known of a field of the org so far. */
export interface OrgField {
  object: SalesforceObject | undefined;
  salesforce: SalesforceField | undefined;
  /** Values of a picklist with their labels; undefined before they are read, and for other types. */
  entries: readonly PicklistEntry[] | undefined;
  isLoading: boolean;
  /** The object is gone, or the user may not see it. */
  isHidden: boolean;
}

export const UNKNOWN_FIELD: OrgField = {
  object: undefined,
  salesforce: undefined,
  entries: undefined,
  isLoading: false,
  isHidden: false,
};

/** @fires read with the whole `OrgField` */
export default class OrgFieldReader extends LightningElement {
  @api
  get objectName(): string {
    return this.wanted;
  }
  set objectName(name: string) {
    if (name === this.wanted) return;
    this.wanted = name;
    this.info = {};
    this.dispatchRead();
  }

  @api
  get fieldName(): string {
    return this.field;
  }
  set fieldName(name: string) {
    this.field = name;
    this.values = undefined;
    this.dispatchRead();
  }

  readonly recordTypeId = MASTER_RECORD_TYPE;
  private wanted = '';
  private field = '';
  private info: WireResult<ObjectInfo> = {};
  private values: PicklistValues | undefined;

  get wiredObject(): string | undefined {
    return this.wanted || undefined;
  }

  get object(): SalesforceObject | undefined {
    return this.info.data && toObject(this.info.data);
  }

  get picklist(): string | undefined {
    const type = this.info.data?.fields[this.field]?.dataType.toLowerCase() ?? '';
    return isPicklist(type) ? `${this.wanted}.${this.field}` : undefined;
  }

  @wire(getObjectInfo, { objectApiName: '$wiredObject' })
  readObject(result: WireResult<ObjectInfo>): void {
    // What belongs to the object before comes late.
    if (result.data && result.data.apiName !== this.wanted) return;
    this.info = result;
    this.dispatchRead();
  }

  @wire(getPicklistValues, { recordTypeId: '$recordTypeId', fieldApiName: '$picklist' })
  readValues({ data }: WireResult<PicklistValues>): void {
    this.values = data;
    this.dispatchRead();
  }

  override connectedCallback(): void {
    this.dispatchRead();
  }

  private dispatchRead(): void {
    const { object } = this;
    const field = object?.fields[this.field];
    const detail: OrgField = {
      object,
      salesforce: field && withValues(field, this.values),
      entries: this.values?.values,
      isLoading: this.wanted !== '' && !this.info.data && !this.info.error,
      isHidden: this.info.error !== undefined,
    };
    this.dispatchEvent(new CustomEvent('read', { detail }));
  }
}
