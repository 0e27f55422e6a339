// One request, watched until it ends: what the bridge says, how far it is, and a button to stop it. Reads by the record
// modules only; looking is all it does by itself.
import PROGRESS from '@salesforce/label/c.Request_Progress';
import STOP from '@salesforce/label/c.Request_Stop';
import { every } from 'c/clock';
import { toPageError, type PageError } from 'c/errors';
import { isOpen, REQUEST_FIELDS, REQUEST_OPTIONAL_FIELDS, requestOf, stopRequest, type RequestState } from 'c/requests';
import {
  getRecord,
  notifyRecordUpdateAvailable,
  type RecordRepresentation,
  type WireResult,
} from 'lightning/uiRecordApi';
import { api, LightningElement, wire } from 'lwc';
import { sentenceOf } from './sentence';

/** Looks so often while the request is open, in milliseconds. */
const EVERY = 2_000;

/** @fires ended with the RequestState as detail, once, when no more is to come */
export default class RequestProgress extends LightningElement {
  /** Another one begins anew. */
  @api
  get recordId(): string | undefined {
    return this.watched;
  }
  set recordId(id: string | undefined) {
    this.watched = id;
    this.state = undefined;
    this.error = undefined;
    this.looks = 0;
    if (this.isConnected) this.watch();
  }
  /** Set where stopping makes no sense, such as for a pause. */
  @api hideStop = false;

  state: RequestState | undefined;
  error: PageError | undefined;
  labels = { PROGRESS, STOP };
  fields = REQUEST_FIELDS;
  optionalFields = REQUEST_OPTIONAL_FIELDS;
  private watched: string | undefined;
  private looks = 0;
  private stopClock: (() => void) | undefined;

  @wire(getRecord, { recordId: '$watched', fields: '$fields', optionalFields: '$optionalFields' })
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
    this.watch();
  }

  override disconnectedCallback(): void {
    this.stopClock?.();
  }

  private watch(): void {
    this.stopClock?.();
    this.stopClock = every(EVERY, () => this.look());
  }

  private look(): void {
    this.looks += 1;
    // What goes wrong comes through the wire.
    if (this.watched) notifyRecordUpdateAvailable([{ recordId: this.watched }]).catch(() => undefined);
  }

  get sentence(): string {
    return sentenceOf(this.state, this.looks);
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
      if (this.watched) await stopRequest(this.watched);
    } catch (error) {
      this.error = toPageError(error);
    }
  }
}
