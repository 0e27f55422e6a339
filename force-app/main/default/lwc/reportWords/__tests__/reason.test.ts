// The reason of a report comes in the words of its labels; the English text of the record stands in where there are none.
import { reasonOf } from 'c/reportWords';

const NOBODY = { code: 'LEAD_GONE', args: [], sentence: 'Of the bridge.' };

describe('the reason of a report', () => {
  it('has the words of the label, whatever the record says in English', () => {
    expect(reasonOf({ Reason__c: 'Of the bridge.', Messages__c: JSON.stringify([NOBODY]) })).toBe(
      'The lead was deleted in Sellfire. Restore it there, then make the request again.',
    );
  });

  it.each([undefined, '', 'no JSON', '{}'])('is the English text where the codes are %j', (messages) => {
    expect(reasonOf({ Reason__c: 'Of the bridge.', Messages__c: messages })).toBe('Of the bridge.');
  });

  it('is none where the attempt has succeeded without a remark, or there is no report', () => {
    expect(reasonOf({ Reason__c: undefined, Messages__c: undefined })).toBeUndefined();
    expect(reasonOf(undefined)).toBeUndefined();
  });
});
