// What is repushed: the reports that are chosen, or all that match where none is.
import ALL from '@salesforce/label/c.Report_Repush_Matching';
import CHOSEN from '@salesforce/label/c.Report_Repush_Chosen';
import TOO_MANY from '@salesforce/label/c.Report_Chosen_Too_Many';
import { number } from 'c/format';
import { fill } from 'c/labels';

/** What one request takes. */
const MOST = 200;

export const isTooMany = (count: number): boolean => count > MOST;

export const repushLabel = (count: number): string => (count === 0 ? ALL : fill(CHOSEN, number(count)));

/** Blank where one request takes them all. */
export const tooManyText = (count: number): string => (isTooMany(count) ? fill(TOO_MANY, number(MOST)) : '');
