// A request reaches the bridge once and with all it needs, and the progress that the bridge reports comes back into it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deploy, xml } from '../salesforce/tests/packages.ts';
import { installPackage, refusal, type InstalledOrg } from './installedOrg.ts';

let installed: InstalledOrg;
beforeAll(async () => {
  installed = await installPackage();
});
afterAll(() => installed.close());

describe('a request', () => {
  it('that is created is published to the bridge as a start, with all that it needs', () => {
    const contact = installed.create('Contact', { LastName: 'Ng' });
    let id = '';
    const published = installed.published('Sync_Request__e', () => {
      id = installed.create('Sync_Request__c', {
        Type__c: 'SyncNow',
        Contact__c: contact,
        Parameters__c: '{"dry":true}',
      });
    });
    expect(published).toMatchObject([
      {
        Action__c: 'Start',
        Request_Id__c: id,
        Type__c: 'SyncNow',
        Record_Id__c: contact,
        Parameters__c: '{"dry":true}',
      },
    ]);
  });

  it('that is refused or undone is not published', () => {
    const published = installed.published('Sync_Request__e', () => {
      refusal(() => installed.create('Sync_Request__c', { Type__c: 'SyncNow' }));
      const admin = { user: installed.org.users.admin.id, origin: '' };
      expect(() =>
        installed.org.transact(admin, (tx) => {
          tx.create('Sync_Request__c', { Type__c: 'Reconcile' });
          throw new Error('undone');
        }),
      ).toThrow('undone');
    });
    expect(published).toEqual([]);
  });

  it('that is to stop is published once: when the box is ticked, and not at each later save', () => {
    const id = installed.create('Sync_Request__c', { Type__c: 'Reconcile' });
    const tick = (Stop_Requested__c: boolean) => () => installed.update('Sync_Request__c', id, { Stop_Requested__c });
    expect(installed.published('Sync_Request__e', tick(true))).toMatchObject([
      { Action__c: 'Stop', Request_Id__c: id },
    ]);
    const later = installed.published('Sync_Request__e', () => {
      installed.update('Sync_Request__c', id, { Parameters__c: '{}' });
      tick(false)();
    });
    expect(later).toEqual([]);
    expect(installed.published('Sync_Request__e', tick(true))).toHaveLength(1);
  });

  it('two hundred at once are each published', () => {
    const admin = { user: installed.org.users.admin.id, origin: '' };
    const published = installed.published('Sync_Request__e', () =>
      installed.org.transact(admin, (tx) => {
        for (let count = 0; count < 200; count += 1) tx.create('Sync_Request__c', { Type__c: 'Reconcile' });
      }),
    );
    expect(new Set(published.map((fields) => fields['Request_Id__c'])).size).toBe(200);
  });

  it('takes its progress from the bridge, and never goes back', async () => {
    const lead = installed.create('Lead', { LastName: 'Ng', Company: 'Acme' });
    const id = installed.create('Sync_Request__c', { Lead__c: lead });
    expect(installed.org.find('Sync_Request__c', { Id: id })).toMatchObject([
      { Type__c: 'SyncNow', Status__c: 'Requested' },
    ]);
    const at = (time: string, Status__c: string, Progress__c: number): Promise<void> =>
      installed.publish('Sync_Progress__e', { Request_Id__c: id, Reported_At__c: time, Status__c, Progress__c });
    await at('2026-11-24T10:00:01.000Z', 'Running', 40);
    await at('2026-11-24T10:00:03.000Z', 'Done', 100);
    await at('2026-11-24T10:00:02.000Z', 'Running', 60);
    expect(installed.org.find('Sync_Request__c', { Id: id })).toMatchObject([{ Status__c: 'Done', Progress__c: 100 }]);
    expect(refusal(() => installed.update('Sync_Request__c', id, { Stop_Requested__c: true }))).toMatch(/has ended/);
  });

  it('for one record names the record', () => {
    expect(refusal(() => installed.create('Sync_Request__c', {}))).toMatch(
      /^FIELD_CUSTOM_VALIDATION_EXCEPTION: Name the lead/,
    );
    expect(refusal(() => installed.create('Sync_Request__c', { Type__c: 'Reconcile' }))).toBe('accepted');
  });

  it('that was deleted is no problem for its progress', async () => {
    await installed.publish('Sync_Progress__e', { Request_Id__c: 'a00000000000000AAA', Status__c: 'Running' });
    expect(installed.org.find('Integration_Report__c', { Code__c: 'PROGRESS_NOT_STORED' })).toEqual([]);
  });

  it('whose progress the org refuses is reported, in the words of the label and of Salesforce', async () => {
    const own = await installPackage();
    try {
      await deploy(own.org, {
        'objects/Sync_Request__c.object': xml(
          'CustomObject',
          '<validationRules><fullName>Ours</fullName><active>true</active><errorConditionFormula>Progress__c = 13</errorConditionFormula><errorMessage>Not thirteen.</errorMessage></validationRules>',
        ),
      });
      const id = own.create('Sync_Request__c', { Type__c: 'Reconcile' });
      await own.publish('Sync_Progress__e', { Request_Id__c: id, Status__c: 'Running', Progress__c: 13 });
      expect(own.org.find('Integration_Report__c', {})).toMatchObject([
        {
          Code__c: 'PROGRESS_NOT_STORED',
          Outcome__c: 'Failed',
          Salesforce_Record_Id__c: id,
          Reason__c: expect.stringMatching(
            /^The progress of this request could not be written into it\. .* Salesforce says: .*Not thirteen\./,
          ),
        },
      ]);
    } finally {
      own.close();
    }
  });
});
