// An incident and its end, on the Reports page: a rule of the org refuses a value of ten leads, which stand by cause; the rule is
// mended, and all of them are done again (M27, M31, M32).
import assert from 'node:assert/strict';
import { deploy, xml } from '../../salesforce/tests/packages.ts';
import { until } from '../../helpers/until.ts';
import type { Workplace } from '../workplace.ts';
import type { Chapter } from './chapter.ts';

const BROKEN = 10;
const CITY = 'Atlantis';
const CAUSE = 'Validation rule of the org';

async function rule({ stack }: Workplace, isActive: boolean): Promise<void> {
  await deploy(stack.org.org, {
    'objects/Lead.object': xml(
      'CustomObject',
      `<validationRules><fullName>No_Atlantis</fullName><active>${isActive}</active><errorConditionFormula>City = &quot;${CITY}&quot;</errorConditionFormula><errorDisplayField>City</errorDisplayField><errorMessage>Atlantis is not served.</errorMessage></validationRules>`,
    ),
  });
}

const failed = (at: Workplace): Promise<unknown[]> =>
  at.story.query("SELECT Id FROM @Integration_Report__c WHERE @Code__c = 'FIELD_CUSTOM_VALIDATION_EXCEPTION'");

/** The Leads whose value was refused. */
const broken = new Map<Workplace, string[]>();

export const REPORTS: Chapter = {
  name: 'Reports',
  steps: [
    {
      name: 'a validation rule refuses a value of ten leads: one card with the cause and their number',
      async run(at) {
        const { admin, story } = at;
        const made = await Promise.all(Array.from({ length: BROKEN }, () => story.fromSellfire({ city: 'Austin' })));
        await Promise.all(made.map(({ id }) => story.salesforceHas(id, { City: 'Austin' })));
        await rule(at, true);
        for (const { lead } of made) story.edit(lead.id, { city: CITY });
        broken.set(
          at,
          made.map(({ id }) => id),
        );
        await until('all are reported', async () => (await failed(at)).length >= BROKEN);
        await admin.openTab('Reports');
        await admin.reads(CAUSE);
        await admin.reads('10 times');
        await at.look('reports-incident');
      },
    },
    {
      name: 'the card leads to its reports, and a report says what happened to which lead',
      async run(at) {
        const { admin } = at;
        await admin.press('See them');
        await admin.reads('Cause: Validation rule of the org');
        await admin.reads('10 reports');
        assert.match(admin.page.url(), /code=FIELD_CUSTOM_VALIDATION_EXCEPTION/);
        await admin.press('Updated');
        await admin.reads(/Atlantis is not served\./);
        await at.look('reports-detail');
        await admin.press('Close');
      },
    },
    {
      name: 'the rule is mended, and all of them are done again: counted first, then with progress',
      async run(at) {
        const { admin, story } = at;
        await rule(at, false);
        await admin.press('Repush all 10');
        await admin.press('Count first');
        await admin.reads('Would repush 10 events: 10 × LeadUpdated.');
        await at.look('repush-counted');
        await admin.press('Repush all 10');
        await admin.reads('10 events repushed.');
        await at.look('repush-done');
        await admin.closeDialog();
        const ids = broken.get(at) ?? [];
        assert.equal(ids.length, BROKEN);
        await Promise.all(ids.map((id) => story.salesforceHas(id, { City: CITY })));
      },
    },
    {
      name: 'the filter is cleared, and every attempt stands there again, the repushed ones as done',
      async run(at) {
        const { admin } = at;
        assert.equal(await admin.dialog.count(), 0, 'The dialog of the repush is closed');
        await admin.press('Clear all');
        await admin.reads(/\d reports/);
        assert.doesNotMatch(admin.page.url(), /code=/);
        assert.equal(await admin.page.locator('lightning-pill').count(), 0);
        await admin.reads('Done');
        await at.look('reports-cleared');
      },
    },
    {
      name: 'Home counts them, and leads to the reports of a cause and to all that needs somebody',
      async run(at) {
        const { admin } = at;
        await admin.openTab('Home');
        await admin.reads(CAUSE);
        await admin.press('See them', admin.page.getByRole('listitem').filter({ hasText: CAUSE }));
        await admin.reads(`Cause: ${CAUSE}`);
        await admin.reads('10 reports');
        await admin.openTab('Home');
        await admin.press('See all');
        await admin.reads('Result: Failed or refused');
        assert.doesNotMatch(admin.page.url(), /code=/);
      },
    },
  ],
};
