// Compares the rights of the connected user on one object with those that the bridge needs (M1): missing and excessive
// ones.
import { z } from 'zod';

/** A feature that needs a right. An admin who does not use it need not grant the right. */
export const PARTS = ['lead', 'contact', 'account', 'sale', 'activities', 'sites', 'package', 'user'] as const;

export const rightSchema = z.object({
  /** API name of the object; empty for permissions of the user. */
  object: z.string(),
  part: z.enum(PARTS),
  /** `read`, `create`, `edit`, `delete`; `field:Name` for a field of the object that the bridge reads and writes. */
  need: z.array(z.string()),
  missing: z.array(z.string()),
  /** Rights beyond the need; `ModifyAllData` and similar ones for the user. */
  excess: z.array(z.string()),
  /** The remedy; empty where nothing is missing or excessive. */
  sentence: z.string(),
});
export type Right = z.infer<typeof rightSchema>;
