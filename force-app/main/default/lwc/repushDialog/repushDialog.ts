// Does again what failed (M27): the bridge counts first, with Sellfire's present data, and repushes what the reader has seen the
// count of. It never doubles anything.
import AGAIN from '@salesforce/label/c.Home_Start_Again';
import CANCEL from '@salesforce/label/c.Page_Cancel';
import CLOSE from '@salesforce/label/c.Page_Close';
import CONSEQUENCE from '@salesforce/label/c.Report_Repush_Consequence';
import COUNT from '@salesforce/label/c.Report_Repush_Count';
import ALL from '@salesforce/label/c.Report_Repush_All';
import ONE from '@salesforce/label/c.Report_Repush_One';
import NONE from '@salesforce/label/c.Report_Repush_None';
import type { PageError } from 'c/errors';
import { number } from 'c/format';
import { keepFocus } from 'c/keepFocus';
import { counted } from 'c/labels';
import { tryRequest, type RequestState } from 'c/requests';
import LightningModal from 'lightning/modal';
import { api } from 'lwc';

/** Closes with the RequestState of the repush; with nothing where none was made. */
export default class RepushDialog extends LightningModal {
  /** Of the request: `{ reports: […] }`, or what they have in common. */
  @api parameters: Readonly<Record<string, unknown>> = {};

  previewId: string | undefined;
  requestId: string | undefined;
  count: number | undefined;
  ended: RequestState | undefined;
  error: PageError | undefined;
  isAsking = false;
  hasCounted = false;
  labels = { CANCEL, CLOSE, CONSEQUENCE, NONE };

  override renderedCallback(): void {
    keepFocus(this.template);
  }

  get mustCount(): boolean {
    return this.count === undefined;
  }

  get isNothing(): boolean {
    return this.count === 0;
  }

  get isWaiting(): boolean {
    return this.isAsking || this.requestId !== undefined || (this.previewId !== undefined && !this.hasCounted);
  }

  get isRunning(): boolean {
    return this.isWaiting || this.isNothing;
  }

  get countLabel(): string {
    return this.hasCounted ? AGAIN : COUNT;
  }

  get repushLabel(): string {
    return counted(this.count ?? 0, ONE, ALL, number(this.count ?? 0));
  }

  get hasBegun(): boolean {
    return this.requestId !== undefined;
  }

  async preview(): Promise<void> {
    this.hasCounted = false;
    this.previewId = await this.ask({ ...this.parameters, preview: true });
  }

  async repush(): Promise<void> {
    this.requestId = await this.ask(this.parameters);
  }

  handleCounted(event: CustomEvent<RequestState>): void {
    const { count } = Object(event.detail.data) as { count?: unknown };
    this.hasCounted = true;
    this.count = event.detail.status === 'Done' && typeof count === 'number' ? count : undefined;
  }

  handleEnded(event: CustomEvent<RequestState>): void {
    this.ended = event.detail;
  }

  leave(): void {
    this.close(this.ended);
  }

  private async ask(parameters: Readonly<Record<string, unknown>>): Promise<string | undefined> {
    this.isAsking = true;
    this.error = undefined;
    const { id, error } = await tryRequest('Repush', parameters);
    this.error = error;
    this.isAsking = false;
    return id;
  }
}
