// Describe says of objects and fields what a recorded org says.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeField } from '../describe.ts';
import { createOrg, type Org } from '../org.ts';

// Facts of recorded describes, one line a field: its type with length or digits, what may be done with it, the compound
// that it is a part of, and what more its type says.
const RECORDED = JSON.parse(readFileSync(new URL('./recordedDescribes.json', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, string>
>;
const FLAGS = [
  'createable',
  'updateable',
  'filterable',
  'sortable',
  'groupable',
  'nillable',
  'permissionable',
  'cascadeDelete',
];

/** Where this org says otherwise, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'Account.Name': 'may be empty in an org with person accounts only',
  'Account.RecordTypeId': 'described in an org with record types only',
  'Account.DandbCompanyId': 'belongs to Data.com',
  'Lead.CompanyDunsNumber': 'belongs to Data.com',
  'Lead.DandbCompanyId': 'belongs to Data.com',
  'Lead.IsConverted': 'a lead is never created as converted here',
  'Opportunity.IsPrivate': 'a box is hidden from nobody here',
  'Opportunity.ExpectedRevenue': 'a field that the platform fills is hidden from nobody here',
  'Opportunity.FiscalQuarter': 'not delivered as a part of a compound here',
  'Opportunity.FiscalYear': 'not delivered as a part of a compound here',
  'Opportunity.HasOpenActivity': 'can be filtered here',
  'Opportunity.HasOverdueTask': 'can be filtered here',
  'Opportunity.LastStageChangeDate': 'belongs to the history of opportunities',
  'Opportunity.LastAmountChangedHistoryId': 'belongs to the history of opportunities',
  'Opportunity.LastCloseDateChangedHistoryId': 'belongs to the history of opportunities',
};

let org: Org;
beforeAll(() => {
  org = createOrg();
});
afterAll(() => org.close());

function said(objectName: string, fieldName: string): string | undefined {
  const object = org.schema.object(objectName);
  const field = object.fields.get(fieldName);
  if (!field) return undefined;
  const described = describeField(object, field);
  const [length, precision, scale] = ['length', 'precision', 'scale'].map((key) => Number(described[key]));
  const digits = precision ? `(${precision},${scale})` : '';
  const parts = [
    `${field.type}${length ? `(${length})` : digits}`,
    ...FLAGS.filter((flag) => described[flag] === true),
    ...(described['compoundFieldName'] ? [`part of ${String(described['compoundFieldName'])}`] : []),
    ...(described['extraTypeInfo'] ? [String(described['extraTypeInfo'])] : []),
  ];
  return parts.join(' ');
}

describe('describe', () => {
  it.each(Object.keys(RECORDED))('says of the fields of %s what a recorded org says', (object) => {
    const fields = Object.keys(RECORDED[object] ?? {}).filter((field) => !(`${object}.${field}` in OTHERWISE));
    expect(fields.length).toBeGreaterThan(30);
    const ours = Object.fromEntries(fields.map((field) => [field, said(object, field)]));
    expect(ours).toEqual(Object.fromEntries(fields.map((field) => [field, RECORDED[object]?.[field]])));
  });

  it('differs where it is said to differ, and nowhere else', () => {
    const same = Object.keys(OTHERWISE).filter((path) => {
      const [object = '', field = ''] = path.split('.');
      return said(object, field) === RECORDED[object]?.[field];
    });
    expect(same).toEqual([]);
  });
});
