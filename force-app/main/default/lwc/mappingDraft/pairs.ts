// Whether two fields can be joined at all: a pair stands as soon as one of the rules carries something between them.
import { judge, type Draft, type Fields, type Finding, type Rule } from 'c/fieldFit';

/** Ids and keys by which the integration knows its records; the package refuses mappings of them. */
const KEPT = /(^|__)Sellfire_(Lead_Id|Account_Key|Contact_Key|Opportunity_Key|Sale_Item_Id|Activity_Id)__c$/;

export const isKept = (salesforceField: string): boolean => KEPT.test(salesforceField);

const CARRYING: readonly Rule[] = ['TwoWay', 'AlwaysSellfire', 'SalesforceUnlessBlank'];

/** @returns why no rule can carry anything, or undefined where one can */
export function pairProblem(draft: Draft, fields: Fields): Finding | undefined {
  const alone = { mappings: [], createsRecords: false };
  const problems = CARRYING.map((rule) => judge({ ...draft, rule, id: '' }, fields, alone).dead[0]);
  return problems.every((problem) => problem !== undefined) ? problems[1] : undefined;
}
