import { details, mapping } from '#components/mappings';
import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import { draftOf } from 'c/mappingDraft';
import MappingSaver from 'c/mappingSaver';
import { createRecord, notifyRecordUpdateAvailable, updateRecord } from 'lightning/uiRecordApi';

type Saver = HTMLElement & { save: (apply: boolean) => Promise<void> };

const RECORD = mapping();
const failure = (status: number, body: object): object => ({ status, statusText: '', ok: false, body });
const REFUSED = failure(400, {
  message: 'An error occurred while trying to update the record.',
  output: {
    errors: [{ errorCode: 'CANNOT_EXECUTE_FLOW_TRIGGER', message: 'Its number is FM-00009.' }],
    fieldErrors: {
      Sync_Rule__c: [
        {
          errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
          field: 'Sync_Rule__c',
          fieldLabel: 'Sync Rule',
          message: 'Choose another rule.',
        },
      ],
    },
  },
});

function show(properties: Record<string, unknown> = {}): { element: Saver; saved: unknown[]; states: unknown[] } {
  const element = mount('c-mapping-saver', MappingSaver, { draft: draftOf(RECORD), ...properties }) as Saver;
  return { element, saved: details(element, 'saved'), states: details(element, 'state') };
}
async function save(element: Saver, apply = false): Promise<void> {
  await element.save(apply);
  await settled();
}

describe('saving a mapping', () => {
  beforeAll(() => setup());
  beforeEach(() => {
    jest.mocked(createRecord).mockResolvedValue({ id: 'new' } as never);
    jest.mocked(updateRecord).mockResolvedValue({ id: RECORD.id } as never);
    jest.mocked(notifyRecordUpdateAvailable).mockResolvedValue(undefined);
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('creates a new one from what was chosen', async () => {
    const { element, saved } = show();
    await save(element, true);
    expect(createRecord).toHaveBeenCalledWith({
      apiName: 'Field_Mapping__c',
      fields: {
        Sellfire_Object__c: 'lead',
        Sellfire_Field__c: 'title',
        Salesforce_Object__c: 'Lead',
        Salesforce_Field__c: 'Title',
        Sync_Rule__c: 'TwoWay',
        On_Create_Update__c: true,
        On_Demo_Set__c: false,
        On_Sale__c: false,
      },
    });
    expect(saved).toEqual([{ id: 'new', apply: true }]);
  });

  it('changes one only if nobody saved it meanwhile', async () => {
    const { element, saved, states } = show({ record: RECORD });
    await save(element);
    expect(updateRecord).toHaveBeenCalledWith(
      { fields: expect.objectContaining({ Id: RECORD.id, Sync_Rule__c: 'TwoWay' }) },
      { ifUnmodifiedSince: RECORD.lastModifiedDate },
    );
    expect(saved).toEqual([{ id: RECORD.id, apply: false }]);
    expect(states).toEqual([{ isBlocked: true }, { isBlocked: false }]);
  });

  it('says why Salesforce refuses, in its words, and saves when asked again', async () => {
    jest.mocked(createRecord).mockRejectedValueOnce(REFUSED);
    const { element, saved } = show();
    await save(element);
    expect(textOf(element)).toContain('Salesforce did not save it: Its number is FM-00009. Choose another rule.');
    expect(saved).toEqual([]);
    await expect(element).toBeAccessible();
    await save(element);
    expect(saved).toHaveLength(1);
    expect(textOf(element)).toBe('');
  });

  it('says what to do when the session has ended', async () => {
    jest
      .mocked(updateRecord)
      .mockRejectedValueOnce(
        failure(401, [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]),
      );
    const { element } = show({ record: RECORD });
    await save(element);
    expect(textOf(element)).toContain(
      'Sign in again in this tab of the browser and open Field Mappings: it offers to go on with what you chose.',
    );
  });

  it('creates the mapping anew after somebody deleted it', async () => {
    jest.mocked(updateRecord).mockRejectedValueOnce(failure(404, { errorCode: 'NOT_FOUND', message: 'gone' }));
    const { element, saved } = show({ record: RECORD });
    await save(element);
    expect(textOf(element)).toContain('Save again to create it anew');
    await save(element);
    expect(createRecord).toHaveBeenCalledTimes(1);
    expect(saved).toEqual([{ id: 'new', apply: false }]);
  });

  it('says that a right is missing, and changes the same mapping once it is back', async () => {
    const hidden = { errorCode: 'INVALID_ID_FIELD', message: 'Invalid ID: a01' };
    jest.mocked(updateRecord).mockRejectedValueOnce(failure(400, hidden));
    const { element, saved } = show({ record: RECORD });
    await save(element);
    expect(textOf(element)).toContain('You do not have access');
    expect(textOf(element)).toContain('Sellfire Administrator');
    await save(element);
    expect(createRecord).not.toHaveBeenCalled();
    expect(saved).toEqual([{ id: RECORD.id, apply: false }]);
  });

  it('lets two edits be settled: one’s own over the other, knowingly', async () => {
    jest.mocked(updateRecord).mockRejectedValueOnce(failure(412, { errorCode: 'PRECONDITION_FAILED', message: 'x' }));
    const { element, saved, states } = show({ record: RECORD });
    await save(element, true);
    expect(states.at(-1)).toEqual({ isBlocked: true });
    const theirs = { draft: draftOf(RECORD), lastModifiedDate: '2026-11-28T11:00:00.000Z', by: 'Ada' };
    inside(element, 'c-mapping-conflict').dispatchEvent(new CustomEvent('keep', { detail: theirs }));
    await settled();
    expect(updateRecord).toHaveBeenLastCalledWith(expect.anything(), { ifUnmodifiedSince: theirs.lastModifiedDate });
    expect(saved).toEqual([{ id: RECORD.id, apply: true }]);
  });

  it('lets two edits be settled: going on with the other', async () => {
    jest.mocked(updateRecord).mockRejectedValueOnce(failure(412, { errorCode: 'PRECONDITION_FAILED', message: 'x' }));
    const { element, states } = show({ record: RECORD });
    const taken = details(element, 'take');
    await save(element);
    const theirs = {
      draft: draftOf(mapping({ rule: 'DoNotSync' })),
      lastModifiedDate: '2026-11-28T11:00:00.000Z',
      by: '',
    };
    inside(element, 'c-mapping-conflict').dispatchEvent(new CustomEvent('take', { detail: theirs }));
    await settled();
    expect(taken).toEqual([theirs.draft]);
    expect(states.at(-1)).toEqual({ isBlocked: false });
    expect(allInside(element, 'c-mapping-conflict')).toEqual([]);
  });
});
