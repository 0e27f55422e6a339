// What can be chosen in the lists of the filter, and the choices in words.
import ANY from '@salesforce/label/c.Report_Filter_Any';
import WITHOUT_CODE from '@salesforce/label/c.Report_Filter_No_Code';
import { titleOf } from 'c/codes';
import { NO_CODE, type FilterKey } from 'c/reportFilter';
import { DIRECTIONS, directionWord, OUTCOMES, outcomeWord } from 'c/reportWords';

export interface Option {
  label: string;
  value: string;
}

/** Objects of which reports are; one that is filtered by and is none of them is offered as well. */
const OBJECTS = ['Lead', 'Contact', 'Account', 'Opportunity', 'OpportunityLineItem', 'Task', 'Field_Mapping__c'];

const codeWord = (code: string): string => (code === NO_CODE ? WITHOUT_CODE : (titleOf(code) ?? code));

export function optionsOf(key: FilterKey, value: string | undefined, codes: readonly string[]): Option[] {
  const values: Partial<Record<FilterKey, readonly string[]>> = {
    outcome: Object.keys(OUTCOMES),
    direction: Object.keys(DIRECTIONS),
    object: OBJECTS,
    code: codes.map((code) => code || NO_CODE),
  };
  const offered = [...new Set([...(values[key] ?? []), ...(value ? [value] : [])])];
  return [{ label: ANY, value: '' }, ...offered.map((one) => ({ label: wordOf(key, one), value: one }))];
}

export function wordOf(key: FilterKey, value: string): string {
  if (key === 'outcome') return outcomeWord(value);
  if (key === 'direction') return directionWord(value);
  return key === 'code' ? codeWord(value) : value;
}
