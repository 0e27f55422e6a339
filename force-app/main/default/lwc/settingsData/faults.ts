// What is wrong with a value before Salesforce is asked, in words.
import ADDRESS_BAD from '@salesforce/label/c.Settings_Address_Bad';
import RANGE from '@salesforce/label/c.Settings_Range';
import { fill } from 'c/labels';
import { address } from 'c/navigate';
import type { Setting, SettingValue } from './fields';

/** Blank where nothing is. */
export function faultOf({ kind, min = 0, max = 0 }: Setting, value: SettingValue): string {
  if (kind === 'address') return !value || address(String(value)) ? '' : ADDRESS_BAD;
  if (kind !== 'number') return '';
  const isFine = Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
  return isFine ? '' : fill(RANGE, min, max);
}
