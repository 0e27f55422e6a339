// A value that does not fit its field is named with the words of the judgement, in a message that has a label.
import { describe, expect, it } from '@jest/globals';
import { unfitFor } from '../../../../bridge/sync/mapping/unfit.ts';
import { whyUnfit } from '../../../../bridge/sync/values/canonical.ts';
import { salesforceField } from '../../../helpers/fields.ts';

describe('a value that does not fit', () => {
  it.each([
    ['boolean', 'perhaps'],
    ['double', 'many'],
    ['double', '1e999999'],
    ['double', '-1e-999999'],
    ['double', '9'.repeat(309)],
    ['currency', '12 dollars'],
    ['percent', 'half'],
    ['int', '1.5'],
    ['long', 'x'.repeat(500)],
    ['date', 'tomorrow'],
    ['datetime', 'this noon'],
    ['time', 'noon'],
    ['time', '25:30:00'],
    ['time', '10:60'],
    ['reference', 'Acme'],
  ])('a field of the type %s is said as the judgement says it', (type, value) => {
    const field = salesforceField('Seats__c', type, { label: 'Seats' });
    const message = unfitFor(field, value);
    expect(message?.sentence).toBe(whyUnfit(field, value));
    expect(message?.args.at(-1)).toBe('Seats');
  });

  it.each([
    ['int', '12'],
    ['double', '1e21'],
    ['double', '1.5e-7'],
    ['double', '0e0'],
  ])('a field of the type %s takes %s without a message', (type, value) => {
    expect(unfitFor(salesforceField('Seats__c', type), value)).toBeUndefined();
  });
});
