// The sync rules (M5), the moments at which a mapping fires (M4) and the ways in which it carries values, in words.
import type { Rule, Trigger } from 'c/fieldFit';
import { labels } from './labels';

export const RULES: readonly Rule[] = ['SalesforceUnlessBlank', 'AlwaysSellfire', 'TwoWay', 'DoNotSync'];
export const TRIGGERS: readonly Trigger[] = ['createUpdate', 'demoSet', 'sale'];

const RULE_LABELS: Readonly<Record<Rule, string>> = {
  SalesforceUnlessBlank: labels.salesforceUnlessBlank,
  AlwaysSellfire: labels.alwaysSellfire,
  TwoWay: labels.twoWay,
  DoNotSync: labels.doNotSync,
};
const TRIGGER_LABELS: Readonly<Record<Trigger, string>> = {
  createUpdate: labels.createUpdate,
  demoSet: labels.demoSet,
  sale: labels.sale,
};

/** What stands between the two fields: an icon, and the words that say the same. */
export interface Direction {
  icon: string;
  words: string;
}
const DIRECTIONS: Readonly<Record<Rule, Direction>> = {
  AlwaysSellfire: { icon: 'utility:forward', words: labels.outward },
  SalesforceUnlessBlank: { icon: 'utility:back', words: labels.inward },
  TwoWay: { icon: 'utility:sync', words: labels.bothWays },
  DoNotSync: { icon: 'utility:dash', words: labels.neither },
};

export const ruleLabel = (rule: Rule | ''): string => (rule === '' ? labels.unknown : RULE_LABELS[rule]);
export const triggerLabel = (trigger: Trigger): string => TRIGGER_LABELS[trigger];
export const directionOf = (rule: Rule | ''): Direction => DIRECTIONS[rule === '' ? 'DoNotSync' : rule];

/** In the order in which they happen to a lead. */
export function triggersText(triggers: readonly Trigger[]): string {
  const named = TRIGGERS.filter((trigger) => triggers.includes(trigger)).map(triggerLabel);
  return named.length === 0 ? labels.never : named.join(', ');
}

/** @returns '' where the text names no rule */
export const toRule = (text: unknown): Rule | '' => RULES.find((rule) => rule === text) ?? '';
