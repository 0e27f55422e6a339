// One record's round trip, step by step: what went through, how long it took, and where it ended.
import CLOSE from '@salesforce/label/c.Page_Close';
import RUN from '@salesforce/label/c.Home_Run_Test';
import AGAIN from '@salesforce/label/c.Home_Test_Again';
import CONSEQUENCE from '@salesforce/label/c.Home_Test_Consequence';
import STEPS from '@salesforce/label/c.Home_Test_Steps';
import type { PageError } from 'c/errors';
import { keepFocus } from 'c/keepFocus';
import { tryRequest, type RequestState } from 'c/requests';
import LightningModal from 'lightning/modal';
import { stepsOf, type TestStep } from './steps';

/** Closes with the RequestState of the last test; with nothing where none was run. */
export default class TestDialog extends LightningModal {
  requestId: string | undefined;
  ended: RequestState | undefined;
  error: PageError | undefined;
  asking = false;
  labels = { CLOSE, CONSEQUENCE, STEPS };

  override renderedCallback(): void {
    keepFocus(this.template);
  }

  get runLabel(): string {
    return this.ended ? AGAIN : RUN;
  }

  get isRunning(): boolean {
    return this.asking || (this.requestId !== undefined && this.ended === undefined);
  }

  get steps(): TestStep[] {
    return stepsOf(this.ended?.data);
  }

  async run(): Promise<void> {
    this.asking = true;
    this.error = undefined;
    this.ended = undefined;
    const { id, error } = await tryRequest('TestRecord');
    if (id) this.requestId = id;
    this.error = error;
    this.asking = false;
  }

  handleEnded(event: CustomEvent<RequestState>): void {
    this.ended = event.detail;
  }

  leave(): void {
    this.close(this.ended);
  }
}
