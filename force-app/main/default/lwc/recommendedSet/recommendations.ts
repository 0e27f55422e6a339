// The ready-made mappings (B29), in the order in which they matter, each with the reason for it. They are what M6, M17, M20, M21 and
// M23 need, and what every business has.
import type { Draft, Rule, Trigger } from 'c/fieldFit';
import { withPrefix } from 'c/records';
import { labels } from './labels';

export interface Recommendation {
  key: string;
  draft: Draft;
  why: string;
}

const UPDATE: readonly Trigger[] = ['createUpdate'];
const DEAL: readonly Trigger[] = ['demoSet', 'sale'];
const ALL: readonly Trigger[] = ['createUpdate', 'demoSet', 'sale'];

type Entry = [sellfire: string, object: string, field: string, rule: Rule, triggers: readonly Trigger[], why: string];

const ENTRIES: readonly Entry[] = [
  ['primary_phone_number', 'Lead', 'Phone', 'TwoWay', UPDATE, labels.whyPhoneLead],
  ['business_name', 'Lead', 'Company', 'TwoWay', UPDATE, labels.whyCompany],
  ['last_name', 'Lead', 'LastName', 'TwoWay', UPDATE, labels.whyLastName],
  ['first_name', 'Lead', 'FirstName', 'TwoWay', UPDATE, labels.whyFirstName],
  ['email', 'Lead', 'Email', 'TwoWay', UPDATE, labels.whyEmail],
  ['state', 'Lead', 'State', 'TwoWay', UPDATE, labels.whyState],
  ['city', 'Lead', 'City', 'TwoWay', UPDATE, labels.whyCity],
  ['street', 'Lead', 'Street', 'TwoWay', UPDATE, labels.whyAddress],
  ['postal_code', 'Lead', 'PostalCode', 'TwoWay', UPDATE, labels.whyAddress],
  ['website', 'Lead', 'Website', 'SalesforceUnlessBlank', UPDATE, labels.whyWebsite],
  ['phase', 'Lead', 'Phase__c', 'TwoWay', UPDATE, labels.whyPhase],
  ['owned_rep_id', 'Lead', 'Owned_Rep_Id__c', 'TwoWay', UPDATE, labels.whyOwner],
  ['primary_phone_number', 'Contact', 'Phone', 'TwoWay', ALL, labels.whyPhoneContact],
  ['last_name', 'Contact', 'LastName', 'TwoWay', ALL, labels.whyLastName],
  ['first_name', 'Contact', 'FirstName', 'TwoWay', ALL, labels.whyFirstName],
  ['email', 'Contact', 'Email', 'TwoWay', UPDATE, labels.whyEmail],
  ['phase', 'Contact', 'Phase__c', 'TwoWay', UPDATE, labels.whyPhase],
  ['owned_rep_id', 'Contact', 'Owned_Rep_Id__c', 'TwoWay', UPDATE, labels.whyOwner],
  ['primary_phone_number', 'Account', 'Phone', 'AlwaysSellfire', DEAL, labels.whyAccount],
  ['business_name', 'Account', 'Name', 'AlwaysSellfire', DEAL, labels.whyAccount],
  ['business_name', 'Opportunity', 'Name', 'AlwaysSellfire', DEAL, labels.whyOpportunity],
];

export const RECOMMENDED_OBJECTS: readonly string[] = [...new Set(ENTRIES.map(([, object]) => object))];

export const RECOMMENDATIONS: readonly Recommendation[] = ENTRIES.map(
  ([sellfireField, salesforceObject, field, rule, triggers, why]) => {
    const salesforceField = withPrefix(field);
    const draft: Draft = { sellfireObject: 'lead', sellfireField, salesforceObject, salesforceField, triggers, rule };
    return { key: `${sellfireField}>${salesforceObject}.${field}`, draft, why };
  },
);
