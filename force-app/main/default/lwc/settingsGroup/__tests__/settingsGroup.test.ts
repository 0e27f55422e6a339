import { allInside, inside, mount } from '#components/mount';
import { FIELDS } from '#components/settings';
import { setup } from '@sa11y/jest';
import SettingsGroup from 'c/settingsGroup';
import { GROUPS } from 'c/settingsData';

const [group] = GROUPS;
type Row = HTMLElement & { label: string; help: string; value: unknown };

describe('a group of settings (M19)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('is named by its question, with names and consequences from the metadata', async () => {
    const values = { Create_In_Salesforce__c: true, Create_In_Sellfire__c: false };
    const element = mount('c-settings-group', SettingsGroup, { group, values, fields: FIELDS });
    expect(inside<HTMLElement & { title: string }>(element, 'lightning-card').title).toBe('Which records are created?');
    const rows = allInside<Row>(element, 'c-setting-row').map(({ label, help, value }) => [label, help, value]);
    expect(rows).toEqual([
      ['Create In Salesforce', 'What Create In Salesforce does.', true],
      ['Create In Sellfire', 'What Create In Sellfire does.', false],
    ]);
    await expect(element).toBeAccessible();
  });

  it('lets the alerts be tried out beneath their switches, and nothing elsewhere', async () => {
    const groups = GROUPS.map((one) => mount('c-settings-group', SettingsGroup, { group: one, fields: FIELDS }));
    const withTest = groups.filter((element) => allInside(element, 'c-test-alert').length > 0);
    expect(withTest.map((element) => inside<HTMLElement & { title: string }>(element, 'lightning-card').title)).toEqual(
      ['Who hears of it when something stands in the way?'],
    );
    await expect(withTest[0]).toBeAccessible();
  });

  it('passes on what its rows say, to the form around it and no further', () => {
    const element = mount('c-settings-group', SettingsGroup, { group, fields: FIELDS });
    const heard = jest.fn();
    element.addEventListener('settingchange', (event) => heard((event as CustomEvent).detail, event.composed));
    const detail = { field: 'Report_Days__c', value: 30 };
    inside(element, 'c-setting-row').dispatchEvent(new CustomEvent('settingchange', { detail }));
    expect(heard.mock.calls).toEqual([[detail, false]]);
  });

  it('has no row for what the user may not see, and is nothing without rows', () => {
    const { Create_In_Sellfire__c } = FIELDS;
    const some = mount('c-settings-group', SettingsGroup, { group, fields: { Create_In_Sellfire__c } });
    expect(allInside(some, 'c-setting-row')).toHaveLength(1);
    expect(mount('c-settings-group', SettingsGroup, { group }).shadowRoot?.childElementCount).toBe(0);
  });
});
