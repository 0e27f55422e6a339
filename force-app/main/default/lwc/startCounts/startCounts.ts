// What a start would meet in one direction: how many records have no counterpart, differ, or would be refused, and why.
import CREATE from '@salesforce/label/c.Home_Start_Create';
import REASON from '@salesforce/label/c.Home_Start_Reason';
import REFUSED from '@salesforce/label/c.Home_Start_Refused';
import UPDATE from '@salesforce/label/c.Home_Start_Update';
import { titleOf } from 'c/codes';
import { number } from 'c/format';
import { fill } from 'c/labels';
import { api, LightningElement } from 'lwc';

export interface DirectionCounts {
  create: number;
  update: number;
  refused: number;
  reasons: readonly { code: string; sentence: string; count: number }[];
}

export default class StartCounts extends LightningElement {
  /** Already translated. */
  @api heading = '';
  @api counts: DirectionCounts | undefined;

  get lines(): string[] {
    const { create = 0, update = 0, refused = 0 } = this.counts ?? {};
    return [fill(CREATE, number(create)), fill(UPDATE, number(update)), fill(REFUSED, number(refused))];
  }

  get reasons(): { code: string; sentence: string; detail: string }[] {
    return (this.counts?.reasons ?? []).map(({ code, sentence, count }) => ({
      code,
      sentence: fill(REASON, number(count), titleOf(code) ?? sentence),
      detail: titleOf(code) === undefined ? '' : sentence,
    }));
  }
}
