import { LEAD, objectInfos, salesforceField } from '#components/mappings';
import { allInside, mount, settled } from '#components/mount';
import { recordWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import RightsList from 'c/rightsList';
import { getObjectInfos } from 'lightning/uiObjectInfoApi';

const REPORT = { ...LEAD, name: 'Integration_Report__c', label: 'Integration Report' };
const LEAD_ID = { ...LEAD, fields: { Lead_Id__c: salesforceField('Lead_Id__c', 'Sellfire Lead Id') } };

describe('the rights of the connected user (M1)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('are listed one by one, too little and too much', async () => {
    const element = mount('c-rights-list', RightsList, {
      rights: [
        { object: 'Account', missing: [], excess: [] },
        { object: 'Lead', missing: ['create', 'edit', 'field:Rating'], excess: ['delete'] },
        { object: '', missing: ['ApiEnabled'], excess: ['ModifyAllData'] },
      ],
    });
    const lines = allInside(element, 'li').map(({ textContent }) => textContent);
    expect(lines).toEqual([
      'Account: has what is needed',
      'Lead: lacks Create, Edit, and the field Rating',
      'Lead: has Delete, which is not needed',
      'The user: lacks ApiEnabled',
      'The user: has Modify All Data, which is not needed',
    ]);
    await expect(element).toBeAccessible();
  });

  it('are named by the labels of the org where the reader may see them, with the API names as help', async () => {
    const rights = [
      { object: 'Lead', missing: ['field:Lead_Id__c'], excess: [] },
      { object: 'Integration_Report__c', missing: [], excess: [] },
      { object: 'Hidden__c', missing: ['read'], excess: [] },
      { object: 'Bridge_Status__e', missing: [], excess: [] },
    ];
    const element = mount('c-rights-list', RightsList, { rights });
    await settled();
    const wire = recordWire(getObjectInfos);
    expect(wire.getLastConfig()).toEqual({ objectApiNames: ['Lead', 'Integration_Report__c', 'Hidden__c'] });
    wire.emit(objectInfos(LEAD_ID, REPORT, 'Hidden__c'));
    await settled();
    expect(allInside(element, 'li').map(({ textContent }) => textContent)).toEqual([
      'Lead: lacks the field Sellfire Lead Id',
      'Integration Report: has what is needed',
      'Hidden__c: lacks Read',
      'Bridge Status Event: has what is needed',
    ]);
    expect(allInside(element, 'li span').map(({ title }) => title)).toEqual([
      'Lead, Lead_Id__c',
      'Integration_Report__c',
      'Hidden__c',
      'Bridge_Status__e',
    ]);
    await expect(element).toBeAccessible();
  });

  it('are asked about once, however often the bridge says the same', async () => {
    const rights = () => [{ object: 'Lead', missing: [], excess: [] }];
    const element = mount('c-rights-list', RightsList, { rights: rights() });
    await settled();
    const wire = recordWire(getObjectInfos);
    const first = wire.getLastConfig()?.objectApiNames;
    Object.assign(element, { rights: rights() });
    await settled();
    expect(wire.getLastConfig()?.objectApiNames).toBe(first);
  });
});
