// Reads the data files of facts about standard objects and defines them. The files hold what differs from an ordinary
// field; see `StandardField` for the words.
import { readFileSync } from 'node:fs';
import { fieldDef, ownerField, picklist, type FieldInput } from './fields.ts';
import type { FieldDef, FieldType, ObjectDef } from './model.ts';
import type { Schema } from './schema.ts';

interface StandardField {
  name: string;
  label?: string;
  type: FieldType;
  length?: number;
  precision?: number;
  scale?: number;
  /** May not be null; without a default the client must send it. */
  required?: boolean;
  /** The platform fills it when a create leaves it out. */
  defaulted?: boolean;
  default?: string | number | boolean;
  readOnly?: boolean;
  /** Writable on create only. */
  createOnly?: boolean;
  /** Writable on update only. */
  updateOnly?: boolean;
  unique?: boolean;
  values?: string[];
  restricted?: boolean;
  to?: string[];
  relationship?: string;
  /** Deleted with the record that it refers to. */
  cascade?: boolean;
  compound?: string;
}

interface StandardObject {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string;
  refuses?: ObjectDef['refuses'];
  owner?: string[];
  fields: StandardField[];
}

/** In the order in which they are described. References may point forward. */
const OBJECTS = [
  'Organization',
  'Profile',
  'User',
  'PermissionSet',
  'PermissionSetAssignment',
  'CustomNotificationType',
  'Account',
  'Contact',
  'Lead',
  'Opportunity',
  'OpportunityContactRole',
  'OpportunityLineItem',
  'Product2',
  'Pricebook2',
  'PricebookEntry',
  'Task',
];

export function defineStandardObjects(schema: Schema): void {
  for (const name of OBJECTS) {
    const file = new URL(`./standard/${name}.json`, import.meta.url);
    const facts = JSON.parse(readFileSync(file, 'utf8')) as StandardObject;
    const fields = facts.fields.map(toField);
    if (facts.owner) fields.push(ownerField(facts.owner));
    schema.define({
      name: facts.name,
      label: facts.label,
      labelPlural: facts.labelPlural,
      keyPrefix: facts.keyPrefix,
      kind: 'record',
      custom: false,
      ...(facts.refuses && { refuses: facts.refuses }),
      fields,
    });
  }
}

/** `NumberOfEmployees` → `Number Of Employees`, `AccountId` → `Account ID`. */
function labelOf(name: string): string {
  return name
    .replace(/Id$/, 'ID')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .trim();
}

function toField(facts: StandardField): FieldDef {
  const boolean = facts.type === 'boolean';
  const input: FieldInput = {
    name: facts.name,
    label: facts.label ?? labelOf(facts.name),
    type: facts.type,
    custom: false,
    nillable: !facts.required && !boolean,
    createable: !facts.readOnly && !facts.updateOnly && facts.type !== 'address',
    updateable: !facts.readOnly && !facts.createOnly && facts.type !== 'address',
    defaultedOnCreate: boolean || facts.defaulted === true || facts.default !== undefined,
    defaultValue: facts.default ?? (boolean ? false : null),
    unique: facts.unique ?? false,
    restrictedPicklist: facts.restricted ?? false,
    picklistValues: picklist(facts.values ?? [], typeof facts.default === 'string' ? facts.default : undefined),
    referenceTo: facts.to ?? [],
    relationshipName: facts.to ? (facts.relationship ?? facts.name.replace(/Id$/, '')) : null,
    compoundFieldName: facts.compound ?? null,
    cascadeDelete: facts.cascade ?? false,
  };
  if (facts.length !== undefined) input.length = facts.length;
  if (facts.precision !== undefined) input.precision = facts.precision;
  if (facts.scale !== undefined) input.scale = facts.scale;
  return fieldDef(input);
}
