// An admin who saves mappings of any two fields (M8): whatever the org and Sellfire say of them, each gets the status that docs/field-mappings.md
// says, with what is wrong in its words.
import { SELLFIRE_FIELD_TYPES, type SellfireField } from '../../../bridge/model/field.ts';
import { SYNC_RULES, TRIGGERS, type FieldMapping } from '../../../bridge/model/mapping.ts';
import type { PicklistEntry, SalesforceField, SalesforceObject } from '../../../bridge/model/salesforce.ts';
import { mappingStatuses } from '../../../bridge/sync/mapping/status.ts';
import { salesforceField, salesforceObject, sellfireField } from '../../helpers/fields.ts';
import type { Random } from '../../sellfire/random.ts';
import { auditStatuses } from '../audit/statuses.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

/** Configurations that are judged at the end of one history: each costs less than a turn. */
const ASKED = 30;
const TYPES = [
  ...['string', 'textarea', 'phone', 'email', 'url', 'picklist', 'combobox', 'multipicklist', 'boolean', 'int', 'long'],
  ...['double', 'currency', 'percent', 'date', 'datetime', 'time', 'reference', 'id', 'encryptedstring', 'location'],
];
/** Texts and regions, in the forms that people give them. */
const OPTIONS = [['Texas', 'OH', 'Utah'], ['Retail', 'Legal'], ['Retail', 'Legal', 'Oil; Gas'], ['Retail'], []];
const CHOICES: readonly (readonly PicklistEntry[])[] = [
  [
    { value: 'TX', label: 'TX', active: true },
    { value: 'OH', label: 'Ohio', active: true },
    { value: 'UT', label: 'UT', active: true },
  ],
  [
    { value: 'r', label: 'Retail', active: true },
    { value: 'legal', label: 'Legal', active: true },
  ],
  [
    { value: 'RETAIL', label: 'RETAIL', active: true },
    { value: 'Legal', label: 'Law', active: true },
    { value: 'Farm', label: 'Farming', active: true },
    { value: 'Old', label: 'Old', active: false },
  ],
];

function someSellfireField(random: Random, name: string): SellfireField {
  const type = random.pick(SELLFIRE_FIELD_TYPES);
  const isText = ['text', 'long_text', 'multi_text', 'email', 'url', 'phone'].includes(type);
  return sellfireField(name, random.chance(0.3) ? 'select' : type, {
    label: `${name} label`,
    object: random.chance(0.8) ? 'lead' : random.pick(['sale', 'associated_contact']),
    read_only: random.chance(0.15),
    max_length: isText ? random.pick([null, 10, 80, 255, 256]) : null,
    options: random.pick(OPTIONS),
  });
}

function someField(random: Random, name: string): SalesforceField {
  const type = random.chance(0.3) ? random.pick(['picklist', 'multipicklist', 'double']) : random.pick(TYPES);
  const picklist = random.pick(CHOICES);
  const isChoice = ['picklist', 'multipicklist', 'combobox'].includes(type);
  const [createable, updateable] = random.weighted([
    [[true, true], 4],
    [[true, false], 1],
    [[false, true], 1],
    [[false, false], 1],
  ] as const);
  return salesforceField(name, type, {
    ...{ label: `The ${name}`, createable, updateable },
    length: random.pick([5, 10, 16, 17, 20, 255, 32_768]),
    precision: random.pick([4, 9, 10, 18]),
    scale: random.pick([0, 1, 2]),
    nillable: random.chance(0.8),
    defaultedOnCreate: random.chance(0.1),
    ...(isChoice
      ? {
          picklist,
          picklistValues: picklist.filter(({ active }) => active).map(({ value }) => value),
          restrictedPicklist: random.chance(0.6),
          ...(random.chance(0.3) ? { creationValues: [picklist[0]?.value ?? '', picklist[1]?.value ?? ''] } : {}),
        }
      : {}),
    ...(random.chance(0.1) ? { calculated: true } : {}),
    ...(random.chance(0.1) ? { filterable: false } : {}),
    ...(random.chance(0.1) ? { compoundFieldName: 'Phone' } : {}),
  });
}

const FIELDS = ['Phone', 'LastName', 'Company', 'Name'];

function someObject(random: Random, name: string): SalesforceObject {
  return salesforceObject(
    name,
    FIELDS.filter(() => random.chance(0.9)).map((field) => someField(random, field)),
    {
      label: `${name}s`,
      createable: random.chance(0.8),
      updateable: random.chance(0.8),
      recordType: 'Business',
      ...(random.chance(0.1) ? { onlyPersons: true } : {}),
    },
  );
}

const NAMES = ['primary_phone_number', 'last_name', 'business_name'];
const OBJECTS = ['Lead', 'Contact', 'Account', 'Opportunity', 'Contract__c'];

function ask(simulation: Simulation): string[] {
  const { random, config } = simulation;
  const catalogue = NAMES.filter(() => random.chance(0.95)).map((name) => someSellfireField(random, name));
  const objects = Object.fromEntries(
    OBJECTS.filter(() => random.chance(0.95)).map((name) => [name, someObject(random, name)]),
  );
  const mappings = Array.from({ length: random.between(1, 4) }, (_, index): FieldMapping => {
    const field = random.pick(NAMES);
    const known = catalogue.find(({ name }) => name === field);
    return {
      id: `a0M${index}`,
      sellfireObject: known?.object ?? 'lead',
      sellfireField: field,
      salesforceObject: random.pick(random.chance(0.6) ? ['Lead', 'Contact'] : OBJECTS),
      salesforceField: random.pick(FIELDS),
      rule: random.pick(SYNC_RULES),
      triggers: TRIGGERS.filter((trigger) => random.chance(trigger === 'createUpdate' ? 0.8 : 0.3)),
    };
  });
  const settings = { ...config.settings, createInSalesforce: random.chance(0.7) };
  const given = mappingStatuses({ ...config, settings, mappings, objects, catalogue });
  return auditStatuses({ mappings, objects, catalogue, createsInSalesforce: settings.createInSalesforce }, given);
}

/** Whatever the history was, so that it is asked at its end. */
export const STATUSES: Feature = {
  name: 'statuses',
  ask: (simulation) => Array.from({ length: ASKED }, () => ask(simulation)).flat(),
};
