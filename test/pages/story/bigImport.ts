// The first days of an org that had five thousand Leads before Sellfire came: they are imported with progress, stopped on the way,
// and brought over to the last one, each as one lead (M16).
import assert from 'node:assert/strict';
import { until } from '../../helpers/until.ts';
import type { Step } from './chapter.ts';
import { createsLeads } from './orders.ts';
import { signsInAgain } from './badDays.ts';
import type { Workplace } from '../workplace.ts';

const RECORDS = 5_000;
const COMPANY = 'Early Customers';
const KIND = 'Import into Sellfire';

/** So slow that there is time to press Stop, on a fast machine as well. */
const SLOW_MS = 300;
/** ms; five thousand records on a busy machine. */
const PATIENCE = 240_000;

/** Phone numbers of the Leads, by workplace. */
const phones = new Map<Workplace, string[]>();

/** How many of them Sellfire has. */
function arrived(at: Workplace): number {
  const { leads } = at.stack.sellfire.dialer;
  return (phones.get(at) ?? []).filter((phone) => leads.findByPhone(phone)).length;
}

/** How far the page says that the import is, of a hundred. */
async function shown({ admin }: Workplace): Promise<number> {
  const bar = admin.dialog.getByRole('progressbar');
  return (await bar.count()) === 0 ? 0 : Number(await bar.getAttribute('aria-valuenow'));
}

/** Fills in the form of the import and has it counted. @returns how many records would be created, those of earlier chapters too */
async function counts(at: Workplace): Promise<number> {
  const { admin } = at;
  await admin.select('New request', KIND);
  await admin.tick('Contacts');
  await admin.press('Count first');
  const words = /: ([\d,]+) would be created in Sellfire/;
  await admin.reads(words, PATIENCE);
  const [, count = ''] = words.exec(await admin.dialog.innerText()) ?? [];
  return Number(count.replaceAll(',', ''));
}

/** Leads with a phone that no lead of Sellfire has. */
async function missing({ stack }: Workplace): Promise<number> {
  const soql = `SELECT count() FROM Lead WHERE Phone != null AND ${stack.prefix}Sellfire_Lead_Id__c = null AND Company = '${COMPANY}'`;
  return (await stack.admin.query(soql)).totalSize;
}

export const BIG_IMPORT: readonly Step[] = [
  {
    name: 'five thousand Leads that were there before are imported, with progress, until somebody presses Stop',
    async run(at) {
      const { admin, stack, story } = at;
      await createsLeads(at, false);
      const numbers = Array.from({ length: RECORDS }, () => story.phone());
      phones.set(at, numbers);
      const rows = numbers.map((Phone, index) => ({ Phone, LastName: `Early ${index}`, Company: COMPANY }));
      const saved = await stack.admin.sobject('Lead').create(rows, { allowRecursive: true });
      assert.ok(saved.every(({ success }) => success));
      await story.quiet();
      assert.equal(arrived(at), 0);
      await admin.openTab('Requests');
      assert.ok((await counts(at)) >= RECORDS);
      assert.equal(arrived(at), 0);
      stack.sellfire.faults.set({ latency_ms: SLOW_MS });
      await admin.press('Start');
      await until('the page shows progress', async () => (await shown(at)) > 0, PATIENCE);
      await at.look('import-under-way');
      await admin.press('Stop');
      await admin.reads(
        /^Stopped on request\. What was done until then stays done\. [\d,]+ of [\d,]+ were done by then\.$/,
        PATIENCE,
      );
      stack.sellfire.faults.set({ latency_ms: 0 });
      await at.look('import-stopped');
      await admin.closeDialog();
      const done = arrived(at);
      assert.ok(done > 0 && done < RECORDS, `${done} have been imported`);
      await story.quiet();
      assert.equal(arrived(at), done);
      await admin.row(/Stopped on request/).waitFor();
    },
  },
  {
    name: 'the next import takes those that are left, also while the session of who asked for it ends: each of the five thousand has one lead, and no lead is a second one',
    async run(at) {
      const { admin, stack, story } = at;
      const left = await missing(at);
      assert.equal(left, RECORDS - arrived(at));
      const counted = await counts(at);
      assert.ok(counted >= left, `${counted} would be created, ${left} are left`);
      stack.sellfire.faults.set({ latency_ms: SLOW_MS });
      await admin.press('Start');
      await until('the page shows progress', async () => (await shown(at)) > 0, PATIENCE);
      stack.org.org.sessions.closeUser(stack.org.users.administrator.id);
      await signsInAgain(at);
      admin.isQuiet([/\b401\b/]);
      stack.sellfire.faults.set({ latency_ms: 0 });
      await admin.openTab('Requests');
      await until('all of them have arrived', () => arrived(at) === RECORDS, PATIENCE);
      await until('all of them are linked', async () => (await missing(at)) === 0, PATIENCE);
      await admin.reads(new RegExp(`${counted.toLocaleString('en-US')} leads created in Sellfire`), PATIENCE);
      await at.look('import-complete');
      const live = [...stack.sellfire.dialer.leads.live()];
      const ours = live.filter(({ fields }) => fields['business_name'] === COMPANY);
      assert.equal(ours.length, RECORDS);
      assert.equal(new Set(ours.map(({ salesforce }) => salesforce.lead_id)).size, RECORDS);
      await createsLeads(at, true);
      const [first] = phones.get(at) ?? [];
      const lead = stack.sellfire.dialer.leads.findByPhone(first ?? '');
      assert.ok(lead?.salesforce.lead_id);
      story.edit(lead.id, { email: 'early@example.com' });
      await story.salesforceHas(lead.salesforce.lead_id, { Email: 'early@example.com' });
    },
  },
];
