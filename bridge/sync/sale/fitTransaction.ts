// Makes a demo or a sale fit the org before it is written (M22, M32). All of it is one transaction, so that one value which does
// not fit would fail everything. Names that the bridge composes are shortened; a mapped value that its field cannot hold is left
// out; both are reported. Only a value that cannot be left out holds the transaction back.
import Big from 'big.js';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SyncConfig } from '../../model/config.ts';
import { say, type Message } from '../../model/message.ts';
import type { NodeValue, SaleTransaction, TransactionNode } from '../../model/saleTransaction.ts';
import type { SalesforceField } from '../../model/salesforce.ts';
import { unfitFor } from '../mapping/unfit.ts';
import { numberOf } from '../values/canonical.ts';
import { cutText, quoted } from '../../model/text.ts';

/** Texts that the bridge writes whether or not they are mapped, with their standard lengths (Object Reference). */
const COMPOSED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Account: { Name: 255 },
  Contact: { LastName: 80, FirstName: 40 },
  Opportunity: { Name: 120 },
  Product2: { Name: 255, ProductCode: 255 },
  Site__c: { Name: 80, location__c: 255 },
  Organization__c: { Name: 80 },
};
/** What a record of the transaction is nothing without, also where the org does not require it. */
const ESSENTIAL: Readonly<Record<string, readonly string[]>> = {
  Account: ['Name'],
  Contact: ['LastName', 'AccountId', 'Sellfire_Lead_Id__c'],
  Opportunity: ['Name', 'StageName', 'CloseDate', 'AccountId', 'ContactId', 'Pricebook2Id'],
  OpportunityLineItem: ['Quantity', 'UnitPrice', 'OpportunityId', 'PricebookEntryId'],
  Product2: ['Name', 'ProductCode', 'IsActive'],
  PricebookEntry: ['Product2Id', 'Pricebook2Id', 'UnitPrice', 'IsActive'],
  Site__c: ['Name', 'location__c', 'Account__c', 'Organization__c'],
  Organization__c: ['Name', 'Account__c'],
};
/** What is written again to a record that is there; everything else of it can wait. */
const ESSENTIAL_OF_UPDATE: Readonly<Record<string, readonly string[]>> = {
  Contact: ['AccountId', 'Sellfire_Lead_Id__c'],
  Opportunity: ['StageName'],
  OpportunityLineItem: ['Quantity', 'UnitPrice'],
  Site__c: ['Organization__c'],
};
/** Numbers that the bridge writes without a mapping, whose status would say what its field rounds. */
const AMOUNTS = ['Quantity', 'UnitPrice'];
/** Their decimals, where the object is not described (Object Reference). */
const AMOUNT_SCALE = 2;
const TEXTS = ['string', 'textarea', 'phone', 'url', 'email', 'encryptedstring'];

const plain = ({ names: { prefix } }: Pick<SyncConfig, 'names'>, name: string): string =>
  prefix !== '' && name.startsWith(prefix) ? name.slice(prefix.length) : name;

/** Whether the record can be written without the field. */
export function canDoWithout(config: SyncConfig, { object, op, fields }: TransactionNode, name: string): boolean {
  if (plain(config, object) === 'Integration_Report__c') return false;
  if (typeof fields[name] === 'object' && fields[name] !== null) return false;
  // Without it the amounts would be of another currency.
  if (name === 'CurrencyIsoCode') return false;
  const essential = op.kind === 'update' ? ESSENTIAL_OF_UPDATE : ESSENTIAL;
  if (essential[plain(config, object)]?.includes(plain(config, name))) return false;
  const field = config.objects[object]?.fields[name];
  return op.kind === 'update' || !field || field.nillable || field.defaultedOnCreate;
}

/** @returns why the transaction cannot be written at all */
export function fitTransaction(config: SyncConfig, transaction: SaleTransaction): Explanation | undefined {
  for (const node of transaction.nodes) {
    for (const [name, value] of Object.entries(node.fields)) {
      const refused = fitValue(config, transaction, node, [name, value]);
      if (refused) return refused;
    }
  }
  for (const node of transaction.madeBefore)
    for (const pair of Object.entries(node.fields)) fitValue(config, transaction, node, pair);
  withoutEmptyUpdates(transaction);
  return undefined;
}

/** An update of nothing is no write. */
export function withoutEmptyUpdates(transaction: SaleTransaction): void {
  transaction.nodes = transaction.nodes.filter(
    ({ op, fields }) => op.kind !== 'update' || Object.keys(fields).length > 0,
  );
}

function fitValue(
  config: SyncConfig,
  transaction: SaleTransaction,
  node: TransactionNode,
  [name, value]: [name: string, value: NodeValue],
): Explanation | undefined {
  if (value === null || typeof value === 'object') return undefined;
  const { object } = node;
  const field = config.objects[object]?.fields[name];
  const standard = COMPOSED[plain(config, object)]?.[plain(config, name)];
  const length = field?.length ?? standard;
  if (standard !== undefined && length !== undefined && typeof value === 'string' && value.length > length) {
    const kept = cutText(value, length);
    node.fields = { ...node.fields, [name]: kept };
    const why = explain('VALUE_CUT', { field: `${object}.${name}`, length, value: quoted(value) });
    transaction.leftOut.push({ object, field: name, value: kept, why });
    return undefined;
  }
  if (AMOUNTS.includes(name)) roundAmount(field?.scale ?? AMOUNT_SCALE, transaction, node, name, value);
  if (!field) return undefined;
  const unreadable = unfitFor(field, typeof value === 'number' ? String(value) : value);
  const unfit = unreadable ?? tooMuch(field, value);
  if (unfit === undefined) return undefined;
  const words = { unfit, field: `${object}.${name}`, event: say(transaction.event === 'Sale' ? 'sale' : 'demo') };
  if (!canDoWithout(config, node, name)) {
    // A picklist or a length that Salesforce judges otherwise is Salesforce's to refuse.
    return unreadable === undefined ? undefined : explain('VALUE_UNFIT.onSale', words);
  }
  const { [name]: _, ...others } = node.fields;
  node.fields = others;
  const why = explain('VALUE_UNFIT.leftOut', words);
  transaction.leftOut.push({ object, field: name, value: String(value), why });
  return undefined;
}

/** Salesforce would round the number without a word. */
function roundAmount(
  scale: number,
  transaction: SaleTransaction,
  node: TransactionNode,
  name: string,
  value: NodeValue,
): void {
  const given = typeof value === 'number' ? numberOf(value) : undefined;
  const kept = given?.round(scale, Big.roundHalfUp);
  if (!given || !kept || kept.eq(given)) return;
  node.fields = { ...node.fields, [name]: kept.toNumber() };
  const names = { field: `${node.object}.${name}`, scale, kept: kept.toFixed(), value: given.toFixed() };
  transaction.leftOut.push({
    ...{ object: node.object, field: name, value: kept.toFixed(), why: explain('VALUE_ROUNDED', names) },
  });
}

/** Why Salesforce would refuse a value that it can read. */
function tooMuch(field: SalesforceField, value: string | number | boolean): Message | undefined {
  const { label, type, length, picklistValues, restrictedPicklist } = field;
  if (typeof value !== 'string') return undefined;
  if (TEXTS.includes(type) && length > 0 && value.length > length)
    return say('unfitLength', { value: quoted(value), length: value.length, field: label, most: length });
  if (!restrictedPicklist || !['picklist', 'multipicklist'].includes(type)) return undefined;
  const lacking = (type === 'picklist' ? [value] : value.split(';')).filter((one) => !picklistValues.includes(one));
  return lacking.length > 0 ? say('unfitOption', { value: quoted(lacking.join('", "')), field: label }) : undefined;
}
