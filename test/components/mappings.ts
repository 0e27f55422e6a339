// Fields, objects and mappings for tests of the mapping page, as the bridge mirrors them and as the UI API describes them.
import type { SalesforceField, SalesforceObject, SellfireField } from 'c/fieldFit';
import type { Catalogue } from 'c/mappingRecords';
import type { MappingRecord } from 'c/mappingRows';

export const sellfireField = (name: string, label: string, extra: Partial<SellfireField> = {}): SellfireField => ({
  ...{ object: 'lead', name, label, type: 'text', custom: false, readOnly: false, required: false },
  ...{ maxLength: 255, options: [] },
  ...extra,
});

export const FIELDS: readonly SellfireField[] = [
  sellfireField('primary_phone_number', 'Primary Phone Number', { type: 'phone', maxLength: 40, required: true }),
  sellfireField('business_name', 'Business Name'),
  sellfireField('title', 'Title', { maxLength: 128 }),
  sellfireField('employees', 'Employees', { type: 'number', maxLength: null }),
  sellfireField('industry', 'Industry', { type: 'select', maxLength: null, options: ['Legal', 'Retail'] }),
  sellfireField('sales_cycle', 'Sales Cycle', { type: 'number', maxLength: null, readOnly: true }),
  sellfireField('custom_interests', 'Interests', {
    type: 'multi_select',
    maxLength: null,
    custom: true,
    options: ['Payroll'],
  }),
  sellfireField('total', 'Total', { object: 'sale', type: 'currency', maxLength: null, readOnly: true }),
];

export const catalogue = (extra: Partial<Catalogue> = {}): Catalogue => ({
  fields: FIELDS,
  objects: [
    { name: 'Lead', label: 'Lead', custom: false, triggers: ['createUpdate', 'demoSet', 'sale'] },
    { name: 'Opportunity', label: 'Opportunity', custom: false, triggers: ['demoSet', 'sale'] },
    { name: 'Invoice__c', label: 'Invoice', custom: true, triggers: ['sale'] },
  ],
  createsRecords: true,
  lastSeenAt: undefined,
  ...extra,
});

export const mapping = (extra: Partial<MappingRecord> = {}): MappingRecord => ({
  ...{
    id: 'a01000000000001AAA',
    name: 'FM-00001',
    status: 'Ok',
    reason: '',
    lastModifiedDate: '2026-11-28T10:00:00.000Z',
  },
  ...{ sellfireObject: 'lead', sellfireField: 'title', salesforceObject: 'Lead', salesforceField: 'Title' },
  ...{ triggers: ['createUpdate'] as const, rule: 'TwoWay' as const },
  ...extra,
});

export const salesforceField = (
  name: string,
  label: string,
  extra: Partial<SalesforceField> = {},
): SalesforceField => ({
  ...{ name, label, type: 'string', length: 255, precision: 0, scale: 0, required: false },
  ...{ createable: true, updateable: true, restricted: undefined, values: undefined },
  ...extra,
});

export const LEAD: SalesforceObject = {
  ...{ name: 'Lead', label: 'Lead', createable: true, updateable: true },
  fields: Object.fromEntries(
    [
      salesforceField('Phone', 'Phone', { type: 'phone', length: 40 }),
      salesforceField('Company', 'Company', { required: true }),
      salesforceField('Title', 'Title', { length: 128 }),
      salesforceField('NumberOfEmployees', 'Employees', { type: 'int', length: 0, precision: 8 }),
      salesforceField('Industry', 'Industry', { type: 'picklist' }),
      salesforceField('CreatedDate', 'Created Date', {
        type: 'datetime',
        length: 0,
        createable: false,
        updateable: false,
      }),
      salesforceField('Location__c', 'Location', { type: 'location', length: 0 }),
    ].map((field) => [field.name, field]),
  ),
};

/** As the wire of object information gives it. */
export const objectInfo = ({ name, label, createable, updateable, fields }: SalesforceObject = LEAD): object => ({
  ...{ apiName: name, label, createable, updateable },
  fields: Object.fromEntries(
    Object.values(fields).map((field) => [
      field.name,
      { ...field, apiName: field.name, dataType: field.type.replace(/^./, (letter) => letter.toUpperCase()) },
    ]),
  ),
});

/** As the wire of several objects gives them; an object without fields is hidden from the user. */
export const objectInfos = (...objects: (SalesforceObject | string)[]): object => ({
  results: objects.map((object) =>
    typeof object === 'string'
      ? { statusCode: 403, result: [{ errorCode: 'INSUFFICIENT_ACCESS' }] }
      : { statusCode: 200, result: objectInfo(object) },
  ),
});

/** A mapping as a node of a query. */
export const mappingNode = (one: MappingRecord): object => ({
  Id: one.id,
  Name: { value: one.name },
  Sellfire_Object__c: { value: one.sellfireObject },
  Sellfire_Field__c: { value: one.sellfireField },
  Salesforce_Object__c: { value: one.salesforceObject },
  Salesforce_Field__c: { value: one.salesforceField },
  Sync_Rule__c: { value: one.rule },
  On_Create_Update__c: { value: one.triggers.includes('createUpdate') },
  On_Demo_Set__c: { value: one.triggers.includes('demoSet') },
  On_Sale__c: { value: one.triggers.includes('sale') },
  Status__c: { value: one.status },
  Status_Reason__c: { value: one.reason || null },
  LastModifiedDate: { value: one.lastModifiedDate },
});

export const mappingsAnswer = (mappings: readonly MappingRecord[], totalCount = mappings.length): object => ({
  uiapi: { query: { Field_Mapping__c: { totalCount, edges: mappings.map((one) => ({ node: mappingNode(one) })) } } },
});

export const catalogueAnswer = ({ fields, objects, createsRecords, lastSeenAt }: Catalogue): object => {
  const rows = (nodes: object[]): object => ({ edges: nodes.map((node) => ({ node })) });
  return {
    uiapi: {
      query: {
        Sellfire_Field__c: rows(
          fields.map((field) => ({
            Object__c: { value: field.object },
            Field__c: { value: field.name },
            Label__c: { value: field.label },
            Type__c: { value: field.type },
            Custom__c: { value: field.custom },
            Read_Only__c: { value: field.readOnly },
            Required__c: { value: field.required },
            Max_Length__c: { value: field.maxLength },
            Options__c: { value: field.options.length > 0 ? JSON.stringify(field.options) : null },
          })),
        ),
        Mappable_Object__c: rows(
          objects.map(({ name, label, custom }) => ({
            ...{ Name: { value: label }, Api_Name__c: { value: name }, Custom__c: { value: custom } },
            Triggers__c: { value: name === 'Lead' ? 'create/update;demo set;sale' : 'demo set;sale' },
          })),
        ),
        Sync_Settings__c: rows([{ Create_In_Salesforce__c: { value: createsRecords } }]),
        Bridge_Status__c: rows(lastSeenAt === undefined ? [] : [{ Last_Seen_At__c: { value: lastSeenAt } }]),
      },
    },
  };
};

/** Details of the events of one name, in the order in which they come. */
export function details<Detail>(element: HTMLElement, name: string): Detail[] {
  const found: Detail[] = [];
  element.addEventListener(name, (event) => found.push((event as CustomEvent<Detail>).detail));
  return found;
}
