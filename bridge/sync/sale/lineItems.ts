// Adds the line items of a sale, each with its product and price book entry, which are found by code and then by name
// (M25).
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SyncConfig } from '../../model/config.ts';
import type { SaleTransaction, SaleNeeds } from '../../model/saleTransaction.ts';
import type { Sale } from '../../model/sale.ts';
import { saleLookups } from '../turn/lookups.ts';
import type { SaleSituation } from './customRecords.ts';
import { mappedValues } from './fields.ts';
import { priceOf, productsOf } from './products.ts';
import { say } from '../../model/message.ts';
import { quoted } from '../../model/text.ts';

/** The look-ups of the line items that do not depend on the Opportunity. */
export function lineItemNeeds({ names }: SyncConfig, sale: Sale, needs: SaleNeeds): void {
  for (const { id, product_code: code, product_name: name } of sale.items) {
    needs.prices.push({ code, name });
    needs.keyed.push({ object: 'OpportunityLineItem', field: itemField(names.prefix), key: id });
  }
}

const itemField = (prefix: string): string => `${prefix}Sellfire_Sale_Item_Id__c`;

/**
 * Adds a node for each item. A line item that exists is updated with the current numbers.
 * @returns which products are missing, in which case nothing of the sale is written
 */
export function addLineItems(
  { config, lead, sale, found }: SaleSituation,
  transaction: SaleTransaction,
  needs: SaleNeeds,
): Explanation | undefined {
  const { opportunity } = transaction;
  const field = itemField(config.names.prefix);
  const unread = sale.items.find((item) => priceOf(item) === undefined);
  if (unread) return unreadablePrice(unread);
  const products = productsOf(config, sale, transaction, found, needs);
  let pricebookId: string | undefined;
  for (const [index, item] of sale.items.entries()) {
    const price = products.priceOf(item);
    const keyed = { object: 'OpportunityLineItem', field, key: item.id };
    const known = saleLookups(found, needs).keyed(keyed);
    if (!price || known === undefined || !opportunity) continue;
    pricebookId ??= price.pricebookId;
    const mapped = mappedValues(config, lead, item.fields, 'sale_item', 'OpportunityLineItem', ['sale']).fields;
    const numbers = { Quantity: item.quantity, UnitPrice: priceOf(item) ?? null, ...mapped };
    if (known !== null) {
      transaction.nodes.push({
        ref: `item_${index + 1}`,
        object: 'OpportunityLineItem',
        op: { kind: 'update', id: known },
        fields: numbers,
      });
      continue;
    }
    const opportunityId = 'id' in opportunity ? opportunity.id : { ref: opportunity.ref };
    transaction.nodes.push({
      ref: `item_${index + 1}`,
      object: 'OpportunityLineItem',
      op: { kind: 'upsert', field, key: item.id },
      fields: { ...numbers, OpportunityId: opportunityId, PricebookEntryId: price.entry },
    });
  }
  // Line items require a price book on their Opportunity.
  const node = transaction.nodes.find((one) => one.ref === 'opportunity');
  if (node && pricebookId !== undefined) node.fields = { ...node.fields, Pricebook2Id: pricebookId };
  return products.missing();
}

/** A text that is no number would be a price of nothing, or of another amount. */
const unreadablePrice = (item: Sale['items'][number]): Explanation =>
  explain('VALUE_UNFIT.onSale', {
    unfit: say('unfitNumber', { value: quoted(item.unit_price), field: 'Sales Price' }),
    field: 'OpportunityLineItem.UnitPrice',
    event: say('sale'),
  });
