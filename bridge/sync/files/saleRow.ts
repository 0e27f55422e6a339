// Converts a won Opportunity to rows of Sellfire's CSV import of sales (M26), one for each line item. docs/import.md
// describes the file.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SyncConfig } from '../../model/config.ts';
import type { SellfireField } from '../../model/field.ts';
import { SALE_COLUMNS } from '../../model/sale.ts';
import type { SalesforceField, SalesforceFields, SalesforceValue } from '../../model/salesforce.ts';
import { readIdentity } from '../../model/phone.ts';
import { canonical } from '../values/canonical.ts';
import { fromSalesforce } from '../mapping/asStored.ts';
import { recordCountry } from '../mapping/country.ts';
import { towardsSellfire } from '../mapping/rules.ts';

/** The records of one sale. */
export interface WonSale {
  opportunity: SalesforceFields;
  items: { fields: SalesforceFields; productName: string | null }[];
  contactId: string | null;
  /** Records whose Phone may be the lead's, in the order in which they are tried. */
  people: { object: 'Contact' | 'Account'; fields: SalesforceFields }[];
  /** The Sellfire rep who matches the Opportunity's owner. */
  repId: string | null;
}

/** A sale or item field of Sellfire that a Salesforce field may fill. */
interface Carried {
  column: string;
  salesforce: SalesforceField;
  sellfire: SellfireField;
  rule: SyncConfig['mappings'][number]['rule'];
}

const SOURCES = {
  sale: { object: 'Opportunity', prefix: 'sale.' },
  sale_item: { object: 'OpportunityLineItem', prefix: 'item.' },
} as const;

function carried({ mappings, catalogue, objects }: SyncConfig, of: keyof typeof SOURCES): Carried[] {
  const { object, prefix } = SOURCES[of];
  const found = new Map<string, Carried>();
  for (const { sellfireObject, sellfireField, salesforceObject, salesforceField, rule } of mappings) {
    if (sellfireObject !== of || salesforceObject !== object || !towardsSellfire(rule, 'any')) continue;
    const field = catalogue.find((one) => one.object === of && one.name === sellfireField);
    const salesforce = objects[object]?.fields[salesforceField];
    if (!field || field.read_only || !salesforce) continue;
    const column = prefix + field.name;
    if (!found.has(column)) found.set(column, { column, salesforce, sellfire: field, rule });
  }
  return [...found.values()];
}

/** Columns of the file, the same for each row. */
export function saleColumns(config: SyncConfig): string[] {
  return [
    ...SALE_COLUMNS,
    ...[...carried(config, 'sale'), ...carried(config, 'sale_item')].map(({ column }) => column),
  ];
}

/** The mapped Salesforce fields that are read in addition to those of every sale. */
export function saleFields(config: SyncConfig): { opportunity: string[]; item: string[] } {
  const names = (of: keyof typeof SOURCES): string[] => carried(config, of).map(({ salesforce }) => salesforce.name);
  return { opportunity: names('sale'), item: names('sale_item') };
}

/**
 * The rows by column. An Opportunity without line items becomes one item with the Opportunity's name and amount.
 * @returns why there are no rows, where it has neither items nor an amount
 */
export function saleRows(config: SyncConfig, sale: WonSale): Record<string, string>[] | Explanation {
  const { opportunity } = sale;
  const name = text(opportunity['Name']);
  const phones = sale.people.map(({ object, fields }) =>
    readIdentity(text(fields['Phone']), recordCountry(config, object, fields)),
  );
  const phone = phones.find((one) => one !== null) ?? '';
  const shared = {
    salesforce_opportunity_id: text(opportunity['Id']),
    salesforce_contact_id: sale.contactId ?? '',
    salesforce_account_id: text(opportunity['AccountId']),
    primary_phone_number: phone,
    sold_at: text(opportunity['CloseDate']),
    sold_by: sale.repId ?? '',
    currency: text(opportunity['CurrencyIsoCode']),
    ...cells(config, carried(config, 'sale'), opportunity),
  };
  if (sale.items.length === 0) {
    const amount = number(opportunity['Amount']);
    if (amount === '') return explain('NO_ITEMS', { name });
    return [{ ...shared, product_code: name, product_name: name, quantity: '1', unit_price: amount }];
  }
  return sale.items.map(({ fields, productName }) => {
    const product = productName ?? text(fields['Name']);
    return {
      ...shared,
      // A Salesforce product need not have a code; Sellfire identifies it by one.
      product_code: text(fields['ProductCode']) || product,
      product_name: product,
      quantity: number(fields['Quantity']),
      unit_price: number(fields['UnitPrice']),
      ...cells(config, carried(config, 'sale_item'), fields),
    };
  });
}

function cells(config: SyncConfig, fields: readonly Carried[], record: SalesforceFields): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { column, salesforce, sellfire, rule } of fields) {
    const value = fromSalesforce({ sellfire, salesforce }, record[salesforce.name] ?? null, config.country);
    if (value === null || !towardsSellfire(rule, value)) continue;
    found[column] = Array.isArray(value) ? value.join(';') : String(value);
  }
  return found;
}

/** The Bulk API writes 12 as `12.0`, and large amounts with an exponent. */
const number = (value: SalesforceValue | undefined): string => String(canonical('number', value ?? null, '') ?? '');

const text = (value: SalesforceValue | undefined): string =>
  value === null || value === undefined ? '' : String(value).trim();
