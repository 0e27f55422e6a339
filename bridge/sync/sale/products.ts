// The product and price of a sale item that Salesforce lacks (M25): made in the sale's own transaction where a setting allows it,
// otherwise told with what to do. By its code the next sale finds it, so that it is made once.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SyncConfig } from '../../model/config.ts';
import {
  priceKey,
  type SaleTransaction,
  type SaleFound,
  type SaleNeeds,
  type NodeValue,
  type ProductFacts,
} from '../../model/saleTransaction.ts';
import type { Sale } from '../../model/sale.ts';
import { saleLookups } from '../turn/lookups.ts';
import { matchProduct } from './match.ts';

type Item = Sale['items'][number];

/** What a line item stands on: an entry that is there, or one that the graph makes. */
export interface PricedBy {
  entry: NodeValue;
  pricebookId: string;
}

export interface Products {
  /** @returns undefined while it is not known, or when it is missing. */
  priceOf(item: Item): PricedBy | undefined;
  /** What is missing of all that was asked for. */
  missing(): Explanation | undefined;
}

export function productsOf(
  { settings }: SyncConfig,
  transaction: SaleTransaction,
  found: SaleFound,
  needs: SaleNeeds,
): Products {
  const lookups = saleLookups(found, needs);
  const made = new Map<string, PricedBy>();
  const lacking = new Set<string>();
  const inactive = new Set<string>();
  let bookless = false;

  function make(item: Item, key: string, facts: ProductFacts): PricedBy | undefined {
    const need = { code: item.product_code, name: item.product_name };
    const [product] = matchProduct(need, facts.products);
    if (matchProduct(need, facts.priced).length > 0 || product?.active === false) {
      inactive.add(nameOf(item));
      return undefined;
    }
    const { standardPricebookId: pricebookId } = facts;
    if (pricebookId === null) {
      bookless = true;
      return undefined;
    }
    const number = made.size + 1;
    const ref = `product_${number}`;
    if (!product) {
      const fields = { Name: item.product_name, ProductCode: item.product_code, IsActive: true };
      transaction.nodes.push({ ref, object: 'Product2', op: { kind: 'create' }, fields });
    }
    const price: PricedBy = { entry: { ref: `price_${number}` }, pricebookId };
    transaction.nodes.push({
      ref: `price_${number}`,
      object: 'PricebookEntry',
      op: { kind: 'create' },
      fields: {
        Product2Id: product?.id ?? { ref },
        Pricebook2Id: pricebookId,
        UnitPrice: Number(item.unit_price),
        IsActive: true,
      },
    });
    made.set(key, price);
    return price;
  }

  return {
    priceOf(item) {
      const need = { code: item.product_code, name: item.product_name };
      const key = priceKey(need);
      const candidates = lookups.prices(need);
      if (!candidates) return undefined;
      const [price] = matchProduct(need, candidates);
      if (price) return { entry: price.entryId, pricebookId: price.pricebookId };
      if (!settings.createProducts) {
        lacking.add(nameOf(item));
        return undefined;
      }
      const facts = lookups.products(need);
      return made.get(key) ?? (facts && make(item, key, facts));
    },

    missing() {
      if (lacking.size > 0) return explain('PRODUCT_MISSING', { products: list(lacking) });
      if (inactive.size > 0) return explain('PRODUCT_INACTIVE', { products: list(inactive) });
      return bookless ? explain('PRICEBOOK_MISSING') : undefined;
    },
  };
}

const nameOf = (item: Item): string => `${item.product_name} (${item.product_code})`;
const list = (names: Set<string>): string => [...names].join(', ');
