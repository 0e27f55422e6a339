import { FIELDS, LEAD, mapping } from '#components/mappings';
import { toRow, type MappingRecord, type Row } from 'c/mappingRows';

jest.mock('@salesforce/i18n/lang', () => ({ __esModule: true, default: 'es' }), { virtual: true });

const row = (extra: Partial<MappingRecord>, object: typeof LEAD | undefined = LEAD): Row =>
  toRow(
    mapping(extra),
    {
      sellfire: ({ sellfireField }) => FIELDS.find(({ name }) => name === sellfireField),
      object: () => object,
      beside: { mappings: [], createsRecords: true },
      isRead: true,
    },
    { inspect: '{0}', actions: '{0}' },
  );

describe('the reason of a status, for a reader of another language than English (M8)', () => {
  const tooShort = { sellfireField: 'business_name', status: 'Issue', reason: 'Title (Title) takes a length of 128 …' };

  it('is in the words of the labels, and says what to do', () => {
    const { reason, reasonLanguage } = row(tooShort);
    expect(reason).toMatch(/^Title takes a length of 128, and Business Name .*255/);
    expect(reason).toMatch(/Map a longer field, or shorten the values in Sellfire\.$/);
    expect(reasonLanguage).toBeUndefined();
  });

  it('is in the words of the bridge where the page sees no such issue', () => {
    expect(row({ status: 'Issue', reason: 'The connected user cannot write Title.' })).toMatchObject({
      reason: 'The connected user cannot write Title.',
      reasonLanguage: 'en',
      status: 'issue',
    });
  });

  it('is in the words of the bridge where the page does not see the fields', () => {
    expect(row({ ...tooShort, salesforceField: 'Hidden__c' })).toMatchObject({
      reason: tooShort.reason,
      reasonLanguage: 'en',
    });
  });

  it('is in the words of the bridge where the page sees an issue and the bridge a warning', () => {
    expect(row({ ...tooShort, status: 'Ok' })).toMatchObject({ reason: tooShort.reason, status: 'warning' });
  });
});
