// A CustomObject of the metadata as an object of the org: a custom object, a platform event, or fields that a standard
// object gets.
// Source: Metadata API Developer Guide, "CustomObject".
import { fieldDef } from '../fields.ts';
import type { FieldDef, PicklistValue } from '../model.ts';
import type { RecordTypeDefinition } from '../recordTypes.ts';
import type { ObjectInput, Schema } from '../schema.ts';
import { readField } from './fields.ts';
import { checkNames } from './names.ts';
import type { Prospect } from './prospect.ts';
import { readRule, type ReadRule } from './validationRules.ts';
import { childOf, childrenOf, textOf, type Element } from './xml.ts';

export interface ObjectReading {
  /** As the org calls it: the fields of Activity are Task's. */
  object: string;
  /** Absent where the file only brings fields for an object that exists. */
  definition?: ObjectInput;
  fields: { name: string; field?: FieldDef; problem?: string }[];
  /** Kept, not interpreted: element → full names. */
  others: { type: 'ListView' | 'CompactLayout'; name: string }[];
  rules: ReadRule[];
  recordTypes: RecordTypeDefinition[];
  problems: string[];
}

/** Of no consequence for data, events or flows: what pages, search, reports and sharing do with the object. */
const PASSED_OVER = new Set([
  'actionOverrides',
  'allowInChatterGroups',
  'compactLayoutAssignment',
  'customHelp',
  'customHelpPage',
  'deploymentStatus',
  'description',
  'enableActivities',
  'enableBulkApi',
  'enableFeeds',
  'enableHistory',
  'enableLicensing',
  'enableReports',
  'enableSearch',
  // Every user of this org sees every record, so a sharing model would change nothing.
  'enableSharing',
  'enableStreamingApi',
  'externalSharingModel',
  'sharingModel',
  'gender',
  'startsWith',
  'searchLayouts',
  'visibility',
]);
const READ = new Set([
  'fullName',
  'label',
  'pluralLabel',
  'nameField',
  'eventType',
  'publishBehavior',
  'fields',
  'listViews',
  'compactLayouts',
  'validationRules',
  'recordTypes',
]);

export function readObject(
  fullName: string,
  element: Element,
  schema: Schema,
  valueSets: ReadonlyMap<string, PicklistValue[]>,
): ObjectReading {
  const problems: string[] = [];
  for (const key of Object.keys(element)) {
    if (!READ.has(key) && !PASSED_OVER.has(key))
      problems.push(`The element ${key} of an object is not supported by this org.`);
  }
  const event = fullName.endsWith('__e');
  const custom = event || fullName.endsWith('__c');
  const object = fullName === 'Activity' ? 'Task' : fullName;
  const existing = schema.find(object);
  const describes =
    element['label'] !== undefined || element['nameField'] !== undefined || element['eventType'] !== undefined;
  const fields = childrenOf(element, 'fields').map((child) => {
    const reading = readField(child, event ? 'platformEvent' : 'record', valueSets);
    return { name: textOf(child, 'fullName') ?? '', ...reading };
  });
  const reading: ObjectReading = {
    object,
    fields,
    others: [
      ...childrenOf(element, 'listViews').map((child) => ({
        type: 'ListView' as const,
        name: textOf(child, 'fullName') ?? '',
      })),
      ...childrenOf(element, 'compactLayouts').map((child) => ({
        type: 'CompactLayout' as const,
        name: textOf(child, 'fullName') ?? '',
      })),
    ],
    rules: childrenOf(element, 'validationRules').map((child) => readRule(object, child)),
    recordTypes: childrenOf(element, 'recordTypes').map((child) => readRecordType(object, child)),
    problems,
  };
  if (!custom || (existing && !describes)) {
    if (!existing) problems.push(`Entity Enumeration Or ID: bad value for restricted picklist field: ${fullName}`);
    return reading;
  }
  const label = textOf(element, 'label');
  const labelPlural = textOf(element, 'pluralLabel');
  if (!label) problems.push('Must specify a non-empty label for the CustomObject');
  if (!labelPlural) problems.push('Must specify a non-empty pluralLabel for the CustomObject');
  if (!textOf(element, 'deploymentStatus')) problems.push('Must specify a deploymentStatus for the CustomObject');
  const facts = { name: fullName, label: label ?? fullName, labelPlural: labelPlural ?? fullName, custom: true };
  if (event) {
    const publishBehavior = textOf(element, 'publishBehavior') ?? 'PublishImmediately';
    if (publishBehavior !== 'PublishImmediately' && publishBehavior !== 'PublishAfterCommit') {
      problems.push(`'${publishBehavior}' is not a valid value for the enum 'PlatformEventPublishBehavior'`);
    } else if (textOf(element, 'eventType') !== 'HighVolume') {
      problems.push('Must specify an eventType of HighVolume for a platform event');
    } else {
      reading.definition = { ...facts, kind: 'platformEvent', publishBehavior, fields: [] };
    }
    return reading;
  }
  const nameField = childOf(element, 'nameField');
  const name = nameField && readNameField(nameField);
  if (!name) problems.push('Must specify a nameField of type Text or AutoNumber');
  if (!textOf(element, 'sharingModel')) problems.push('Must specify a sharingModel for the CustomObject');
  const owned = !childrenOf(element, 'fields').some((field) => textOf(field, 'type') === 'MasterDetail');
  if (name) reading.definition = { ...facts, kind: 'record', owned, fields: [name] };
  return reading;
}

function readRecordType(object: string, element: Element): RecordTypeDefinition {
  const picklists = childrenOf(element, 'picklistValues').map((list) => {
    const values = childrenOf(list, 'values').map((value) => decodeURIComponent(textOf(value, 'fullName') ?? ''));
    return [textOf(list, 'picklist') ?? '', values] as const;
  });
  return {
    object,
    developerName: textOf(element, 'fullName') ?? '',
    name: textOf(element, 'label') ?? '',
    active: textOf(element, 'active') === 'true',
    picklists: Object.fromEntries(picklists),
  };
}

function readNameField(element: Element): FieldDef | undefined {
  const type = textOf(element, 'type');
  const displayFormat = textOf(element, 'displayFormat');
  const facts = { name: 'Name', label: textOf(element, 'label') ?? 'Name', type: 'string', length: 80 } as const;
  if (type === 'Text') return fieldDef({ ...facts, defaultedOnCreate: true });
  if (type !== 'AutoNumber' || !displayFormat) return undefined;
  return fieldDef({
    ...facts,
    autoNumber: true,
    displayFormat,
    nillable: false,
    createable: false,
    updateable: false,
    defaultedOnCreate: true,
  });
}

/** @returns what is missing, or is of nothing that is there */
export function checkRecordType(
  { object, developerName, name, picklists }: RecordTypeDefinition,
  prospect: Prospect,
): string[] {
  const problems = checkNames('RecordType', developerName, {});
  if (name === '') problems.push('Required field is missing: label');
  if (name.length > 80) problems.push('Value too long for field: Name maximum length is:80');
  for (const list of Object.keys(picklists))
    if (!prospect.object(object)?.field(list)) problems.push(`Picklist: ${list} does not exist on ${object}`);
  return problems;
}
