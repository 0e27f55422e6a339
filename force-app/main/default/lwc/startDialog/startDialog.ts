// The armed start (B20): the counts come first, and only who has seen them can start. Nothing is written before that.
import CANCEL from '@salesforce/label/c.Page_Cancel';
import CLOSE from '@salesforce/label/c.Page_Close';
import START from '@salesforce/label/c.Home_Start';
import COUNT from '@salesforce/label/c.Home_Start_Count';
import AGAIN from '@salesforce/label/c.Home_Start_Again';
import COUNTING from '@salesforce/label/c.Home_Start_Counting';
import RULE from '@salesforce/label/c.Home_Start_Rule';
import TO_SALESFORCE from '@salesforce/label/c.Home_Start_To_Salesforce';
import TO_SELLFIRE from '@salesforce/label/c.Home_Start_To_Sellfire';
import UNCOUNTED from '@salesforce/label/c.Home_Start_Uncounted';
import type { PageError } from 'c/errors';
import { keepFocus } from 'c/keepFocus';
import { tryRequest, type RequestState, type RequestType } from 'c/requests';
import type { DirectionCounts } from 'c/startCounts';
import LightningModal from 'lightning/modal';
import { countsOf, type StartCounts } from './counts';

/** Closes with the RequestState of the start; with nothing when it was dismissed. */
export default class StartDialog extends LightningModal {
  requestId: string | undefined;
  error: PageError | undefined;
  counts: StartCounts | undefined;
  counted = false;
  starting = false;
  isAsking = false;
  ended: RequestState | undefined;
  labels = { AGAIN, CANCEL, CLOSE, COUNTING, RULE, START, TO_SALESFORCE, TO_SELLFIRE, UNCOUNTED };

  override renderedCallback(): void {
    keepFocus(this.template);
  }

  get toSellfire(): DirectionCounts | undefined {
    return this.counts?.toSellfire;
  }

  get toSalesforce(): DirectionCounts | undefined {
    return this.counts?.toSalesforce;
  }

  get mustCount(): boolean {
    return this.counts === undefined;
  }

  get failedToCount(): boolean {
    return this.counted && this.counts === undefined;
  }

  get cannotCount(): boolean {
    return this.isAsking || (this.requestId !== undefined && !this.counted);
  }

  get countLabel(): string {
    return this.counted ? AGAIN : COUNT;
  }

  async count(): Promise<void> {
    this.counted = false;
    this.requestId = undefined;
    await this.ask('PreviewStart');
  }

  async start(): Promise<void> {
    this.starting = true;
    await this.ask('Start');
    this.starting = this.error === undefined;
  }

  handleEnded(event: CustomEvent<RequestState>): void {
    if (this.starting) {
      this.ended = event.detail;
      return;
    }
    this.counted = true;
    this.counts = event.detail.status === 'Done' ? countsOf(event.detail.data) : undefined;
  }

  leave(): void {
    this.close(this.ended);
  }

  private async ask(type: RequestType): Promise<void> {
    this.error = undefined;
    this.isAsking = true;
    const { id, error } = await tryRequest(type);
    if (id) this.requestId = id;
    this.error = error;
    this.isAsking = false;
  }
}
