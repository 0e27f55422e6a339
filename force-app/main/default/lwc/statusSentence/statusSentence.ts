// Answers “does it work?” at a glance: an icon, a word and one sentence, which stays true while the page is open.
import CONNECTED_AS from '@salesforce/label/c.Home_Connected_As';
import NAME from '@salesforce/label/c.Home_Status_Name';
import ATTENTION from '@salesforce/label/c.Home_Word_Attention';
import STOPPED from '@salesforce/label/c.Home_Word_Stopped';
import WORKING from '@salesforce/label/c.Home_Word_Working';
import { every } from 'c/clock';
import type { HomeData } from 'c/homeData';
import { fill } from 'c/labels';
import { objectsOf } from 'c/orgSchema';
import { objectsToRead, type Objects } from 'c/rights';
import { getObjectInfos, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import type { BatchResult, WireResult } from 'lightning/uiRecordApi';
import { api, LightningElement, wire } from 'lwc';
import { lackingOf, statusOf, type Status } from './state';

const EVERY = 10_000;
const APPEARANCES = {
  working: { word: WORKING, icon: 'utility:success', variant: 'success' },
  attention: { word: ATTENTION, icon: 'utility:warning', variant: 'warning' },
  stopped: { word: STOPPED, icon: 'utility:ban', variant: 'error' },
} as const;

export default class StatusSentence extends LightningElement {
  @api get home(): HomeData | undefined {
    return this.given;
  }

  /** It comes anew with each look at the bridge; the org is asked again only about other objects. */
  set home(home: HomeData | undefined) {
    this.given = home;
    const names = objectsToRead(lackingOf(home?.bridge));
    if (names.join() !== this.objectNames?.join()) this.objectNames = names.length > 0 ? names : undefined;
  }

  objectNames: string[] | undefined;
  now = Date.now();
  labels = { NAME };
  private given: HomeData | undefined;
  private objects: Objects = new Map();
  private stopClock: (() => void) | undefined;

  @wire(getObjectInfos, { objectApiNames: '$objectNames' })
  readObjects({ data }: WireResult<BatchResult<ObjectInfo>>): void {
    if (data) this.objects = objectsOf(data);
  }

  override connectedCallback(): void {
    this.stopClock = every(EVERY, () => {
      this.now = Date.now();
    });
  }

  override disconnectedCallback(): void {
    this.stopClock?.();
  }

  get status(): Status | undefined {
    return this.home && statusOf(this.home, this.objects, this.now);
  }

  get appearance(): (typeof APPEARANCES)[Status['tone']] {
    return APPEARANCES[this.status?.tone ?? 'stopped'];
  }

  get boxClass(): string {
    return `status status_${this.status?.tone ?? 'stopped'} slds-box slds-box_x-small`;
  }

  get connectedAs(): string {
    const user = this.home?.bridge?.connectedAs;
    return user === undefined ? '' : fill(CONNECTED_AS, user);
  }
}
