import { LEAD, salesforceField, sellfireField } from '#components/mappings';
import { SALESFORCE_TYPES, SELLFIRE_TYPES, type FindingCode } from 'c/fieldFit';
import {
  conversionLines,
  counted,
  fill,
  objectLabel,
  salesforceType,
  sellfireType,
  sentence,
  typeLabel,
} from 'c/mappingTexts';

describe('texts about mappings', () => {
  it('fill names in as text, numbers with separators, and leave a place without a value as it is', () => {
    expect(fill('{0} holds {1}, {2}', '<b>"x"</b>', 32000)).toBe('<b>"x"</b> holds 32,000, {2}');
    expect(fill('{0}', '$& $1')).toBe('$& $1');
    expect(fill('{0}', 'x'.repeat(255))).toHaveLength(255);
  });

  it.each([
    [0, '0 fields of Lead'],
    [1, '1 field of Lead'],
    [2000, '2,000 fields of Lead'],
  ])('count %d in the words for it', (count, words) => {
    expect(counted(count, '{0} field of {1}', '{0} fields of {1}', 'Lead')).toBe(words);
  });

  it('keep a sentence in order around a name that is written from right to left', () => {
    expect(fill('If {0} changes', 'שם העסק')).toBe('If \u2068שם העסק\u2069 changes');
    expect(fill('If {0} changes', 'Título')).toBe('If Título changes');
  });

  it('have a word for every type', () => {
    for (const type of [...SELLFIRE_TYPES, ...SALESFORCE_TYPES]) expect(typeLabel(type)).not.toBe(type);
    expect(typeLabel('hologram')).toBe('hologram');
    expect(objectLabel('planet')).toBe('planet');
  });

  it('name a type with what limits it', () => {
    expect(salesforceType(salesforceField('A', 'A', { type: 'currency', length: 0, precision: 18, scale: 2 }))).toBe(
      'Currency (16, 2)',
    );
    expect(salesforceType(salesforceField('A', 'A', { type: 'textarea', length: 32000 }))).toBe('Text area (32000)');
    expect(salesforceType(LEAD.fields.CreatedDate as never)).toBe('Date/time');
    expect(sellfireType(sellfireField('a', 'A', { type: 'date', maxLength: null }))).toBe('Date');
  });

  it('never call whole what a field is too short for, or rounds', () => {
    const short = salesforceField('City', 'City', { length: 40 });
    const long = salesforceField('Note__c', 'Note', { length: 4000 });
    const number = salesforceField('N__c', 'N', { type: 'double', length: 0, precision: 18, scale: 1 });
    const city = sellfireField('city', 'City', { maxLength: 80 });
    expect(conversionLines(city, short)).toEqual([
      'Text (80) → Text (40): City takes a length of 40, and City of Sellfire up to 80: Salesforce refuses longer values. Map a longer field, or shorten the values in Sellfire.',
      'Text (40) → Text (80): whole.',
    ]);
    expect(conversionLines(city, long)[1]).toContain('Sellfire takes a length of 80, Salesforce of 4,000');
    const score = sellfireField('score', 'Score', { type: 'number', maxLength: null });
    expect(conversionLines(score, number)[0]).toContain('Decimals kept by N: 1. Salesforce rounds the rest.');
  });

  it('name types, losses and objects in sentences by their words', () => {
    const of = (code: FindingCode, ...values: string[]): string => sentence({ code, values });
    expect(of('TypesOut', 'multi_select', 'double')).toContain('the type Multi-select in Sellfire');
    expect(of('LossIn', 'x')).toBe('Towards Sellfire: an extension is left out.');
    expect(of('SaleOnly', 'sale_item')).toContain('Fields of Sale item are sent at a sale only.');
  });
});
