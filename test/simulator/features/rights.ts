// A connected user who has some of the rights that the parts in use need, and some beyond (M1).
import { packageNames, type SalesforceObject } from '../../../bridge/model/salesforce.ts';
import { SYNC_RULES, TRIGGERS, type FieldMapping } from '../../../bridge/model/mapping.ts';
import { checkPermissions, checkUserPermissions } from '../../../bridge/sync/rights.ts';
import { triggersOf } from '../../../bridge/sync/mapping/mappableObject.ts';
import { salesforceField, salesforceObject } from '../../helpers/fields.ts';
import type { Random } from '../../sellfire/random.ts';
import { auditMappable } from '../audit/mappable.ts';
import { auditRights, auditUser } from '../audit/rights.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

/** Users that are judged at the end of one history. */
const ASKED = 10;
const OBJECTS = [
  ...['Account', 'Contact', 'Lead', 'Opportunity', 'OpportunityLineItem', 'Task', 'Product2', 'Pricebook2'],
  ...['PricebookEntry', 'Contract__c', 'Visit__c', 'Site__c', 'Organization__c', 'Field_Mapping__c'],
  ...['Sync_Settings__c', 'Sync_Request__c', 'Sellfire_Field__c', 'Mappable_Object__c', 'Sellfire_Rep__c'],
  ...['Integration_Report__c', 'Integration_Report__e', 'Bridge_Status__e', 'Sync_Progress__e', 'Case'],
];
const USER = ['ModifyAllData', 'ViewAllData', 'ManageUsers', 'CustomizeApplication', 'AuthorApex', 'ApiEnabled'];
const names = packageNames('');
const OWN_FIELDS = [names.leadId, names.phase, names.ownedRepId];

function some(random: Random): FieldMapping[] {
  return Array.from({ length: random.between(0, 3) }, (_, index) => ({
    id: `a0M${index}`,
    sellfireObject: 'lead',
    sellfireField: 'last_name',
    salesforceObject: random.pick(['Contact', 'Opportunity', 'Contract__c', 'Visit__c', 'Site__c']),
    salesforceField: 'Name',
    rule: random.pick(SYNC_RULES),
    triggers: TRIGGERS.filter(() => random.chance(0.5)),
  }));
}

function ask({ random, config }: Simulation): string[] {
  const may = (): boolean => random.chance(0.75);
  const access = Object.fromEntries(
    OBJECTS.filter(() => random.chance(0.9)).map((object) => [
      object,
      { queryable: may(), createable: may(), updateable: may(), deletable: random.chance(0.4) },
    ]),
  );
  const settings = {
    ...config.settings,
    activitySync: random.chance(0.5),
    multiSite: random.chance(0.5),
    createProducts: random.chance(0.5),
  };
  const mappings = some(random);
  const hidden: Record<string, string[]> = {};
  const untyped: string[] = [];
  const onlyPersons = random.chance(0.2);
  const objects = new Map<string, SalesforceObject>();
  for (const object of ['Lead', 'Contact', 'Account', 'Opportunity']) {
    const isPerson = object === 'Lead' || object === 'Contact';
    hidden[object] = isPerson ? OWN_FIELDS.filter(() => random.chance(0.2)) : [];
    const fields = OWN_FIELDS.filter((name) => !hidden[object]?.includes(name) || random.chance(0.5)).map((name) => {
      const [createable, updateable] = hidden[object]?.includes(name)
        ? random.pick([
            [true, false],
            [false, true],
            [false, false],
          ] as const)
        : [true, true];
      return salesforceField(name, 'string', { createable, updateable });
    });
    const isUntyped = random.chance(0.2);
    if (isUntyped) untyped.push(object);
    const why = random.pick(['unknown', 'inactive', 'unavailable', 'person'] as const);
    objects.set(
      object,
      salesforceObject(object, fields, {
        ...(isUntyped
          ? { recordTypeProblem: { wanted: 'Business', why, available: random.pick([[], ['Other']]) } }
          : {}),
        ...(object === 'Account' && onlyPersons ? { onlyPersons } : {}),
      }),
    );
  }
  const rights = checkPermissions(names, new Map(Object.entries(access)), objects, { settings, mappings });
  const atSale = mappings.filter(({ rule, triggers }) => rule !== 'DoNotSync' && triggers.includes('sale'));
  const made = atSale.filter(
    ({ rule, salesforceObject: object }) =>
      rule !== 'SalesforceUnlessBlank' && ['Contract__c', 'Visit__c'].includes(object),
  );
  const granted = USER.filter(() => random.chance(0.4));
  return [
    ...auditRights(
      {
        ...{ settings, access, hidden, untyped, onlyPersons, sells: atSale.length > 0 },
        made: [...new Set(made.map((one) => one.salesforceObject))],
      },
      rights,
    ),
    ...auditUser(granted, settings.activitySync, checkUserPermissions(granted, settings)),
    ...mappable(random),
  ];
}

/** Which objects may be mapped, and when (M10–M13). */
function mappable(random: Random): string[] {
  const prefix = random.pick(['', 'sellfire__']);
  return [...OBJECTS, 'sellfire__Site__c', 'Price__x', 'Setting__c'].flatMap((name) => {
    const traits = {
      createable: random.chance(0.8),
      queryable: random.chance(0.8),
      custom: name.endsWith('__c') || name.endsWith('__e') || name.endsWith('__x'),
      customSetting: name === 'Setting__c',
    };
    return auditMappable({ name, prefix, ...traits }, triggersOf(name, traits, prefix));
  });
}

export const RIGHTS: Feature = {
  name: 'rights',
  ask: (simulation) => Array.from({ length: ASKED }, () => ask(simulation)).flat(),
};
