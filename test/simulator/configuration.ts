// The configuration of the simulated org: mappings, settings, and describe for the mapped fields.
import type { SyncConfig } from '../../bridge/model/config.ts';
import type { FieldMapping, SyncRule, Trigger } from '../../bridge/model/mapping.ts';
import { packageNames, type SalesforceObject } from '../../bridge/model/salesforce.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../bridge/model/settings.ts';
import { salesforceField as field, salesforceObject as object } from '../helpers/fields.ts';
import type { Dialer } from '../sellfire/dialer.ts';
import type { Random } from '../sellfire/random.ts';
import { BRIDGE_USER } from './peers.ts';

export const ORG_ID = '00D000000000001AAA';
const names = packageNames('');

const states = [
  field('Sellfire_Sync_State__c'),
  field('Sellfire_Sync_Detail__c'),
  field('Sellfire_Cycle__c', 'double'),
  field('Sellfire_Next_Event_At__c', 'datetime'),
  field('Sellfire_Last_Synced_At__c', 'datetime'),
];

const person = [
  field('Phone', 'phone'),
  field('LastName', 'string', { nillable: false }),
  field('Title'),
  field('Email', 'email'),
  field(names.phase, 'picklist'),
  field(names.ownedRepId),
  field(names.leadId),
  ...states,
];

const OBJECTS: Record<string, SalesforceObject> = {
  Lead: object('Lead', [...person, field('Company', 'string', { nillable: false }), field('City')]),
  Contact: object('Contact', [...person, field('AccountId', 'reference')]),
  Account: object('Account', [
    field('Name', 'string', { nillable: false }),
    field('Phone', 'phone'),
    field(names.leadId),
    ...states,
  ]),
  Opportunity: object('Opportunity', [field('Name'), field('StageName', 'picklist'), field('CloseDate', 'date')]),
  OpportunityLineItem: object('OpportunityLineItem', [field('Quantity', 'double'), field('UnitPrice', 'currency')]),
  Task: object('Task', [
    ...['WhoId', 'OwnerId', 'Subject', 'Status', 'Description', 'ActivityDate', 'TaskSubtype', 'Type', 'Phone'],
    ...['CallDurationInSeconds', 'CallType', 'CallDisposition', 'CompletedDateTime', 'EventDateTime__c'],
  ]),
};

type Line = [sellfire: string, target: string, rule: SyncRule, triggers?: Trigger[]];
const DEMO_AND_SALE: Trigger[] = ['demoSet', 'sale'];
const LINES: Line[] = [
  ['primary_phone_number', 'Lead.Phone', 'TwoWay'],
  ['business_name', 'Lead.Company', 'TwoWay'],
  ['last_name', 'Lead.LastName', 'TwoWay'],
  ['city', 'Lead.City', 'TwoWay'],
  ['title', 'Lead.Title', 'SalesforceUnlessBlank'],
  ['email', 'Lead.Email', 'AlwaysSellfire'],
  ['phase', `Lead.${names.phase}`, 'TwoWay'],
  ['owned_rep_id', `Lead.${names.ownedRepId}`, 'TwoWay'],
  ['primary_phone_number', 'Contact.Phone', 'TwoWay', ['createUpdate', ...DEMO_AND_SALE]],
  ['last_name', 'Contact.LastName', 'TwoWay', ['createUpdate', ...DEMO_AND_SALE]],
  ['title', 'Contact.Title', 'SalesforceUnlessBlank'],
  ['email', 'Contact.Email', 'AlwaysSellfire'],
  ['phase', `Contact.${names.phase}`, 'TwoWay'],
  ['owned_rep_id', `Contact.${names.ownedRepId}`, 'TwoWay'],
  ['primary_phone_number', 'Account.Phone', 'AlwaysSellfire', DEMO_AND_SALE],
  ['business_name', 'Account.Name', 'AlwaysSellfire', DEMO_AND_SALE],
  ['business_name', 'Opportunity.Name', 'AlwaysSellfire', DEMO_AND_SALE],
];

function mapping([sellfireField, target, rule, triggers = ['createUpdate']]: Line, index: number): FieldMapping {
  const [salesforceObject = '', salesforceField = ''] = target.split('.');
  return {
    id: `a0M${index}`,
    sellfireObject: 'lead',
    sellfireField,
    salesforceObject,
    salesforceField,
    rule,
    triggers,
  };
}

/** The settings are random, so that each is on and off in many histories. */
export function drawConfiguration(dialer: Dialer, random: Random, country: string, timeZone: string): SyncConfig {
  const writesAtDemo = random.chance(0.6);
  const settings: Settings = {
    ...DEFAULT_SETTINGS,
    activitySync: random.chance(0.5),
    connectionUpdate: writesAtDemo && random.chance(0.7),
    opportunityAtDemo: writesAtDemo && random.chance(0.7),
    accountAtDemo: writesAtDemo && random.chance(0.5),
  };
  return {
    orgId: ORG_ID,
    orgUrl: 'https://simulated.example',
    user: BRIDGE_USER,
    names,
    mappings: LINES.map(mapping),
    settings,
    objects: OBJECTS,
    catalogue: dialer.catalogue.list(),
    timeZone,
    currencies: { several: false, codes: [] },
    country,
  };
}
