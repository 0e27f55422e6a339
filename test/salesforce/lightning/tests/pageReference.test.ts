// Page references and addresses stand for each other.
import { describe, expect, it } from '@jest/globals';
import { addressOf, referenceOf } from '../client/pageReference.ts';

describe('a page reference', () => {
  it.each([
    ['standard__namedPage', { pageName: 'home' }, '/lightning/page/home'],
    ['standard__navItemPage', { apiName: 'sellfire__Reports' }, '/lightning/n/sellfire__Reports'],
    ['standard__component', { componentName: 'c__probe' }, '/lightning/cmp/c__probe'],
    ['standard__objectPage', { objectApiName: 'Lead', actionName: 'list' }, '/lightning/o/Lead/list'],
    [
      'standard__recordPage',
      { objectApiName: 'Lead', recordId: '00Q000000000001AAA', actionName: 'view' },
      '/lightning/r/Lead/00Q000000000001AAA/view',
    ],
  ])('of the type %s has an address, and the address leads back', (type, attributes, address) => {
    expect(addressOf({ type, attributes })).toBe(address);
    expect(referenceOf(address)).toEqual({ type, attributes, state: {} });
  });

  it('carries state with a namespace and the platform’s own, and no other', () => {
    const state = { c__filter: 'failed', filter: 'lost', filterName: 'All' };
    const address = addressOf({
      type: 'standard__objectPage',
      attributes: { objectApiName: 'Lead', actionName: 'list' },
      state,
    });
    expect(address).toBe('/lightning/o/Lead/list?c__filter=failed&filterName=All');
    expect(referenceOf(address)?.state).toEqual({ c__filter: 'failed', filterName: 'All' });
  });

  it('of a type that leads nowhere is refused', () => {
    expect(() => addressOf({ type: 'comm__namedPage', attributes: {} })).toThrow(/comm__namedPage/);
    expect(() => addressOf({ type: 'standard__recordPage', attributes: { actionName: 'view' } })).toThrow(/recordId/);
  });
});
