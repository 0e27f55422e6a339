// `uiapi { objectInfos(apiNames: […]) }`: what the User Interface API says of objects, as GraphQL.
// Source: GraphQL API Developer Guide, "Get Object Metadata".
import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  type GraphQLOutputType,
} from 'graphql';
import { PlatformError, type FieldDef, type ObjectDef } from '../model.ts';
import { displayFor, type Display } from '../uiapi/display.ts';
import { MASTER_RECORD_TYPE, objectInfo, picklistValues, uiObject } from '../uiapi/objectInfo.ts';
import type { GraphContext } from './context.ts';

type Json = Record<string, unknown>;

/** Objects of one request. */
const MAXIMUM_OBJECTS = 2_000;

const text = { type: GraphQLString };
const flag = { type: GraphQLBoolean };
const number = { type: GraphQLInt };
const texts = { type: new GraphQLList(GraphQLString) };

function typeOf(name: string, fields: GraphQLFieldConfigMap<Json, GraphContext>): GraphQLObjectType {
  return new GraphQLObjectType<Json, GraphContext>({ name, fields });
}

const listOf = (type: GraphQLOutputType): { type: GraphQLList<GraphQLOutputType> } => ({ type: new GraphQLList(type) });

const CHILD_RELATIONSHIP = typeOf('ChildRelationship', {
  childObjectApiName: text,
  fieldName: text,
  junctionIdListNames: texts,
  junctionReferenceTo: texts,
  relationshipName: text,
});
const REFERENCE_TO = typeOf('ReferenceToInfo', {
  ApiName: { type: GraphQLString, resolve: ({ apiName }) => apiName },
  nameFields: texts,
});
const FILTERED_LOOKUP = typeOf('FilteredLookupInfo', {
  controllingFields: texts,
  dependent: flag,
  optionalFilter: flag,
});
const RECORD_TYPE = typeOf('RecordTypeInfo', {
  available: flag,
  defaultRecordTypeMapping: flag,
  master: flag,
  name: text,
  recordTypeId: { type: GraphQLID },
});
const DEPENDENT_FIELD = typeOf('DependentField', { controllingField: text, dependentFields: texts });
const THEME = typeOf('ThemeInfo', { color: text, iconUrl: text });
const PICKLIST_VALUE = typeOf('PicklistValueInfo', {
  label: text,
  value: text,
  validFor: { type: new GraphQLList(GraphQLInt) },
});
const PICKLIST_VALUES = typeOf('PicklistValuesByRecordType', {
  recordTypeID: { type: GraphQLID },
  defaultValue: { type: PICKLIST_VALUE },
  picklistValues: listOf(PICKLIST_VALUE),
});

const FIELD: GraphQLFieldConfigMap<Json, GraphContext> = {
  ApiName: { type: GraphQLString, resolve: ({ apiName }) => apiName },
  calculated: flag,
  compound: flag,
  compoundComponentName: text,
  compoundFieldName: text,
  controllerName: text,
  controllingFields: texts,
  createable: flag,
  custom: flag,
  dataType: text,
  extraTypeInfo: text,
  filterable: flag,
  filteredLookupInfo: { type: FILTERED_LOOKUP },
  highScaleNumber: flag,
  htmlFormatted: flag,
  inlineHelpText: text,
  label: text,
  length: number,
  nameField: flag,
  polymorphicForeignKey: flag,
  precision: number,
  reference: flag,
  referenceTargetField: text,
  referenceToInfos: listOf(REFERENCE_TO),
  relationshipName: text,
  required: flag,
  scale: number,
  searchPrefilterable: flag,
  sortable: flag,
  unique: flag,
  updateable: flag,
};
const FIELD_TYPE: GraphQLInterfaceType = new GraphQLInterfaceType({
  name: 'Field',
  fields: Object.fromEntries(Object.entries(FIELD).map(([name, { type }]) => [name, { type }])),
  resolveType: (field: Json) => (field['picklist'] ? 'PicklistField' : 'BasicField'),
});
const BASIC_FIELD = new GraphQLObjectType<Json, GraphContext>({
  name: 'BasicField',
  interfaces: [FIELD_TYPE],
  fields: FIELD,
});
const PICKLIST_FIELD = new GraphQLObjectType<Json, GraphContext>({
  name: 'PicklistField',
  interfaces: [FIELD_TYPE],
  fields: {
    ...FIELD,
    picklistValuesByRecordTypeIDs: {
      type: new GraphQLList(PICKLIST_VALUES),
      resolve: ({ picklist }) => (picklist as () => Json[])(),
    },
  },
});

const OBJECT_INFO = typeOf('ObjectInfo', {
  ApiName: { type: GraphQLString, resolve: ({ apiName }) => apiName },
  childRelationships: listOf(CHILD_RELATIONSHIP),
  createable: flag,
  custom: flag,
  defaultRecordTypeId: { type: GraphQLID },
  deletable: flag,
  dependentFields: listOf(DEPENDENT_FIELD),
  feedEnabled: flag,
  fields: listOf(FIELD_TYPE),
  keyPrefix: text,
  label: text,
  labelPlural: text,
  layoutable: flag,
  locale: text,
  mruEnabled: flag,
  nameFields: texts,
  queryable: flag,
  recordTypeInfos: listOf(RECORD_TYPE),
  searchLayoutable: flag,
  searchable: flag,
  themeInfo: { type: THEME },
  updateable: flag,
});

/** Types that only an interface leads to. */
export const FIELD_TYPES = [BASIC_FIELD, PICKLIST_FIELD];

const INPUT = new GraphQLInputObjectType({
  name: 'ObjectInfoInput',
  fields: {
    apiName: { type: new GraphQLNonNull(GraphQLString) },
    fieldNames: { type: new GraphQLList(new GraphQLNonNull(GraphQLString)) },
    recordTypeIds: { type: new GraphQLList(new GraphQLNonNull(GraphQLID)) },
  },
});

interface Asked {
  apiName: string;
  fieldNames?: string[] | null;
}

export const OBJECT_INFOS: GraphQLFieldConfig<unknown, GraphContext> = {
  type: new GraphQLList(OBJECT_INFO),
  args: {
    apiNames: texts,
    locale: text,
    objectInfoInputs: { type: new GraphQLList(new GraphQLNonNull(INPUT)) },
  },
  resolve: (_source, given, context) => {
    const { apiNames, objectInfoInputs, locale } = given as {
      apiNames?: (string | null)[] | null;
      objectInfoInputs?: Asked[] | null;
      locale?: string | null;
    };
    const asked: Asked[] = objectInfoInputs ?? (apiNames ?? []).map((apiName) => ({ apiName: String(apiName) }));
    if (asked.length === 0 || asked.length > MAXIMUM_OBJECTS) {
      throw new PlatformError(
        'INVALID_INPUT',
        `objectInfos takes 1 to ${MAXIMUM_OBJECTS} objects in apiNames or objectInfoInputs`,
      );
    }
    const { org, userId } = context;
    const display = typeof locale === 'string' ? displayFor(org, userId, locale) : context.display;
    return asked.map((one) => infoOf(one, context, display));
  },
};

function infoOf({ apiName, fieldNames }: Asked, { org, base }: GraphContext, display: Display): Json {
  const object = uiObject(org.schema, apiName);
  const info = objectInfo(org, object, display);
  const wanted = fieldNames && new Set(fieldNames.map((name) => name.toLowerCase()));
  const fields = Object.values(info['fields'] as Record<string, Json>)
    .filter((field) => !wanted || wanted.has(String(field['apiName']).toLowerCase()))
    .map((field) => withPicklist(object, field, base, display));
  return {
    ...info,
    fields,
    locale: display.language,
    dependentFields: [],
    recordTypeInfos: Object.values(info['recordTypeInfos'] as Json),
  };
}

function withPicklist(object: ObjectDef, field: Json, base: string, display: Display): Json {
  const of: FieldDef | undefined = object.fields.get(String(field['apiName']));
  if (!of || (of.type !== 'picklist' && of.type !== 'multipicklist')) return field;
  const picklist = (): Json[] => {
    const { values, defaultValue } = picklistValues(object, MASTER_RECORD_TYPE, of, base, display);
    return [{ recordTypeID: MASTER_RECORD_TYPE, defaultValue, picklistValues: values }];
  };
  return { ...field, picklist };
}
