// Adds the records of the customer's own objects to the graph of a sale (M13): one record for each sale, or one for
// each of its items where a field of the items is mapped to the object, or to one that it requires as its parent. A value
// that differs from item to item has no other place, as with line items (M25).
//
// Such an object has no external id of the package, so the graph creates a mark with each record: a report row whose
// key is made from the sale and which names the record. Record and mark are written in one transaction, so the mark
// exists exactly when the record exists. A repeat finds the mark and updates the record. Report rows are deleted after
// a while, so the link stores the record ids as well.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SyncConfig } from '../../model/config.ts';
import { type SaleTransaction, type SaleFound, type SaleNeeds } from '../../model/saleTransaction.ts';
import type { SellfireValue } from '../../model/field.ts';
import type { Lead } from '../../model/lead.ts';
import type { Link } from '../../model/link.ts';
import { madeBySales, type FieldMapping } from '../../model/mapping.ts';
import type { Sale } from '../../model/sale.ts';
import type { SalesforceObject } from '../../model/salesforce.ts';
import { mappedValues } from './fields.ts';
import { everyoneOf } from './people.ts';
import { noteMade, parentsFirst, relations, requiredParents, type MadeRecords } from './relations.ts';
import { saleLookups } from '../turn/lookups.ts';
import { fingerprint } from '../values/fingerprint.ts';

export interface SaleSituation {
  config: SyncConfig;
  lead: Lead;
  link: Link | undefined;
  sale: Sale;
  found: SaleFound;
}

/** The source of one record. */
interface Row {
  /** Unique among the rows of the object in the sale. */
  id: string;
  sources: [object: FieldMapping['sellfireObject'], values: Record<string, SellfireValue>][];
}

const targets = ({ mappings, names }: SyncConfig): Targets => madeBySales(mappings, names.prefix);

/** The keys of the sale's marks whose record the link does not store. */
export function unresolvedMarks({ config, lead, link, sale }: Omit<SaleSituation, 'found'>): string[] {
  const wanted = targets(config);
  return [...wanted.keys()].flatMap((object) =>
    rowsOf(config, wanted, object, { lead, sale })
      .map((row) => markKey(sale, object, row))
      .filter((key) => !link?.made?.[key]),
  );
}

const markKey = (sale: Sale, object: string, row: Row): string => fingerprint(`${sale.id} ${object} ${row.id}`);

type Targets = ReadonlyMap<string, readonly FieldMapping[]>;

/**
 * Of what a record of the object is made: of the item or the person whose fields are mapped to it, else of that of the parent that it
 * requires; undefined: of the sale.
 */
function madeOf(
  config: SyncConfig,
  wanted: Targets,
  object: string,
  below: readonly string[] = [],
): FieldMapping['sellfireObject'] | undefined {
  const own = (['sale_item', 'associated_contact'] as const).find((kind) =>
    wanted.get(object)?.some(({ sellfireObject }) => sellfireObject === kind),
  );
  if (own || below.includes(object)) return own;
  return requiredParents(config, object, [...wanted.keys()])
    .map((parent) => madeOf(config, wanted, parent, [...below, object]))
    .find((kind) => kind !== undefined);
}

function rowsOf(
  config: SyncConfig,
  wanted: Targets,
  object: string,
  { lead, sale }: Pick<SaleSituation, 'lead' | 'sale'>,
): Row[] {
  const shared: Row['sources'] = [
    ['sale', sale.fields],
    ['lead', lead.fields],
  ];
  const kind = madeOf(config, wanted, object);
  if (kind === 'sale_item')
    return sale.items.map(({ id, fields }) => ({ id, sources: [['sale_item', fields], ...shared] }));
  if (kind === 'associated_contact')
    return everyoneOf(config, lead, sale).map(({ key, entry }) => ({
      id: key,
      sources: [['associated_contact', entry], ...shared],
    }));
  return [{ id: '', sources: shared }];
}

/** @returns why the sale cannot be written as it is */
export function addCustomRecords(
  situation: SaleSituation,
  transaction: SaleTransaction,
  needs: SaleNeeds,
): Explanation | undefined {
  const { config, lead, sale } = situation;
  const wanted = targets(config);
  const made: MadeRecords = new Map();
  for (const object of parentsFirst([...wanted.keys()], config)) {
    const mappings = wanted.get(object) ?? [];
    const described = config.objects[object];
    if (!described?.createable) return notCreateable(object, described);
    const kinds = new Set(mappings.map(({ sellfireObject }) => sellfireObject));
    if (kinds.has('sale_item') && kinds.has('associated_contact')) return mixed(described);
    for (const row of rowsOf(config, wanted, object, { lead, sale })) {
      const missing = addRecord(situation, transaction, needs, { described, mappings, row, made });
      if (missing) return missing;
    }
  }
  return undefined;
}

interface CustomRecord {
  described: SalesforceObject;
  mappings: readonly FieldMapping[];
  row: Row;
  /** The custom records of the sale so far. */
  made: MadeRecords;
}

function addRecord(
  { config, lead, link, sale, found }: SaleSituation,
  transaction: SaleTransaction,
  needs: SaleNeeds,
  { described, mappings, row, made }: CustomRecord,
): Explanation | undefined {
  const { name: object } = described;
  const key = markKey(sale, object, row);
  const lookups = saleLookups(found, needs);
  const marked = link?.made?.[key] ?? lookups.made(key);
  if (marked === undefined) return undefined;
  const need = { object, field: 'Id', key: marked ?? '' };
  const present = marked === null ? null : lookups.keyed(need);
  if (present === undefined) return undefined;
  const fields = {};
  // Where two Sellfire fields are mapped to one Salesforce field, the source nearest to the row wins.
  for (const [source, values] of row.sources.toReversed())
    Object.assign(fields, mappedValues(config, lead, values, source, object, ['sale']).fields);
  const ref = `made_${transaction.made.length + 1}`;
  if (present !== null) {
    transaction.made.push({ key, record: { id: present } });
    noteMade(made, object, row.id, { id: present });
    if (Object.keys(fields).length > 0)
      transaction.nodes.push({
        ref,
        object,
        op: { kind: 'update', id: present },
        fields: updateable(described, fields),
      });
    return undefined;
  }
  const whole = { ...relations(described, { transaction, sale, made, rowId: row.id }, fields), ...fields };
  const missing = missingRequired(described, mappings, whole);
  if (missing) return missing;
  transaction.made.push({ key, record: { ref } });
  noteMade(made, object, row.id, { ref });
  transaction.nodes.push({ ref, object, op: { kind: 'create' }, fields: whole });
  // Where a person deleted the record, a new one is created; its mark exists already.
  transaction.nodes.push(markOf(config, sale, { ref, object, key, markExists: marked !== null }));
  return undefined;
}

/** A mark that is not known is created, not upserted: of two concurrent attempts, the second fails as a whole. */
function markOf(
  { names: { prefix } }: SyncConfig,
  sale: Sale,
  { ref, object, key, markExists }: { ref: string; object: string; key: string; markExists: boolean },
): SaleTransaction['nodes'][number] {
  const idField = `${prefix}Report_Id__c`;
  const fields = {
    [`${prefix}Occurred_At__c`]: sale.made_at,
    [`${prefix}Direction__c`]: 'ToSalesforce',
    [`${prefix}Event__c`]: 'Sale',
    [`${prefix}Outcome__c`]: 'Success',
    [`${prefix}Reason__c`]: 'The sale made this record. By this row a repeat of the sale finds it.',
    [`${prefix}Sellfire_Lead_Id__c`]: sale.lead_id,
    [`${prefix}Salesforce_Object__c`]: object,
    [`${prefix}Salesforce_Record_Id__c`]: { ref },
  };
  const node = { ref: ref.replace('made', 'mark'), object: `${prefix}Integration_Report__c` };
  return markExists
    ? { ...node, op: { kind: 'upsert', field: idField, key }, fields }
    : { ...node, op: { kind: 'create' }, fields: { [idField]: key, ...fields } };
}

function updateable({ fields: known }: SalesforceObject, fields: SaleTransaction['nodes'][number]['fields']) {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => known[name]?.updateable));
}

function missingRequired(
  { label, fields: known }: SalesforceObject,
  mappings: readonly FieldMapping[],
  given: SaleTransaction['nodes'][number]['fields'],
): Explanation | undefined {
  const lacking = Object.values(known).filter(
    ({ name, nillable, createable, defaultedOnCreate, type }) =>
      !nillable && createable && !defaultedOnCreate && type !== 'boolean' && !(name in given),
  );
  if (lacking.length === 0) return undefined;
  const isMapped = (name: string): boolean => mappings.some(({ salesforceField }) => salesforceField === name);
  const unmapped = lacking.filter(({ name }) => !isMapped(name));
  const names = (fields: typeof lacking): string => fields.map((field) => `${field.label} (${field.name})`).join(', ');
  return unmapped.length > 0
    ? explain('REQUIRED_UNMAPPED.onSale', { fields: names(unmapped), object: label })
    : explain('REQUIRED_EMPTY.onSale', { fields: names(lacking), object: label });
}

const notCreateable = (object: string, described: SalesforceObject | undefined): Explanation =>
  described
    ? explain('OBJECT_NOT_CREATEABLE.readOnly', { label: described.label, object })
    : explain('OBJECT_NOT_CREATEABLE.hidden', { object });

const mixed = ({ label, name }: SalesforceObject): Explanation => explain('MAPPINGS_MIXED', { label, object: name });
