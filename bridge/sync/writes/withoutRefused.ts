// What is left of a demo or a sale once Salesforce has refused a part that it can do without (M32): a mapped field, or a further
// person's Contact, to which nothing of it refers.
import { explainFault } from '../../model/catalogue/catalogue.ts';
import type { SyncConfig } from '../../model/config.ts';
import { policyOf, type Fault } from '../../model/fault.ts';
import type { SaleTransaction, TransactionNode } from '../../model/saleTransaction.ts';
import { canDoWithout, withoutEmptyUpdates } from '../sale/fitTransaction.ts';
import { isFurtherPerson } from '../sale/contacts.ts';
import { mayBeOneField, fieldsToBlame } from './blame.ts';

/** Each costs a call; what lacks more than this is not the sale any more. */
const MOST_LEFT_OUT = 20;

/** @returns undefined where there is nothing that could be left out */
export function withoutRefused(
  config: SyncConfig,
  transaction: SaleTransaction,
  fault: Fault,
): SaleTransaction | undefined {
  const node = transaction.nodes.find(({ ref }) => ref === fault.node);
  if (!node || !policyOf(fault).blamesField || transaction.leftOut.length >= MOST_LEFT_OUT) return undefined;
  const droppable = Object.keys(node.fields).filter((name) => canDoWithout(config, node, name));
  const blamed = fieldsToBlame(fault, node.fields, config.objects[node.object]);
  const named = blamed.filter((name) => droppable.includes(name));
  const names = named.length > 0 ? named : blamed.length === 0 && mayBeOneField(fault) ? droppable : [];
  if (names.length > 0) return without(transaction, node, names, fault);
  return isFurtherPerson(node) ? withoutNode(transaction, node, fault) : undefined;
}

function without(transaction: SaleTransaction, node: TransactionNode, names: string[], fault: Fault): SaleTransaction {
  const kept = Object.entries(node.fields).filter(([name]) => !names.includes(name));
  const nodes = transaction.nodes.map((one) => (one === node ? { ...node, fields: Object.fromEntries(kept) } : one));
  const rest = { ...transaction, nodes, leftOut: [...transaction.leftOut, ...leftOut(node, names, fault)] };
  withoutEmptyUpdates(rest);
  return rest;
}

function withoutNode(transaction: SaleTransaction, node: TransactionNode, fault: Fault): SaleTransaction {
  const nodes = transaction.nodes.filter((one) => one !== node);
  const names = Object.keys(node.fields).filter((name) => typeof node.fields[name] === 'string');
  return { ...transaction, nodes, leftOut: [...transaction.leftOut, ...leftOut(node, names.slice(0, 1), fault)] };
}

const leftOut = ({ object, fields }: TransactionNode, names: string[], fault: Fault): SaleTransaction['leftOut'] =>
  names.map((field) => ({ object, field, value: String(fields[field]), why: explainFault(fault) }));
