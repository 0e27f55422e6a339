// One step of the set-up: how it stands in an icon and a word, what to do, and the button that goes there.
import DONE from '@salesforce/label/c.Home_Setup_Done';
import RECOMMENDED from '@salesforce/label/c.Home_Setup_Recommended';
import TODO from '@salesforce/label/c.Home_Setup_Todo';
import WRONG from '@salesforce/label/c.Home_Setup_Wrong';
import type { Right } from 'c/homeData';
import { api, LightningElement } from 'lwc';

/** As `stepsOf` of the checklist makes it. */
export interface Step {
  label: string;
  state: 'done' | 'todo' | 'recommended' | 'wrong';
  help: string;
  action: string | undefined;
  actionLabel: string;
  rights: readonly Right[];
}

const APPEARANCES = {
  done: { word: DONE, icon: 'utility:success', variant: 'success' },
  todo: { word: TODO, icon: 'utility:routing_offline', variant: '' },
  recommended: { word: RECOMMENDED, icon: 'utility:info', variant: '' },
  wrong: { word: WRONG, icon: 'utility:error', variant: 'error' },
} as const;

/** @fires choose with the action of the step as detail */
export default class SetupStep extends LightningElement {
  @api step: Step | undefined;

  get appearance(): (typeof APPEARANCES)[Step['state']] {
    return APPEARANCES[this.step?.state ?? 'todo'];
  }

  choose(): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: this.step?.action }));
  }
}
