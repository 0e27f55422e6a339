// What the connected user may do with one object, beside what the bridge needs (M1): too little and too much.
import { z } from 'zod';

/** A part of the product that needs a right; an admin who does not use the part need not give it. */
export const PARTS = ['lead', 'contact', 'account', 'sale', 'activities', 'sites', 'package', 'user'] as const;

export const rightSchema = z.object({
  /** API name of the object; empty for permissions of the user. */
  object: z.string(),
  part: z.enum(PARTS),
  /** `read`, `create`, `edit`, `delete`; `field:Name` for a field of the object that is to be read and written. */
  need: z.array(z.string()),
  missing: z.array(z.string()),
  /** Beyond what is needed; `ModifyAllData` and its like for the user. */
  excess: z.array(z.string()),
  /** What an admin does about it; empty where nothing is missing or too much. */
  sentence: z.string(),
});
export type Right = z.infer<typeof rightSchema>;
