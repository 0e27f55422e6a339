// What two versions of one mapping disagree on, for whoever has to choose between them.
import type { Draft } from 'c/fieldFit';
import { ruleLabel, triggersText } from 'c/mappingRules';
import { labels } from './labels';

export interface Difference {
  what: string;
  theirs: string;
  mine: string;
}

export function differences(theirs: Draft, mine: Draft): Difference[] {
  const rows: [what: string, textOf: (draft: Draft) => string][] = [
    [labels.when, ({ triggers }) => triggersText(triggers)],
    [labels.sellfire, ({ sellfireObject, sellfireField }) => `${sellfireObject}.${sellfireField}`],
    [labels.salesforce, ({ salesforceObject, salesforceField }) => `${salesforceObject}.${salesforceField}`],
    [labels.rule, ({ rule }) => ruleLabel(rule)],
  ];
  return rows
    .map(([what, textOf]) => ({ what, theirs: textOf(theirs), mine: textOf(mine) }))
    .filter((row) => row.theirs !== row.mine);
}
