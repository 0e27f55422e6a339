// A query's errors in the platform's words: the query, a caret under the culprit, where it is and what is wrong.
import { PlatformError } from '../model.ts';

/** How much of the query the message quotes before and after the culprit, in characters. */
const QUOTED_BEFORE = 20;
const QUOTED_AFTER = 25;

export interface QueryErrors {
  malformed(message: string, culprit?: string): PlatformError;
  invalidField(message: string, culprit?: string): PlatformError;
  noSuchColumn(column: string, entity: string): PlatformError;
  noSuchType(name: string): PlatformError;
  noSuchRelationship(message: string, name: string): PlatformError;
  invalidOperator(message: string, culprit?: string): PlatformError;
  offset(maximum: number): PlatformError;
}

export function queryErrors(soql: string): QueryErrors {
  const located = (culprit: string | undefined, message: string): string => {
    const at = culprit === undefined ? -1 : find(soql, culprit);
    if (at < 0) return message;
    const before = soql.slice(0, at);
    const row = before.split('\n').length;
    const column = at - (before.lastIndexOf('\n') + 1) + 1;
    const start = Math.max(0, at - QUOTED_BEFORE);
    const excerpt = soql.slice(start, at + QUOTED_AFTER).replace(/\s/g, ' ');
    return `\n${excerpt}\n${' '.repeat(at - start)}^\nERROR at Row:${row}:Column:${column}\n${message}`;
  };
  const error = (code: string) => (message: string, culprit?: string) =>
    new PlatformError(code, located(culprit, message));
  const invalidField = error('INVALID_FIELD');
  return {
    malformed: error('MALFORMED_QUERY'),
    invalidField,
    invalidOperator: error('INVALID_QUERY_FILTER_OPERATOR'),
    offset: (maximum) => error('NUMBER_OUTSIDE_VALID_RANGE')(`Maximum SOQL offset allowed is ${maximum}`, 'OFFSET'),
    noSuchColumn: (column, entity) =>
      invalidField(
        `No such column '${column}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append ` +
          `the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
        column,
      ),
    noSuchRelationship: error('INVALID_TYPE'),
    noSuchType: (name) =>
      error('INVALID_TYPE')(
        `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append ` +
          `the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
        name,
      ),
  };
}

/** Where a name stands in the query as a word of its own. */
function find(soql: string, word: string): number {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w.])${escaped}(?!\\w)`, 'i').exec(soql)?.index ?? -1;
}
