// Which rep is which Salesforce user: those without a user on top, matched in Sellfire, and the owners that Sellfire kept (M14).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Chapter } from './chapter.ts';

export const REPS: Chapter = {
  name: 'Reps',
  steps: [
    {
      name: 'the list has every rep, those without a Salesforce user on top, with what to do',
      async run(at) {
        const { admin, stack } = at;
        const { reps } = stack.sellfire.dialer;
        const callers = reps.list().filter(({ role }) => role === 'rep');
        const [first, second, third] = callers;
        assert.ok(first && second && third);
        reps.change(first.id, { sf_owner_id: stack.org.users.administrator.id });
        reps.change(second.id, { sf_owner_id: '005000000000001AAA' });
        reps.change(third.id, { state: 'deleted' });
        await admin.openTab('Reps');
        await admin.press('Read again');
        await admin.reads(`${callers.length} of ${callers.length} reps`);
        await admin.reads(`${callers.length - 2} active reps have no Salesforce user that can own records.`);
        await admin.reads('No user that you can see has the id 005000000000001AAA.');
        await admin.reads('Deleted: owns no leads');
        const rows = await admin.page.locator('c-rep-table tbody tr').allInnerTexts();
        assert.match(rows.at(-1) ?? '', new RegExp(third.name));
        await at.look('reps');
      },
    },
    {
      name: 'the match is set in Sellfire, and is there when the list is read again',
      async run(at) {
        const { admin, stack } = at;
        const { reps } = stack.sellfire.dialer;
        for (const { id, state, role } of reps.list())
          if (role === 'rep' && state === 'active') reps.change(id, { sf_owner_id: stack.org.users.administrator.id });
        await admin.press('Read again');
        await admin.reads('All active reps have a Salesforce user.');
        await admin.write('Search reps', 'Local Administrator');
        await admin.reads(/^\d+ of \d+ reps$/);
        await at.look('reps-matched');
      },
    },
    {
      name: 'what is listed is exported as a CSV file',
      async run(at) {
        const { admin } = at;
        const coming = admin.page.waitForEvent('download');
        await admin.press('Export as CSV');
        const file = await coming;
        assert.equal(file.suggestedFilename(), 'sellfire-reps.csv');
        const text = readFileSync(await file.path(), 'utf8');
        assert.match(text, /^\uFEFFRep id,Name,E-mail,State,Salesforce user id,Salesforce user,What to do\r\n/);
        assert.match(text, /\r\nrep_\w+,.*,active,005\w{15},Local Administrator,\r\n/);
      },
    },
    {
      name: 'an owner that Sellfire kept is counted there, and its report is one press away',
      async run(at) {
        const { admin, story } = at;
        const { id } = await story.fromSellfire({});
        await story.update('Lead', id, { '@Owned_Rep_Id__c': 'rep_nobody' });
        await story.reports("@Code__c = 'OWNER_REFUSED'");
        await admin.openTab('Home');
        await admin.openTab('Reps');
        await admin.reads('Sellfire kept its own owner once in the last 7 days.');
        await at.look('reps-refused');
        await admin.press('See them');
        await admin.reads('Cause: Owner kept by Sellfire');
      },
    },
  ],
};
