// A sale: what a rep sold to a lead, item by item, and the associated contacts of that business (M22–M26).
import { z } from 'zod';
import { instantSchema } from './lead.ts';
import { sellfireValueSchema } from './field.ts';

export const saleItemSchema = z
  .object({
    id: z.string(),
    product_code: z.string(),
    product_name: z.string(),
    quantity: z.number().positive(),
    unit_price: z.string().meta({ description: 'Decimal, for example "129.50"' }),
    fields: z.record(z.string(), sellfireValueSchema),
  })
  .meta({ id: 'SaleItem' });

export const saleSchema = z
  .object({
    id: z.string(),
    lead_id: z.string(),
    rep_id: z.string(),
    cycle: z.int().positive(),
    made_at: instantSchema,
    salesforce_opportunity_id: z
      .string()
      .nullish()
      .meta({ description: 'The Opportunity that it was imported from; it is in Salesforce already' }),
    currency: z.string().length(3),
    items: z.array(saleItemSchema).min(1),
    associated_contacts: z.array(
      z.object({ first_name: z.string().nullable(), last_name: z.string(), phone_number: z.string().nullable() }),
    ),
    fields: z.record(z.string(), sellfireValueSchema),
  })
  .meta({ id: 'Sale' });
export type Sale = z.infer<typeof saleSchema>;

/** Columns of a file of sales that are no fields of the catalogue (M26); docs/import.md describes the file. */
export const SALE_COLUMNS = [
  'salesforce_opportunity_id',
  'salesforce_contact_id',
  'salesforce_account_id',
  'primary_phone_number',
  'sold_at',
  'sold_by',
  'currency',
  'product_code',
  'product_name',
  'quantity',
  'unit_price',
] as const;
