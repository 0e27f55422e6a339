// The answer to the question why: what stands in the way, on top and in words; the gates; the fields that differ; and what would be
// written now, by the bridge's own decision (B16).
import NO from '@salesforce/label/c.Why_No';
import DIFFERENCES from '@salesforce/label/c.Why_Differences';
import MORE from '@salesforce/label/c.Why_Differences_More';
import GATES from '@salesforce/label/c.Why_Gates';
import NOW from '@salesforce/label/c.Why_Now';
import YES from '@salesforce/label/c.Why_Yes';
import RECORD from '@salesforce/label/c.Why_Open_Record';
import LEAD from '@salesforce/label/c.Why_Open_Lead';
import type { ShownChange } from 'c/changeList';
import { number } from 'c/format';
import { fill } from 'c/labels';
import { worded, wordedAll } from 'c/messages';
import { record, sellfireLead } from 'c/navigate';
import type { Explained } from 'c/whyData';
import { NavigationMixin, type PageReference } from 'lightning/navigation';
import { api, LightningElement } from 'lwc';

export default class WhyAnswer extends NavigationMixin(LightningElement) {
  @api explained!: Explained;

  labels = { DIFFERENCES, GATES, NOW };

  get isInStep(): boolean {
    return this.explained.gates.every(({ state }) => state !== 'stop');
  }

  get icon(): string {
    return this.isInStep ? 'utility:success' : 'utility:error';
  }

  get variant(): string {
    return this.isInStep ? 'success' : 'error';
  }

  get word(): string {
    return this.isInStep ? YES : NO;
  }

  get sentence(): string {
    return worded(this.explained.answer);
  }

  get links(): { key: string; label: string; to: PageReference }[] {
    const { recordId, leadId, sellfireUrl } = this.explained;
    const lead = leadId ? sellfireLead(sellfireUrl, leadId) : undefined;
    return [
      ...(recordId ? [{ key: 'record', label: RECORD, to: record(recordId) }] : []),
      ...(lead ? [{ key: 'lead', label: LEAD, to: lead }] : []),
    ];
  }

  get more(): string {
    return this.explained.more > 0 ? fill(MORE, number(this.explained.more)) : '';
  }

  /** The sentence of each write stands above its fields. */
  get now(): string {
    const above = this.explained.writes.map(({ message }) => message.code);
    return wordedAll(
      this.explained.now.filter(({ code }) => !above.includes(code)),
      '',
    );
  }

  get writes(): { key: string; sentence: string; changes: ShownChange[] }[] {
    return this.explained.writes.map(({ message, changes }, index) => ({
      key: String(index),
      sentence: worded(message),
      changes: changes.map((change) => ({ ...change, rule: '' })),
    }));
  }

  follow(event: Event): void {
    const { key } = (event.currentTarget as HTMLElement).dataset;
    const to = this.links.find((link) => link.key === key)?.to;
    if (to) this[NavigationMixin.Navigate](to);
  }
}
