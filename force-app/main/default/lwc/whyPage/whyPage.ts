// Why is a record (not) in sync: one box, and the answer of the bridge (B16). The address names what was asked and the request that
// asks it, so that the page only reads.
import NO_ANSWER from '@salesforce/label/c.Why_No_Answer';
import NONE from '@salesforce/label/c.Why_None';
import NONE_HELP from '@salesforce/label/c.Why_None_Help';
import TITLE from '@salesforce/label/c.Why_Title';
import { worded } from 'c/messages';
import type { RequestState } from 'c/requests';
import { questionOf, type Question } from 'c/why';
import { explainedOf, type Explained } from 'c/whyData';
import { CurrentPageReference, type PageReference } from 'lightning/navigation';
import { LightningElement, wire } from 'lwc';

export default class WhyPage extends LightningElement {
  asked: Question = { about: '', requestId: undefined };
  explained: Explained | undefined;
  /** The request is done, and what it brought is no answer. */
  hasNoAnswer = false;
  labels = { NO_ANSWER, NONE, NONE_HELP, TITLE };

  @wire(CurrentPageReference)
  arrive(reference: PageReference | undefined): void {
    if (!reference) return;
    const asked = questionOf(reference.state as Record<string, string | undefined> | undefined);
    if (asked.requestId !== this.asked.requestId) {
      this.explained = undefined;
      this.hasNoAnswer = false;
    }
    this.asked = asked;
  }

  /** For who does not see that the answer has come. */
  get said(): string {
    return this.explained ? worded(this.explained.answer) : '';
  }

  handleEnded({ detail: { id, status, data } }: CustomEvent<RequestState>): void {
    if (id !== this.asked.requestId) return;
    this.explained = explainedOf(data);
    this.hasNoAnswer = status === 'Done' && this.explained === undefined;
  }
}
