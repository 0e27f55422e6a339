// Finds a value of the graph that its field cannot parse: Salesforce would refuse the whole graph without naming the
// field. Nothing is written in that case, and the report row names the field.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SyncConfig } from '../../model/config.ts';
import type { SaleTransaction } from '../../model/saleTransaction.ts';
import { whyUnfit } from '../values/canonical.ts';

export function unfitValue({ objects }: SyncConfig, { nodes, event }: SaleTransaction): Explanation | undefined {
  for (const { object, fields } of nodes) {
    for (const [name, value] of Object.entries(fields)) {
      const field = objects[object]?.fields[name];
      if (!field || value === null || typeof value === 'object') continue;
      const unfit = whyUnfit(field, typeof value === 'number' ? String(value) : value);
      if (unfit === undefined) continue;
      const what = event === 'Sale' ? 'sale' : 'demo';
      return explain('VALUE_UNFIT.onSale', { unfit, field: `${object}.${name}`, event: what });
    }
  }
  return undefined;
}
