// sObject trees: records nested in those that they belong to, created level by level in one transaction. One that cannot
// be saved undoes all, and the answer names nothing else.
// Source: REST API Developer Guide, "sObject Tree".
import { Router, type Request } from 'express';
import { PlatformError, type ObjectDef, type Row } from '../model.ts';
import type { Org } from '../org.ts';
import { findChildRelationship } from '../soql/children.ts';
import { wrongType } from '../values.ts';
import { asRecord, fieldsOf, typeOf, type Body } from './body.ts';
import { contextOf, methodNotAllowed, notFound, seal, type Asking } from './request.ts';

const MAXIMUM_RECORDS = 200;
const MAXIMUM_TYPES = 5;
const MAXIMUM_LEVELS = 5;

/** A record and those that belong to it. */
interface Branch {
  referenceId: string;
  object: ObjectDef;
  body: Body;
  /** The field that names the record above, for every branch but a root. */
  parentField?: string;
  children: Branch[];
}

/** Thrown to undo the tree; says which record was the culprit. */
class Undone extends Error {
  readonly referenceId: string;
  override readonly cause: PlatformError;
  constructor(referenceId: string, cause: PlatformError) {
    super(cause.message);
    this.referenceId = referenceId;
    this.cause = cause;
  }
}

export function treeRouter(org: Org, asking: (request: Request) => Asking): Router {
  const router = Router();
  router
    .route('/composite/tree/:object')
    .post((request, response) => {
      const root = org.schema.find(String(request.params['object']));
      if (root?.kind !== 'record') throw notFound();
      const trees = branchesOf(org, asRecord(request.body)['records']);
      if (trees.some(({ object }) => object.name !== root.name)) {
        throw new PlatformError('INVALID_INPUT', `The root records must be of the type of the request: ${root.name}`);
      }
      refuseLarge(trees);
      try {
        const results = grow(org, request, asking(request), trees);
        response.status(201).json({ hasErrors: false, results });
      } catch (error) {
        if (!(error instanceof Undone)) throw error;
        const { errorCode: statusCode, message, fields } = error.cause;
        const results = [{ referenceId: error.referenceId, errors: [{ statusCode, message, fields }] }];
        response.status(400).json({ hasErrors: true, results });
      }
    })
    .all(methodNotAllowed('POST'));
  return seal(router);
}

function branchesOf(org: Org, records: unknown): Branch[] {
  if (!Array.isArray(records)) throw wrongType('list', records);
  return records.map((record) => branchOf(org, asRecord(record)));
}

function branchOf(org: Org, record: Body): Branch {
  const object = typeOf(org, record);
  const referenceId = (record['attributes'] as Body)['referenceId'];
  if (typeof referenceId !== 'string' || referenceId === '') {
    throw new PlatformError('INVALID_INPUT', 'Include a reference ID for each record in the request.');
  }
  const body: Body = {};
  const children: Branch[] = [];
  for (const [name, value] of Object.entries(record)) {
    const nested = typeof value === 'object' && value !== null && 'records' in value ? value.records : undefined;
    if (nested === undefined) {
      body[name] = value;
      continue;
    }
    const relationship = findChildRelationship(org.schema, object, name);
    if (!relationship) throw new PlatformError('INVALID_FIELD', `No such relation '${name}' on ${object.name}`);
    for (const child of branchesOf(org, nested)) children.push({ ...child, parentField: relationship.field.name });
  }
  return { referenceId, object, body, children };
}

/** Every level, from the roots down. */
function levelsOf(trees: readonly Branch[]): Branch[][] {
  const levels: Branch[][] = [];
  for (let level = [...trees]; level.length > 0; level = level.flatMap(({ children }) => children)) levels.push(level);
  return levels;
}

/** @throws PlatformError INVALID_INPUT, before anything is created */
function refuseLarge(trees: readonly Branch[]): void {
  const levels = levelsOf(trees);
  const all = levels.flat();
  const refuse = (message: string) => new PlatformError('INVALID_INPUT', message);
  if (all.length > MAXIMUM_RECORDS) throw refuse(`Too many records: ${all.length}. The limit is ${MAXIMUM_RECORDS}.`);
  if (levels.length > MAXIMUM_LEVELS)
    throw refuse(`Too many levels: ${levels.length}. The limit is ${MAXIMUM_LEVELS}.`);
  const types = new Set(all.map(({ object }) => object.name));
  if (types.size > MAXIMUM_TYPES) throw refuse(`Too many types: ${types.size}. The limit is ${MAXIMUM_TYPES}.`);
  const seen = new Set<string>();
  for (const { referenceId } of all) {
    if (seen.has(referenceId)) throw refuse(`Duplicate ReferenceId provided in request: ${referenceId}.`);
    seen.add(referenceId);
  }
}

function grow(
  org: Org,
  request: Request,
  who: Asking,
  trees: readonly Branch[],
): { referenceId: string; id: string }[] {
  return org.transact(contextOf(who, request, false), (transaction) => {
    const ids = new Map<Branch, string>();
    const parents = new Map<Branch, Branch>();
    const results: { referenceId: string; id: string }[] = [];
    for (const branch of levelsOf(trees).flat()) {
      for (const child of branch.children) parents.set(child, branch);
      const parent = parents.get(branch);
      const link = branch.parentField && parent ? { [branch.parentField]: ids.get(parent) ?? null } : {};
      try {
        const fields = fieldsOf(org, branch.object, branch.body) as Row;
        const id = transaction.create(branch.object.name, { ...fields, ...link });
        ids.set(branch, id);
        results.push({ referenceId: branch.referenceId, id });
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        throw new Undone(branch.referenceId, error);
      }
    }
    return results;
  });
}
