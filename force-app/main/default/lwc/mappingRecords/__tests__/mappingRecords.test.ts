import { mapping, mappingsAnswer } from '#components/mappings';
import { draftOf } from 'c/mappingDraft';
import {
  CATALOGUE_QUERY,
  DRAFT_FIELDS,
  MAPPINGS_QUERY,
  recordToDraft,
  removeMapping,
  ROWS,
  saveMapping,
  toCatalogue,
  toMappings,
  totalOf,
} from 'c/mappingRecords';
import { createRecord, deleteRecord, updateRecord } from 'lightning/uiRecordApi';

const answer = (rows: Record<string, object[]>): object => ({
  uiapi: {
    query: Object.fromEntries(
      Object.entries(rows).map(([name, nodes]) => [name, { edges: nodes.map((node) => ({ node })) }]),
    ),
  },
});
const values = (row: Record<string, unknown>): object =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, { value }]));

describe('the questions of the mapping page', () => {
  it('ask for as many rows as an answer can have, and leave out what the user may not see', () => {
    for (const query of [MAPPINGS_QUERY, CATALOGUE_QUERY]) {
      expect(query).toContain(`first: ${ROWS}`);
      expect(query.match(/__c @optional/g)?.length).toBeGreaterThan(5);
    }
  });
});

describe('mappings', () => {
  it('are read with the objects of Sellfire in either spelling', () => {
    const rows = [mapping(), mapping({ id: 'a02', sellfireObject: 'SaleItem' })];
    expect(toMappings(mappingsAnswer(rows, 2100))).toEqual([rows[0], { ...rows[1], sellfireObject: 'sale_item' }]);
    expect(totalOf(mappingsAnswer(rows, 2100))).toBe(2100);
  });

  it('whose rule or moments the package does not know are still listed', () => {
    const data = answer({ Field_Mapping__c: [{ Id: 'a01', ...values({ Name: 'FM-1', Sync_Rule__c: 'Sometimes' }) }] });
    expect(toMappings(data)).toMatchObject([{ id: 'a01', name: 'FM-1', rule: '', triggers: [], status: '' }]);
  });

  it('are as many as the answer says, which is not none where it says nothing', () => {
    for (const data of [undefined, {}, { uiapi: { query: {} } }]) expect(totalOf(data)).toBeUndefined();
  });
});

describe('what can be mapped', () => {
  const catalogueOf = (rows: Record<string, object[]>) => toCatalogue(answer(rows));

  it('is read with the options of its fields and the moments of its objects', () => {
    const field = {
      Object__c: 'lead',
      Field__c: 'industry',
      Label__c: 'Industry',
      Type__c: 'select',
      Options__c: '["A"]',
    };
    const object = { Name: 'Invoice', Api_Name__c: 'Invoice__c', Custom__c: true, Triggers__c: 'Sale; demo set;other' };
    expect(catalogueOf({ Sellfire_Field__c: [values(field)], Mappable_Object__c: [values(object)] })).toMatchObject({
      fields: [
        { object: 'lead', name: 'industry', label: 'Industry', type: 'select', options: ['A'], maxLength: null },
      ],
      objects: [{ name: 'Invoice__c', label: 'Invoice', custom: true, triggers: ['demoSet', 'sale'] }],
    });
  });

  it('has a field without options where they cannot be read', () => {
    for (const Options__c of ['[', '{}', 'null', null]) {
      const { fields } = catalogueOf({ Sellfire_Field__c: [values({ Field__c: 'industry', Options__c })] });
      expect(fields).toMatchObject([{ name: 'industry', label: 'industry', options: [] }]);
    }
  });

  it('counts on records being created unless that is switched off', () => {
    const creates = (value: unknown) =>
      catalogueOf({ Sync_Settings__c: [values({ Create_In_Salesforce__c: value })] }).createsRecords;
    expect([creates(true), creates(undefined), creates(false)]).toEqual([true, true, false]);
    expect(catalogueOf({})).toMatchObject({ createsRecords: true, lastSeenAt: undefined });
  });
});

describe('a mapping that is saved', () => {
  beforeEach(() => {
    jest.mocked(createRecord).mockResolvedValue({ id: 'new' } as never);
    jest.mocked(updateRecord).mockResolvedValue({ id: 'a01' } as never);
    jest.mocked(deleteRecord).mockResolvedValue(undefined);
  });
  afterEach(() => {
    jest.resetAllMocks();
  });

  it('is new without an id, and returns the one that it got', async () => {
    await expect(saveMapping(draftOf(mapping()))).resolves.toBe('new');
    expect(updateRecord).not.toHaveBeenCalled();
  });

  it('overwrites nobody: an edit is refused where the record was saved since', async () => {
    const since = '2026-11-28T10:00:00.000Z';
    await expect(saveMapping(draftOf(mapping()), { id: 'a01', lastModifiedDate: since })).resolves.toBe('a01');
    expect(updateRecord).toHaveBeenCalledWith(
      { fields: expect.objectContaining({ Id: 'a01', Sellfire_Field__c: 'title', On_Create_Update__c: true }) },
      { ifUnmodifiedSince: since },
    );
    expect(createRecord).not.toHaveBeenCalled();
  });

  it('is read back as it was chosen, with who saved it', () => {
    const draft = draftOf(mapping({ triggers: ['demoSet', 'sale'], rule: 'AlwaysSellfire' }));
    const fields = values({
      ...{ Sellfire_Object__c: 'lead', Sellfire_Field__c: 'title', Sync_Rule__c: 'AlwaysSellfire' },
      ...{ Salesforce_Object__c: 'Lead', Salesforce_Field__c: 'Title' },
      ...{ On_Create_Update__c: false, On_Demo_Set__c: true, On_Sale__c: true },
    });
    expect(recordToDraft({ id: 'a01', fields, lastModifiedDate: '2026-11-28' } as never)).toEqual({
      draft,
      lastModifiedDate: '2026-11-28',
      by: '',
    });
    expect(DRAFT_FIELDS).toContain('Field_Mapping__c.LastModifiedBy.Name');
  });

  it('is deleted by its id', async () => {
    await removeMapping('a01');
    expect(deleteRecord).toHaveBeenCalledWith('a01');
  });
});
