import { MAPPED, panelAnswer, WELL } from '#components/record';
import { objectOf, panelOf, panelQuery } from 'c/recordData';

describe('what the panel knows of a record', () => {
  it('is asked for in one query, every field of it as one that may be hidden', () => {
    const query = panelQuery('Contact', '003000000000001');
    expect(query).toContain('Contact(first: 1, where: { Id: { eq: "003000000000001" } })');
    expect(query).toContain('Contact__c: { eq: "003000000000001" }');
    for (const field of ['Phase__c', 'MailingState', 'MailingCountry', 'Sellfire_Lead_Id__c'])
      expect(query).toContain(`${field} @optional { value }`);
    expect(query).not.toContain('Site__c');
    expect(panelQuery('Account', '001000000000001')).toContain('Site__c(');
  });

  it('is its facts, its reports, the bridge and the places of an Account', () => {
    const places = { sites: ['Austin', 'Dallas'], organizations: ['Acme Group'] };
    const { record, ...data } = panelOf(panelAnswer('Account', places), 'Account');
    expect(record).toMatchObject({ name: 'Acme Bakery', leadId: 'ld_1', cycle: 2, state: 'ON', country: 'Canada' });
    expect(record?.phase).toBe('');
    expect(data).toMatchObject({ isVisible: true, reports: [WELL], ...places });
    expect(data.bridge?.syncState).toBe('Running');
  });

  it('names what the reader may not see, and what no mapping fills', () => {
    const fields = { Phase__c: undefined, State: undefined };
    const { record } = panelOf(panelAnswer('Lead', { fields, mapped: MAPPED.slice(0, 2) }), 'Lead');
    expect([...(record?.hidden ?? [])]).toEqual(['phase', 'state']);
    expect([...(record?.unmapped ?? [])]).toEqual(['state']);
  });

  it('is nothing for who sees no field of Sellfire, and for a record that is gone', () => {
    const fields = { Sellfire_Lead_Id__c: undefined };
    expect(panelOf(panelAnswer('Lead', { fields }), 'Lead').isVisible).toBe(false);
    const gone = panelOf(panelAnswer('Lead'), 'Contact');
    expect([gone.isVisible, gone.record]).toEqual([true, undefined]);
  });

  it('is made for three objects', () => {
    expect(['Lead', 'Contact', 'Account', 'Case', undefined].map(objectOf)).toEqual([
      ...['Lead', 'Contact', 'Account', undefined, undefined],
    ]);
  });
});
