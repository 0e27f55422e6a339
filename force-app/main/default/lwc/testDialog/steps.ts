// The steps of a test, from the JSON of its request, in words.
import FAILED from '@salesforce/label/c.Home_Failed';
import OK from '@salesforce/label/c.Home_Ok';
import ARRIVE_SALESFORCE from '@salesforce/label/c.Home_Test_Arrive_Salesforce';
import ARRIVE_SELLFIRE from '@salesforce/label/c.Home_Test_Arrive_Sellfire';
import CHANGE from '@salesforce/label/c.Home_Test_Change';
import CREATE from '@salesforce/label/c.Home_Test_Create';
import MS from '@salesforce/label/c.Home_Test_Ms';
import UNDO from '@salesforce/label/c.Home_Test_Undo';
import { number } from 'c/format';
import { fill } from 'c/labels';
import { messageOf, worded } from 'c/messages';

export interface TestStep {
  key: string;
  name: string;
  /** What the bridge says of it; blank where there is nothing to add. */
  sentence: string;
  took: string;
  word: string;
  icon: string;
  variant: string;
}

/** A step that is not known here is displayed by the bridge's own sentence. */
const NAMES: Readonly<Record<string, string>> = {
  createInSellfire: CREATE,
  arriveInSellfire: ARRIVE_SELLFIRE,
  changeInSalesforce: CHANGE,
  arriveInSalesforce: ARRIVE_SALESFORCE,
  undo: UNDO,
};

export function stepsOf(data: unknown): TestStep[] {
  const steps = partOf(data, 'steps');
  return Array.isArray(steps) ? steps.map(stepOf) : [];
}

function stepOf(step: unknown): TestStep {
  const key = String(partOf(step, 'step') ?? '');
  const sentence = worded(messageOf(step));
  const ms = partOf(step, 'ms');
  const ok = partOf(step, 'ok') === true;
  const name = NAMES[key];
  return {
    key,
    name: name ?? sentence,
    sentence: name === undefined ? '' : sentence,
    took: typeof ms === 'number' ? fill(MS, number(ms)) : '',
    word: ok ? OK : FAILED,
    icon: ok ? 'utility:success' : 'utility:error',
    variant: ok ? 'success' : 'error',
  };
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
