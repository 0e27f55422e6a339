// The panel on the pages of a Lead, a Contact and an Account, before three people: who configures the package, who sells with it, and
// who has nothing of it (M35, B25, B28).
import assert from 'node:assert/strict';
import { until } from '../../helpers/until.ts';
import { Admin } from '../admin.ts';
import type { Workplace } from '../workplace.ts';
import type { Chapter } from './chapter.ts';
import { mappings } from './map.ts';

type Role = 'user' | 'outsider';

/** Records of the chapter, by workplace. */
interface Known {
  lead: string;
  leadId: string;
  contact: string;
  account: string;
}
const known = new Map<Workplace, Known>();
const recordsOf = (at: Workplace): Known => {
  const records = known.get(at);
  assert.ok(records, 'The first step has made the records');
  return records;
};

export async function opens(by: Admin, object: string, id: string): Promise<void> {
  await by.visit(`/lightning/r/${object}/${id}/view`);
  await by.stands();
}

/** Somebody else at another browser, on the page of a record. */
export async function asPerson(at: Workplace, role: Role, look: (by: Admin) => Promise<void>): Promise<void> {
  const { restUrl, users } = at.stack.org;
  const by = await Admin.open(at.browser, restUrl);
  try {
    await by.visit('/lightning/page/home');
    await by.signIn(users[role].username);
    await look(by);
  } finally {
    await by.close();
  }
}

/** What fills the facts of the panel, where nobody has mapped it yet. */
export async function mapFacts(at: Workplace): Promise<void> {
  const { story, stack } = at;
  const wanted = ['Lead', 'Contact'].flatMap((object) => [
    ['sales_cycle', object, `${stack.prefix}Sellfire_Cycle__c`],
    ['next_event_at', object, `${stack.prefix}Sellfire_Next_Event_At__c`],
  ]);
  const mapped = new Set(
    (await mappings(at)).map((row) => `${row['Salesforce_Object__c']} ${row['Salesforce_Field__c']}`),
  );
  const missing = wanted.filter(([, object, target]) => !mapped.has(`${object} ${target}`));
  if (missing.length === 0) return;
  await story.reloaded(async () => {
    for (const [field, object, target] of missing)
      await story.create('@Field_Mapping__c', {
        ...{ '@Sellfire_Object__c': 'Lead', '@Sellfire_Field__c': field, '@Salesforce_Object__c': object },
        ...{ '@Salesforce_Field__c': target, '@Sync_Rule__c': 'AlwaysSellfire', '@On_Create_Update__c': true },
      });
  });
}

export async function setSettings({ story }: Workplace, fields: Record<string, unknown>): Promise<void> {
  const [settings] = await story.query('SELECT Id FROM @Sync_Settings__c ORDER BY CreatedDate LIMIT 1');
  await story.reloaded(() => story.update('@Sync_Settings__c', String(settings?.['Id']), fields));
}

async function panel(at: Workplace, words: readonly (string | RegExp)[], by = at.admin): Promise<void> {
  for (const one of words) await by.reads(one);
}

export const RECORD: Chapter = {
  name: 'Record',
  steps: [
    {
      name: 'the panel on a Lead says where it stands, what is next, whether a call may be recorded, and that both systems agree',
      async run(at) {
        const { admin, stack, story } = at;
        const { desk } = stack.sellfire;
        await mapFacts(at);
        await setSettings(at, { '@Activity_Sync__c': true, '@Sellfire_Address__c': stack.sellfire.url });
        const { id: lead, lead: made } = await story.fromSellfire({ state: 'CA', city: 'Fresno' });
        desk.logCall(made.id, { outcome: 'decision_maker', notes: 'Wants to see it.', conference_duration: 180 });
        desk.setDemo(made.id, { start_time: new Date(Date.now() + 7 * 86_400_000).toISOString() });
        desk.logEmail(made.id);
        await story.salesforceHas(lead, { '@Phase__c': 'HeldPhase' });
        await until('the activities are in Salesforce', async () => {
          const tasks = await story.query(
            `SELECT Id FROM Task WHERE WhoId = '${lead}' AND @Sellfire_Activity_Id__c != null`,
          );
          return tasks.length >= 3;
        });
        const account = await story.create('Account', { Name: 'Acme Group', BillingState: 'TX' });
        const person = {
          Phone: story.phone(),
          LastName: 'Stone',
          FirstName: 'Ann',
          AccountId: account,
          MailingState: 'Texas',
        };
        const contact = await story.create('Contact', person);
        await story.arrival(person.Phone);
        known.set(at, { lead, leadId: made.id, contact, account });
        await story.quiet();
        await opens(admin, 'Lead', lead);
        await panel(at, [
          ...['In step with Sellfire.', 'A demo is set, and its time has not come.', 'Sales cycle', 'Next event'],
          ...['California: everybody on the call has to agree before it is recorded.', 'Wants to see it.'],
        ]);
        await at.look('record-lead');
      },
    },
    {
      name: 'the life of the record has every change with field, before, after, side and rule, one press away, and leads to the report',
      async run(at) {
        const { admin } = at;
        await admin.press('Life of this record');
        await panel(at, ['The latest comes first.', /^Created in Salesforce by /, 'Rule: Two-way sync', 'HeldPhase']);
        await panel(at, [/from Sellfire, written to Salesforce as /]);
        await at.look('record-life');
        await admin.press(
          ((await admin.dialog.getByRole('button', { name: /^IR-/ }).first().textContent()) ?? '').trim(),
        );
        await admin.reads('Report Number');
        await opens(admin, 'Lead', recordsOf(at).lead);
      },
    },
    {
      name: 'Call in Sellfire opens the lead at the configured host alone: with another id on the record there is no way out',
      async run(at) {
        const { admin, stack, story } = at;
        const { lead, leadId } = recordsOf(at);
        const called = await admin.follow('Call in Sellfire');
        assert.equal(called.url(), `${stack.sellfire.url}/leads/${leadId}`);
        await called.close();
        admin.isQuiet([/\/leads\//, /404/]);
        const stray = await story.create('Lead', {
          LastName: 'Stray',
          Company: 'Stray',
          '@Sellfire_Lead_Id__c': '/evil.example',
        });
        await opens(admin, 'Lead', stray);
        await panel(at, ['Life of this record']);
        assert.equal(await admin.page.getByRole('button', { name: 'Call in Sellfire' }).count(), 0);
        await story.remove('Lead', stray);
        await opens(admin, 'Lead', lead);
      },
    },
    {
      name: 'a phase that is not accepted stands on the panel with its reason until it is mended',
      async run(at) {
        const { admin, story } = at;
        const { lead } = recordsOf(at);
        await story.update('Lead', lead, { '@Phase__c': 'ColdCallDM' });
        await story.reports(`@Salesforce_Record_Id__c = '${lead}' AND @Event__c = 'PhaseChange'`);
        await story.salesforceHas(lead, { '@Phase__c': 'HeldPhase' });
        await story.quiet();
        await opens(admin, 'Lead', lead);
        await panel(at, ['Life of this record']);
        await admin.press('Life of this record');
        await panel(at, ['Phase kept by Sellfire']);
        await admin.closeDialog();
      },
    },
    {
      name: 'who sells sees the panel of the Contact, and has it synced; the values in its life are for administrators',
      async run(at) {
        const { contact } = recordsOf(at);
        await asPerson(at, 'user', async (by) => {
          await opens(by, 'Contact', contact);
          await panel(at, ['In step with Sellfire.', "Texas: one party's consent is enough, and yours counts."], by);
          await at.look('record-contact', { by });
          await by.press('Sync now');
          await by.page.getByRole('progressbar').waitFor({ state: 'detached' });
          await by.reads(/done|same|differ|Nothing|compared/i);
          await at.look('record-synced', { by });
          await by.press('Life of this record');
          await panel(
            at,
            ['The values that were written are visible to administrators only', /^Sync asked for by /],
            by,
          );
          await at.look('record-life-user', { by });
        });
      },
    },
    {
      name: 'the panel on an Account has its leads, its organization and its sites',
      async run(at) {
        const { admin, story } = at;
        const { account } = recordsOf(at);
        const organization = await story.create('@Organization__c', { Name: 'Acme Holding', '@Account__c': account });
        for (const site of ['Austin', 'Dallas'])
          await story.create('@Site__c', {
            ...{ Name: site, '@location__c': site, '@Account__c': account, '@Organization__c': organization },
          });
        await opens(admin, 'Account', account);
        await panel(at, ['Leads of this Account', 'Ann Stone', 'Organization: Acme Holding', 'Austin', 'Dallas']);
        await at.look('record-account');
      },
    },
    {
      name: 'a Lead without a phone is not linked, and the panel says what to do',
      async run(at) {
        const { admin, story } = at;
        const id = await story.create('Lead', { LastName: 'Mute', Company: 'No Phone' });
        await opens(admin, 'Lead', id);
        await panel(at, ['Not linked with Sellfire.', 'No phone number', /Enter one: the lead is created then/]);
        await at.look('record-not-linked');
      },
    },
    {
      name: 'whoever has nothing of the package reads which permission set to ask for, on each of the three',
      async run(at) {
        const { lead, contact, account } = recordsOf(at);
        await asPerson(at, 'outsider', async (by) => {
          for (const [object, id] of [
            ['Lead', lead],
            ['Contact', contact],
            ['Account', account],
          ] as const) {
            await opens(by, object, id);
            await by.reads('You need the permission set Sellfire User to see what Sellfire knows of this record.');
          }
          // The related lists beside the panel are of objects that this person may not see.
          await at.look('record-outsider', { by, expected: [/related-list-info/, /status of 404/] });
        });
      },
    },
  ],
};
