// The answers, as the page understands them. What the package does not know yet – a type, a rule – stays text, and takes nothing
// else down.
import { numberOf, rowsOf, textOf, withPrefix, type Row } from 'c/records';
import type { SellfireField, Trigger } from 'c/fieldFit';
import { toRule } from 'c/mappingRules';
import type { MappingRecord } from 'c/mappingRows';

export interface MappableObject {
  name: string;
  label: string;
  custom: boolean;
  /** Moments at which its fields can be filled. */
  triggers: readonly Trigger[];
}

export interface Catalogue {
  fields: readonly SellfireField[];
  objects: readonly MappableObject[];
  /** The setting "Create in Salesforce"; on unless it is switched off. */
  createsRecords: boolean;
  /** The last heartbeat; undefined where there was none. */
  lastSeenAt: string | undefined;
}

const isTrue = (row: Row, name: string): boolean => row[name] === true;

/** `SaleItem` and `sale_item` are both written. */
const snakeCase = (name: string): string =>
  name
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();

const TRIGGER_FIELDS: readonly [trigger: Trigger, field: string, word: string][] = [
  ['createUpdate', 'On_Create_Update__c', 'create/update'],
  ['demoSet', 'On_Demo_Set__c', 'demo set'],
  ['sale', 'On_Sale__c', 'sale'],
];

export function toMapping(row: Row): MappingRecord {
  const text = (name: string): string => (textOf(row, name) ?? '').trim();
  return {
    id: text('Id'),
    name: text('Name'),
    sellfireObject: snakeCase(text('Sellfire_Object__c')),
    sellfireField: text('Sellfire_Field__c'),
    salesforceObject: text('Salesforce_Object__c'),
    salesforceField: text('Salesforce_Field__c'),
    rule: toRule(text('Sync_Rule__c')),
    triggers: TRIGGER_FIELDS.filter(([, field]) => isTrue(row, field)).map(([trigger]) => trigger),
    status: text('Status__c'),
    reason: text('Status_Reason__c'),
    lastModifiedDate: text('LastModifiedDate'),
  };
}

export const toMappings = (data: unknown): MappingRecord[] => rowsOf(data, 'Field_Mapping__c').map(toMapping);

function part(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** How many mappings the org has; undefined where the answer does not say. */
export function totalOf(data: unknown): number | undefined {
  const path = ['uiapi', 'query', withPrefix('Field_Mapping__c'), 'totalCount'];
  const total = path.reduce<unknown>(part, data);
  return typeof total === 'number' ? total : undefined;
}

function toField(row: Row): SellfireField {
  const name = textOf(row, 'Field__c') ?? '';
  return {
    object: textOf(row, 'Object__c') ?? 'lead',
    name,
    label: textOf(row, 'Label__c') ?? name,
    type: textOf(row, 'Type__c') ?? '',
    custom: isTrue(row, 'Custom__c'),
    readOnly: isTrue(row, 'Read_Only__c'),
    required: isTrue(row, 'Required__c'),
    maxLength: numberOf(row, 'Max_Length__c') ?? null,
    options: optionsOf(textOf(row, 'Options__c')),
  };
}

function optionsOf(json: string | undefined): string[] {
  try {
    const options: unknown = JSON.parse(json ?? '[]');
    return Array.isArray(options) ? options.filter((option): option is string => typeof option === 'string') : [];
  } catch {
    return [];
  }
}

function toObject(row: Row): MappableObject {
  const name = textOf(row, 'Api_Name__c') ?? '';
  const words = (textOf(row, 'Triggers__c') ?? '').split(';').map((word) => word.trim().toLowerCase());
  const triggers = TRIGGER_FIELDS.filter(([, , word]) => words.includes(word)).map(([trigger]) => trigger);
  return { name, label: textOf(row, 'Name') ?? name, custom: isTrue(row, 'Custom__c'), triggers };
}

export function toCatalogue(data: unknown): Catalogue {
  const [settings] = rowsOf(data, 'Sync_Settings__c');
  const [status] = rowsOf(data, 'Bridge_Status__c');
  return {
    fields: rowsOf(data, 'Sellfire_Field__c').map(toField),
    objects: rowsOf(data, 'Mappable_Object__c').map(toObject),
    createsRecords: settings?.Create_In_Salesforce__c !== false,
    lastSeenAt: textOf(status, 'Last_Seen_At__c'),
  };
}
