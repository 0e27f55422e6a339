import { allInside, mount, textOf } from '#components/mount';
import { FIELDS } from '#components/settings';
import { setup } from '@sa11y/jest';
import SettingsConflict from 'c/settingsConflict';

const saved = {
  id: 'a10',
  changedAt: '2026-03-02T12:00:00Z',
  changedBy: 'Ann Lee',
  values: { Activity_Sync__c: true, Bridge_Address__c: undefined },
};
const draft = { Activity_Sync__c: false, Bridge_Address__c: 'https://b.example.com' };

describe('two who edit at once', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('read who saved what, and choose', async () => {
    const pressed: string[] = [];
    const conflicts = ['Activity_Sync__c', 'Bridge_Address__c'];
    const element = mount('c-settings-conflict', SettingsConflict, { saved, draft, conflicts, fields: FIELDS });
    for (const name of ['keepmine', 'takesaved']) element.addEventListener(name, () => pressed.push(name));
    expect(textOf(element)).toMatch(/^Ann Lee saved these settings while you were editing\./);
    expect(allInside(element, 'li').map(textOf)).toEqual([
      'Activity Sync: saved as On. You have Off.',
      'Bridge Address: saved as blank. You have https://b.example.com.',
    ]);
    for (const button of allInside(element, 'lightning-button')) button.click();
    expect(pressed).toEqual(['keepmine', 'takesaved']);
    await expect(element).toBeAccessible();
  });

  it('need not choose where they changed different settings', async () => {
    const element = mount('c-settings-conflict', SettingsConflict, { saved, draft, fields: FIELDS });
    expect(textOf(element)).toContain('None of the settings that you changed was touched.');
    expect(allInside(element, 'lightning-button')).toEqual([]);
    await expect(element).toBeAccessible();
  });
});
