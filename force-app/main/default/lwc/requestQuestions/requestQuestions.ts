// The questions that a request has, and only those; what is left blank has the default of the bridge, which stands beside it.
import ALL from '@salesforce/label/c.Requests_Ask_All';
import CONTACTS from '@salesforce/label/c.Requests_Ask_Contacts';
import CREATED from '@salesforce/label/c.Requests_Ask_Created';
import LEADS from '@salesforce/label/c.Requests_Ask_Leads';
import OBJECTS from '@salesforce/label/c.Requests_Ask_Objects';
import OWNER from '@salesforce/label/c.Requests_Ask_Owner';
import PERIOD from '@salesforce/label/c.Requests_Ask_Period';
import SALES_SINCE from '@salesforce/label/c.Requests_Ask_Sales_Since';
import SALES_UNTIL from '@salesforce/label/c.Requests_Ask_Sales_Until';
import SINCE from '@salesforce/label/c.Requests_Ask_Since';
import SOME from '@salesforce/label/c.Requests_Ask_Some';
import type { Answers } from 'c/requestKinds';
import { api, LightningElement } from 'lwc';

/** @fires answer with all Answers so far as detail */
export default class RequestQuestions extends LightningElement {
  @api asks: readonly (keyof Answers)[] = [];
  @api answers: Answers = {};

  labels = { OBJECTS, OWNER, PERIOD, SALES_UNTIL };
  objectChoices = [
    { label: CONTACTS, value: 'Contact' },
    { label: LEADS, value: 'Lead' },
  ];
  rangeChoices = [
    { label: SOME, value: 'some' },
    { label: ALL, value: 'all' },
  ];

  get asksObjects(): boolean {
    return this.asks.includes('objects');
  }

  get asksOwner(): boolean {
    return this.asks.includes('owner');
  }

  get asksRange(): boolean {
    return this.asks.includes('all');
  }

  get asksUntil(): boolean {
    return this.asks.includes('until');
  }

  get asksSince(): boolean {
    return this.asks.includes('since') && this.range === 'some';
  }

  get sinceLabel(): string {
    if (this.asksUntil) return SALES_SINCE;
    return this.asksObjects ? CREATED : SINCE;
  }

  get since(): string {
    return this.answers.since ?? '';
  }

  get until(): string {
    return this.answers.until ?? '';
  }

  get objects(): readonly string[] {
    return this.answers.objects ?? ['Contact', 'Lead'];
  }

  get range(): string {
    return this.answers.all === true ? 'all' : 'some';
  }

  chooseObjects(event: CustomEvent<{ value: string[] }>): void {
    this.say({ objects: [...event.detail.value] });
  }

  chooseRange(event: CustomEvent<{ value: string }>): void {
    this.say({ all: event.detail.value === 'all' });
  }

  chooseOwner(event: CustomEvent<{ recordId: string | null }>): void {
    this.say({ owner: event.detail.recordId ?? undefined });
  }

  chooseDay(event: Event): void {
    const { dataset, value } = event.currentTarget as HTMLInputElement;
    this.say({ [dataset.name ?? '']: value || undefined });
  }

  private say(answers: { [Key in keyof Answers]: Answers[Key] | undefined }): void {
    const all = Object.entries({ ...this.answers, ...answers }).filter(([, value]) => value !== undefined);
    this.dispatchEvent(new CustomEvent('answer', { detail: Object.fromEntries(all) as Answers }));
  }
}
