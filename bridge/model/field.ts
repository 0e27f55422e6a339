// A Sellfire field as the catalogue describes it: whether it can be mapped, its type and its options (M2, M3, M7).
import { z } from 'zod';

export const SELLFIRE_FIELD_TYPES = [
  'text',
  'long_text',
  'number',
  'currency',
  'percent',
  'date',
  'datetime',
  'checkbox',
  'select',
  'multi_select',
  'multi_text',
  'phone',
  'email',
  'url',
  'rep',
] as const;
export const sellfireFieldTypeSchema = z.enum(SELLFIRE_FIELD_TYPES);
export type SellfireFieldType = z.infer<typeof sellfireFieldTypeSchema>;

export const sellfireFieldSchema = z
  .object({
    object: z.enum(['lead', 'sale', 'sale_item', 'associated_contact']),
    name: z.string().regex(/^[a-z][a-z0-9_]{0,79}$/),
    label: z.string(),
    type: sellfireFieldTypeSchema,
    custom: z.boolean().meta({ description: 'Made in the Field Manager, not shipped by Sellfire' }),
    read_only: z.boolean(),
    max_length: z.int().positive().nullable().meta({ description: 'Characters, for text types' }),
    options: z.array(z.string()).meta({ description: 'For select and multi_select; empty otherwise' }),
  })
  .meta({ id: 'Field' });
export type SellfireField = z.infer<typeof sellfireFieldSchema>;

/** A value on the wire: dates as `2026-11-24`, date-times as RFC 3339 in UTC, numbers as numbers, lists of text as arrays. */
export const sellfireValueSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);
export type SellfireValue = z.infer<typeof sellfireValueSchema>;
