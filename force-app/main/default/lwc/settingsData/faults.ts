// What is wrong with a value before Salesforce is asked, in words.
import ADDRESS_BAD from '@salesforce/label/c.Settings_Address_Bad';
import ADDRESS_LONG from '@salesforce/label/c.Settings_Address_Long';
import RANGE from '@salesforce/label/c.Settings_Range';
import { fill } from 'c/labels';
import { address } from 'c/navigate';
import type { Setting, SettingValue } from './fields';

/** Of a field for addresses in Salesforce. */
const LONGEST = 255;

/** Blank where nothing is. */
export function faultOf({ kind, min = 0, max = 0 }: Setting, value: SettingValue): string {
  if (kind === 'address') return faultOfAddress(String(value ?? ''));
  if (kind !== 'number') return '';
  const isFine = Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
  return isFine ? '' : fill(RANGE, min, max);
}

function faultOfAddress(value: string): string {
  if (value.length > LONGEST) return fill(ADDRESS_LONG, value.length, LONGEST);
  return value === '' || address(value) ? '' : ADDRESS_BAD;
}
