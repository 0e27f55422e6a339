// What is repushed: the reports that are chosen, or all that match where none is.
import ALL from '@salesforce/label/c.Report_Repush_Matching';
import CHOSEN from '@salesforce/label/c.Report_Repush_Chosen';
import TOO_MANY from '@salesforce/label/c.Report_Chosen_Too_Many';
import { number } from 'c/format';
import { fill } from 'c/labels';

/** What one request takes. */
const MOST = 200;

export interface Choice {
  /** Of the button that repushes it. */
  label: string;
  isTooMany: boolean;
  /** Blank where one request takes them all. */
  tooMany: string;
}

/** @param count of chosen reports */
export function choiceOf(count: number): Choice {
  const isTooMany = count > MOST;
  return {
    label: count === 0 ? ALL : fill(CHOSEN, number(count)),
    isTooMany,
    tooMany: isTooMany ? fill(TOO_MANY, number(MOST)) : '',
  };
}
