// What the connected user may do too little and too much, object by object: an icon, a word and a sentence for each.
import EXCESS from '@salesforce/label/c.Home_Right_Excess';
import MISSING from '@salesforce/label/c.Home_Right_Missing';
import OK from '@salesforce/label/c.Home_Right_Ok';
import type { Right } from 'c/homeData';
import { fill } from 'c/labels';
import { nameOf, wordsOf } from 'c/rights';
import { api, LightningElement } from 'lwc';

interface Line {
  key: string;
  icon: string;
  variant: string;
  sentence: string;
}

export default class RightsList extends LightningElement {
  @api rights: readonly Right[] = [];

  get lines(): Line[] {
    return this.rights.flatMap((right) => {
      const name = nameOf(right);
      const line = (icon: string, variant: string, label: string, words: readonly string[]): Line => ({
        key: `${name} ${label}`,
        icon,
        variant,
        sentence: fill(label, name, wordsOf(words)),
      });
      const { missing, excess } = right;
      if (missing.length + excess.length === 0) return [line('utility:success', 'success', OK, [])];
      return [
        ...(missing.length > 0 ? [line('utility:error', 'error', MISSING, missing)] : []),
        ...(excess.length > 0 ? [line('utility:warning', 'warning', EXCESS, excess)] : []),
      ];
    });
  }
}
