// What somebody can do from the record: have it synced now, call in Sellfire (B28), look at its life
// (B25), and, for administrators, ask why it is, or is not, in sync (B16).
import canConfigure from '@salesforce/customPermission/Configure_Sellfire';
import CALL from '@salesforce/label/c.Panel_Call';
import CALL_NONE from '@salesforce/label/c.Panel_Call_None';
import LIFE from '@salesforce/label/c.Panel_Life';
import SYNC from '@salesforce/label/c.Panel_Sync_Now';
import type { PageError } from 'c/errors';
import { record, sellfireLead } from 'c/navigate';
import RecordLife from 'c/recordLife';
import { trySync } from 'c/requests';
import { NavigationMixin, type PageReference } from 'lightning/navigation';
import { api, LightningElement } from 'lwc';

/** @fires change when a sync that was asked for has ended */
export default class RecordActions extends NavigationMixin(LightningElement) {
  @api recordId = '';
  @api objectApiName = '';
  /** Of Sellfire; blank where the record is linked to none. */
  @api leadId = '';
  @api sellfireAddress = '';

  requestId: string | undefined;
  error: PageError | undefined;
  isAsking = false;
  labels = { CALL, CALL_NONE, LIFE, SYNC };

  get target(): PageReference | undefined {
    return this.leadId ? sellfireLead(this.sellfireAddress, this.leadId) : undefined;
  }

  /** The answer names what the connected user sees. */
  get canExplain(): boolean {
    return canConfigure === true;
  }

  /** Linked, and nobody has said where Sellfire is. */
  get isUnreachable(): boolean {
    return this.leadId !== '' && this.target === undefined;
  }

  async sync(): Promise<void> {
    this.isAsking = true;
    this.requestId = undefined;
    const { id, error } = await trySync(`${this.objectApiName}__c`, this.recordId);
    this.requestId = id;
    this.error = error;
    this.isAsking = id !== undefined;
  }

  handleEnded(): void {
    this.isAsking = false;
    this.dispatchEvent(new CustomEvent('change'));
  }

  call(): void {
    if (this.target) this[NavigationMixin.Navigate](this.target);
  }

  async openLife(): Promise<void> {
    const { recordId, objectApiName, leadId } = this;
    const report = await RecordLife.open<string>({ label: LIFE, size: 'medium', recordId, objectApiName, leadId });
    if (report) this[NavigationMixin.Navigate](record(report));
  }
}
