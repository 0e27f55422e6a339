import { createRequest, isOpen, requestOf, stopRequest } from 'c/requests';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';

const field = (value: unknown): { value: unknown; displayValue: null } => ({ value, displayValue: null });

describe('a request', () => {
  afterEach(() => jest.clearAllMocks());

  it('is a record with its type and its parameters', async () => {
    jest.mocked(createRecord).mockResolvedValue({ id: 'a02' } as never);
    expect(await createRequest('PreviewMapping', { mapping: null })).toBe('a02');
    expect(createRecord).toHaveBeenCalledWith({
      apiName: 'Sync_Request__c',
      fields: { Type__c: 'PreviewMapping', Parameters__c: '{"mapping":null}' },
    });
  });

  it('is stopped by one field', async () => {
    await stopRequest('a02');
    expect(updateRecord).toHaveBeenCalledWith({ fields: { Id: 'a02', Stop_Requested__c: true } });
  });

  it('is read with its result, and is open until it ends', () => {
    const fields = { Status__c: field('Done'), Progress__c: field(100), Result_Data__c: field('{"create":4}') };
    expect(requestOf({ id: 'a02', fields } as never)).toEqual({
      id: 'a02',
      type: '',
      status: 'Done',
      progress: 100,
      total: undefined,
      done: 0,
      failed: 0,
      result: '',
      data: { create: 4 },
    });
    expect(['Requested', 'Running', 'Stopping', 'Stopped', 'Done', 'Failed'].map(isOpen)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
