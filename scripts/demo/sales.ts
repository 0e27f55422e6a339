// What the demo's org has for demos, sales and activities: fields mapped to them, the switches on, a product to sell, and reps who
// are users of Salesforce.
import type { Stack } from '../../test/helpers/stack.ts';
import type { Salesforce } from './salesforce.ts';

type Target = [sellfire: string, object: string, field: string];

/** What a demo with an Opportunity cannot do without (M20, M21); a sale gets the same. */
const AT_DEMO_AND_SALE: readonly Target[] = [
  ['primary_phone_number', 'Account', 'Phone'],
  ['business_name', 'Account', 'Name'],
  ['city', 'Account', 'BillingCity'],
  ['primary_phone_number', 'Contact', 'Phone'],
  ['last_name', 'Contact', 'LastName'],
  ['business_name', 'Opportunity', 'Name'],
];
const AT_SALE: readonly Target[] = [['custom_locations', 'Site__c', 'location__c']];

export const SWITCHES = {
  Connection_Update__c: true,
  Account_At_Demo__c: true,
  Opportunity_At_Demo__c: true,
  Activity_Sync__c: true,
  Multi_Site__c: true,
} as const;

export const PRODUCT = { code: 'PRO', name: 'Pro plan' } as const;

/** @returns how many fields were mapped */
export async function prepareDeals({ org, sellfire, prefix }: Stack, salesforce: Salesforce): Promise<number> {
  const full = (name: string): string => (name.endsWith('__c') ? prefix + name : name);
  const mapped = (atDemo: boolean) => (target: Target) => ({
    Sellfire_Object__c: 'Lead',
    Sellfire_Field__c: target[0],
    Salesforce_Object__c: full(target[1]),
    Salesforce_Field__c: full(target[2]),
    Sync_Rule__c: 'AlwaysSellfire',
    On_Create_Update__c: false,
    On_Demo_Set__c: atDemo,
    On_Sale__c: true,
  });
  const rows = [...AT_DEMO_AND_SALE.map(mapped(true)), ...AT_SALE.map(mapped(false))];
  await salesforce.createMany('Field_Mapping__c', rows);
  const [book] = await salesforce.find('Pricebook2', { IsStandard: true }, []);
  const product = { Name: PRODUCT.name, ProductCode: PRODUCT.code, IsActive: true };
  const Product2Id = await salesforce.create('Product2', product);
  const price = { Product2Id, Pricebook2Id: String(book?.Id), UnitPrice: 100, IsActive: true };
  await salesforce.create('PricebookEntry', price);
  for (const { id, role } of sellfire.dialer.reps.list())
    if (role === 'rep') sellfire.dialer.reps.change(id, { sf_owner_id: org.users.admin.id });
  return rows.length;
}
