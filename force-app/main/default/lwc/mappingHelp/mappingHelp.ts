// How the four sync rules work (M5). Promises that a beginner reads what happens to blanks and to edits on both sides.
import { LightningElement } from 'lwc';
import type { Rule } from 'c/fieldFit';
import { directionOf, ruleLabel, RULES } from 'c/mappingRules';
import { labels } from './labels';

const TEXTS: Readonly<Record<Rule, string>> = {
  SalesforceUnlessBlank: labels.salesforce,
  AlwaysSellfire: labels.sellfire,
  TwoWay: labels.twoWay,
  DoNotSync: labels.off,
};

export default class MappingHelp extends LightningElement {
  readonly labels = labels;
  readonly rules = RULES.map((rule) => ({
    rule,
    name: ruleLabel(rule),
    icon: directionOf(rule).icon,
    explanation: TEXTS[rule],
  }));

  private isFocused = false;

  /** Brings the reader to it. */
  override renderedCallback(): void {
    if (this.isFocused) return;
    this.isFocused = true;
    this.template?.querySelector<HTMLElement>('h2')?.focus();
  }
}
