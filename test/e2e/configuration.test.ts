// The configuration as the org shows it, end to end: the status of each mapping (M8), the catalogue of Sellfire's fields, options
// made in Sellfire (M7), values that do not fit their field (M5), and reports that are kept no longer than the admin wants (M19).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { deploy } from '../salesforce/tests/packages.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story, type Row } from './story.ts';

jest.setTimeout(60_000);

const DAY_MS = 86_400_000;
const metadata = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../force-app/main/default/${path}-meta.xml`, import.meta.url)), 'utf8');
const permissionSet = metadata('permissionsets/Sellfire_Integration.permissionset');
/** The package's own set, without the right to one field. */
const without = (field: string): string => {
  const cut = permissionSet.replace(
    new RegExp(`<fieldPermissions>\\s*<editable>true</editable>\\s*<field>${field}</field>.*?</fieldPermissions>`, 's'),
    '',
  );
  if (cut === permissionSet) throw new Error(`The permission set does not name ${field}.`);
  return cut;
};

let stack: Stack;
let story: Story;
const reports = { old: '', young: '' };

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix, [
    ['primary_phone_number', 'Lead', 'Phone', 'TwoWay'],
    ['business_name', 'Lead', 'Company', 'TwoWay'],
    ['last_name', 'Lead', 'LastName', 'TwoWay'],
    ['title', 'Lead', 'Title', 'TwoWay'],
    ['source', 'Lead', 'LeadSource', 'TwoWay'],
    ['custom_nickname', 'Lead', 'PostalCode', 'TwoWay'],
    ['custom_score', 'Lead', '@Sellfire_Cycle__c', 'AlwaysSellfire'],
  ]);
  await hide('Lead.Sellfire_Cycle__c');
  const report = async (days: number): Promise<string> =>
    story.create('@Integration_Report__c', {
      '@Report_Id__c': `${days} days`,
      '@Occurred_At__c': new Date(Date.now() - days * DAY_MS).toISOString(),
      '@Outcome__c': 'Success',
    });
  [reports.old, reports.young] = [await report(91), await report(89)];
  await stack.bridge.start();
});
afterAll(() => stack.stop());

/** Takes the right to see a field from the bridge's user. */
async function hide(field: string): Promise<void> {
  await deploy(stack.org.org, { 'permissionsets/Sellfire_Integration.permissionset': without(field) });
}
async function show(): Promise<void> {
  await deploy(stack.org.org, { 'permissionsets/Sellfire_Integration.permissionset': permissionSet });
}

const mappingOf = async (sellfire: string): Promise<Row> => {
  const columns = 'Id, @Status__c, @Status_Reason__c';
  const [row] = await story.query(
    `SELECT ${columns} FROM @Field_Mapping__c WHERE @Sellfire_Field__c = '${sellfire}' ORDER BY CreatedDate DESC`,
  );
  return row ?? {};
};

/** Waits until the org shows this status of the mapping. @returns the reason */
async function expectStatus(sellfire: string, wanted: string, words = ''): Promise<string> {
  return until(`${sellfire} is ${wanted} ${words}`, async () => {
    const { Status__c, Status_Reason__c } = await mappingOf(sellfire);
    const reason = String(Status_Reason__c ?? '');
    return Status__c === wanted && reason.includes(words) ? reason || 'nothing to say' : undefined;
  });
}

const storedField = async (key: string): Promise<Row | undefined> => {
  const columns = ['Label', 'Object', 'Field', 'Type', 'Custom', 'Read_Only', 'Max_Length', 'Required', 'Options'];
  const [row] = await story.query(
    `SELECT Name, ${columns.map((name) => `@${name}__c`).join(', ')} FROM @Sellfire_Field__c WHERE @Key__c = '${key}'`,
  );
  return row;
};

async function asked(type: string, parameters: Row = {}): Promise<Row> {
  const id = await story.create('@Sync_Request__c', {
    '@Type__c': type,
    '@Parameters__c': JSON.stringify(parameters),
  });
  return until(`${type} has ended`, async () => {
    const [row] = await story.query(
      `SELECT @Status__c, @Result__c, @Result_Data__c, @Done__c, @Failed__c FROM @Sync_Request__c WHERE Id = '${id}'`,
    );
    return ['Done', 'Failed', 'Stopped'].includes(String(row?.['Status__c'])) ? row : undefined;
  });
}

const enablement = { kind: 'enablement', id: null, request_id: null } as const;

describe('the status of a mapping (M8)', () => {
  it('is Issue with the reason where the field is too short or hidden, and Ok where all is well', async () => {
    await expectStatus('title', 'Ok');
    await expectStatus('custom_nickname', 'Issue', 'takes a length of 20, and Nickname of Sellfire up to 40');
    await expectStatus('custom_score', 'Issue', 'is gone, or hidden from the connected user');
  });

  it('turns Ok without a restart when the field is made visible', async () => {
    await show();
    await expect(asked('RefreshCatalogue')).resolves.toMatchObject({
      Status__c: 'Done',
      Result__c: expect.stringContaining('Nothing has changed. 7 mappings checked again: 1 issue.'),
    });
    await expectStatus('custom_score', 'Ok');
  });

  it('reports mappings that conflict, where they were made before the package refused such', async () => {
    const path = 'flows/Field_Mapping_Conflict.flow';
    const flow = metadata(path);
    await stack.bridge.stop();
    await deploy(stack.org.org, { [path]: flow.replace('<status>Active</status>', '<status>Obsolete</status>') });
    await story.map(['city', 'Lead', 'City', 'AlwaysSellfire'], ['timezone', 'Lead', 'City', 'AlwaysSellfire']);
    await deploy(stack.org.org, { [path]: flow });
    await stack.bridge.start();
    await expect(story.map(['country', 'Lead', 'City', 'AlwaysSellfire'])).rejects.toThrow('refused');
    await expectStatus('timezone', 'Issue', 'city fills Lead.City on the same trigger');
    await expectStatus('city', 'Issue', 'timezone fills Lead.City on the same trigger');
  });

  it('is written without a further reading: to look again changes nothing', async () => {
    const [started] = story.linesOf('connection_works').slice(-1);
    await until('it is read again after the start', () =>
      story.linesOf('configuration_read').some(({ time }) => String(time) > String(started?.['time'])),
    );
    await story.quiet();
    const readings = story.logged('configuration_read');
    await story.map(['website', 'Lead', 'Website', 'TwoWay']);
    await expectStatus('website', 'Ok');
    await story.quiet();
    expect(story.logged('configuration_read')).toBe(readings + 1);
    expect(story.logged('mapping_status_refused')).toBe(0);
  });
});

describe('the catalogue', () => {
  it('is in the org as Sellfire has it', async () => {
    const fields = stack.sellfire.dialer.catalogue.list();
    const [counted] = await story.query('SELECT COUNT(Id) total FROM @Sellfire_Field__c');
    expect(counted?.['total']).toBe(fields.length);
    await expect(storedField('lead.primary_phone_number')).resolves.toMatchObject({
      Name: 'Primary Phone Number',
      Object__c: 'lead',
      Field__c: 'primary_phone_number',
      Type__c: 'phone',
      Custom__c: false,
      Read_Only__c: false,
      Max_Length__c: 40,
      Required__c: true,
      Options__c: null,
    });
    await expect(storedField('sale.sold_at')).resolves.toMatchObject({ Type__c: 'datetime', Read_Only__c: true });
  });

  it('gets a new option and a new field as soon as Sellfire has them', async () => {
    const { catalogue } = stack.sellfire.dialer;
    catalogue.addOption('lead', 'industry', 'Aerospace', enablement);
    await until('the option is in the org', async () =>
      String((await storedField('lead.industry'))?.['Options__c']).includes('"Aerospace"'),
    );
    catalogue.addField({ object: 'lead', name: 'custom_mood', label: 'Mood', type: 'text' }, enablement);
    const field = await until('the field is in the org', () => storedField('lead.custom_mood'));
    expect(field).toMatchObject({ Label__c: 'Mood', Custom__c: true });
  });

  it('loses what Sellfire does not have, when an admin asks for it, and says so', async () => {
    const { Id } = (await story.query("SELECT Id FROM @Sellfire_Field__c WHERE @Key__c = 'lead.custom_mood'"))[0] ?? {};
    await story.update('@Sellfire_Field__c', String(Id), { '@Key__c': 'lead.custom_gone' });
    const result = await asked('RefreshCatalogue');
    expect(result['Result__c']).toContain('lead.custom_mood was added. lead.custom_gone is gone.');
    await expect(storedField('lead.custom_gone')).resolves.toBeUndefined();
  });
});

describe('options (M7)', () => {
  it('that Sellfire lacks are named, made one by one or all at once, and the status follows', async () => {
    const { Id: mapping } = await mappingOf('source');
    await expectStatus('source', 'Ok', 'Sellfire lacks Phone Inquiry, Partner Referral, Purchased List and 1 more');
    const some = await asked('CreateOptions', { mapping, options: ['Other', 'Web', 'Nowhere'] });
    expect(JSON.parse(String(some['Result_Data__c']))).toMatchObject({
      created: ['Other'],
      failed: [{ option: 'Nowhere', sentence: 'Lead Source of Salesforce has no such value.' }],
    });
    expect(some).toMatchObject({
      Status__c: 'Done',
      Done__c: 3,
      Failed__c: 1,
      Result__c:
        '1 option created in Lead Source of Sellfire: Other.\nWeb was there already.\n"Nowhere": Lead Source of Salesforce has no such value.',
    });
    const all = await asked('CreateOptions', { mapping });
    expect(all['Result__c']).toContain('3 options created');
    expect(stack.sellfire.dialer.catalogue.get('lead', 'source').options).toEqual(
      expect.arrayContaining(['Other', 'Phone Inquiry', 'Partner Referral', 'Purchased List']),
    );
    await expect(asked('CreateOptions', { mapping })).resolves.toMatchObject({
      Result__c: expect.stringContaining('has every value'),
    });
    await expect(expectStatus('source', 'Ok')).resolves.not.toContain('lacks');
  });

  it('of a mapping that has none are refused in words', async () => {
    const { Id: mapping } = await mappingOf('title');
    await expect(asked('CreateOptions', { mapping })).resolves.toMatchObject({
      Status__c: 'Failed',
      Result__c: expect.stringContaining('are not both dropdowns'),
    });
  });
});

describe('a value (M5)', () => {
  it('that its field cannot read is reported and left out, and the others go', async () => {
    await story.reloaded(() => story.map(['notes', 'Lead', 'DoNotCall', 'TwoWay']));
    const { id, lead } = await story.fromSellfire();
    story.edit(lead.id, { notes: 'maybe', title: 'Owner' });
    await story.salesforceHas(id, { Title: 'Owner', DoNotCall: false });
    const [report] = await story.reports(`@Code__c = 'VALUE_UNFIT' AND @Sellfire_Lead_Id__c = '${lead.id}'`);
    expect(report?.['Reason__c']).toContain('"maybe" is neither true nor false');
    story.edit(lead.id, { notes: 'true' });
    await story.salesforceHas(id, { DoNotCall: true });
  });

  it('that its field holds in part does not come back over the original', async () => {
    await story.reloaded(() => story.map(['custom_contract_end', 'Lead', 'AnnualRevenue', 'DoNotSync']));
    await story.reloaded(() => story.map(['employees', 'Lead', 'AnnualRevenue', 'TwoWay']));
    const { id, lead } = await story.fromSellfire();
    story.edit(lead.id, { employees: 12.345 });
    await until('the amount is in Salesforce', () => Number(stack.org.org.get('Lead', id)?.['AnnualRevenue']) > 0);
    await story.quiet();
    expect(stack.sellfire.dialer.leads.get(lead.id).fields['employees']).toBe(12.345);
    await story.update('Lead', id, { AnnualRevenue: 20 });
    await story.sellfireHas(lead.id, { employees: 20 });
  });
});

it('a report that is older than the admin wants to keep it (M19) is deleted, and a younger one is not', async () => {
  await until('the old report is gone', async () => {
    const rows = await story.query(`SELECT Id FROM @Integration_Report__c WHERE Id = '${reports.old}'`);
    return rows.length === 0;
  });
  await expect(
    story.query(`SELECT Id FROM @Integration_Report__c WHERE Id = '${reports.young}'`),
  ).resolves.toHaveLength(1);
});
