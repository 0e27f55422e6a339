// Finds the product and price of each sale item (M25). What Salesforce lacks is created in the sale's own transaction
// where a setting allows it, otherwise reported with its remedy. The next sale finds a created product by its code, so
// it is created once.
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
import { codeOf } from './currency.ts';
import { matchProduct, sameName } from './match.ts';
import { numberOf } from '../values/canonical.ts';

type Item = Sale['items'][number];

/** The price of a line item: an existing price book entry, or one that the graph creates. */
export interface PricedBy {
  entry: NodeValue;
  pricebookId: string;
}

export interface Products {
  /** @returns undefined while the price is not known, or where it is missing */
  priceOf(item: Item): PricedBy | undefined;
  /** What is missing for the items that were requested. */
  missing(): Explanation | undefined;
}

export function productsOf(
  { settings, currencies }: SyncConfig,
  sale: Pick<Sale, 'currency'>,
  transaction: SaleTransaction,
  found: SaleFound,
  needs: SaleNeeds,
): Products {
  const lookups = saleLookups(found, needs);
  const currency = codeOf(sale);
  /** A price in another currency is no price of this sale. */
  const inCurrency = <T extends { currency?: string | null }>(prices: readonly T[]): T[] =>
    prices.filter((one) => !currencies.several || one.currency === currency);
  const created = new Map<string, PricedBy>();
  const lacking = new Set<string>();
  const inactive = new Set<string>();
  let bookless = false;

  /**
   * Whether a product has the item's code, though it has no price of this sale or is inactive: then no other one goes for it by its name.
   * @returns undefined while that is not known
   */
  const hasOwn = (need: { code: string; name: string }): boolean | undefined =>
    lookups.products(need)?.products.some(({ code }) => sameName(code, need.code));

  function make(item: Item, key: string, facts: ProductFacts): PricedBy | undefined {
    const need = { code: item.product_code, name: item.product_name };
    const [product] = matchProduct(need, facts.products);
    const prices = matchProduct(need, inCurrency(facts.priced));
    // Another sale has made it since the active prices were asked for.
    const made = prices.find((one) => one.active && sameName(one.code, need.code));
    if (made && product?.active !== false) return { entry: made.entryId, pricebookId: made.pricebookId };
    if (prices.length > 0 || product?.active === false) {
      inactive.add(nameOf(item));
      return undefined;
    }
    const { standardPricebookId: pricebookId } = facts;
    if (pricebookId === null) {
      bookless = true;
      return undefined;
    }
    const number = created.size + 1;
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
        UnitPrice: priceOf(item) ?? null,
        IsActive: true,
      },
    });
    created.set(key, price);
    return price;
  }

  return {
    priceOf(item) {
      const need = { code: item.product_code, name: item.product_name };
      const key = priceKey(need);
      const candidates = lookups.prices(need);
      if (!candidates) return undefined;
      const [price] = matchProduct(need, inCurrency(candidates));
      const isOther = price && !sameName(price.code, need.code) ? hasOwn(need) : false;
      if (isOther === undefined) return undefined;
      if (price && !isOther) return { entry: price.entryId, pricebookId: price.pricebookId };
      if (!settings.createProducts) {
        lacking.add(nameOf(item));
        return undefined;
      }
      const facts = lookups.products(need);
      return created.get(key) ?? (facts && make(item, key, facts));
    },

    missing() {
      if (lacking.size > 0 && currencies.several)
        return explain('PRODUCT_MISSING.inCurrency', { products: list(lacking), currency });
      if (lacking.size > 0) return explain('PRODUCT_MISSING.atAll', { products: list(lacking) });
      if (inactive.size > 0) return explain('PRODUCT_INACTIVE', { products: list(inactive) });
      return bookless ? explain('PRICEBOOK_MISSING') : undefined;
    },
  };
}

/** @returns undefined where it is no number */
export const priceOf = ({ unit_price }: Item): number | undefined => numberOf(unit_price.trim())?.toNumber();

const nameOf = (item: Item): string => `${item.product_name} (${item.product_code})`;
const list = (names: Set<string>): string => [...names].join(', ');
