// A sale that makes records of the customer's own objects, one of them the detail of another (M13).
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { grant } from '../helpers/grant.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { customObject, deploy, textField } from '../salesforce/tests/packages.ts';
import { SpecStack } from './specStack.ts';
import { Story } from './story.ts';

jest.setTimeout(60_000);

const MASTER =
  '<fields><fullName>Order__c</fullName><label>Order</label><type>MasterDetail</type><referenceTo>Order__c</referenceTo><relationshipName>Boxes</relationshipName></fields>';

let stack: Stack;
let story: Story;
let spec: SpecStack;

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  spec = new SpecStack(stack, story);
  await deploy(stack.org.org, {
    'objects/Order__c.object': customObject(textField('Customer__c')),
    'objects/Box__c.object': customObject(MASTER + textField('Product__c')),
  });
  await grant(stack, {
    objects: { Order__c: 'create', Box__c: 'create' },
    fields: ['Order__c.Customer__c', 'Box__c.Product__c'],
  });
  await spec.prepare();
  await spec.addMapping(['business_name', 'Order__c', 'Customer__c', 'AlwaysSellfire', ['sale']]);
  await story.create('@Field_Mapping__c', {
    ...{ '@Sellfire_Object__c': 'SaleItem', '@Sellfire_Field__c': 'product_name', '@Salesforce_Object__c': 'Box__c' },
    ...{ '@Salesforce_Field__c': 'Product__c', '@Sync_Rule__c': 'AlwaysSellfire', '@On_Sale__c': true },
  });
  await stack.bridge.start();
});
afterAll(async () => {
  await stack.stop();
});

const item = (product_name: string) => ({ ...{ product_code: 'PRO', product_name, quantity: 1, unit_price: '50' } });

describe('the detail of a record that the same sale makes', () => {
  it('is made for each item under the one master, and a repush doubles neither', async () => {
    const { lead } = await story.fromSellfire();
    spec.sell(lead.id, { items: [item('Small plan'), item('Large plan')] });
    const [row] = await story.reports(`@Event__c = 'Sale' AND @Sellfire_Lead_Id__c = '${lead.id}'`);
    expect(row).toMatchObject({ Outcome__c: 'Success' });
    const boxes = (): Promise<object[]> =>
      story.query('SELECT Product__c, Order__r.Customer__c FROM Box__c ORDER BY Product__c');
    const wanted = ['Large plan', 'Small plan'].map((Product__c) => ({
      Product__c,
      Order__r: { Customer__c: lead.fields['business_name'] },
    }));
    expect(await boxes()).toMatchObject(wanted);
    const [report] = await story.query(
      `SELECT Id FROM @Integration_Report__c WHERE @Event__c = 'Sale' AND @Sellfire_Lead_Id__c = '${lead.id}'`,
    );
    await story.asked('Repush', { reports: [report?.['Id']] });
    await until('the sale was made again', async () => {
      const rows = await story.reports(`@Event__c = 'Sale' AND @Sellfire_Lead_Id__c = '${lead.id}'`);
      return rows.length > 1;
    });
    expect(await boxes()).toMatchObject(wanted);
    await expect(story.query('SELECT Id FROM Order__c')).resolves.toHaveLength(1);
  });
});

describe('an object of the customer whose records the connected user may only read', () => {
  it('is named by its mapping and by the check of the setup, before a sale is refused', async () => {
    await deploy(stack.org.org, { 'objects/Visit__c.object': customObject(textField('Note__c')) });
    await grant(stack, { objects: { Visit__c: 'read' }, fields: ['Visit__c.Note__c'] });
    await story.reloaded(() => spec.addMapping(['business_name', 'Visit__c', 'Note__c', 'AlwaysSellfire', ['sale']]));
    await until('the mapping says so', async () => {
      const [row] = await story.query(
        `SELECT @Status__c, @Status_Reason__c FROM @Field_Mapping__c WHERE @Salesforce_Object__c = 'Visit__c'`,
      );
      const { Status__c, Status_Reason__c } = story.plain(row ?? {});
      return Status__c === 'Issue' && String(Status_Reason__c).includes('cannot create records of Thing');
    });
    const { data } = await story.asked('CheckSetup');
    expect(data['rights']).toContainEqual(
      expect.objectContaining({ object: 'Visit__c', part: 'sale', missing: ['create', 'edit'] }),
    );
  });
});
