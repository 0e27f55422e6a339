// What `describe` says of an object: every key that clients and code generators read, from the schema alone.
import type { FieldDef, ObjectDef } from './model.ts';
import type { Schema } from './schema.ts';
import type { RecordTypeInfo } from './recordTypes.ts';
import { childRelationshipName } from './soql/children.ts';
import { isStored, isText } from './tables.ts';

type Json = Record<string, unknown>;

const NUMERIC = new Set(['double', 'currency', 'percent']);

const SOAP_TYPES: Readonly<Record<string, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  location: 'urn:location',
  address: 'urn:address',
};

function picklistValues(object: ObjectDef, field: FieldDef): Json[] {
  const controlling = field.controllerName === undefined ? undefined : object.fields.get(field.controllerName);
  return field.picklistValues.map(({ active, defaultValue, label, validFor = [], value }) => ({
    active,
    defaultValue,
    label,
    validFor: controlling ? bitmapOf(controlling.picklistValues.map((one) => validFor.includes(one.value))) : null,
    value,
  }));
}

/** One bit a value of the controlling field, the highest of a byte first, in base 64. */
function bitmapOf(bits: readonly boolean[]): string {
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8));
  bits.forEach((bit, at) => (bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (bit ? 0x80 >> (at % 8) : 0)));
  return bytes.toString('base64');
}

export function describeField(object: ObjectDef, field: FieldDef): Json {
  const stored = isStored(field);
  const sortable = field.filterable && field.type !== 'multipicklist';
  const polymorphic = field.referenceTo.length > 1;
  return {
    aggregatable: stored && field.filterable && field.type !== 'boolean' && field.type !== 'multipicklist',
    aiPredictionField: false,
    autoNumber: field.autoNumber,
    byteLength: byteLengthOf(field),
    calculated: field.calculation !== undefined,
    calculatedFormula: field.calculation?.kind === 'formula' ? field.calculation.formula.expression : null,
    // A standard child says so in its parent's child relationships only.
    cascadeDelete: field.custom && (field.cascadeDelete ?? false),
    caseSensitive: field.caseSensitive ?? false,
    // An account may be a person, whose name has parts: the name says so of itself in every org.
    compoundFieldName: isAccountName(object, field) ? 'Name' : field.compoundFieldName,
    controllerName: field.controllerName ?? null,
    createable: field.createable,
    custom: field.custom,
    defaultValue: field.type === 'boolean' ? field.defaultValue === true : null,
    defaultValueFormula: null,
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: field.controllerName !== undefined,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? field.precision || 9 : 0,
    displayLocationInDecimal: false,
    encrypted: field.type === 'encryptedstring',
    externalId: field.externalId,
    extraTypeInfo: extraTypeInfo(object, field),
    // By distance, as `queryByDistance` says.
    filterable: field.filterable || isPlace(field),
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: sortable && !NUMERIC.has(field.type) && field.type !== 'datetime',
    highScaleNumber: false,
    htmlFormatted: field.htmlFormatted ?? false,
    idLookup: field.type === 'id' || field.externalId || (object.name !== 'User' && field.name === 'Email'),
    inlineHelpText: field.inlineHelpText,
    label: field.type === 'id' && !object.custom ? `${object.label} ID` : field.label,
    length: NUMERIC.has(field.type) ? 0 : field.length,
    mask: field.mask?.character ?? null,
    maskType: field.mask?.type ?? null,
    name: field.name,
    nameField: field.name === 'Name' || (object.name === 'Task' && field.name === 'Subject'),
    namePointing: polymorphic,
    nillable: field.nillable,
    permissionable: isPermissionable(object, field),
    picklistValues: picklistValues(object, field),
    polymorphicForeignKey: polymorphic,
    precision: NUMERIC.has(field.type) ? field.precision : 0,
    queryByDistance: isPlace(field),
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: isSearchPrefilterable(field),
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    sortable,
    type: field.type,
    unique: field.unique,
    updateable: field.updateable,
    writeRequiresMasterRead: false,
  };
}

const isPlace = ({ type }: FieldDef): boolean => type === 'address' || type === 'location';

function byteLengthOf(field: FieldDef): number {
  if (field.type === 'id' || field.type === 'reference') return field.length;
  return isText(field) ? field.length * 3 : 0;
}

function isAccountName(object: ObjectDef, field: FieldDef): boolean {
  return object.name === 'Account' && field.name === 'Name';
}

function extraTypeInfo(object: ObjectDef, field: FieldDef): string | null {
  if (field.type === 'textarea') return field.htmlFormatted ? 'richtextarea' : 'plaintextarea';
  if (field.name === 'PhotoUrl') return 'imageurl';
  if (isAccountName(object, field)) return 'switchablepersonname';
  const person = object.name === 'Contact' || object.name === 'Lead';
  return person && (field.name === 'Name' || field.compoundFieldName === 'Name') ? 'personname' : null;
}

/** Standard fields that may be empty and be written, and yet are under no field-level security. */
const SEEN_BY_ALL: Readonly<Record<string, RegExp>> = {
  Contact: /^(FirstName|Salutation|EmailBounced(Reason|Date)|IndividualId)$/,
  Lead: /^(FirstName|Salutation|EmailBounced(Reason|Date)|IndividualId)$/,
  Opportunity: /^(Pricebook2Id|ContactId|ForecastCategoryName)$/,
};

/** Field-level security is set for fields that may be empty, and not for those that the platform alone fills. */
function isPermissionable(object: ObjectDef, field: FieldDef): boolean {
  if (field.custom) return field.nillable;
  if (field.type === 'address') return true;
  const written = field.createable || field.updateable;
  return field.nillable && written && SEEN_BY_ALL[object.name]?.test(field.name) !== true;
}

function isSearchPrefilterable(field: FieldDef): boolean {
  const users = field.referenceTo.includes('User');
  return field.type === 'reference' && field.name !== 'MasterRecordId' && !users;
}

/** One line of the list of all objects. */
export function describeBrief(object: ObjectDef, base: string): Json {
  const record = object.kind === 'record';
  const allows = (operation: 'create' | 'update' | 'delete'): boolean => !object.refuses?.includes(operation);
  const url = `${base}/sobjects/${object.name}`;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: allows('create'),
    custom: object.custom,
    customSetting: false,
    deepCloneable: false,
    deletable: record && allows('delete'),
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: record,
    mergeable: ['Account', 'Contact', 'Lead'].includes(object.name),
    mruEnabled: false,
    name: object.name,
    queryable: record,
    replicateable: record,
    retrieveable: record,
    searchable: record,
    triggerable: true,
    undeletable: false,
    updateable: record && allows('update'),
    urls: {
      sobject: url,
      describe: `${url}/describe`,
      rowTemplate: `${url}/{ID}`,
      ...(object.kind === 'platformEvent' && { eventSchema: `${url}/eventSchema` }),
    },
  };
}

export function describeGlobal(schema: Schema, base: string): Json {
  return {
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: schema.objects().map((object) => describeBrief(object, base)),
  };
}

/** @param recordTypes those of the object, for the user who asks */
export function describeObject(
  schema: Schema,
  object: ObjectDef,
  base: string,
  recordTypes: readonly RecordTypeInfo[],
): Json {
  return {
    actionOverrides: [],
    ...describeBrief(object, base),
    childRelationships: childRelationships(schema, object),
    compactLayoutable: object.kind === 'record',
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: [...object.fields.values()].map((field) => describeField(object, field)),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos:
      object.kind === 'record'
        ? recordTypes.map(({ id, name, developerName, active, available, isDefault, isMaster }) => ({
            active,
            available,
            defaultRecordTypeMapping: isDefault,
            developerName,
            master: isMaster,
            name,
            recordTypeId: id,
            urls: {},
          }))
        : [],
    searchLayoutable: false,
    sobjectDescribeOption: 'FULL',
    supportedScopes: [{ label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' }],
  };
}

function childRelationships(schema: Schema, object: ObjectDef): Json[] {
  return schema.objects().flatMap((child) =>
    [...child.fields.values()]
      .filter((field) => field.referenceTo.includes(object.name))
      .map((field) => ({
        cascadeDelete: field.cascadeDelete ?? false,
        childSObject: child.name,
        deprecatedAndHidden: false,
        field: field.name,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: childRelationshipName(child, field) ?? null,
        restrictedDelete: false,
      })),
  );
}
