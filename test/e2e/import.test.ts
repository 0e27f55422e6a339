// What both systems had before they were connected (M16): linked by phone, imported through a kill of the bridge, and compared.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story, type Row } from './story.ts';

const folder = mkdtempSync(join(tmpdir(), 'import-'));
let stack: Stack;
let story: Story;

const MANY = 300;
/** The number of the nth Lead; a few have none, or a text that is none, or share one. */
const phoneOf = (n: number): string => `+1512555${String(n).padStart(4, '0')}`;
const NO_PHONE = 4;
const WRONG = 3;
const SHARED = 2;
/** Leads of Sellfire whose number one Lead holds. */
const KNOWN = 5;
/** A Lead with this number, and one that shares it. */
const FIRST = NO_PHONE + WRONG;

interface Ended {
  Status__c: string;
  Result__c: string;
  Total__c: number;
  Done__c: number;
  Failed__c: number;
}

async function ask(type: string, parameters: object = {}): Promise<string> {
  return story.create('Sync_Request__c', { Type__c: type, Parameters__c: JSON.stringify(parameters) });
}

async function ended(id: string): Promise<Ended> {
  return until<Ended>(
    'the request has ended',
    async () => {
      const columns = 'Status__c, Result__c, Done__c, Failed__c, Total__c';
      const [row] = await story.query(`SELECT ${columns} FROM Sync_Request__c WHERE Id = '${id}'`);
      return ['Done', 'Failed', 'Stopped'].includes(String(row?.['Status__c'])) ? (row as unknown as Ended) : undefined;
    },
    60_000,
  );
}
const asked = async (...given: Parameters<typeof ask>): Promise<Ended> => ended(await ask(...given));

const fieldsOf = (n: number): Row => ({
  LastName: `Stone ${n}`,
  Company: `Acme ${n}`,
  ...(n < NO_PHONE ? {} : { Phone: n < FIRST ? `ask for ${n}` : phoneOf(n < FIRST + SHARED ? FIRST : n) }),
});
const inSellfire = (n: number) => stack.sellfire.dialer.leads.findByPhone(phoneOf(n));
const leadsInSalesforce = () => stack.org.org.find('Lead', {});

/** The command line, as a process beside the running bridge. */
function command(...args: string[]) {
  const child = spawn(process.execPath, ['bridge/cli.ts', ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...stack.bridge.env },
  });
  const said = { out: '', err: '', code: null as number | null };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const over = once(child, 'close').then(([code]) => ({ ...said, code: code as number | null }));
  return { child, said, over };
}

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, '');
  for (let made = 0; made < MANY; made += 150) {
    const rows = Array.from({ length: 150 }, (_, index) => fieldsOf(made + index));
    const results = await stack.admin.sobject('Lead').create(rows);
    if (!results.every(({ success }) => success)) throw new Error(JSON.stringify(results));
  }
  for (let n = 0; n < KNOWN; n += 1)
    stack.sellfire.desk.createLead({ primary_phone_number: phoneOf(100 + n), business_name: `Beta ${n}` });
  stack.sellfire.desk.createLead({ primary_phone_number: phoneOf(FIRST), business_name: 'Doubtful' });
  await stack.bridge.start();
  await story.quiet();
}, 120_000);

afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

describe('Link existing (M16)', () => {
  it('counts before it does anything', async () => {
    await expect(asked('LinkExisting', { preview: true })).resolves.toMatchObject({
      Status__c: 'Done',
      Result__c: expect.stringContaining(`${KNOWN} pairs would be linked`),
    });
    expect(inSellfire(100)?.salesforce.lead_id).toBeNull();
  });

  it('links each pair that is beyond doubt, changes no field of either, and reports the others', async () => {
    await expect(asked('LinkExisting')).resolves.toMatchObject({
      Status__c: 'Done',
      Total__c: KNOWN,
      Failed__c: 0,
      Result__c: expect.stringContaining(`${KNOWN} pairs linked`),
    });
    await story.quiet();
    for (let n = 0; n < KNOWN; n += 1) {
      const lead = inSellfire(100 + n);
      const [record] = stack.org.org.find('Lead', { LastName: `Stone ${100 + n}` });
      expect(lead).toMatchObject({
        salesforce: { lead_id: record?.['Id'] },
        fields: { business_name: `Beta ${n}`, last_name: null },
      });
      expect(record).toMatchObject({ Sellfire_Lead_Id__c: lead?.id, Company: `Acme ${100 + n}`, Phase__c: null });
    }
    expect(inSellfire(FIRST)?.salesforce.lead_id).toBeNull();
    await expect(story.reports(`Code__c = 'PHONE_AMBIGUOUS'`)).resolves.toEqual([
      expect.objectContaining({ Outcome__c: 'Skipped', Reason__c: expect.stringContaining(phoneOf(FIRST)) }),
    ]);
    await expect(asked('LinkExisting')).resolves.toMatchObject({ Total__c: 0 });
  });
});

describe('Import (M16)', () => {
  it('counts before it does anything', async () => {
    const { Result__c } = await asked('Import', { preview: true });
    expect(Result__c).toMatch(/300 Leads: \d+ would be created in Sellfire, /);
    expect(Result__c).toContain(`${KNOWN} linked already`);
    expect(Result__c).toContain(`${NO_PHONE} without a phone number.`);
    expect(Result__c).toContain('0 Contacts');
    expect(inSellfire(150)).toBeUndefined();
  });

  it('brings every record over once through a kill, and reports each row', async () => {
    const before = stack.sellfire.dialer.leads.size;
    const salesforce = leadsInSalesforce().length;
    // A number that Sellfire knows by now, an owner that it does not, and an answer that is lost.
    stack.sellfire.desk.createLead({ primary_phone_number: phoneOf(120), business_name: 'Gamma' });
    const [strange] = stack.org.org.find('Lead', { LastName: 'Stone 121' });
    await story.update('Lead', String(strange?.['Id']), { Owned_Rep_Id__c: 'rep_nobody' });
    await story.quiet();
    stack.sellfire.faults.set({ cut: 1 });
    const id = await ask('Import');
    await until('some are there', () => inSellfire(50));
    await stack.bridge.kill();
    stack.sellfire.faults.set({ cut: 0 });
    await stack.bridge.start();
    const result = await ended(id);
    expect(result).toMatchObject({ Status__c: 'Done', Total__c: MANY, Done__c: MANY, Failed__c: 0 });
    await story.quiet();

    // The first of those that share a number is the lead's, and the known one was there.
    const imported = MANY - NO_PHONE - WRONG - SHARED - KNOWN;
    expect(stack.sellfire.dialer.leads.size).toBe(before + imported);
    expect(leadsInSalesforce()).toHaveLength(salesforce);
    for (let n = FIRST + SHARED; n < MANY; n += 1) {
      const lead = inSellfire(n);
      const [record] = stack.org.org.find('Lead', { LastName: `Stone ${n}` });
      expect(lead?.salesforce.lead_id).toBe(record?.['Id']);
      expect(record?.['Sellfire_Lead_Id__c']).toBe(lead?.id);
      if (n < 100 || n >= 100 + KNOWN) expect(lead?.fields['business_name']).toBe(`Acme ${n}`);
    }
    expect(inSellfire(121)?.fields['owned_rep_id']).toBeNull();
    expect(stack.org.org.find('Lead', { LastName: 'Stone 150' })[0]).toMatchObject({ Phase__c: 'ColdCallCold' });

    const reports = await story.query(
      `SELECT Event__c, Outcome__c, Code__c, Reason__c, Salesforce_Record_Id__c FROM Integration_Report__c WHERE Occurred_At__c = TODAY AND Salesforce_Object__c = 'Lead'`,
    );
    const rowsOf = (event: string, outcome: string, code: string | null = null): Row[] =>
      reports.filter((row) => row['Event__c'] === event && row['Outcome__c'] === outcome && row['Code__c'] === code);
    expect(rowsOf('LeadCreated', 'Success').length).toBe(imported - 1);
    expect(rowsOf('LeadCreated', 'Skipped', 'PHONE_INVALID')).toHaveLength(WRONG);
    const leftOut = rowsOf('LeadCreated', 'Success').filter((row) => String(row['Reason__c']).includes('owned_rep_id'));
    expect(leftOut.map((row) => row['Salesforce_Record_Id__c'])).toEqual([strange?.['Id']]);
    expect(result.Result__c).toContain(`${imported - 1} leads created in Sellfire`);
    expect(result.Result__c).toContain(`${KNOWN} linked already`);
  }, 120_000);

  it('does nothing the second time', async () => {
    const last = stack.sellfire.dialer.feed.lastSequence;
    const { Result__c, Failed__c } = await asked('Import');
    expect(Failed__c).toBe(0);
    expect(Result__c).toContain('300 records: 0 leads created in Sellfire, 0 connected');
    expect(stack.sellfire.dialer.feed.lastSequence).toBe(last);
  });

  it('takes edits on either side from then on', async () => {
    const [record] = stack.org.org.find('Lead', { LastName: 'Stone 150' });
    const lead = inSellfire(150);
    await story.update('Lead', String(record?.['Id']), { Company: 'Acme & Sons' });
    await story.sellfireHas(lead?.id ?? '', { business_name: 'Acme & Sons' });
    story.edit(lead?.id ?? '', { title: 'Owner' });
    await story.salesforceHas(String(record?.['Id']), { Title: 'Owner' });
  });

  it('says what is missing where the phone is not mapped', async () => {
    await expect(asked('Import', { objects: ['Account'] })).resolves.toMatchObject({
      Status__c: 'Failed',
      Result__c: expect.stringContaining('PARAMETERS_INVALID'),
    });
  });
});

describe('Export sales (M26)', () => {
  it('brings what was sold in Salesforce to Sellfire once, and it does not come back', async () => {
    const lead = inSellfire(160);
    stack.sellfire.dialer.reps.change('rep_01', { sf_owner_id: stack.org.users.admin.id });
    const [record] = stack.org.org.find('Lead', { LastName: 'Stone 160' });
    const accountId = await story.create('Account', { Name: 'Acme 160', Phone: phoneOf(160) });
    const won = { StageName: 'Closed Won', CloseDate: new Date().toISOString().slice(0, 10), AccountId: accountId };
    const sold = await story.create('Opportunity', { Name: 'Acme 160', Amount: 250.5, ...won });
    // One of a business that Sellfire does not know, one that is not won, and one of Sellfire's own.
    const strange = await story.create('Opportunity', { Name: 'Nobody', Amount: 1, ...won, AccountId: null });
    await story.create('Opportunity', { Name: 'Later', Amount: 1, ...won, StageName: 'Prospecting' });
    await story.create('Opportunity', { Name: 'Own', Amount: 1, ...won, Sellfire_Opportunity_Key__c: 'lead_1:1' });
    const opportunities = stack.org.org.find('Opportunity', {}).length;

    await expect(asked('ExportSales', { preview: true })).resolves.toMatchObject({
      Status__c: 'Done',
      Result__c: expect.stringContaining('2 sales won in Salesforce, with 2 items'),
    });
    stack.sellfire.faults.set({ cut: 1 });
    const first = await ask('ExportSales');
    await expect(ended(first)).resolves.toMatchObject({
      Status__c: 'Done',
      Total__c: 2,
      Failed__c: 1,
      Result__c: expect.stringContaining('1 brought to Sellfire, 0 there already, 1 failed'),
    });
    stack.sellfire.faults.set({ cut: 0 });
    await story.quiet();
    expect(stack.sellfire.dialer.sales.ofLead(lead?.id ?? '')).toMatchObject([
      {
        salesforce_opportunity_id: sold,
        rep_id: 'rep_01',
        items: [{ product_name: 'Acme 160', unit_price: '250.50' }],
      },
    ]);
    await story.salesforceHas(String(record?.['Id']), { Phase__c: 'Customer' });
    expect(stack.org.org.find('Opportunity', {})).toHaveLength(opportunities);
    await expect(story.reports(`Salesforce_Record_Id__c = '${strange}'`)).resolves.toMatchObject([
      { Outcome__c: 'Failed', Code__c: 'NOT_FOUND' },
    ]);
    // What failed alone, once its cause is gone, whatever its close date.
    await story.update('Opportunity', strange, { AccountId: accountId, CloseDate: '2020-02-02' });
    const second = await ask('ExportSales', { retry: first });
    await expect(ended(second)).resolves.toMatchObject({
      Total__c: 1,
      Failed__c: 0,
      Result__c: expect.stringContaining('1 brought to Sellfire, 0 there already'),
    });
    await expect(story.reports(`Sync_Request_Id__c = '${second}'`)).resolves.toMatchObject([{ Outcome__c: 'Success' }]);
    await expect(asked('ExportSales', { retry: second, preview: true })).resolves.toMatchObject({
      Result__c: expect.stringContaining('0 sales won in Salesforce'),
    });
    await expect(asked('ExportSales')).resolves.toMatchObject({
      Result__c: expect.stringContaining('0 brought to Sellfire, 1 there already'),
    });
  });
});

describe('Reconcile', () => {
  it('finds what has no event, and dry it changes nothing (B3, B11)', async () => {
    const lead = inSellfire(170);
    const [record] = stack.org.org.find('Lead', { LastName: 'Stone 170' });
    await story.withoutEvents(1, () => story.update('Lead', String(record?.['Id']), { Company: 'Without event' }));
    const { Result__c } = await asked('Reconcile', { all: true, dryRun: true });
    expect(Result__c).toContain('0 records would change in Salesforce, 1 lead in Sellfire');
    expect(Result__c).toContain('"Acme 170" → "Without event"');
    expect(inSellfire(170)?.fields['business_name']).toBe('Acme 170');
    await asked('Reconcile', { since: new Date(Date.now() - 60_000).toISOString() });
    await story.sellfireHas(lead?.id ?? '', { business_name: 'Without event' });
  });
});

describe('the command line', () => {
  it('asks over the org, shows how it goes, and ends with what came of it', async () => {
    const { code, out, err } = await command('reconcile', '--all').over;
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^\d+ linked pairs compared\.\n$/) });
    expect(err).toMatch(/^Done \[#{24}\] 100 %, \d+ of \d+$/m);
    const preview = await command('import', '--objects', 'Lead', '--preview').over;
    expect(preview).toMatchObject({ code: 0, out: expect.stringContaining('300 Leads') });
  });

  it('refuses wrong options before it asks anything', async () => {
    const { code, err } = await command('repush').over;
    expect(code).toBe(2);
    expect(err).toContain('PARAMETERS_INVALID');
    expect(err).toContain('See: bridge repush --help');
  });

  it('has a request stopped', async () => {
    stack.sellfire.faults.set({ latency_ms: 2_000 });
    const { child, over } = command('import');
    await until('the request runs', async () => {
      return (await story.query(`SELECT Id FROM Sync_Request__c WHERE Status__c = 'Running'`)).length > 0;
    });
    child.kill('SIGINT');
    const { code, out, err } = await over;
    stack.sellfire.faults.set({ latency_ms: 0 });
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('Stopped on request') });
    expect(err).toContain('Stopping. Once more leaves it to itself.');
  });

  it('writes the sales to a file that nobody else may read, and over none', async () => {
    const file = join(folder, 'sales.csv');
    await expect(command('export', '--file', file).over).resolves.toMatchObject({ code: 0 });
    const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
    expect(header).toMatch(/^salesforce_opportunity_id,/);
    expect(lines).toContainEqual(expect.stringContaining(`,${phoneOf(160)},`));
    await expect(command('export', '--file', file).over).resolves.toMatchObject({
      code: 1,
      err: expect.stringContaining('FILE_UNWRITABLE'),
    });
  });

  it('says that no bridge runs', async () => {
    await stack.bridge.stop();
    const { said, child, over } = command('link');
    await until('it is printed', () => said.err.includes('No bridge has taken it up yet'));
    await stack.bridge.start();
    // The bridge begins it all the same, as it stands in the org.
    await expect(over).resolves.toMatchObject({ code: 0 });
    expect(child.exitCode).toBe(0);
  }, 60_000);
});
