// "Why did this lead not sync?" (B16): answered from Home in three presses, from a report in one, with the way to the mend.
import assert from 'node:assert/strict';
import type { Workplace } from '../workplace.ts';
import type { Chapter } from './chapter.ts';

/** From Home to the answer. */
const MOST_PRESSES = 3;
const NAME = 'Why is a record (not) in sync?';
const BOX = 'Id, link or phone number';

/** Asks on the page where somebody is. @returns how many presses it took until the answer was read */
async function ask({ admin }: Workplace, about: string, answer: string | RegExp): Promise<number> {
  const before = admin.work.presses;
  await admin.write(BOX, about);
  await admin.press('Explain');
  await admin.reads(answer);
  return admin.work.presses - before;
}

export const WHY: Chapter = {
  name: 'Why',
  steps: [
    {
      name: 'from Home: a Lead without a phone is named as such, and the answer leads to it',
      async run(at) {
        const { admin, story } = at;
        const id = await story.create('Lead', { LastName: 'Silent', Company: 'Silent Mill' });
        await story.quiet();
        await admin.openTab('Home');
        await admin.reads(NAME);
        await at.look('home-why');
        const presses = await ask(at, id, 'The Lead has no phone number, by which Sellfire knows a lead.');
        assert.ok(presses <= MOST_PRESSES, `${presses} presses`);
        await admin.reads('Nothing would be written.');
        await at.look('why-no-phone');
        await admin.press('Open the record');
        assert.match(admin.page.url(), new RegExp(id.slice(0, 15)));
      },
    },
    {
      name: 'a phone that another lead has is named with who has it',
      async run(at) {
        const { admin, story } = at;
        const { lead } = await story.fromSalesforce({ Company: 'First Bakery' });
        const phone = String(lead.fields['primary_phone_number']);
        const second = await story.create('Lead', { Phone: phone, LastName: 'Second', Company: 'Second Bakery' });
        await story.quiet();
        await admin.openTab('Home');
        const presses = await ask(
          at,
          `${at.stack.admin.instanceUrl}/lightning/r/Lead/${second}/view`,
          /"First Bakery"/,
        );
        assert.ok(presses <= MOST_PRESSES, `${presses} presses`);
        await at.look('why-held');
        await ask(at, phone, /^Nothing keeps the two apart/);
        await at.look('why-in-step');
      },
    },
    {
      name: 'what is no id, no link and no number is said to be none, whatever it holds',
      async run(at) {
        await ask(at, `<img src=x onerror="document.title='x'">`, /is no id, no link and no phone number/);
        await ask(
          at,
          'https://evil.example/lightning/r/Lead/00Q000000000001EAA/view',
          /^evil\.example is neither this org nor Sellfire/,
        );
        await at.look('why-nothing');
        assert.notEqual(await at.admin.page.title(), 'x');
      },
    },
    {
      name: 'a pause shows the field that differs, and what is written once sync runs',
      async run(at) {
        const { admin, story } = at;
        const { id, lead } = await story.fromSalesforce({ Company: 'Paused Dairy' });
        await story.quiet();
        await story.asked('Pause');
        await story.update('Lead', id, { City: 'Austin' });
        await ask(at, lead.id, /has paused sync/);
        await admin.reads('It is written once sync runs.');
        await admin.reads('1 field of the lead would be written in Sellfire.');
        await at.look('why-paused');
        await story.asked('Resume');
        await story.sellfireHas(lead.id, { city: 'Austin' });
      },
    },
    {
      name: 'a report leads to the answer by one press, and the answer to the report',
      async run(at) {
        const { admin, story } = at;
        const { id } = await story.fromSalesforce({ Company: 'Reported Farm' });
        await story.quiet();
        await admin.openTab('Reports');
        await admin.press('Created');
        const before = admin.work.presses;
        await admin.press('Why?');
        await admin.reads(/^Nothing keeps the two apart/);
        assert.equal(admin.work.presses - before, 1);
        assert.match(admin.page.url(), new RegExp(`about=${id}`));
        await admin.press('Open the report');
        assert.match(admin.page.url(), /Integration_Report__c|\/r\//);
      },
    },
  ],
};
