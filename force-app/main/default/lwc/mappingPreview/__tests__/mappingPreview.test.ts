import { allInside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import MappingPreview, { toPreview } from 'c/mappingPreview';

const row = (extra: object = {}): object => ({
  ...{
    recordId: '00Q1',
    name: 'Acme',
    sellfireNow: 'Owner',
    salesforceNow: null,
    after: 'Owner',
    side: 'salesforce',
    note: '',
  },
  ...extra,
});
const show = (data: object): HTMLElement => mount('c-mapping-preview', MappingPreview, { preview: toPreview(data) });

describe('the preview of a mapping', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('shows real records, now and after, and which side changes', async () => {
    const element = show({
      ...{ total: 1980, differ: 212, warnings: [], contradictions: [] },
      rows: [
        row(),
        row({ recordId: '00Q2', side: 'none', after: null, note: 'Cut.' }),
        row({ recordId: '00Q3', side: 'sellfire', after: ['a', 'b'] }),
      ],
    });
    expect(textOf(element)).toContain('Of 1,980 linked records 212 would differ from now.');
    expect(allInside(element, 'tbody tr').map((one) => textOf(one))).toEqual([
      'Acme Owner (blank) Owner Salesforce changes',
      'Acme Owner (blank) Stays Cut.',
      'Acme Owner (blank) a, b Sellfire changes',
    ]);
    await expect(element).toBeAccessible();
  });

  it.each([
    [1, 'The one linked record would differ from now.'],
    [0, 'The one linked record holds the same on both sides already.'],
  ])('says of a single record that it is one, where %d differs', (differ, words) => {
    expect(textOf(show({ total: 1, differ, rows: [] }))).toBe(words);
  });

  it('says that nothing differs, and that nothing is linked', () => {
    expect(textOf(show({ total: 7, differ: 0, rows: [] }))).toBe(
      '7 linked records hold the same on both sides already.',
    );
    document.body.replaceChildren();
    expect(textOf(show({ total: 0, differ: 0, rows: [] }))).toBe(
      'No record is linked yet, so there is nothing to show.',
    );
  });

  it('takes an answer of another bridge for no preview', () => {
    for (const data of [undefined, null, 'text', {}, { total: 'many' }, []]) expect(toPreview(data)).toBeUndefined();
    expect(toPreview({ total: 1, rows: 'none', warnings: [null] })).toMatchObject({
      rows: [],
      warnings: [''],
    });
  });
});
