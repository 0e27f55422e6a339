// One table gives the handling of a fault by its class, the same everywhere.
import { expect, it } from '@jest/globals';
import { FAULT_POLICY, type FaultClass } from '../../../bridge/model/fault.ts';

it.each<[FaultClass, string]>([
  ['retry', 'isRetried'],
  ['limit', 'isRetried pauses:forAWhile'],
  ['auth', 'isRetried pauses:untilResumed'],
  ['stop', 'isRetried pauses:untilResumed needsAdmin'],
  ['record', 'blamesField'],
  ['exists', 'blamesField'],
  ['gone', ''],
])('a fault of class %s: %s', (faultClass, expected) => {
  const { pausesAll, ...flags } = FAULT_POLICY[faultClass];
  const words = [
    ...(flags.isRetried ? ['isRetried'] : []),
    ...(pausesAll === 'no' ? [] : [`pauses:${pausesAll}`]),
    ...(flags.blamesField ? ['blamesField'] : []),
    ...(flags.needsAdmin ? ['needsAdmin'] : []),
  ];
  expect(words.join(' ')).toBe(expected);
});
