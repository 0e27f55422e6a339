// The currency of a sale (M25): its amounts are in it, or nothing is written. Salesforce would take a record that names no currency
// for one in its own.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SyncConfig } from '../../model/config.ts';
import type { Sale } from '../../model/sale.ts';
import type { SaleTransaction } from '../../model/saleTransaction.ts';

type Currencies = Pick<SyncConfig, 'currencies'>;

export const codeOf = ({ currency }: Pick<Sale, 'currency'>): string => currency.trim().toUpperCase();

/** Why the org cannot hold the amounts; undefined where it can, or where its currency is unknown. */
export function foreignCurrency({ currencies }: Currencies, sale: Pick<Sale, 'currency'>): Explanation | undefined {
  const currency = codeOf(sale);
  if (currencies.codes.length === 0 || currencies.codes.includes(currency)) return undefined;
  const known = currencies.codes.join(', ');
  return explain(currencies.several ? 'CURRENCY_MISSING.ofSeveral' : 'CURRENCY_MISSING.only', { currency, known });
}

/** Amounts of these are the sale's; those of the customer's own objects are too, where they name a currency. */
const OBJECTS = ['Opportunity', 'PricebookEntry'];

/** Names the currency in every record of the sale that has one of its own. */
export function nameCurrency(
  { currencies, objects }: Pick<SyncConfig, 'currencies' | 'objects'>,
  sale: Pick<Sale, 'currency'>,
  { nodes }: SaleTransaction,
): void {
  if (!currencies.several) return;
  for (const node of nodes) {
    const described = node.object.endsWith('__c') && objects[node.object]?.fields['CurrencyIsoCode']?.createable;
    if (!OBJECTS.includes(node.object) && !described) continue;
    // The currency of a price is that of its creation.
    if (node.object === 'PricebookEntry' && node.op.kind === 'update') continue;
    node.fields = { ...node.fields, CurrencyIsoCode: codeOf(sale) };
  }
}
