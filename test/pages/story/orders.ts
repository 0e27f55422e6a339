// What an admin asks the bridge for from the Requests page: an import that is counted first, and what came of it (M16, M31).
import assert from 'node:assert/strict';
import type { Workplace } from '../workplace.ts';
import type { Chapter } from './chapter.ts';

const RECORDS = 12;

/** How many of the numbers Sellfire knows. */
const known = ({ stack }: Workplace, phones: readonly string[]): number =>
  phones.filter((phone) => stack.sellfire.dialer.leads.findByPhone(phone)).length;

/** Whether a record that is new in Salesforce becomes a lead at once. */
export async function createsLeads({ story }: Workplace, value: boolean): Promise<void> {
  const [settings] = await story.query('SELECT Id FROM @Sync_Settings__c');
  await story.reloaded(() =>
    story.update('@Sync_Settings__c', String(settings?.['Id']), { '@Create_In_Sellfire__c': value }),
  );
}

export const ORDERS: Chapter = {
  name: 'Requests',
  steps: [
    {
      name: 'an import is counted first: nothing is written, and what would be left out is said',
      async run(at) {
        const { admin, story } = at;
        await createsLeads(at, false);
        const phones = Array.from({ length: RECORDS }, () => story.phone());
        for (const [index, phone] of phones.entries())
          await story.create('Lead', { LastName: `Import ${index}`, Company: 'Import Bakery', Phone: phone });
        await story.create('Lead', { LastName: 'No phone', Company: 'Import Bakery' });
        await admin.openTab('Requests');
        await at.look('requests');
        await admin.select('New request', 'Import into Sellfire');
        await at.look('request-import');
        await admin.tick('Contacts');
        await admin.press('Count first');
        const free = await story.query('SELECT Id FROM Lead WHERE Phone != null AND @Sellfire_Lead_Id__c = null');
        await admin.reads(new RegExp(`: ${free.length} would be created in Sellfire, .*1 without a phone number\\.$`));
        await at.look('request-counted');
        assert.equal(known(at, phones), 0);
      },
    },
    {
      name: 'the import runs, and the page keeps what came of it',
      async run(at) {
        const { admin, story } = at;
        await admin.press('Start');
        await admin.reads('You can close this window. The request goes on, and the page shows its progress.');
        await admin.dialog.getByRole('progressbar').waitFor({ state: 'detached' });
        await at.look('request-ended');
        await admin.closeDialog();
        const linked = await story.query(
          "SELECT Id FROM Lead WHERE Company = 'Import Bakery' AND @Sellfire_Lead_Id__c != null",
        );
        assert.equal(linked.length, RECORDS);
        await admin.row(/Import into Sellfire/).waitFor();
        await at.look('requests-ended');
        await createsLeads(at, true);
      },
    },
  ],
};
