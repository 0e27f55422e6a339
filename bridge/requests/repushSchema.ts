// The parameters of a Repush (M27): which report rows, by their ids or by what they have in common. The Reports page makes them
// from its filter (c/reportFilter).
import { z } from 'zod';
import { EVENTS } from '../model/report.ts';
import { idSchema } from './idSchema.ts';

export const repushSchema = z
  .strictObject({
    /** Ids of Integration_Report__c, whatever their outcome. At most 200, which fit into one query. */
    reports: z.array(idSchema).min(1).max(200).optional(),
    /** All rows that failed or were refused with this code – an empty one for rows without a code – … */
    code: z.string().max(60).optional(),
    /** … and this event … */
    event: z.enum(EVENTS).optional(),
    /** … of these outcomes, of which only rows that failed or were refused are repushed … */
    outcomes: z.array(z.string()).min(1).optional(),
    /** … in this direction, of this object … */
    direction: z.enum(['ToSalesforce', 'ToSellfire']).optional(),
    object: z.string().min(1).max(80).optional(),
    /** … of this Sync Request … */
    request: idSchema.optional(),
    /** … that the Reports page finds by this text … */
    text: z.string().min(1).max(255).optional(),
    /** … since and until these times, or before that one. */
    since: z.iso.datetime({ offset: true }).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
    before: z.iso.datetime({ offset: true }).optional(),
    /** Counts only. */
    preview: z.boolean().default(false),
  })
  .refine(({ preview: _preview, ...which }) => Object.values(which).some((one) => one !== undefined), {
    error: 'says neither which reports, nor which code, event or time',
  });
export type Repush = z.infer<typeof repushSchema>;
