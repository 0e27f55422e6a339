// Each recommended mapping as a row: whether it can be saved in this org, and what came of saving it.
import { judge, type Draft, type Other, type SalesforceObject, type SellfireField } from 'c/fieldFit';
import { ruleLabel, triggersText } from 'c/mappingRules';
import { fill, sentence } from 'c/mappingTexts';
import { labels } from './labels';
import { RECOMMENDATIONS } from './recommendations';

export interface RecommendedRow {
  key: string;
  draft: Draft;
  title: string;
  details: string;
  why: string;
  /** Why it cannot be ticked, or what came of it; blank for neither. */
  note: string;
  icon: string;
  variant: string;
  isShut: boolean;
  isTicked: boolean;
}

export interface Known {
  fields: readonly SellfireField[];
  objects: ReadonlyMap<string, SalesforceObject>;
  mappings: readonly Other[];
}

/** Blank where it was saved, else why not; by key. */
export type Results = Readonly<Record<string, string>>;

/** Why it cannot be saved here, in words; blank where it can. */
function obstacle(draft: Draft, { fields, objects, mappings }: Known): string {
  const { sellfireField, salesforceObject, salesforceField } = draft;
  const isSame = (one: Other): boolean =>
    one.sellfireObject === 'lead' &&
    one.sellfireField === sellfireField &&
    one.salesforceObject === salesforceObject &&
    one.salesforceField === salesforceField;
  if (mappings.some(isSame)) return labels.mapped;
  const sellfire = fields.find(({ object, name }) => object === 'lead' && name === sellfireField);
  if (!sellfire) return fill(labels.noSellfire, sellfireField);
  const object = objects.get(salesforceObject);
  if (!object) return fill(labels.noObject, salesforceObject);
  const salesforce = object.fields[salesforceField];
  if (!salesforce) return fill(labels.noSalesforce, object.label, salesforceField);
  const found = judge({ ...draft, id: '' }, { sellfire, object, salesforce }, { mappings, createsRecords: false });
  const against = found.dead[0] ?? found.issues.find((issue) => issue.mappings !== undefined);
  return against ? sentence(against) : '';
}

export function recommendedRows(known: Known, ticked: ReadonlySet<string>, results: Results): RecommendedRow[] {
  return RECOMMENDATIONS.map(({ key, draft, why }) => {
    const result = results[key];
    const isSaved = result === '';
    const reason = obstacle(draft, known);
    const note = isSaved ? labels.saved : result ? fill(labels.failed, result) : reason;
    const sellfire = known.fields.find(({ object, name }) => object === 'lead' && name === draft.sellfireField);
    const object = known.objects.get(draft.salesforceObject);
    const salesforce = object?.fields[draft.salesforceField];
    const [ours, theirs] = [sellfire?.label ?? draft.sellfireField, salesforce?.label ?? draft.salesforceField];
    const isDone = isSaved || reason === labels.mapped;
    return {
      ...{ key, draft, why, note },
      title: fill(labels.pair, ours, object?.label ?? draft.salesforceObject, theirs),
      details: `${ruleLabel(draft.rule)} · ${triggersText(draft.triggers)}`,
      icon: isDone ? 'utility:success' : result ? 'utility:error' : 'utility:ban',
      variant: isDone ? 'success' : result ? 'error' : '',
      isShut: isSaved || reason !== '',
      isTicked: ticked.has(key) && !isSaved && reason === '',
    };
  });
}
