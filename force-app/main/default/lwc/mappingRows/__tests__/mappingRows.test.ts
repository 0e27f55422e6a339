import { FIELDS, LEAD, mapping } from '#components/mappings';
import { byFilter, NO_FILTER, sorted, toRow, type MappingRecord, type Row } from 'c/mappingRows';

const row = (extra: Partial<MappingRecord>): Row =>
  toRow(
    mapping(extra),
    {
      sellfire: ({ sellfireField }) => FIELDS.find(({ name }) => name === sellfireField),
      object: (name) => (name === 'Lead' ? LEAD : undefined),
      beside: { mappings: [], createsRecords: true },
      isRead: true,
    },
    { inspect: '{0}', actions: '{0}' },
  );

describe('rows of mappings', () => {
  it('stand as the bridge says (M8)', () => {
    expect(row({ status: 'Ok' }).status).toBe('ok');
    expect(row({ status: 'Ok', reason: 'Rounds.' })).toMatchObject({
      status: 'warning',
      reason: 'Rounds.',
      hasReason: true,
    });
    expect(row({ status: 'Issue' }).status).toBe('issue');
    expect(row({ status: '' }).status).toBe('unchecked');
    expect(row({ status: 'Issue', rule: 'DoNotSync' })).toMatchObject({ status: 'off', hasReason: false });
    expect(row({ rule: '' }).rule).toBe('Unknown rule');
  });

  it('keep the API names of what is not known', () => {
    expect(row({ sellfireField: 'old', salesforceObject: 'Gone__c', salesforceField: 'X__c' })).toMatchObject({
      ...{ section: 'gone', sellfire: 'old', salesforce: 'X__c', salesforceObject: 'Gone__c', canInspect: false },
    });
  });

  it('are found by every word of a text, anywhere', () => {
    const found = (text: string): boolean =>
      byFilter({ ...NO_FILTER, text })(row({ status: 'Issue', reason: 'Título corto' }));
    for (const text of ['', '  ', 'TITLE', 'two-way title', 'titulo', 'created', 'issue lead'])
      expect(found(text)).toBe(true);
    for (const text of ['phone', 'title phone']) expect(found(text)).toBe(false);
  });

  it('are sorted as people read, and stay in order where they are equal', () => {
    const rows = ['b', 'Ä', 'a10', 'a9'].map((sellfireField, at) => row({ id: String(at), sellfireField }));
    expect(sorted(rows, 'sellfire', false).map(({ sellfire }) => sellfire)).toEqual(['Ä', 'a9', 'a10', 'b']);
    expect(sorted(rows, 'sellfire', true).map(({ sellfire }) => sellfire)).toEqual(['b', 'a10', 'a9', 'Ä']);
    expect(sorted(rows, 'rule', true).map(({ id }) => id)).toEqual(['0', '1', '2', '3']);
  });
});
