// Writes a graph of records that refer to each other as one transaction in one API call: either every record is written or none.
// Source: "Using Composite Graphs", REST API Developer Guide.
import { z } from 'zod';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import { MOST_NODES, type TransactionNode, type NodeValue } from '../../model/saleTransaction.ts';
import type { Fault } from '../../model/fault.ts';
import { PeerError } from '../../model/fault.ts';
import { said, say } from '../../model/message.ts';
import type { TransactionResult } from '../../model/ports.ts';
import { errorItemSchema, faultOfItem } from '../faults.ts';
import { writeHeaders, type WriteOptions } from './headers.ts';
import type { Rest } from './rest.ts';
import { identifier } from './soql.ts';

/** The most kinds of nodes of one graph, that is pairs of an object and an operation (REST API Developer Guide, "Composite Graph Limits"). */
const MOST_KINDS = 15;
/** The objects that every connection needs: a user who cannot see them stops the sync. */
const ESSENTIAL = ['Account', 'Contact', 'Opportunity', 'OpportunityLineItem'];

const nodeAnswerSchema = z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() });
const answerSchema = z.object({
  graphs: z.tuple([
    z.object({ isSuccessful: z.boolean(), graphResponse: z.object({ compositeResponse: z.array(nodeAnswerSchema) }) }),
  ]),
});
const madeSchema = z.object({ id: z.string() });

/** Returns a failed call as a fault as well. */
export async function writeGraph(
  rest: Rest,
  nodes: readonly TransactionNode[],
  options: WriteOptions = {},
): Promise<TransactionResult> {
  const tooMany = excess(nodes);
  if (tooMany) {
    const { code, sentence: message } = tooMany;
    return { ok: false, fault: { class: 'record', code, message, fields: [], unknownOutcome: false } };
  }
  if (nodes.length === 0) return { ok: true, ids: {} };
  // A subrequest inherits none of these headers from the composite request.
  const httpHeaders = writeHeaders(options);
  const compositeRequest = nodes.map((node) => ({
    ...requestOf(node, rest.apiVersion),
    referenceId: node.ref,
    httpHeaders,
  }));
  try {
    const { graphs } = await rest.call({
      method: 'POST',
      path: '/composite/graph',
      headers: httpHeaders,
      body: { graphs: [{ graphId: 'sale', compositeRequest }] },
      schema: answerSchema,
      // A repeated creation without an external id would create two records, so its outcome is looked up before a retry.
      idempotent: nodes.every(({ op }) => op.kind !== 'create'),
    });
    const [graph] = graphs;
    const answers = graph.graphResponse.compositeResponse;
    return graph.isSuccessful
      ? { ok: true, ids: idsOf(nodes, answers) }
      : { ok: false, fault: faultOf(nodes, answers) };
  } catch (error) {
    if (error instanceof PeerError) return { ok: false, fault: error.fault };
    throw error;
  }
}

function excess(nodes: readonly TransactionNode[]): Explanation | undefined {
  if (nodes.length > MOST_NODES) {
    const counts = Map.groupBy(nodes, ({ object }) => object);
    const parts = [...counts].map(([object, { length }]) => `${length} ${object}`).join(', ');
    return explain('TOO_MANY_RECORDS', { count: nodes.length, parts, most: MOST_NODES });
  }
  const kinds = new Set(nodes.map(({ object, op }) => `${op.kind === 'create' ? 'POST' : 'PATCH'} ${object}`));
  if (kinds.size <= MOST_KINDS) return undefined;
  const objects = [...new Set(nodes.map(({ object }) => object))].join(', ');
  return explain('TOO_MANY_OBJECTS', { most: MOST_KINDS, count: kinds.size, objects });
}

function requestOf(
  { object, op, fields }: TransactionNode,
  apiVersion: string,
): { method: string; url: string; body: unknown } {
  const base = `/services/data/v${apiVersion}/sobjects/${identifier(object)}`;
  const body = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, bodyValue(value)]));
  if (op.kind === 'create') return { method: 'POST', url: base, body };
  const where = op.kind === 'update' ? op.id : `${identifier(op.field)}/${encodeURIComponent(op.key)}`;
  return { method: 'PATCH', url: `${base}/${where}`, body };
}

const bodyValue = (value: NodeValue): unknown =>
  typeof value === 'object' && value !== null ? `@{${value.ref}.id}` : value;

function idsOf(nodes: readonly TransactionNode[], answers: z.infer<typeof nodeAnswerSchema>[]): Record<string, string> {
  const ids: Record<string, string> = {};
  for (const { ref, op } of nodes) {
    const made = madeSchema.safeParse(answers.find((answer) => answer.referenceId === ref)?.body);
    if (made.success) ids[ref] = made.data.id;
    else if (op.kind === 'update') ids[ref] = op.id;
  }
  return ids;
}

/** Returns the fault of the node that failed; the other nodes only report that they were rolled back. */
function faultOf(nodes: readonly TransactionNode[], answers: z.infer<typeof nodeAnswerSchema>[]): Fault {
  const failed = answers
    .filter(({ httpStatusCode }) => httpStatusCode >= 400)
    .map(({ referenceId, body }) => ({ referenceId, item: z.array(errorItemSchema).safeParse(body).data?.[0] }))
    .filter(({ item }) => item !== undefined && item.errorCode !== 'PROCESSING_HALTED');
  const [first] = failed;
  if (!first?.item) {
    const words = said(say('nothingDone'));
    return { class: 'retry', code: 'PROCESSING_HALTED', ...words, fields: [], unknownOutcome: false };
  }
  const fault = faultOfItem(first.item);
  const object = nodes.find(({ ref }) => ref === first.referenceId)?.object ?? first.referenceId;
  // In a transaction, a fault of an existing or deleted record concerns only that record, so its class becomes `record`.
  return {
    ...fault,
    message: `${object}: ${fault.message}`,
    node: first.referenceId,
    class:
      fault.class === 'exists' || fault.class === 'gone' || (fault.class === 'stop' && !ESSENTIAL.includes(object))
        ? 'record'
        : fault.class,
  };
}
