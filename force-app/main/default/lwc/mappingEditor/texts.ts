// What the editor says of the whole mapping, and what can follow once it is saved.
import type { Draft, Fields } from 'c/fieldFit';
import { ruleLabel, triggersText } from 'c/mappingRules';
import { fill } from 'c/mappingTexts';
import { labels } from './labels';

/** `Title ↔ Lead, Title · Created or updated · Two-way sync` */
export function summaryOf(draft: Draft, { sellfire, object, salesforce }: Fields): string {
  const pair = fill(
    labels.pair,
    sellfire?.label ?? draft.sellfireField,
    object?.label ?? draft.salesforceObject,
    salesforce?.label ?? draft.salesforceField,
  );
  return fill(labels.summary, pair, triggersText(draft.triggers), ruleLabel(draft.rule));
}

/** M9: only what fires on create and update of a lead can be applied to records that exist. */
export const canApply = ({ rule, triggers, sellfireObject }: Draft): boolean =>
  rule !== 'DoNotSync' && rule !== '' && triggers.includes('createUpdate') && sellfireObject === 'lead';
