import { LEAD } from '#components/mappings';
import { apiNamesOf, nameOf, namesOf, objectsToRead, wordsOf } from 'c/rights';

const NONE = new Map();
const LABELLED = new Map([['Lead', { ...LEAD, label: 'Prospect' }]]);
const on = (object: string) => ({ object, missing: [], excess: [] });

describe('a right of the connected user', () => {
  it('has the name that Setup shows, and its own where Setup has no other', () => {
    expect(wordsOf(['read', 'create', 'edit', 'delete', 'viewAll', 'modifyAll'])).toBe(
      'Read, Create, Edit, Delete, View All, and Modify All',
    );
    expect(wordsOf(['ModifyAllData', 'AuthorApex'])).toBe('Modify All Data and Author Apex');
    expect(wordsOf(['ApiEnabled'])).toBe('ApiEnabled');
  });

  it('names the field that it is about by its label, and by its API name where the reader may not see it', () => {
    const rights = ['field:NumberOfEmployees', 'field:Rating', 'edit'];
    expect(wordsOf(rights, LEAD)).toBe('the field Employees, the field Rating, and Edit');
    expect(apiNamesOf(on('Lead'), rights)).toBe('Lead, NumberOfEmployees, Rating');
  });

  it('belongs to its object by label, and to the user where it is about none', () => {
    expect(nameOf(on('Lead'), LABELLED)).toBe('Prospect');
    expect(nameOf(on('Lead'), NONE)).toBe('Lead');
    expect(nameOf(on(''), LABELLED)).toBe('The user');
    expect(apiNamesOf(on(''), ['ModifyAllData'])).toBe('');
  });

  it('knows the events of the package, which the org describes to no page', () => {
    expect(nameOf(on('Integration_Report__e'), NONE)).toBe('Integration Report Event');
    expect(nameOf(on('sellfire__Bridge_Status__e'), NONE)).toBe('Bridge Status Event');
    expect(objectsToRead([on('Lead'), on('Lead'), on('Sync_Progress__e'), on('')])).toEqual(['Lead']);
  });

  it('is listed with others as a sentence lists them', () => {
    expect(namesOf([on('Lead')], NONE)).toBe('Lead');
    expect(namesOf([on('Lead'), on('Contact'), on('Account')], LABELLED)).toBe('Prospect, Contact, and Account');
  });
});
