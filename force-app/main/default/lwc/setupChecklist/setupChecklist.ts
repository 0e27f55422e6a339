// What is to be done before the sync works, as it stands now (B20). One line once all is done; it opens by itself when
// something breaks again.
import COMPLETE from '@salesforce/label/c.Home_Setup_Complete';
import HIDE from '@salesforce/label/c.Home_Setup_Hide';
import SHOW from '@salesforce/label/c.Home_Setup_Show';
import TITLE from '@salesforce/label/c.Home_Setup_Title';
import type { HomeData } from 'c/homeData';
import { fill } from 'c/labels';
import { api, LightningElement } from 'lwc';
import { stepsOf, type Step } from './steps';

/** @fires choose with a SetupAction, as its steps do, within the page around it alone */
export default class SetupChecklist extends LightningElement {
  @api home: HomeData | undefined;

  /** Undefined until somebody decides: then the set-up itself does. */
  wanted: boolean | undefined;
  labels = { COMPLETE };

  get steps(): Step[] {
    return this.home ? stepsOf(this.home) : [];
  }

  get heading(): string {
    return fill(TITLE, this.steps.filter(({ state }) => state === 'done').length, this.steps.length);
  }

  get isComplete(): boolean {
    return this.steps.every(({ state }) => state === 'done');
  }

  get isOpen(): boolean {
    return !this.isComplete || this.wanted === true;
  }

  get toggleLabel(): string {
    return this.isOpen ? HIDE : SHOW;
  }

  get expanded(): string {
    return String(this.isOpen);
  }

  toggle(): void {
    this.wanted = !this.isOpen;
  }

  pass({ detail }: CustomEvent<unknown>): void {
    this.dispatchEvent(new CustomEvent('choose', { detail, bubbles: true }));
  }
}
