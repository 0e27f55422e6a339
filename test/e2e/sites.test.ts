// A sale through the real parts, with all that a customer may have mapped to it: an object of the customer's own (M13), sites
// (M30), a product that is not there yet (M25) – once, also where the bridge dies between the transaction and its notes, and
// for a handful of API calls.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { customObject, deploy, textField, xml } from '../salesforce/tests/packages.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story } from './story.ts';

jest.setTimeout(60_000);

/** Sellfire object and field, Salesforce object and field; at a sale, from Sellfire. */
const AT_SALE: [string, string, string, string][] = [
  ['Lead', 'business_name', 'Account', 'Name'],
  ['Lead', 'primary_phone_number', 'Account', 'Phone'],
  ['Lead', 'custom_locations', 'Site__c', 'location__c'],
  ['Sale', 'sale_notes', 'Shipment__c', 'Notes__c'],
  ['Sale', 'total', 'Shipment__c', 'Value__c'],
];
/** Look-ups included: what the specification grants a sale. */
const CALLS_OF_A_SALE = 6;

let stack: Stack;
let lines = 0;

const rows = async (soql: string): Promise<Record<string, unknown>[]> =>
  (await stack.admin.query(soql)).records as Record<string, unknown>[];

async function create(object: string, fields: Record<string, unknown>): Promise<string> {
  const result = await stack.admin.sobject(object).create(fields);
  if (!result.success) throw new Error(JSON.stringify(result));
  return result.id;
}

/** What the customer's administrator has made: an object, and what the connected user may do with it. */
async function customise(): Promise<void> {
  const lookup =
    '<fields><fullName>Opportunity__c</fullName><label>Opportunity</label><type>Lookup</type><referenceTo>Opportunity</referenceTo><relationshipName>Shipments</relationshipName></fields>';
  const number =
    '<fields><fullName>Value__c</fullName><label>Value</label><type>Number</type><precision>10</precision><scale>2</scale></fields>';
  const rights = (object: string): string =>
    `<objectPermissions><allowCreate>true</allowCreate><allowDelete>false</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>${object}</object><viewAllRecords>true</viewAllRecords></objectPermissions>`;
  const field = (name: string): string =>
    `<fieldPermissions><editable>true</editable><field>${name}</field><readable>true</readable></fieldPermissions>`;
  const fields = ['Notes__c', 'Value__c', 'Opportunity__c'].map((name) => field(`Shipment__c.${name}`));
  const objects = ['Shipment__c', 'Product2', 'Pricebook2'].map(rights);
  await deploy(stack.org.org, {
    'objects/Shipment__c.object': customObject(textField('Notes__c') + number + lookup),
    'permissionsets/Sales.permissionset': xml(
      'PermissionSet',
      `${fields.join('')}<label>Sales</label>${objects.join('')}`,
    ),
  });
  const [set] = await rows("SELECT Id FROM PermissionSet WHERE Name = 'Sales'");
  await create('PermissionSetAssignment', {
    AssigneeId: stack.org.users.integration.id,
    PermissionSetId: set?.['Id'],
  });
}

/** A lead that is in Salesforce, with these places. */
async function newLead(places: string[]): Promise<string> {
  lines += 1;
  const { id } = stack.sellfire.desk.createLead({
    primary_phone_number: `+1512555${String(lines).padStart(4, '0')}`,
    business_name: `Acme ${lines}`,
    last_name: 'Stone',
    city: 'Austin',
    custom_locations: places,
  });
  await until('the lead is in Salesforce', () => stack.sellfire.dialer.leads.get(id).salesforce.lead_id);
  return id;
}

function sell(leadId: string, notes: string, product = ['PRO', 'Pro plan']): void {
  const [product_code = '', product_name = ''] = product;
  stack.sellfire.desk.sell(leadId, {
    items: [{ product_code, product_name, quantity: 2, unit_price: '50' }],
    fields: { sale_notes: notes },
  });
}

/** The Account of the lead, once the bridge has noted what the sale made. */
const accountOf = (leadId: string): Promise<string> =>
  until('the lead shows its Account', () => stack.sellfire.dialer.leads.get(leadId).salesforce.account_id);

async function reported(leadId: string, event: string): Promise<Record<string, unknown>> {
  const soql = `SELECT Outcome__c, Code__c, Reason__c FROM Integration_Report__c WHERE Sellfire_Lead_Id__c = '${leadId}' AND Event__c = '${event}' AND Code__c != null`;
  return until(`a report of ${leadId}`, async () => (await rows(soql))[0]);
}

beforeAll(async () => {
  stack = await startStack();
  await customise();
  await mapFields(stack.admin, '');
  for (const [from, sellfire, object, field] of AT_SALE)
    await create('Field_Mapping__c', {
      Sellfire_Object__c: from,
      Sellfire_Field__c: sellfire,
      Salesforce_Object__c: object,
      Salesforce_Field__c: field,
      Sync_Rule__c: 'AlwaysSellfire',
      On_Create_Update__c: false,
      On_Sale__c: true,
    });
  await create('Sync_Settings__c', { Name: 'Settings', Multi_Site__c: true, Create_Products__c: true });
  const [book] = await rows('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
  const product = await create('Product2', { Name: 'Pro plan', ProductCode: 'PRO', IsActive: true });
  await create('PricebookEntry', { Product2Id: product, Pricebook2Id: book?.['Id'], UnitPrice: 50, IsActive: true });
  await stack.bridge.start();
}, 120_000);

afterAll(async () => {
  await stack.stop();
}, 60_000);

describe('a sale (M13, M25, M30)', () => {
  it('makes the customer’s own record (M13), a Site for each place and one Organization (M30), in at most six API calls', async () => {
    const leadId = await newLead(['12 High St', 'Dock 4', '12 high st ']);
    // What the start and the new lead cost is no part of the sale.
    await new Story(stack).quiet();
    const { apiRequests } = stack.org.org.usage;
    const before = apiRequests.used;
    sell(leadId, 'By truck');
    const account = await accountOf(leadId);
    const calls = apiRequests.used - before;
    expect(calls).toBeLessThanOrEqual(CALLS_OF_A_SALE);
    expect(calls).toBeGreaterThan(0);
    const [opportunity] = await rows(`SELECT Id FROM Opportunity WHERE AccountId = '${account}'`);
    await expect(rows('SELECT Notes__c, Value__c, Opportunity__c FROM Shipment__c')).resolves.toMatchObject([
      { Notes__c: 'By truck', Value__c: 100, Opportunity__c: opportunity?.['Id'] },
    ]);
    const [organization, ...others] = await rows(`SELECT Id FROM Organization__c WHERE Account__c = '${account}'`);
    expect(others).toEqual([]);
    await expect(
      rows(`SELECT location__c, Organization__c FROM Site__c WHERE Account__c = '${account}' ORDER BY location__c`),
    ).resolves.toMatchObject([
      { location__c: '12 High St', Organization__c: organization?.['Id'] },
      { location__c: 'Dock 4', Organization__c: organization?.['Id'] },
    ]);
  });

  it('is made once where the answer to its transaction is lost', async () => {
    const leadId = await newLead(['1 Low St']);
    stack.org.org.faults.add({ kind: 'drop-after', path: '/composite/graph' });
    sell(leadId, 'Lost answer');
    const account = await accountOf(leadId);
    await expect(rows("SELECT Id FROM Shipment__c WHERE Notes__c = 'Lost answer'")).resolves.toHaveLength(1);
    await expect(rows(`SELECT Id FROM Site__c WHERE Account__c = '${account}'`)).resolves.toHaveLength(1);
    await expect(rows(`SELECT Id FROM Opportunity WHERE AccountId = '${account}'`)).resolves.toHaveLength(1);
  });

  it('is made once where the bridge dies between the transaction and its own notes', async () => {
    const leadId = await newLead(['2 Low St', '3 Low St']);
    const { org } = stack.org;
    org.faults.add({ kind: 'drop-after', path: '/composite/graph' });
    // From the commit on, nothing more is found out.
    org.listen({
      committed({ changes }) {
        if (changes.some(({ type, after }) => type === 'CREATE' && after['Notes__c'] === 'Cut off'))
          org.faults.add({ kind: 'unavailable', times: null });
      },
    });
    sell(leadId, 'Cut off', ['NEW', 'New thing']);
    await until('it is made', () => org.find('Shipment__c', { Notes__c: 'Cut off' })[0]);
    await stack.bridge.kill();
    expect(stack.sellfire.dialer.leads.get(leadId).salesforce.account_id).toBeNull();
    org.faults.clear();
    await stack.bridge.start();
    const account = await accountOf(leadId);
    await expect(rows("SELECT Id FROM Shipment__c WHERE Notes__c = 'Cut off'")).resolves.toHaveLength(1);
    await expect(rows(`SELECT Id FROM Site__c WHERE Account__c = '${account}'`)).resolves.toHaveLength(2);
    await expect(rows(`SELECT Id FROM Organization__c WHERE Account__c = '${account}'`)).resolves.toHaveLength(1);
    await expect(rows("SELECT Id FROM Product2 WHERE ProductCode = 'NEW'")).resolves.toHaveLength(1);
  });

  it('of something that Salesforce does not know makes product and price, and the next sale finds them (M25)', async () => {
    const first = await newLead([]);
    sell(first, 'First of its kind', ['RARE', 'Rare thing']);
    await accountOf(first);
    const second = await newLead([]);
    sell(second, 'Second of its kind', ['RARE', 'Rare thing']);
    await accountOf(second);
    const products = await rows("SELECT Id FROM Product2 WHERE ProductCode = 'RARE'");
    expect(products).toHaveLength(1);
    await expect(
      rows("SELECT UnitPrice FROM PricebookEntry WHERE ProductCode = 'RARE' AND IsActive = true"),
    ).resolves.toMatchObject([{ UnitPrice: 50 }]);
    await expect(rows("SELECT Id FROM OpportunityLineItem WHERE ProductCode = 'RARE'")).resolves.toHaveLength(2);
  });

  it('with more places than a transaction takes is reported, and none of it is there', async () => {
    const leadId = await newLead(Array.from({ length: 500 }, (_, n) => `Unit ${n}`));
    sell(leadId, 'Too many');
    await expect(reported(leadId, 'Sale')).resolves.toMatchObject({
      Outcome__c: 'Failed',
      Code__c: 'TOO_MANY_RECORDS',
      Reason__c: expect.stringContaining('500 Site__c'),
    });
    await expect(rows("SELECT Id FROM Shipment__c WHERE Notes__c = 'Too many'")).resolves.toEqual([]);
  });
});
