// Carries out the operations of one `uiapi` mutation, in the order of the request and in one transaction: all of them or
// none, or each by itself. An operation may refer to what an earlier one has made.
// Source: GraphQL API Developer Guide, "Send Mutation Requests", "Chain Mutations by Using Field References".
import { getArgumentValues, type GraphQLObjectType, type GraphQLResolveInfo } from 'graphql';
import { normaliseId } from '../ids.ts';
import { PlatformError, type FieldValue, type ObjectDef, type Row, type Transaction } from '../model.ts';
import type { Org } from '../org.ts';
import type { GraphContext } from './context.ts';
import { operationOf, type Operation } from './mutationTypes.ts';
import { selectedIn } from './selection.ts';

export interface Outcome {
  id: string;
  error?: PlatformError;
}

interface Planned extends Operation {
  /** Name or alias in the request. */
  key: string;
  /** 18 characters, or a reference. */
  id: string;
  fields: Row;
}

/** Operations of one request at most, as of a composite request. */
const MAXIMUM_OPERATIONS = 25;
const REFERENCE = /^@\{(\w+)(?:\.Record\.(?:(Id)|(\w+)\.value))?\}$/;

class RolledBack extends Error {}

/** @returns what became of each operation, by its name or alias */
export function runMutations(
  type: GraphQLObjectType,
  allOrNone: boolean,
  context: GraphContext,
  info: GraphQLResolveInfo,
): ReadonlyMap<string, Outcome> {
  const planned = plan(type, info);
  const outcomes = new Map<string, Outcome>();
  try {
    context.org.transact(context.transaction, (transaction) => {
      for (const one of planned) {
        const outcome = attempt(one, transaction, outcomes, context);
        outcomes.set(one.key, outcome);
        if (outcome.error && allOrNone) throw new RolledBack();
      }
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    for (const { key } of planned) if (!outcomes.get(key)?.error) outcomes.set(key, { id: '', error: rolledBack() });
  }
  return outcomes;
}

function rolledBack(): PlatformError {
  const message = 'The operation was rolled back, as another operation failed and allOrNone is true';
  return new PlatformError('ALL_OR_NONE_OPERATION_ROLLED_BACK', message);
}

function plan(type: GraphQLObjectType, info: GraphQLResolveInfo): Planned[] {
  const planned: Planned[] = [];
  for (const [key, [node]] of selectedIn(info.fieldNodes, type, info)) {
    const field = type.getFields()[node?.name.value ?? ''];
    const operation = operationOf(field);
    if (!field || !node || !operation) continue;
    const { input } = getArgumentValues(field, node, info.variableValues) as { input: Record<string, unknown> };
    planned.push({
      ...operation,
      key,
      id: String(input['Id'] ?? ''),
      fields: { ...(input[operation.object.name] as Row | undefined) },
    });
  }
  if (planned.length <= MAXIMUM_OPERATIONS) return planned;
  throw new PlatformError('LIMIT_EXCEEDED', `A mutation has at most ${MAXIMUM_OPERATIONS} operations`);
}

function attempt(
  { kind, object, id: given, fields }: Planned,
  transaction: Transaction,
  done: ReadonlyMap<string, Outcome>,
  { org }: GraphContext,
): Outcome {
  const settle = (name: string, value: FieldValue): FieldValue => resolved(org, object, name, value, transaction, done);
  try {
    const values = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, settle(name, value)]));
    if (kind === 'create') return { id: transaction.create(object.name, values) };
    const id = recordId(object, settle('Id', given));
    org.faults.checkLock(id);
    if (kind === 'update') transaction.update(object.name, id, values);
    else transaction.remove(object.name, id);
    return { id };
  } catch (error) {
    if (error instanceof PlatformError) return { id: '', error };
    throw error;
  }
}

/** @throws PlatformError where this is no id of the object */
function recordId(object: ObjectDef, given: FieldValue): string {
  const id = normaliseId(String(given));
  if (id?.startsWith(object.keyPrefix)) return id;
  throw new PlatformError('INVALID_ID_FIELD', `Invalid ID for ${object.name}: ${String(given)}`);
}

/** What a field is set to, where it may be what another operation has made. @throws PlatformError */
function resolved(
  org: Org,
  object: ObjectDef,
  name: string,
  value: FieldValue,
  transaction: Transaction,
  done: ReadonlyMap<string, Outcome>,
): FieldValue {
  if (typeof value !== 'string') return value;
  const type = object.fields.get(name)?.type;
  const refers = type === 'reference' || type === 'id';
  const [whole, key = '', , of] = REFERENCE.exec(value) ?? [];
  // A text may look like a reference and mean itself.
  if (whole === undefined || (!refers && of === undefined)) return value;
  const outcome = done.get(key);
  if (!outcome && !refers) return value;
  if (!outcome || outcome.error) {
    throw new PlatformError('INVALID_INPUT', `The operation ${key} that ${value} refers to has made no record`);
  }
  if (of === undefined) return outcome.id;
  const made = org.schema.byKeyPrefix(outcome.id.slice(0, 3));
  if (!made?.fields.has(of))
    throw new PlatformError('INVALID_FIELD', `${value} names no field of the record of ${key}`);
  return transaction.get(made.name, outcome.id)?.[of] ?? null;
}
