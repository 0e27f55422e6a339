// Gives new records the record type that the settings name (B15).
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SyncConfig } from '../../model/config.ts';
import { RECORD_TYPE_FIELD, recordTypeProblem } from '../../model/recordType.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import type { SaleTransaction } from '../../model/saleTransaction.ts';

/** The record type of a new record; empty where Salesforce gives the default of the connected user. */
export function recordTypeOf({ objects }: Pick<SyncConfig, 'objects'>, object: string): SalesforceFields {
  const id = objects[object]?.newRecordTypeId;
  return id === undefined ? {} : { [RECORD_TYPE_FIELD]: id };
}

/** Gives the records that a demo or a sale creates their record types. @returns why it cannot be written */
export function giveRecordTypes(config: SyncConfig, transaction: SaleTransaction): Explanation | undefined {
  const created = transaction.nodes.filter(({ op }) => op.kind !== 'update');
  const [problem] = created.flatMap(({ object }) => recordTypeProblem(config.objects, object) ?? []);
  if (problem) return problem;
  transaction.nodes = transaction.nodes.map((node) =>
    created.includes(node) ? { ...node, fields: { ...node.fields, ...recordTypeOf(config, node.object) } } : node,
  );
  return undefined;
}
