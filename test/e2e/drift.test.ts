// An org whose administrator changes fields and rights while sync runs (B23, M32): a search that Salesforce refuses for good ends in
// words, and what the change holds up is said once and goes on by itself.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { changeIntegration } from '../salesforce/integrationAccess.ts';
import { deploy, textField, xml } from '../salesforce/tests/packages.ts';
import { Story, type Row } from './story.ts';

jest.setTimeout(60_000);

const NOTES =
  '<fields><fullName>Phone_Notes__c</fullName><label>Phone Notes</label><type>LongTextArea</type><length>1000</length><visibleLines>3</visibleLines></fields>';
const permissionSet = readFileSync(
  fileURLToPath(
    new URL('../../force-app/main/default/permissionsets/Sellfire_Integration.permissionset-meta.xml', import.meta.url),
  ),
  'utf8',
);

let stack: Stack;
let story: Story;

/** Takes the right to these fields from the connected user, and gives back every other one. */
async function hide(...fields: string[]): Promise<void> {
  const kept = fields.reduce(
    (text, field) =>
      text.replace(
        new RegExp(
          `<fieldPermissions>\\s*<editable>true</editable>\\s*<field>${field}</field>.*?</fieldPermissions>`,
          's',
        ),
        '',
      ),
    permissionSet,
  );
  await deploy(stack.org.org, { 'permissionsets/Sellfire_Integration.permissionset': kept });
}

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await deploy(stack.org.org, {
    'objects/Lead.object': xml('CustomObject', NOTES + textField('Second_Phone__c')),
  });
  await mapFields(stack.admin, stack.prefix);
  await mapFields(stack.admin, stack.prefix, [
    ['primary_phone_number', 'Lead', 'Phone_Notes__c', 'AlwaysSellfire'],
    ['primary_phone_number', 'Lead', 'Second_Phone__c', 'AlwaysSellfire'],
    ['primary_phone_number', 'Lead', '@Sellfire_Sync_Detail__c', 'AlwaysSellfire'],
  ]);
  await stack.bridge.start();
});
afterAll(async () => {
  await stack.stop();
});

const mappingOf = async (object: string, field: string): Promise<Row> => {
  const [row] = await story.query(
    `SELECT @Status__c, @Status_Reason__c FROM @Field_Mapping__c WHERE @Salesforce_Object__c = '${object}' AND @Salesforce_Field__c = '${field}'`,
  );
  return story.plain(row ?? {});
};
const isIssue = (object: string, field: string, words: string): Promise<boolean> =>
  until(`${object}.${field} is an issue`, async () => {
    const { Status__c, Status_Reason__c } = await mappingOf(object, field);
    return Status__c === 'Issue' && String(Status_Reason__c).includes(words);
  });
const failures = (leadId: string): Promise<Row[]> =>
  story.query(
    `SELECT @Code__c, @Reason__c FROM @Integration_Report__c WHERE @Sellfire_Lead_Id__c = '${leadId}' AND @Outcome__c = 'Failed'`,
  );

describe('a look-up that Salesforce refuses for good', () => {
  it('because a field cannot be searched leaves that field out: the others are searched, and its mapping says so', async () => {
    await isIssue('Lead', 'Phone_Notes__c', 'search');
    const phone = story.phone();
    const holder = await story.create('Lead', { LastName: 'Held', Company: 'Held', '@Second_Phone__c': phone });
    const { id } = stack.sellfire.desk.createLead({
      ...{ primary_phone_number: phone, last_name: 'Sand', business_name: 'Sand' },
    });
    const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${id}'`);
    expect(row).toMatchObject({ Code__c: 'PHONE_EXISTS', Reason__c: expect.stringContaining(holder) as unknown });
    const { lead } = await story.fromSellfire();
    await expect(failures(lead.id)).resolves.toEqual([]);
  });

  it('because a field was hidden under way is tried without it, and nothing fails', async () => {
    await hide('Lead.Sellfire_Sync_Detail__c');
    const { id, lead } = await story.fromSellfire();
    expect(stack.org.org.get('Lead', id)).toMatchObject({ Phone: lead.fields['primary_phone_number'] });
    await expect(failures(lead.id)).resolves.toEqual([]);
    await isIssue('Lead', 'Sellfire_Sync_Detail__c', 'hidden from the connected user');
    await hide();
  });

  it('because a field was deleted under way is tried without it, and nothing fails', async () => {
    stack.org.org.schema.removeField('Lead', 'Second_Phone__c');
    const { lead } = await story.fromSellfire();
    await expect(failures(lead.id)).resolves.toEqual([]);
    await isIssue('Lead', 'Second_Phone__c', 'is gone');
  });
});

describe('a phone field that is encrypted under way, and can no longer be searched', () => {
  /** As Shield Platform Encryption does it, by its probabilistic scheme. */
  const encrypt = (...fields: [object: string, name: string][]): void => {
    const { schema } = stack.org.org;
    for (const [object, name] of fields)
      Object.assign(schema.field(schema.object(object), name) ?? {}, { filterable: false });
  };
  const priceOf = async (code: string): Promise<void> => {
    const [book] = await story.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
    const product = await story.create('Product2', { Name: code, ProductCode: code, IsActive: true });
    const price = { Product2Id: product, Pricebook2Id: book?.['Id'], UnitPrice: 50, IsActive: true };
    await story.create('PricebookEntry', price);
  };

  it('is left out of the look-ups of leads and of sales: the other fields and the names are searched, and nothing fails', async () => {
    const [mobile, phone] = [story.phone(), story.phone()];
    const holder = await story.create('Lead', { LastName: 'Held', Company: 'Held', MobilePhone: mobile });
    const account = await story.create('Account', { Name: 'Lake', Phone: phone });
    await priceOf('PRO');
    await story.reloaded(() =>
      story.create('@Field_Mapping__c', {
        ...{ '@Sellfire_Object__c': 'Lead', '@Sellfire_Field__c': 'business_name', '@On_Sale__c': true },
        ...{ '@Salesforce_Object__c': 'Account', '@Salesforce_Field__c': 'Name', '@Sync_Rule__c': 'AlwaysSellfire' },
      }),
    );
    encrypt(['Lead', 'Phone'], ['Contact', 'Phone'], ['Account', 'Phone']);
    const { id } = stack.sellfire.desk.createLead({
      ...{ primary_phone_number: mobile, last_name: 'Sand', business_name: 'Sand' },
    });
    const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${id}'`);
    expect(row).toMatchObject({ Code__c: 'PHONE_EXISTS', Reason__c: expect.stringContaining(holder) as unknown });
    await isIssue('Lead', 'Phone', 'search');
    const sold = stack.sellfire.desk.createLead({
      ...{ primary_phone_number: phone, last_name: 'Lake', business_name: 'Lake' },
    });
    await story.linked(sold.id);
    stack.sellfire.desk.sell(sold.id, {
      items: [{ product_code: 'PRO', product_name: 'Pro', quantity: 1, unit_price: '1' }],
    });
    await until('the sale has its Account', () => stack.sellfire.dialer.leads.get(sold.id).salesforce.account_id);
    expect(stack.sellfire.dialer.leads.get(sold.id).salesforce.account_id).toBe(account);
  });
});

describe('a picklist value that is deactivated', () => {
  const values = (active: boolean): string =>
    ['Retail', 'Construction']
      .map(
        (name) =>
          `<value><fullName>${name}</fullName><default>false</default><isActive>${name === 'Retail' || active}</isActive><label>${name}</label></value>`,
      )
      .join('');
  const define = (active: boolean): Promise<unknown> =>
    deploy(stack.org.org, {
      'objects/Lead.object': xml(
        'CustomObject',
        `<fields><fullName>Line__c</fullName><label>Line</label><type>Picklist</type><valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>${values(active)}</valueSetDefinition></valueSet></fields>`,
      ),
    });
  const reread = (): Promise<unknown> =>
    story.reloaded(() => story.create('@Sync_Request__c', { '@Type__c': 'RefreshCatalogue' }));
  const lineOf = (id: string): unknown => stack.org.org.get('Lead', id)?.['Line__c'] ?? null;
  const said = (): Promise<Row[]> =>
    story.query(`SELECT @Reason__c FROM @Integration_Report__c WHERE @Code__c = 'VALUE_INACTIVE'`);

  it('is said once, costs no record a failure but its value, and goes on by itself when it is active again', async () => {
    await define(true);
    await mapFields(stack.admin, stack.prefix, [['industry', 'Lead', 'Line__c', 'AlwaysSellfire']]);
    await reread();
    const before = await story.fromSellfire({ industry: 'Construction' });
    expect(lineOf(before.id)).toBe('Construction');
    const other = await story.fromSellfire({ industry: 'Retail' });

    await define(false);
    await reread();
    const made = await story.fromSellfire({ industry: 'Construction' });
    story.edit(other.lead.id, { industry: 'Construction', city: 'Waco' });
    await story.salesforceHas(other.id, { City: 'Waco' });
    await story.quiet();
    expect([lineOf(before.id), lineOf(made.id), lineOf(other.id)]).toEqual(['Construction', null, 'Retail']);
    for (const { lead } of [before, made, other]) await expect(failures(lead.id)).resolves.toEqual([]);
    // Once, also over a restart.
    await stack.bridge.stop();
    await stack.bridge.start();
    await reread();
    await story.quiet();
    expect((await said()).map((row) => story.plain(row)['Reason__c'])).toEqual([
      expect.stringContaining('Line of Lead takes Construction no more'),
    ]);
    await isIssue('Lead', 'Line__c', 'Construction');

    await define(true);
    await reread();
    await story.salesforceHas(made.id, { Line__c: 'Construction' });
    await story.salesforceHas(other.id, { Line__c: 'Construction' });
    expect(await said()).toHaveLength(1);
  }, 90_000);
});

describe('a right that the connected user loses', () => {
  const lacking = async (): Promise<string[]> => {
    const [row] = await story.query('SELECT @Rights__c FROM @Bridge_Status__c');
    const rights = JSON.parse(String(story.plain(row ?? {})['Rights__c'] ?? '[]')) as {
      object: string;
      missing: string[];
    }[];
    return rights.filter(({ missing }) => missing.includes('create')).map(({ object }) => object);
  };

  it('stands on Home once a record is refused for it, without anybody asking', async () => {
    await expect(lacking()).resolves.toEqual([]);
    changeIntegration(stack.org.org, 'Lead', { create: false });
    stack.sellfire.desk.createLead({
      ...{ primary_phone_number: story.phone(), last_name: 'Right', business_name: 'Right' },
    });
    await until('Home shows the lost right', async () => (await lacking()).includes('Lead'));
    changeIntegration(stack.org.org, 'Lead', { create: true });
    await story.create('@Sync_Request__c', { '@Type__c': 'CheckSetup' });
    await until('Home shows that it is back', async () => (await lacking()).length === 0);
  });
});

describe('a validation rule that refuses every new record', () => {
  const rule = (formula: string): string =>
    `<validationRules><fullName>Region_First</fullName><active>true</active><errorConditionFormula>${formula}</errorConditionFormula><errorMessage>Give the region first.</errorMessage></validationRules>`;
  const reread = (): Promise<unknown> =>
    story.reloaded(() => story.create('@Sync_Request__c', { '@Type__c': 'RefreshCatalogue' }));
  const makeLead = (name: string): string =>
    stack.sellfire.desk.createLead({
      ...{ primary_phone_number: story.phone(), last_name: name, business_name: 'Rule' },
    }).id;
  const paused = (): Promise<Row[]> =>
    story.query(`SELECT @Reason__c FROM @Integration_Report__c WHERE @Code__c = 'CREATION_PAUSED'`);

  it('pauses creation after a few refusals, is said once, and the leads are created when it is gone', async () => {
    await deploy(stack.org.org, { 'objects/Lead.object': xml('CustomObject', rule('ISNEW()')) });
    const first: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      first.push(makeLead(`Rule ${index}`));
      await story.quiet();
    }
    await until('creation is paused', async () => (await paused()).length === 1);
    const later = Array.from({ length: 8 }, (_, index) => makeLead(`Later ${index}`));
    await story.quiet();
    for (const id of later) await expect(failures(id)).resolves.toEqual([]);
    // Some try, in vain and in silence; so they do after a restart.
    await reread();
    await story.quiet();
    await stack.bridge.stop();
    await stack.bridge.start();
    await story.quiet();
    for (const id of later) await expect(failures(id)).resolves.toEqual([]);
    const rows = await paused();
    expect(rows.map((row) => story.plain(row)['Reason__c'])).toEqual([
      expect.stringContaining('Give the region first.'),
    ]);

    stack.org.org.validation.remove('Lead', 'Region_First');
    await reread();
    for (const id of [...first, ...later]) await story.linked(id);
    expect(await paused()).toHaveLength(1);
  }, 120_000);
});

describe('a field that becomes required and is not mapped', () => {
  const metric = async (): Promise<string> => (await fetch(`${stack.bridge.url}/metrics`)).text();
  const looksAgain = (): Promise<unknown> =>
    story.reloaded(() => story.create('@Sync_Request__c', { '@Type__c': 'RefreshCatalogue' }));

  it('pauses creation, is said once, and the leads that waited are created when it is mended, with later edits', async () => {
    await deploy(stack.org.org, {
      'objects/Lead.object': xml('CustomObject', textField('Region__c', '<required>true</required>')),
    });
    const leads = Array.from({ length: 4 }, (_, index) =>
      stack.sellfire.desk.createLead({
        ...{ primary_phone_number: story.phone(), last_name: `Wait ${index}`, business_name: 'Wait' },
      }),
    );
    await looksAgain();
    const paused = async () =>
      (await story.reports(`@Code__c = 'CREATION_PAUSED'`)).filter((row) =>
        String(row['Reason__c']).includes('Region__c'),
      );
    await until('creation is paused', async () => (await paused()).length > 0);
    expect(await paused()).toMatchObject([
      { Outcome__c: 'Failed', Reason__c: expect.stringContaining('Region__c') as unknown },
    ]);
    const later = stack.sellfire.desk.createLead({
      ...{ primary_phone_number: story.phone(), last_name: 'Later', business_name: 'Wait' },
    });
    story.edit(later.id, { city: 'Waco' });
    await story.quiet();
    await stack.bridge.stop();
    await stack.bridge.start();
    await story.quiet();
    expect(await paused()).toHaveLength(1);
    await expect(failures(later.id)).resolves.toEqual([]);
    expect(await metric()).toMatch(/creation_paused\{.*object="Lead".*\} 1/);
    const [status] = await story.query('SELECT @State__c, @Detail__c FROM @Bridge_Status__c');
    expect(story.plain(status ?? {})).toMatchObject({
      State__c: 'Problem',
      Detail__c: expect.stringContaining('No Lead is created in Salesforce') as unknown,
    });

    stack.org.org.schema.removeField('Lead', 'Region__c');
    await looksAgain();
    for (const { id } of [...leads, later]) await story.linked(id);
    await story.salesforceHas(await story.linked(later.id), { City: 'Waco' });
    expect(await metric()).toMatch(/creation_paused\{.*object="Lead".*\} 0/);
    expect(await paused()).toHaveLength(1);
  }, 90_000);
});

describe('a field whose type is changed under way', () => {
  const define = (type: string): Promise<unknown> =>
    deploy(stack.org.org, {
      'objects/Lead.object': xml(
        'CustomObject',
        `<fields><fullName>Size__c</fullName><label>Size</label>${type}</fields>`,
      ),
    });

  it('costs a record no more than that field, its mapping says so, and later records are created', async () => {
    await define('<type>Text</type><length>40</length>');
    await mapFields(stack.admin, stack.prefix, [['title', 'Lead', 'Size__c', 'AlwaysSellfire']]);
    await story.reloaded(() => story.create('@Sync_Request__c', { '@Type__c': 'RefreshCatalogue' }));
    const { id, lead } = await story.fromSellfire({ title: 'Large' });
    await story.salesforceHas(id, { Size__c: 'Large' });
    stack.org.org.schema.removeField('Lead', 'Size__c');
    await define('<type>Number</type><precision>8</precision><scale>0</scale>');
    story.edit(lead.id, { title: 'Small', city: 'Elko' });
    await story.salesforceHas(id, { City: 'Elko' });
    const later = await story.fromSellfire({ title: 'Medium', city: 'Waco' });
    await story.salesforceHas(later.id, { City: 'Waco', Size__c: null });
    await story.reloaded(() => story.create('@Sync_Request__c', { '@Type__c': 'RefreshCatalogue' }));
    await until('its mapping says so', async () =>
      /number/i.test(String((await mappingOf('Lead', 'Size__c'))['Status_Reason__c'])),
    );
  });
});

describe('an answer of Salesforce that is half there', () => {
  it.each([
    ['a creation', 'PATCH', '/composite/sobjects/Lead'],
    ['a search for its phone', 'POST', '/composite'],
  ])('to %s is asked for again: the record is there once, with its values', async (_, method, path) => {
    stack.org.org.faults.add({ kind: 'half-answer', method, path });
    const { id, lead } = await story.fromSellfire({ city: 'Reno' });
    // It has struck.
    expect(stack.org.org.faults.strike(method, path)).toBeUndefined();
    await expect(story.query(`SELECT Id FROM Lead WHERE @Sellfire_Lead_Id__c = '${lead.id}'`)).resolves.toHaveLength(1);
    await story.salesforceHas(id, { City: 'Reno' });
    await expect(failures(lead.id)).resolves.toEqual([]);
  });
});

describe('a package of an earlier version than the bridge', () => {
  it('lacks a setting: its default applies, the bridge says so, and sync goes on', async () => {
    await story.create('@Sync_Settings__c', { Name: 'Settings', '@Report_Days__c': 30 });
    stack.org.org.schema.removeField('Sync_Settings__c', 'Lead_Record_Type__c');
    await stack.bridge.stop();
    await stack.bridge.start();
    const { id, lead } = await story.fromSellfire();
    story.edit(lead.id, { city: 'Reno' });
    await story.salesforceHas(id, { City: 'Reno' });
    await until('the bridge says so', async () => {
      const [status] = await story.query('SELECT @Detail__c FROM @Bridge_Status__c');
      return String(story.plain(status ?? {})['Detail__c']).includes('Lead Record Type is missing');
    });
  }, 90_000);
});
