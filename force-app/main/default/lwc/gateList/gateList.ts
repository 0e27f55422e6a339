// The gates of an answer in their order: each yes, no or not reached, with a sentence and the way to its mend (B16).
import GATES from '@salesforce/label/c.Why_Gates';
import NO from '@salesforce/label/c.Why_No';
import SKIPPED from '@salesforce/label/c.Why_Skipped';
import YES from '@salesforce/label/c.Why_Yes';
import { worded } from 'c/messages';
import type { Gate, GateState } from 'c/whyData';
import { NavigationMixin } from 'lightning/navigation';
import { api, LightningElement } from 'lwc';
import { pageOf, wordOf } from './mends';
import { TITLES } from './titles';

interface Row {
  gate: string;
  title: string;
  word: string;
  icon: string;
  variant: string;
  className: string;
  sentence: string;
  at: string | undefined;
  open: string | undefined;
}

const SIGNS: Readonly<Record<GateState, { word: string; icon: string; variant: string }>> = {
  pass: { word: YES, icon: 'utility:success', variant: 'success' },
  stop: { word: NO, icon: 'utility:error', variant: 'error' },
  skip: { word: SKIPPED, icon: 'utility:dash', variant: '' },
};

export default class GateList extends NavigationMixin(LightningElement) {
  @api gates: readonly Gate[] = [];
  /** Address of Sellfire, a setting; blank where none is set. */
  @api sellfireUrl = '';

  labels = { GATES };

  get rows(): Row[] {
    return this.gates.map(({ gate, state, message, mend, at }) => ({
      gate,
      title: TITLES[gate] ?? gate,
      ...SIGNS[state],
      className: `gate ${state}`,
      sentence: worded(message),
      at,
      open: mend && pageOf(mend, this.sellfireUrl) ? wordOf(mend) : undefined,
    }));
  }

  open(event: Event): void {
    const { gate } = (event.currentTarget as HTMLElement).dataset;
    const mend = this.gates.find((one) => one.gate === gate)?.mend;
    const to = mend && pageOf(mend, this.sellfireUrl);
    if (to) this[NavigationMixin.Navigate](to);
  }
}
