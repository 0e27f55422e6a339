// The four rules as cards whose sentences are about the two chosen fields (M5): who follows whom, blanks, echoes, and both sides
// at once.
import { judge, type Beside, type Draft, type Fields, type Rule } from 'c/fieldFit';
import { directionOf, ruleLabel, RULES } from 'c/mappingRules';
import { fill, sentence } from 'c/mappingTexts';
import { labels } from './labels';

export interface RuleCard {
  rule: Rule;
  label: string;
  icon: string;
  words: string;
  sentences: { key: string; text: string }[];
  /** Why it cannot be chosen; blank where it can. */
  reason: string;
  isDisabled: boolean;
  isChecked: boolean;
}

const TEXTS: Readonly<Record<Rule, readonly string[]>> = {
  SalesforceUnlessBlank: [labels.inText],
  AlwaysSellfire: [labels.outText],
  TwoWay: [labels.bothText, labels.atOnce],
  DoNotSync: [labels.noneText],
};

export function ruleCards(draft: Draft, fields: Fields, beside: Beside, id = ''): RuleCard[] {
  const sellfire = fields.sellfire?.label ?? draft.sellfireField;
  const salesforce = fields.salesforce?.label ?? draft.salesforceField;
  const isEvent = draft.triggers.includes('demoSet') || draft.triggers.includes('sale');
  return RULES.map((rule) => {
    const [dead] = judge({ ...draft, rule, id }, fields, beside).dead;
    const texts = [...TEXTS[rule], ...(isEvent && rule === 'TwoWay' ? [labels.onlyOut] : [])];
    const { icon, words } = directionOf(rule);
    return {
      rule,
      label: ruleLabel(rule),
      icon,
      words,
      sentences: texts.map((text) => ({ key: text, text: fill(text, sellfire, salesforce) })),
      reason: dead ? sentence(dead) : '',
      isDisabled: dead !== undefined,
      isChecked: rule === draft.rule,
    };
  });
}
