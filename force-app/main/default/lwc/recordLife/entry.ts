// One moment of a record's life in words.
import CREATED from '@salesforce/label/c.Panel_Life_Created';
import REQUESTED from '@salesforce/label/c.Panel_Life_Requested';
import SOMEBODY from '@salesforce/label/c.Home_Somebody';
import TO_SALESFORCE from '@salesforce/label/c.Panel_Life_To_Salesforce';
import TO_SELLFIRE from '@salesforce/label/c.Panel_Life_To_Sellfire';
import { titleOf } from 'c/codes';
import { exact } from 'c/format';
import { fill } from 'c/labels';
import type { LifeEntry } from 'c/lifeData';
import { eventWord, OUTCOMES, outcomeWord } from 'c/reportWords';

export interface ShownEntry extends LifeEntry {
  key: string;
  heading: string;
  when: string;
  /** Who did it, in which system. */
  by: string;
  cause: string;
  /** In the words of the bridge. */
  detail: string;
  code: string;
  icon: string;
  variant: string;
  hasChanges: boolean;
  /** Number of the report. */
  link: string;
}

/** @param connectedAs name of the user as whom the bridge writes in Salesforce */
export function shown(entry: LifeEntry, connectedAs: string): ShownEntry {
  const { report } = entry;
  const common = {
    ...entry,
    key: `${entry.kind} ${entry.id}`,
    when: exact(entry.at),
    hasChanges: entry.changes.length > 0,
  };
  if (!report) {
    const heading = fill(entry.kind === 'created' ? CREATED : REQUESTED, entry.who || SOMEBODY);
    const icon = entry.kind === 'created' ? 'utility:add' : 'utility:sync';
    return { ...common, heading, by: '', cause: '', detail: entry.result, code: '', icon, variant: '', link: '' };
  }
  const { event, outcome, direction, code, reason, number } = report;
  return {
    ...common,
    heading: `${eventWord(event)} · ${outcomeWord(outcome)}`,
    by: direction === 'ToSalesforce' ? fill(TO_SALESFORCE, connectedAs || SOMEBODY) : TO_SELLFIRE,
    cause: titleOf(code) ?? '',
    detail: reason,
    code,
    icon: OUTCOMES[outcome]?.icon ?? 'utility:record',
    variant: OUTCOMES[outcome]?.variant ?? '',
    link: number,
  };
}
