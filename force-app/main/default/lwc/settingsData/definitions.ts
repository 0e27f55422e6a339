// The settings (M19) in groups, each named by the question that it answers. What a setting is called and what it does stand
// in the metadata of its field, which Setup shows as well.
import ADDRESSES from '@salesforce/label/c.Settings_Group_Addresses';
import ALERTS from '@salesforce/label/c.Settings_Group_Alerts';
import CARRY from '@salesforce/label/c.Settings_Group_Carry';
import CREATE from '@salesforce/label/c.Settings_Group_Create';
import DEMO from '@salesforce/label/c.Settings_Group_Demo';
import LIMITS from '@salesforce/label/c.Settings_Group_Limits';
import RULES from '@salesforce/label/c.Settings_Group_Rules';
import SALE from '@salesforce/label/c.Settings_Group_Sale';
import { SETTINGS, type Setting } from './fields';

export interface Group {
  id: string;
  question: string;
  settings: readonly Setting[];
}

const QUESTIONS: readonly (readonly [id: Setting['group'], question: string])[] = [
  ['create', CREATE],
  ['carry', CARRY],
  ['demo', DEMO],
  ['sale', SALE],
  ['rules', RULES],
  ['alerts', ALERTS],
  ['limits', LIMITS],
  ['addresses', ADDRESSES],
];

export const GROUPS: readonly Group[] = QUESTIONS.map(([id, question]) => ({
  id,
  question,
  settings: SETTINGS.filter(({ group }) => group === id),
}));
