// The errors of a GraphQL answer: every error with its words, its place in the request, its path in the
// answer and its type.
// Source: GraphQL API Developer Guide, "Status Codes and Error Responses".
import { FieldsOnCorrectTypeRule, GraphQLError, type ASTNode, type ASTVisitor, type ValidationContext } from 'graphql';
import { PlatformError } from '../model.ts';

export type ErrorType =
  'InvalidSyntax' | 'ValidationError' | 'DataFetchingException' | 'OperationNotSupported' | 'ExecutionAborted';

export interface ErrorBody {
  message: string;
  locations: { line: number; column: number }[];
  path?: (string | number)[];
  extensions: { ErrorType: ErrorType; errorCode?: string; fields?: string[] };
}

export function showError(error: GraphQLError, type: ErrorType): ErrorBody {
  const { message, locations = [], path, originalError } = error;
  const refused = originalError instanceof PlatformError ? originalError : undefined;
  return {
    message,
    locations: locations.map(({ line, column }) => ({ line, column })),
    ...(path && { path: [...path] }),
    extensions: {
      ErrorType: type,
      ...(refused && { errorCode: refused.errorCode }),
      ...(refused && refused.fields.length > 0 && { fields: refused.fields }),
    },
  };
}

/** An error of execution: of fetching where a field has failed, of validation where a variable has not fitted. */
export function typeOfExecution({ path, originalError, message }: GraphQLError): ErrorType {
  if (originalError instanceof PlatformError) return 'DataFetchingException';
  if (path !== undefined) return 'ExecutionAborted';
  return /^(Unknown operation|Must provide (an )?operation)/.test(message)
    ? 'OperationNotSupported'
    : 'ValidationError';
}

/** A field that its type does not have, in the platform’s words: with the path to it. */
export function fieldUndefinedRule(context: ValidationContext): ASTVisitor {
  return {
    Field(node, _key, _parent, _path, ancestors) {
      const type = context.getParentType();
      if (!type || context.getFieldDef()) return;
      const trail = [...ancestors.flatMap(nameOf), node.name.value].join('/');
      const message = `Validation error (FieldUndefined@[${trail}]) : Field '${node.name.value}' in type '${type.name}' is undefined`;
      context.reportError(new GraphQLError(message, { nodes: node }));
    },
  };
}

/** Of lists of nodes there is no name. */
function nameOf(node: ASTNode | readonly ASTNode[]): string[] {
  return 'kind' in node && node.kind === 'Field' ? [node.name.value] : [];
}

/** Replaced by the rule above. */
export const REPLACED = FieldsOnCorrectTypeRule;
