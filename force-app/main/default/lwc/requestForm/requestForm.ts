// A request with its details as a form: it is counted first, and only who has seen the counts can begin it (B20). What is
// changed after the count has to be counted again.
import CANCEL from '@salesforce/label/c.Page_Cancel';
import CLOSE from '@salesforce/label/c.Page_Close';
import BEGIN from '@salesforce/label/c.Requests_Begin';
import COUNT from '@salesforce/label/c.Requests_Count';
import GOES_ON from '@salesforce/label/c.Requests_Goes_On';
import type { PageError } from 'c/errors';
import { isAnswered, kindOf, parametersOf, type Answers, type RequestKind } from 'c/requestKinds';
import { tryRequest, type RequestState } from 'c/requests';
import LightningModal from 'lightning/modal';
import { api } from 'lwc';

/** Closes with the id of the request that was begun, which goes on by itself; with nothing when none was. */
export default class RequestForm extends LightningModal {
  /** Of the kinds that begin here: `Import` … */
  @api type = '';

  answers: Answers = {};
  /** The count, or the request itself once it was begun. */
  watched: string | undefined;
  begun: string | undefined;
  isCounted = false;
  isBusy = false;
  error: PageError | undefined;
  labels = { BEGIN, COUNT, GOES_ON };

  get kind(): RequestKind {
    const kind = kindOf(this.type);
    if (!kind) throw new Error(`No request of the type ${this.type} begins with a form.`);
    return kind;
  }

  get isOpen(): boolean {
    return this.begun === undefined;
  }

  get mustCount(): boolean {
    return this.kind.counts !== undefined && !this.isCounted;
  }

  get isHeld(): boolean {
    return this.isBusy || !isAnswered(this.kind, this.answers);
  }

  get leaveLabel(): string {
    return this.isOpen ? CANCEL : CLOSE;
  }

  answer(event: CustomEvent<Answers>): void {
    this.answers = event.detail;
    this.isCounted = false;
    this.isBusy = false;
    this.watched = undefined;
  }

  async count(): Promise<void> {
    await this.ask(true);
  }

  async begin(): Promise<void> {
    this.begun = await this.ask(false);
  }

  get goesOn(): boolean {
    return !this.isOpen && this.isBusy;
  }

  handleEnded(event: CustomEvent<RequestState>): void {
    this.isBusy = false;
    this.isCounted = event.detail.status === 'Done';
  }

  leave(): void {
    this.close(this.begun);
  }

  private async ask(only: boolean): Promise<string | undefined> {
    this.error = undefined;
    this.isBusy = true;
    const { id, error } = await tryRequest(this.kind.type, parametersOf(this.kind, this.answers, only));
    if (id) this.watched = id;
    else this.isBusy = false;
    this.error = error;
    return id;
  }
}
