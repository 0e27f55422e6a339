// A mapping while it is edited: what is chosen so far, what each rule would mean for it, and what the bridge is asked about it.
export { differences } from './differences';
export type { Difference } from './differences';
export { draftOf, isComplete, NEW_DRAFT, previewParameters, STEPS } from './draft';
export type { Step } from './draft';
export { ruleCards } from './ruleCards';
export type { RuleCard } from './ruleCards';
export { isKept, pairProblem } from './pairs';
