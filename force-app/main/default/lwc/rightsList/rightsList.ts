// What the connected user may do too little and too much, object by object: an icon, a word and a sentence for each.
import EXCESS from '@salesforce/label/c.Home_Right_Excess';
import MISSING from '@salesforce/label/c.Home_Right_Missing';
import OK from '@salesforce/label/c.Home_Right_Ok';
import type { Right } from 'c/homeData';
import { fill } from 'c/labels';
import { objectsOf } from 'c/orgSchema';
import { apiNamesOf, nameOf, objectsToRead, wordsOf, type Objects } from 'c/rights';
import { getObjectInfos, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import type { BatchResult, WireResult } from 'lightning/uiRecordApi';
import { api, LightningElement, wire } from 'lwc';

interface Line {
  key: string;
  icon: string;
  variant: string;
  sentence: string;
  /** For Setup: the API names behind the labels. */
  help: string;
}

export default class RightsList extends LightningElement {
  @api get rights(): readonly Right[] {
    return this.given;
  }

  /** They come anew with each look at the bridge; the org is asked again only about other objects. */
  set rights(rights: readonly Right[]) {
    this.given = rights;
    const names = objectsToRead(rights);
    if (names.join() !== this.objectNames?.join()) this.objectNames = names.length > 0 ? names : undefined;
  }

  objectNames: string[] | undefined;
  private given: readonly Right[] = [];
  private objects: Objects = new Map();

  @wire(getObjectInfos, { objectApiNames: '$objectNames' })
  readObjects({ data }: WireResult<BatchResult<ObjectInfo>>): void {
    if (data) this.objects = objectsOf(data);
  }

  get lines(): Line[] {
    return this.rights.flatMap((right) => {
      const name = nameOf(right, this.objects);
      const object = this.objects.get(right.object);
      const line = (icon: string, variant: string, label: string, words: readonly string[]): Line => ({
        key: `${right.object} ${label}`,
        icon,
        variant,
        sentence: fill(label, name, wordsOf(words, object)),
        help: apiNamesOf(right, words),
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
