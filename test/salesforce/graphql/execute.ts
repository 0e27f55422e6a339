// Runs one GraphQL request as its user: parsed, freed of what is optional and missing, validated against the user's
// schema, executed. Everything that goes wrong is in `errors` of the answer.
// Source: GraphQL API Developer Guide, "Status Codes and Error Responses", "GraphQL API Limits".
import {
  executeSync,
  GraphQLError,
  NoUnusedVariablesRule,
  NoUnusedFragmentsRule,
  parse,
  specifiedRules,
  validate,
  visit,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import type { GraphContext } from './context.ts';
import { fieldUndefinedRule, REPLACED, showError, typeOfExecution, type ErrorType, type ErrorBody } from './errors.ts';
import { withoutMissing } from './optional.ts';

export interface GraphRequest {
  query: string;
  operationName?: string | undefined;
}

export interface GraphAnswer {
  data: unknown;
  errors: ErrorBody[];
}

/** Words and signs of one request. */
const MAXIMUM_TOKENS = 20_000;
/** Selections within selections, introspection included. */
const MAXIMUM_DEPTH = 50;
/** Queries of records in one request (GraphQL API Developer Guide, "GraphQL API Limits"). */
const MAXIMUM_QUERIES = 10;
const MAXIMUM_ERRORS = 20;

const RULES = specifiedRules.filter((rule) => rule !== REPLACED);
/** What stands only for a field that was left out is not used any more, which is no fault of the request. */
const RULES_OF_REDUCED = RULES.filter((rule) => rule !== NoUnusedVariablesRule && rule !== NoUnusedFragmentsRule);

export function runGraphql(schema: GraphQLSchema, request: GraphRequest, context: GraphContext): GraphAnswer {
  let parsed: DocumentNode;
  try {
    checkDepth(request.query);
    parsed = parse(request.query, { maxTokens: MAXIMUM_TOKENS });
    checkSelections(parsed);
  } catch (error) {
    if (error instanceof GraphQLError) return refused([error], 'InvalidSyntax');
    throw error;
  }
  const { document, left } = withoutMissing(parsed, schema);
  const rules = [...(left ? RULES_OF_REDUCED : RULES), fieldUndefinedRule];
  const invalid = validate(schema, document, rules, { maxErrors: MAXIMUM_ERRORS, hideSuggestions: true });
  if (invalid.length > 0) return refused(invalid, 'ValidationError');
  const queries = countQueries(document);
  if (queries > MAXIMUM_QUERIES) {
    const message = `A request has at most ${MAXIMUM_QUERIES} queries of records, and this one has ${queries}`;
    return refused([new GraphQLError(message)], 'ValidationError');
  }
  const { data = null, errors = [] } = executeSync({
    schema,
    document,
    rootValue: {},
    contextValue: context,
    variableValues: context.variables,
    operationName: request.operationName ?? null,
  });
  return { data, errors: errors.map((error) => showError(error, typeOfExecution(error))) };
}

function refused(errors: readonly GraphQLError[], type: ErrorType): GraphAnswer {
  return { data: null, errors: errors.map((error) => showError(error, type)) };
}

/** The parser and the rules call themselves for each level. */
function checkDepth(query: string): void {
  let depth = 0;
  let deepest = 0;
  // Braces inside of texts and comments open nothing.
  for (const [token] of query.matchAll(/"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*|[{}[\]]/g)) {
    if (token === '{' || token === '[') deepest = Math.max(deepest, (depth += 1));
    else if (token === '}' || token === ']') depth -= 1;
  }
  if (deepest > MAXIMUM_DEPTH) throw new GraphQLError(`The request is nested more than ${MAXIMUM_DEPTH} levels deep`);
}

/** The parser lets `{ }` pass, which asks for nothing. */
function checkSelections(document: DocumentNode): void {
  visit(document, {
    SelectionSet(node) {
      if (node.selections.length === 0)
        throw new GraphQLError('Syntax Error: Expected Name, found "}".', { nodes: node });
    },
  });
}

/** Selections of `query` and `aggregate`, each of which is a query of its own. */
function countQueries(document: DocumentNode): number {
  let count = 0;
  visit(document, {
    Field(node) {
      const queries = node.name.value === 'query' || node.name.value === 'aggregate';
      const inner = node.selectionSet?.selections ?? [];
      if (queries) count += inner.filter((one) => one.kind === 'Field' && !one.name.value.startsWith('__')).length;
    },
  });
  return count;
}
