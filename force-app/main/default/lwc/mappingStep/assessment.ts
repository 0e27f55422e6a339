// What the editor knows and says of the mapping as it is chosen so far.
import { judge, type Draft, type Fields, type Findings } from 'c/fieldFit';
import { ruleCards, type RuleCard } from 'c/mappingDraft';
import type { Catalogue } from 'c/mappingRecords';
import type { MappingRecord } from 'c/mappingRows';
import { ruleLabel, triggersText } from 'c/mappingRules';
import { fill } from 'c/mappingTexts';
import type { OrgField } from 'c/orgField';
import { labels } from './labels';

export interface Assessment {
  fields: Fields;
  findings: Findings;
  cards: RuleCard[];
  /** `Title ↔ Lead, Title · Created or updated · Two-way sync` */
  summary: string;
}

interface Known {
  draft: Draft;
  /** Of the mapping that is edited; blank for a new one. */
  id: string;
  mappings: readonly MappingRecord[];
  catalogue: Catalogue | undefined;
  org: OrgField;
}

export function assess({ draft, id, mappings, catalogue, org: { object, salesforce } }: Known): Assessment {
  const { sellfireObject, sellfireField } = draft;
  const sellfire = catalogue?.fields.find((one) => one.object === sellfireObject && one.name === sellfireField);
  const fields: Fields = { sellfire, object, salesforce };
  const beside = { mappings, createsRecords: catalogue?.createsRecords ?? true };
  const pair = fill(
    labels.pair,
    sellfire?.label ?? sellfireField,
    object?.label ?? draft.salesforceObject,
    salesforce?.label ?? draft.salesforceField,
  );
  return {
    fields,
    findings: judge({ ...draft, id }, fields, beside),
    cards: ruleCards(draft, fields, beside, id),
    summary: fill(labels.summary, pair, triggersText(draft.triggers), ruleLabel(draft.rule)),
  };
}
