// One request, watched until it ends: what the bridge says, how far it is, and a button to stop it. Reads by the record
// modules only; looking is all it does by itself.
import DONE from '@salesforce/label/c.Request_Done';
import FAILED from '@salesforce/label/c.Request_Failed';
import PROGRESS from '@salesforce/label/c.Request_Progress';
import RUNNING from '@salesforce/label/c.Request_Running';
import RUNNING_UNCOUNTED from '@salesforce/label/c.Request_Running_Uncounted';
import STOP from '@salesforce/label/c.Request_Stop';
import STOPPED from '@salesforce/label/c.Request_Stopped';
import STOPPING from '@salesforce/label/c.Request_Stopping';
import WAITING from '@salesforce/label/c.Request_Waiting';
import WAITING_LONG from '@salesforce/label/c.Request_Waiting_Long';
import { every } from 'c/clock';
import { toPageError, type PageError } from 'c/errors';
import { number } from 'c/format';
import { fill } from 'c/labels';
import { isOpen, REQUEST_FIELDS, REQUEST_OPTIONAL_FIELDS, requestOf, stopRequest, type RequestState } from 'c/requests';
import {
  getRecord,
  notifyRecordUpdateAvailable,
  type RecordRepresentation,
  type WireResult,
} from 'lightning/uiRecordApi';
import { api, LightningElement, wire } from 'lwc';

/** Looks so often while the request is open, in milliseconds. */
const EVERY = 2_000;
/** Looks that found nothing begun, after which the reader learns what may be wrong. */
const PATIENCE = 8;
const SENTENCES: Readonly<Record<string, string>> = {
  Stopping: STOPPING,
  Stopped: STOPPED,
  Done: DONE,
  Failed: FAILED,
};

/** @fires ended with the RequestState as detail, once, when no more is to come */
export default class RequestProgress extends LightningElement {
  @api recordId: string | undefined;
  /** Set where stopping makes no sense, such as for a pause. */
  @api hideStop = false;

  state: RequestState | undefined;
  error: PageError | undefined;
  labels = { PROGRESS, STOP };
  fields = REQUEST_FIELDS;
  optionalFields = REQUEST_OPTIONAL_FIELDS;
  private looks = 0;
  private stopClock: (() => void) | undefined;

  @wire(getRecord, { recordId: '$recordId', fields: '$fields', optionalFields: '$optionalFields' })
  read({ data, error }: WireResult<RecordRepresentation>): void {
    this.error = error === undefined ? undefined : toPageError(error);
    if (!data) return;
    const wasOpen = this.state === undefined || isOpen(this.state.status);
    this.state = requestOf(data);
    if (isOpen(this.state.status)) return;
    this.stopClock?.();
    if (wasOpen) this.dispatchEvent(new CustomEvent('ended', { detail: this.state }));
  }

  override connectedCallback(): void {
    this.stopClock = every(EVERY, () => this.look());
  }

  override disconnectedCallback(): void {
    this.stopClock?.();
  }

  private look(): void {
    this.looks += 1;
    // What goes wrong comes through the wire.
    if (this.recordId) notifyRecordUpdateAvailable([{ recordId: this.recordId }]).catch(() => undefined);
  }

  get sentence(): string {
    const { status = 'Requested', result, total, done = 0 } = this.state ?? {};
    if (result) return result;
    if (status === 'Requested') return this.looks < PATIENCE ? WAITING : WAITING_LONG;
    const running =
      total === undefined ? fill(RUNNING_UNCOUNTED, number(done)) : fill(RUNNING, number(done), number(total));
    return SENTENCES[status] ?? running;
  }

  get isOpen(): boolean {
    return isOpen(this.state?.status ?? 'Requested');
  }

  get hasEnded(): boolean {
    return !this.isOpen;
  }

  get canStop(): boolean {
    return this.isOpen && !this.hideStop && this.state !== undefined && this.state.status !== 'Stopping';
  }

  get iconName(): string {
    return this.state?.status === 'Done' ? 'utility:success' : 'utility:warning';
  }

  get progress(): number {
    return this.state?.progress ?? 0;
  }

  get barStyle(): string {
    return `inline-size: ${this.progress}%`;
  }

  async stop(): Promise<void> {
    try {
      if (this.recordId) await stopRequest(this.recordId);
    } catch (error) {
      this.error = toPageError(error);
    }
  }
}
