// How two fields fit (M8): the judgement that the bridge passes on every mapping, for the page to pass on a mapping before it is
// saved. A test holds both against each other over all types, rules and triggers, so that they cannot disagree.
import { conflicts } from './conflicts';
import { finding, type Findings } from './finding';
import { inward, searchable } from './inward';
import { fillsSalesforce, fillsSellfire } from './mapping';
import type { Other, SalesforceField, SalesforceObject, SellfireField } from './mapping';
import { outward } from './outward';
import { required } from './required';
import { never, types } from './ways';

export { conflicts } from './conflicts';
export { sellfireRoom } from './inward';
export { areDropdowns, compareOptions, entryOf } from './options';
export { room } from './room';
export { conversion, SALESFORCE_TYPES, SELLFIRE_TYPES } from './typeTable';
export type { Finding, FindingCode, Findings } from './finding';
export type { OptionRow } from './options';
export type { Conversion, Loss, Passage } from './typeTable';
export * from './mapping';

export interface Fields {
  /** Undefined where the field is gone, or hidden from the user. */
  sellfire: SellfireField | undefined;
  object: SalesforceObject | undefined;
  salesforce: SalesforceField | undefined;
}

export interface Beside {
  /** All mappings of the org; the one that is judged may be among them. */
  mappings: readonly Other[];
  /** The setting "Create in Salesforce". */
  createsRecords: boolean;
}

/** M8, of a mapping whose parts are all chosen. */
export function judge(mapping: Other, { sellfire, object, salesforce }: Fields, beside: Beside): Findings {
  const found: Findings = { dead: [], issues: [], warnings: [] };
  if (mapping.rule === 'DoNotSync') return found;
  const { sellfireField, sellfireObject, salesforceObject, salesforceField } = mapping;
  if (!sellfire) found.dead.push(finding('SellfireGone', sellfireField, sellfireObject));
  if (!object) found.dead.push(finding('ObjectGone', salesforceObject));
  else if (!salesforce) found.dead.push(finding('FieldGone', salesforceField, salesforceObject));
  if (sellfire && object && salesforce) {
    never(mapping, found);
    types(mapping, sellfire, salesforce, found);
    // A mapping through which nothing passes has no other problem.
    if (found.dead.length === 0) {
      if (fillsSalesforce(mapping.rule)) outward(mapping, sellfire, object, salesforce, found);
      if (fillsSellfire(mapping.rule)) inward(mapping, sellfire, object, salesforce, found);
      searchable(mapping, sellfire, object, salesforce, found);
      required(mapping, object, salesforce, beside, found);
    }
  }
  found.issues.push(...conflicts(mapping, beside.mappings));
  return found;
}
