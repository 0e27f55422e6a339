// Parses SOQL and turns its where clause, which the parser gives as a list with counted parentheses, into a tree.
// What SOQL itself refuses (AND beside OR without parentheses) is refused here.
import {
  parseQuery,
  type Condition,
  type NegationCondition,
  type Query,
  type ValueQueryCondition,
  type WhereClause,
} from '@jetstreamapp/soql-parser-js';
import type { QueryErrors } from './errors.ts';

export type Filter =
  | { kind: 'all' | 'any'; of: Filter[] }
  | { kind: 'not'; of: Filter }
  | {
      kind: 'condition';
      condition: Exclude<Condition, NegationCondition> | ValueQueryCondition;
    };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { condition: Condition | ValueQueryCondition };

/** The platform's longest query. */
const MAXIMUM_LENGTH = 100_000;

export function parseSoql(soql: string, errors: QueryErrors): Query {
  if (soql.trim() === '') throw errors.malformed('unexpected token: <EOF>');
  if (soql.length > MAXIMUM_LENGTH) {
    throw errors.malformed(`SOQL statements cannot be longer than ${MAXIMUM_LENGTH} characters.`);
  }
  try {
    return parseQuery(soql);
  } catch (cause) {
    throw errors.malformed(wording(cause instanceof Error ? cause.message : String(cause)));
  }
}

/** The parser's own sentences, shortened to what it stumbled over. */
function wording(message: string): string {
  const found =
    /but found: '(.*?)'\s*$/s.exec(message) ??
    /but found --> '(.*?)' <--/.exec(message) ??
    /expecting EOF but found: (.*)$/.exec(message) ??
    /unexpected character: ->(.)<-/.exec(message);
  const token = found?.[1];
  return `unexpected token: ${token ? `'${token}'` : '<EOF>'}`;
}

/** The where clause as a tree, or undefined where there is none. */
export function toFilter(where: WhereClause | undefined, errors: QueryErrors): Filter | undefined {
  if (!where) return undefined;
  const tokens = flatten(where);
  let position = 0;

  function chain(): Filter {
    const of = [term()];
    const operator = tokens[position];
    while (tokens[position] === 'AND' || tokens[position] === 'OR') {
      if (tokens[position] !== operator) throw errors.malformed(`unexpected token: '${String(tokens[position])}'`);
      position += 1;
      of.push(term());
    }
    const [only] = of;
    return of.length === 1 && only ? only : { kind: operator === 'OR' ? 'any' : 'all', of };
  }

  function term(): Filter {
    const token = tokens[position];
    position += 1;
    if (token === 'NOT') return { kind: 'not', of: term() };
    if (token === '(') {
      const inner = chain();
      if (tokens[position] !== ')') throw errors.malformed("expecting a right parentheses, found '<EOF>'");
      position += 1;
      return inner;
    }
    if (typeof token !== 'object' || !('operator' in token.condition))
      throw errors.malformed(`unexpected token: '${String(token)}'`);
    return { kind: 'condition', condition: token.condition };
  }

  const filter = chain();
  if (position < tokens.length) throw errors.malformed(`unexpected token: '${String(tokens[position])}'`);
  return filter;
}

function flatten(where: WhereClause): Token[] {
  const tokens: Token[] = [];
  for (let clause: WhereClause | undefined = where; clause;) {
    const { left } = clause;
    const parentheses = left as { openParen?: number; closeParen?: number } | null;
    for (let open = 0; open < (parentheses?.openParen ?? 0); open += 1) tokens.push('(');
    if (left && 'operator' in left) tokens.push({ condition: left });
    for (let close = 0; close < (parentheses?.closeParen ?? 0); close += 1) tokens.push(')');
    if (!('operator' in clause)) break;
    tokens.push(clause.operator);
    clause = clause.right;
  }
  return tokens;
}
