import { nameOf, namesOf, wordsOf } from 'c/rights';

describe('a right of the connected user', () => {
  it('has the name that Setup shows, and its own where Setup has no other', () => {
    expect(wordsOf(['read', 'create', 'edit', 'delete', 'viewAll', 'modifyAll'])).toBe(
      'Read, Create, Edit, Delete, View All, and Modify All',
    );
    expect(wordsOf(['ModifyAllData'])).toBe('ModifyAllData');
  });

  it('names the field that it is about', () => {
    expect(wordsOf(['field:Rating', 'edit'])).toBe('the field Rating and Edit');
  });

  it('belongs to its object, and to the user where it is about none', () => {
    expect(nameOf({ object: 'Lead', missing: ['read'], excess: [] })).toBe('Lead');
    expect(nameOf({ object: '', missing: ['ApiEnabled'], excess: [] })).toBe('The user');
  });

  it('is listed with others as a sentence lists them', () => {
    const on = (object: string) => ({ object, missing: [], excess: [] });
    expect(namesOf([on('Lead')])).toBe('Lead');
    expect(namesOf([on('Lead'), on('Contact'), on('Account')])).toBe('Lead, Contact, and Account');
  });
});
