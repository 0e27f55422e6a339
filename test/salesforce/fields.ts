// Builds field definitions: the few facts that differ are given, the rest follows from the type.
import type { FieldDef, FieldType, PicklistValue } from './model.ts';

export type FieldInput = Pick<FieldDef, 'name' | 'type'> & Partial<FieldDef>;

/** Lengths that the platform gives a type when nothing else is said. */
const LENGTHS: Partial<Record<FieldType, number>> = {
  id: 18,
  reference: 18,
  string: 255,
  textarea: 255,
  picklist: 255,
  multipicklist: 4099,
  combobox: 255,
  phone: 40,
  email: 80,
  url: 255,
  encryptedstring: 175,
};

/** Completes a definition; label defaults to the name, every switch to what an ordinary editable field has. */
export function fieldDef(input: FieldInput): FieldDef {
  const { type } = input;
  const compound = type === 'address' || type === 'location';
  const boolean = type === 'boolean';
  return {
    label: input.name,
    custom: /__c$/i.test(input.name),
    length: LENGTHS[type] ?? 0,
    precision: type === 'double' || type === 'currency' || type === 'percent' ? 18 : 0,
    scale: 0,
    nillable: !boolean,
    createable: !compound,
    updateable: !compound,
    filterable: !(type === 'textarea' && (input.length ?? 0) > 255) && type !== 'encryptedstring' && !compound,
    unique: false,
    externalId: false,
    defaultedOnCreate: boolean,
    defaultValue: boolean ? false : null,
    restrictedPicklist: false,
    picklistValues: [],
    referenceTo: [],
    relationshipName: null,
    compoundFieldName: null,
    inlineHelpText: null,
    autoNumber: false,
    ...input,
  };
}

/** Picklist values from their names; the one given as default is marked. */
export function picklist(values: readonly string[], defaultValue?: string): PicklistValue[] {
  return values.map((value) => ({ value, label: value, active: true, defaultValue: value === defaultValue }));
}

const readOnly = { createable: false, updateable: false, nillable: false, defaultedOnCreate: true } as const;
const user: Pick<FieldDef, 'type' | 'referenceTo'> = { type: 'reference', referenceTo: ['User'] };

/** The fields that stand before an object's own. */
export function leadingFields(): FieldDef[] {
  return [
    fieldDef({ name: 'Id', label: 'Record ID', type: 'id', ...readOnly }),
    fieldDef({ name: 'IsDeleted', label: 'Deleted', type: 'boolean', ...readOnly }),
  ];
}

/** The stamps that every record carries; filled by the platform only. */
export function stampFields(): FieldDef[] {
  return [
    fieldDef({ name: 'CreatedDate', label: 'Created Date', type: 'datetime', ...readOnly }),
    fieldDef({ name: 'CreatedById', label: 'Created By ID', ...user, relationshipName: 'CreatedBy', ...readOnly }),
    fieldDef({ name: 'LastModifiedDate', label: 'Last Modified Date', type: 'datetime', ...readOnly }),
    fieldDef({
      name: 'LastModifiedById',
      label: 'Last Modified By ID',
      ...user,
      relationshipName: 'LastModifiedBy',
      ...readOnly,
    }),
    fieldDef({ name: 'SystemModstamp', label: 'System Modstamp', type: 'datetime', ...readOnly }),
  ];
}

/** The owner of a record: whoever creates it, unless said otherwise. */
export function ownerField(referenceTo: string[] = ['Group', 'User']): FieldDef {
  return fieldDef({
    name: 'OwnerId',
    label: 'Owner ID',
    type: 'reference',
    referenceTo,
    relationshipName: 'Owner',
    nillable: false,
    defaultedOnCreate: true,
  });
}

/** What a platform event's message carries besides its own fields. */
export function eventFields(): FieldDef[] {
  return [
    fieldDef({ name: 'ReplayId', label: 'Replay ID', type: 'string', createable: false, updateable: false }),
    fieldDef({ name: 'CreatedDate', label: 'Created Date', type: 'datetime', ...readOnly }),
    fieldDef({ name: 'CreatedById', label: 'Created By ID', ...user, relationshipName: 'CreatedBy', ...readOnly }),
    fieldDef({
      name: 'EventUuid',
      label: 'Event UUID',
      type: 'string',
      length: 36,
      createable: false,
      updateable: false,
    }),
  ];
}
