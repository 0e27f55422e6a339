// The line items of a sale, each on its own product and price book entry, found by code and then by name (M25).
import type { SyncConfig } from '../model/config.ts';
import { priceKey, recordKey, type Deal, type DealAnswers, type DealQuestions, type Price } from '../model/deal.ts';
import type { Sale } from '../model/sale.ts';
import { mappedValues, type Missing } from './dealFields.ts';

/**
 * Adds a node for each item. An item that stands already is given its present numbers.
 * @returns which products are missing: then nothing of the sale is written
 */
export function addItems(
  config: SyncConfig,
  sale: Sale,
  deal: Deal,
  answers: DealAnswers,
  questions: DealQuestions,
): Missing | undefined {
  const { opportunity } = deal;
  const field = `${config.names.prefix}Sellfire_Sale_Item_Id__c`;
  const unknown: string[] = [];
  let pricebookId: string | undefined;
  for (const [index, item] of sale.items.entries()) {
    const question = { code: item.product_code, name: item.product_name };
    const price: Price | null | undefined = answers.prices.get(priceKey(question));
    const keyed = { object: 'OpportunityLineItem', field, key: item.id };
    const known = answers.keyed.get(recordKey(keyed));
    if (price === undefined) questions.prices.push(question);
    if (known === undefined) questions.keyed.push(keyed);
    if (price === null) unknown.push(`${item.product_name} (${item.product_code})`);
    if (!price || known === undefined || !opportunity) continue;
    pricebookId ??= price.pricebookId;
    const mapped = mappedValues(config, item.fields, 'sale_item', 'OpportunityLineItem', ['sale']).fields;
    const numbers = { Quantity: item.quantity, UnitPrice: Number(item.unit_price), ...mapped };
    if (known !== null) {
      deal.nodes.push({
        ref: `item_${index + 1}`,
        object: 'OpportunityLineItem',
        op: { kind: 'update', id: known },
        fields: numbers,
      });
      continue;
    }
    const opportunityId = 'id' in opportunity ? opportunity.id : { ref: opportunity.ref };
    deal.nodes.push({
      ref: `item_${index + 1}`,
      object: 'OpportunityLineItem',
      op: { kind: 'upsert', field, key: item.id },
      fields: { ...numbers, OpportunityId: opportunityId, PricebookEntryId: price.entryId },
    });
  }
  // Line items need the price book on their Opportunity first.
  const node = deal.nodes.find((one) => one.ref === 'opportunity');
  if (node && pricebookId !== undefined) node.fields = { ...node.fields, Pricebook2Id: pricebookId };
  if (unknown.length === 0) return undefined;
  return {
    code: 'PRODUCT_MISSING',
    reason: `Salesforce has no active standard price book entry for ${unknown.join(', ')}. Make the product and its price, then repush the sale.`,
  };
}
