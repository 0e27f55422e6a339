import { resultOf } from 'c/requests';

// Whoever reads Spanish.
jest.mock('@salesforce/i18n/lang', () => ({ __esModule: true, default: 'es' }), { virtual: true });

describe('the result of a request in another language', () => {
  const english = { Status__c: 'Done', Result__c: 'The Lead was compared with Sellfire.' };

  it('is said by its codes', () => {
    const data = JSON.stringify({ messages: [{ code: 'other', args: ['Listo.'], sentence: 'Done.' }] });
    expect(resultOf({ ...english, Result_Data__c: data })).toBe('Listo.');
  });

  it('is left to the status where the codes may not be read', () => {
    expect(resultOf(english)).toBe('');
  });

  it('is the English sentence where it failed, or where an older bridge wrote no codes', () => {
    expect(resultOf({ ...english, Status__c: 'Failed' })).toBe(english.Result__c);
    expect(resultOf({ ...english, Result_Data__c: '{}' })).toBe(english.Result__c);
  });
});
