// Looks through a deal for a value that its field could not even read: Salesforce would refuse all of the deal for it, without naming
// the field. Nothing is written then, as with any other refusal of a demo or a sale, and the report says which field it is.
import type { SyncConfig } from '../../model/config.ts';
import type { SaleTransaction } from '../../model/saleTransaction.ts';
import { whyUnfit } from '../values/canonical.ts';
import type { Missing } from '../mapping/required.ts';

export function unfitValue({ objects }: SyncConfig, { nodes, event }: SaleTransaction): Missing | undefined {
  for (const { object, fields } of nodes) {
    for (const [name, value] of Object.entries(fields)) {
      const field = objects[object]?.fields[name];
      if (!field || value === null || typeof value === 'object') continue;
      const unfit = whyUnfit(field, typeof value === 'number' ? String(value) : value);
      if (unfit === undefined) continue;
      const again = event === 'Sale' ? 'repush the sale' : 'repush the demo';
      return {
        code: 'VALUE_UNFIT',
        reason: `${unfit} Nothing was written. Correct the value in Sellfire, or the mapping to ${object}.${name}, then ${again}.`,
      };
    }
  }
  return undefined;
}
