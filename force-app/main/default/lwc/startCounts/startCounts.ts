// What a start would meet in one direction: how many records have no counterpart, differ, or would be refused, and why.
import CREATE from '@salesforce/label/c.Home_Start_Create';
import CREATE_ONE from '@salesforce/label/c.Home_Start_Create_One';
import REASON from '@salesforce/label/c.Home_Start_Reason';
import REFUSED from '@salesforce/label/c.Home_Start_Refused';
import UPDATE from '@salesforce/label/c.Home_Start_Update';
import UPDATE_ONE from '@salesforce/label/c.Home_Start_Update_One';
import { titleOf } from 'c/codes';
import { number } from 'c/format';
import { counted, fill } from 'c/labels';
import { messagesOf, wordedAll } from 'c/messages';
import { api, LightningElement } from 'lwc';

export interface DirectionCounts {
  create: number;
  update: number;
  refused: number;
  /** `messages`: the sentence in codes and values. */
  reasons: readonly { code: string; sentence: string; messages?: unknown; count: number }[];
}

export default class StartCounts extends LightningElement {
  /** Already translated. */
  @api heading = '';
  @api counts: DirectionCounts | undefined;

  get lines(): string[] {
    const { create = 0, update = 0, refused = 0 } = this.counts ?? {};
    return [
      counted(create, CREATE_ONE, CREATE, number(create)),
      counted(update, UPDATE_ONE, UPDATE, number(update)),
      fill(REFUSED, number(refused)),
    ];
  }

  get reasons(): { code: string; sentence: string; detail: string }[] {
    return (this.counts?.reasons ?? []).map(({ code, sentence, messages, count }) => {
      const words = wordedAll(messagesOf(messages), sentence);
      const title = titleOf(code);
      return { code, sentence: fill(REASON, number(count), title ?? words), detail: title === undefined ? '' : words };
    });
  }
}
