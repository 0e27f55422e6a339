import TIMES from '@salesforce/label/c.Request_Running';
import { counted, fill } from 'c/labels';

describe('a label with places', () => {
  it('gets its values in their places, whatever their order in the language', () => {
    expect(fill(TIMES, 3, '1,204')).toBe('Under way: 3 of 1,204 done.');
    expect(fill('{1} antes de {0}', 'a', 'b')).toBe('b antes de a');
  });

  it('leaves a place without a value blank', () => {
    expect(fill('{0} of {1}', 1)).toBe('1 of ');
  });

  it('is chosen by the number', () => {
    expect(counted(1, '{0} lead', '{0} leads')).toBe('1 lead');
    expect(counted(0, '{0} lead', '{0} leads')).toBe('0 leads');
    expect(counted(1204, '{0} lead', '{0} leads', '1,204')).toBe('1,204 leads');
  });
});
