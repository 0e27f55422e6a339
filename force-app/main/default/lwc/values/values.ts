// A value of a field as a reader sees it: what is blank, a yes or no, several in a row.
import EMPTY from '@salesforce/label/c.Report_Change_Empty';
import NO from '@salesforce/label/c.Report_No';
import YES from '@salesforce/label/c.Report_Yes';

export function valueWord(value: unknown): string {
  if (value === undefined || value === null || value === '') return EMPTY;
  if (typeof value === 'boolean') return value ? YES : NO;
  if (Array.isArray(value)) return value.length === 0 ? EMPTY : value.map(valueWord).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number);
}
