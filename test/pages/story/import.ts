// An export of which a row fails: its reasons, the file of all rows, and the failed one again after its cause is gone (M16, M26).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Chapter } from './chapter.ts';

const NAME = 'Imported Bakery';
const KIND = 'Export sales for Sellfire';

export const IMPORT: Chapter = {
  name: 'Import',
  steps: [
    {
      name: 'the form explains the columns of the file, and counts first',
      async run(at) {
        const { admin, stack, story } = at;
        const { reps } = stack.sellfire.dialer;
        const seller = reps.list().find(({ role, state }) => role === 'rep' && state === 'active');
        if (seller) reps.change(seller.id, { sf_owner_id: stack.org.users.admin.id });
        const { lead } = await story.fromSellfire({});
        const phone = String(lead.fields['primary_phone_number']);
        const account = await story.create('Account', { Name: NAME, Phone: phone });
        const won = { StageName: 'Closed Won', CloseDate: new Date().toISOString().slice(0, 10), Amount: 20 };
        await story.create('Opportunity', { Name: `${NAME} one`, AccountId: account, ...won });
        await story.create('Opportunity', { Name: `${NAME} two`, ...won });
        await admin.openTab('Requests');
        await admin.select('New request', KIND);
        await admin.dialog.getByText('The columns of the file').click();
        await admin.reads('The close date.');
        await at.look('import-columns');
        await admin.press('Count first');
        await admin.reads(/2 sales won in Salesforce, with 2 items/);
        await admin.press('Start');
        await admin.ended();
        await admin.closeDialog();
      },
    },
    {
      name: 'each row has its result: the failed one with its reason, all of them in a file',
      async run(at) {
        const { admin, story } = at;
        await story.reports("@Event__c = 'Sale' AND @Outcome__c = 'Failed'");
        await admin.press('Row results');
        await admin.reads('The first 1 of 1 failed rows');
        await at.look('import-rows');
        const coming = admin.page.waitForEvent('download');
        await admin.press('Export as CSV');
        const text = readFileSync(await (await coming).path(), 'utf8');
        assert.equal(text.trim().split('\r\n').length, 3, text);
        assert.match(text, /,Success,/);
        assert.match(text, /,Failed,NOT_FOUND,/);
      },
    },
    {
      name: 'the cause is mended, and the failed row alone is tried again',
      async run(at) {
        const { admin, story } = at;
        const [account] = await story.query(`SELECT Id FROM Account WHERE Name = '${NAME}'`);
        const [lost] = await story.query(`SELECT Id FROM Opportunity WHERE Name = '${NAME} two'`);
        await story.update('Opportunity', String(lost?.['Id']), { AccountId: account?.['Id'] });
        await admin.press('Retry the failed rows');
        await admin.reads(/1 sale won in Salesforce: 1 brought to Sellfire/);
        await at.look('import-retried');
        await admin.closeDialog();
      },
    },
  ],
};
