// A sale of a linked lead for tests: its configuration, what is looked up for it, and what it writes.
import type { Change } from '../../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import {
  accountsKey,
  contactsKey,
  priceKey,
  recordKey,
  type AccountSites,
  type SaleTransaction,
  type TransactionNode,
  type ProductFacts,
} from '../../../../bridge/model/saleTransaction.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { FieldMapping } from '../../../../bridge/model/mapping.ts';
import type { Found, Plan, Write } from '../../../../bridge/model/plan.ts';
import type { Sale } from '../../../../bridge/model/sale.ts';
import type { SalesforceField } from '../../../../bridge/model/salesforce.ts';
import type { Settings } from '../../../../bridge/model/settings.ts';
import { decide, type Decision } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { salesforceField, salesforceObject, sellfireField } from '../../../helpers/fields.ts';
import { config, CONTACT_ID, iso, lead, mapping, sellfireChange, USUAL } from '../fixtures.ts';

export const PHONE = '+15125550123';
export const ACCOUNT_ID = '001000000000001AAA';
export const OPPORTUNITY_ID = '006000000000001AAA';
export const SHIPMENT_ID = 'a00000000000001AAA';
export const BOOK_ID = '01s000000000001AAA';
export const places = ['12 High St', 'Dock 4', ' 12  high st'];
export const fields = {
  primary_phone_number: PHONE,
  business_name: 'Acme Plumbing',
  last_name: 'Stone',
  custom_locations: places,
};
export const linked: Link = {
  leadId: 'lead_1',
  revision: 3,
  record: { object: 'Contact', id: CONTACT_ID },
  accountId: ACCOUNT_ID,
  fields: {},
};
export const SALE: Sale = {
  id: 'sale_1',
  lead_id: 'lead_1',
  rep_id: 'rep_1',
  cycle: 1,
  made_at: iso(9_000),
  currency: 'USD',
  items: [
    {
      id: 'si_1',
      product_code: 'PRO',
      product_name: 'Pro',
      quantity: 2,
      unit_price: '129.50',
      fields: { discount: 5 },
    },
    {
      id: 'si_2',
      product_code: 'SET',
      product_name: 'Set-up',
      quantity: 1,
      unit_price: '300',
      fields: { discount: null },
    },
  ],
  associated_contacts: [],
  fields: { sale_notes: 'By truck' },
};

/** Another one of the lead, which it has beside the one that is decided about. */
export const OTHER_SALE: Sale = { ...SALE, id: 'sale_2', items: [] };

export const onSale = (from: FieldMapping['sellfireObject'], name: string, target: string): FieldMapping =>
  mapping(name, target, 'AlwaysSellfire', { sellfireObject: from, triggers: ['sale'] });
export const SHIPMENT = onSale('sale', 'sale_notes', 'Shipment__c.Notes__c');
export const LOCATIONS = onSale('lead', 'custom_locations', 'Site__c.location__c');

export const labelOf = (name: string): string => name.replace(/__c$/, '').replaceAll('_', ' ');
export const field = (name: string, extra: Partial<SalesforceField> = {}): SalesforceField =>
  salesforceField(name, 'string', { label: labelOf(name), ...extra });
export const lookup = (name: string, to: string, extra: Partial<SalesforceField> = {}): SalesforceField =>
  field(name, { type: 'reference', referenceTo: [to], ...extra });

export const described = (name: string, known: SalesforceField[]) =>
  salesforceObject(name, known, { label: labelOf(name) });

export function on(
  mappings: FieldMapping[],
  options: { settings?: Partial<Settings>; shipment?: SalesforceField[]; objects?: SyncConfig['objects'] } = {},
): SyncConfig {
  const base = config([...USUAL, onSale('lead', 'business_name', 'Account.Name'), ...mappings], options.settings ?? {});
  return {
    ...base,
    objects: {
      ...base.objects,
      Account: described('Account', [field('Name')]),
      Opportunity: described('Opportunity', [field('Name')]),
      OpportunityLineItem: described('OpportunityLineItem', [field('Quantity')]),
      Site__c: described('Site__c', [field('location__c'), field('Region__c')]),
      Shipment__c: described('Shipment__c', [
        field('Notes__c'),
        field('Discount__c', { type: 'percent' }),
        lookup('Opportunity__c', 'Opportunity'),
        ...(options.shipment ?? []),
      ]),
      ...options.objects,
    },
    catalogue: [
      ...base.catalogue,
      sellfireField('custom_locations', 'multi_text'),
      sellfireField('sale_notes', 'long_text', { object: 'sale' }),
      sellfireField('discount', 'percent', { object: 'sale_item' }),
      sellfireField('last_name', 'text', { object: 'associated_contact' }),
    ],
  };
}

export interface Answers {
  /** By key of the mark. */
  made?: Record<string, string>;
  /** Ids of Shipments that exist. */
  present?: string[];
  sites?: AccountSites;
  unpriced?: string[];
  product?: ProductFacts;
  /** The only price is that of another product with this code, which bears the item's name. */
  namesake?: string;
  newAccount?: boolean;
}

export const NO_SITES: AccountSites = { organizationId: null, sites: [] };

/** The answers of the org to the needs, and to nothing else. */
export function answer(decision: Extract<Decision, { needs: unknown }>, found: Found, answers: Answers): void {
  const { sale } = decision.needs;
  const account = (phone: string) => ({
    id: ACCOUNT_ID,
    name: 'Acme Plumbing',
    city: null,
    phone,
    country: null,
    key: null,
  });
  const renamed = { id: 'lead_1', name: 'Renamed', city: null, phone: null, country: null, key: 'lead_1' };
  const others = answers.present?.includes('lead_1') ? [renamed] : [];
  for (const one of sale.accounts)
    found.sale.accounts.set(accountsKey(one), answers.newAccount ? others : [account(one.phone)]);
  for (const one of sale.contacts) found.sale.contacts.set(contactsKey(one), []);
  for (const one of sale.prices)
    found.sale.prices.set(
      priceKey(one),
      answers.namesake !== undefined
        ? [{ entryId: '01uOTHER', pricebookId: BOOK_ID, code: answers.namesake, name: one.name }]
        : answers.unpriced?.includes(one.code)
          ? []
          : [{ entryId: `01u${one.code}`, pricebookId: BOOK_ID, ...one }],
    );
  for (const one of sale.products)
    found.sale.products.set(
      priceKey(one),
      answers.product ?? { products: [], priced: [], standardPricebookId: BOOK_ID },
    );
  for (const one of sale.keyed)
    found.sale.keyed.set(recordKey(one), answers.present?.includes(one.key) ? one.key : null);
  for (const key of sale.made) found.sale.made.set(key, answers.made?.[key] ?? null);
  for (const id of sale.sites) found.sale.sites.set(id, answers.sites ?? NO_SITES);
  for (const { id } of decision.needs.records) found.records.set(id, null);
  for (const { id } of decision.needs.recordStates) found.recordStates.set(id, { state: 'alive' });
}

export interface Options {
  answers?: Answers;
  link?: Link | null;
  sale?: Sale;
  lead?: typeof fields;
  maybeApplied?: boolean;
  /** Decided in the same turn, after the sale. */
  after?: Change[];
}

export function sell(settings: SyncConfig, options: Options = {}): Plan & { rounds: number } {
  const { answers = {}, sale = SALE } = options;
  const change = sellfireChange('sale.made', 9_000, lead('lead_1', { ...fields, ...options.lead, phase: 'Customer' }), {
    phase: { from: 'PostHoldPhase', to: 'Customer' },
  });
  const found = nothingFound();
  found.leads.set('lead_1', change.event.lead);
  found.sales.set('lead_1', [sale, OTHER_SALE]);
  for (let rounds = 1; rounds < 6; rounds += 1) {
    const decision = decide({
      changes: [{ ...change, event: { ...change.event, sale } }, ...(options.after ?? [])],
      link: options.link === null ? undefined : (options.link ?? linked),
      config: settings,
      found,
      maybeApplied: options.maybeApplied ?? false,
    });
    if ('plan' in decision) return { ...decision.plan, rounds };
    answer(decision, found, answers);
  }
  throw new Error('no plan');
}
export const writeOf = ({ writes }: Plan): Extract<Write, { kind: 'saleTransaction' }> => {
  const write = writes.find((one) => one.kind === 'saleTransaction');
  if (!write) throw new Error('no transaction');
  return write;
};
export const transactionOf = (plan: Plan): SaleTransaction => writeOf(plan).transaction;
export const of = (plan: Plan, object: string): TransactionNode[] =>
  transactionOf(plan).nodes.filter((node) => node.object === object);
export const markIn = (plan: Plan): string => String(of(plan, 'Integration_Report__c')[0]?.fields['Report_Id__c']);
