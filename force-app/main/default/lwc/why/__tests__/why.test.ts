import { questionOf, askWhy, whyPage } from 'c/why';
import { createRecord } from 'lightning/uiRecordApi';

describe('the question why (B16)', () => {
  it('is a request, and its answer stands on the page that names it', async () => {
    jest.mocked(createRecord).mockResolvedValue({ id: 'a02000000000001AAA' } as never);
    const { to } = await askWhy("O'Neil & <b>");
    expect(createRecord).toHaveBeenCalledWith({
      apiName: 'Sync_Request__c',
      fields: { Type__c: 'Why', Parameters__c: JSON.stringify({ about: "O'Neil & <b>" }) },
    });
    expect(to).toEqual({
      type: 'standard__navItemPage',
      attributes: { apiName: 'Sellfire_Why' },
      state: { c__about: "O'Neil & <b>", c__request: 'a02000000000001AAA' },
    });
    expect(questionOf(to?.state as Record<string, string>)).toEqual({
      about: "O'Neil & <b>",
      requestId: 'a02000000000001AAA',
    });
  });

  it('says why it could not be asked', async () => {
    jest
      .mocked(createRecord)
      .mockRejectedValue({ status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'x' }] });
    await expect(askWhy('00Q')).resolves.toEqual({ error: expect.objectContaining({ kind: 'access' }) });
  });

  it('reads no id from an address that names none', () => {
    expect(questionOf({ c__request: "' OR 1=1" })).toEqual({ about: '', requestId: undefined });
    expect(questionOf(undefined)).toEqual({ about: '', requestId: undefined });
    expect(whyPage('lead_1').state).toEqual({ c__about: 'lead_1' });
  });
});
