// How the records of one sale refer to each other (M13): to its Opportunity, Account and Contact, to the line item of the same
// thing sold, and among the customer's own objects from a child to its parent, whether by master-detail or by look-up.
import type { SyncConfig } from '../../model/config.ts';
import type { RecordRef, SaleTransaction } from '../../model/saleTransaction.ts';
import type { Sale } from '../../model/sale.ts';
import type { SalesforceField, SalesforceObject } from '../../model/salesforce.ts';
import { valueOf } from './fields.ts';

type Fields = SaleTransaction['nodes'][number]['fields'];

/** The records of the customer's own objects, by object, then by the id of the row that they are made of. */
export type MadeRecords = Map<string, Map<string, RecordRef>>;

export function noteMade(made: MadeRecords, object: string, rowId: string, record: RecordRef): void {
  made.set(object, (made.get(object) ?? new Map<string, RecordRef>()).set(rowId, record));
}

type Known = Pick<SyncConfig, 'objects'>;

function parentsOf(
  { objects: known }: Known,
  object: string,
  among: readonly string[],
  isWanted: (field: SalesforceField) => boolean,
): string[] {
  const fields = Object.values(known[object]?.fields ?? {}).filter((field) => field.createable && isWanted(field));
  return among.filter((one) => one !== object && fields.some((field) => refersTo(field, one)));
}

/** Those of the objects without which no record of the object is created. */
export const requiredParents = (config: Known, object: string, among: readonly string[]): string[] =>
  parentsOf(config, object, among, ({ nillable }) => !nillable);

/**
 * The objects in an order in which each parent comes before its children. Where objects refer to each other in a circle, only
 * required references count.
 */
export function parentsFirst(objects: readonly string[], { objects: known }: Known): string[] {
  const required = (object: string): string[] => requiredParents({ objects: known }, object, objects);
  const requires = (object: string, other: string, seen: readonly string[] = []): boolean =>
    required(object).some(
      (one) => one === other || (!seen.includes(one) && requires(one, other, [...seen, object, one])),
    );
  const ordered = new Set<string>();
  const visit = (object: string, below: readonly string[]): void => {
    if (ordered.has(object) || below.includes(object)) return;
    const optional = parentsOf({ objects: known }, object, objects, ({ nillable }) => nillable).filter(
      (one) => !requires(one, object),
    );
    for (const parent of [...required(object), ...optional]) visit(parent, [...below, object]);
    ordered.add(object);
  };
  for (const object of objects) visit(object, []);
  return [...ordered];
}

const refersTo = ({ type, referenceTo }: SalesforceField, object: string): boolean =>
  type === 'reference' && (referenceTo?.includes(object) ?? false);

interface Kin {
  transaction: SaleTransaction;
  sale: Sale;
  made: MadeRecords;
  /** Of the row that the record is made of: the item's, the person's, or '' for the sale. */
  rowId: string;
}

/**
 * References to the other records of the sale. An object with several fields for one of them gets only the required
 * ones.
 */
export function relations({ name: object, fields: known }: SalesforceObject, kin: Kin, mapped: Fields): Fields {
  const related: Fields = {};
  for (const [parent, record] of relatives(object, kin)) {
    const fields = Object.values(known).filter((field) => field.createable && refersTo(field, parent));
    for (const { name, nillable } of fields) {
      if (!record || name in mapped || name in related || (fields.length > 1 && nillable)) continue;
      related[name] = valueOf(record);
    }
  }
  return related;
}

function relatives(object: string, { transaction, sale, made, rowId }: Kin): [string, RecordRef | undefined][] {
  const { opportunity, account, contact } = transaction;
  const parents = [...made].filter(([parent]) => parent !== object);
  return [
    // What was made of the same item or person; where there is but one of it, that one.
    ...parents.map(([parent, rows]): [string, RecordRef | undefined] => [
      parent,
      rows.get(rowId) ?? (rows.size === 1 ? [...rows.values()][0] : undefined),
    ]),
    ['OpportunityLineItem', lineItem(transaction, sale, rowId)],
    ['Opportunity', opportunity],
    ['Account', account],
    ['Contact', contact],
  ];
}

function lineItem({ nodes }: SaleTransaction, sale: Sale, itemId: string): RecordRef | undefined {
  const index = sale.items.findIndex(({ id }) => id === itemId);
  const node = nodes.find(({ ref }) => ref === `item_${index + 1}`);
  return node && (node.op.kind === 'update' ? { id: node.op.id } : { ref: node.ref });
}
