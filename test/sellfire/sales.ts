// Sales: what was sold to a lead, item by item; every field of the catalogue stands in `fields` by name.
import { z } from 'zod';
import Big from 'big.js';
import { sellfireValueSchema } from '../../bridge/model/field.ts';
import type { Sale } from '../../bridge/model/sale.ts';
import type { Catalogue } from './catalogue.ts';
import type { MakeId } from './ids.ts';
import { Refusal } from './problem.ts';

const fields = z.record(z.string(), sellfireValueSchema).default({});
const price = z
  .union([z.string().regex(/^\d{1,10}(\.\d{1,2})?$/), z.number().nonnegative().multipleOf(0.01).max(1e10)])
  .transform((value) => new Big(value).toFixed(2));

/** What a rep enters to make a sale. */
export const newSaleSchema = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD'),
  items: z
    .array(
      z.strictObject({
        product_code: z.string().trim().min(1).max(255),
        product_name: z.string().trim().min(1).max(255),
        quantity: z.number().positive().max(1e6),
        unit_price: price,
        fields,
      }),
    )
    .min(1, 'A sale has at least one item.')
    .max(100),
  associated_contacts: z
    .array(
      z.strictObject({
        first_name: z.string().nullable().default(null),
        last_name: z.string(),
        phone_number: z.string().nullable().default(null),
      }),
    )
    .max(20)
    .default([]),
  fields,
});
export type NewSale = z.input<typeof newSaleSchema>;

export class Sales {
  readonly #catalogue: Catalogue;
  readonly #makeId: MakeId;
  readonly #byLead = new Map<string, Sale[]>();

  constructor(catalogue: Catalogue, makeId: MakeId) {
    this.#catalogue = catalogue;
    this.#makeId = makeId;
  }

  ofLead(leadId: string): Sale[] {
    return [...(this.#byLead.get(leadId) ?? [])];
  }

  /** @throws Refusal for a field or a contact that does not fit; nothing is kept until `add`. */
  draft(
    input: z.output<typeof newSaleSchema>,
    of: Pick<Sale, 'lead_id' | 'rep_id' | 'cycle' | 'made_at' | 'salesforce_opportunity_id'>,
  ): Sale {
    const contacts = input.associated_contacts.map((contact) => {
      const parsed = this.#catalogue.parse('associated_contact', contact);
      if (typeof parsed['last_name'] !== 'string')
        throw new Refusal('invalid_value', 'An associated contact needs a last name.', { field: 'last_name' });
      const textOf = (name: string) => (typeof parsed[name] === 'string' ? parsed[name] : null);
      return {
        first_name: textOf('first_name'),
        last_name: parsed['last_name'],
        phone_number: textOf('phone_number'),
      };
    });
    const items = input.items.map(({ fields: own, ...item }) => ({
      id: this.#makeId('item'),
      ...item,
      fields: {
        ...this.#catalogue.blank('sale_item'),
        ...this.#catalogue.parse('sale_item', own),
        ...item,
        unit_price: Number(item.unit_price),
      },
    }));
    const total = items.reduce((sum, item) => sum.plus(new Big(item.unit_price).times(item.quantity)), new Big(0));
    return {
      id: this.#makeId('sale'),
      ...of,
      currency: input.currency,
      items,
      associated_contacts: contacts,
      fields: {
        ...this.#catalogue.blank('sale'),
        ...this.#catalogue.parse('sale', input.fields),
        sold_at: of.made_at,
        sold_by: of.rep_id,
        total: Number(total.toFixed(2)),
      },
    };
  }

  add(sale: Sale): Sale {
    this.#byLead.set(sale.lead_id, [...this.ofLead(sale.lead_id), sale]);
    return sale;
  }
}
