// The part of the platform's formula language that flows and validation rules of this org may use. Everything else is
// refused when they are deployed, so a formula that was accepted is computed as the platform would.
//
// Supported: text, numbers, TRUE, FALSE, NULL, merge fields `{!path}` and bare paths (`$Record.Name`), + - * / &, = <> !=
// < <= > >=, && || !, comments, and the functions of functions.ts. A date plus a number is the date so many days later.
// Source: "Formula Operators and Functions by Context".
import type { FieldValue } from '../model.ts';
import { FUNCTIONS, days, isBlank, isDate, number, shifted, text } from './functions.ts';

export interface Formula {
  expression: string;
  /** Every path that it reads. */
  references: string[];
  /** @param read gives a path's value; @param prior the same before the save */
  evaluate(read: (path: string) => FieldValue, prior: Priors): FieldValue;
}

/** What a formula may ask about the save that started the flow. */
export interface Priors {
  isNew: boolean;
  now: Date;
  isChanged(path: string): boolean;
  priorValue(path: string): FieldValue;
}

type Evaluate = (read: (path: string) => FieldValue, prior: Priors) => FieldValue;
export interface Node {
  evaluate: Evaluate;
  /** Set where the node is nothing but a path. */
  path?: string;
}

const TOKEN =
  /(?:\s|\/\*[\s\S]*?\*\/)*(?:(\d+(?:\.\d+)?)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\{!([^}]+)\}|(\$?[A-Za-z_][\w.]*)|(<>|!=|<=|>=|&&|\|\||==|[-+*/&=<>!(),^]))/y;

/** Functions whose argument is a field, not a value. */
const OF_FIELD = new Set(['ISCHANGED', 'PRIORVALUE']);

/** @throws Error that names what is not supported or not understood */
export function parseFormula(expression: string): Formula {
  const tokens = tokenise(expression);
  const references: string[] = [];
  let index = 0;
  const peek = (): Token | undefined => tokens[index];
  const takeSymbol = (...symbols: string[]): string | undefined => {
    const token = tokens[index];
    if (token?.kind !== 'symbol' || !symbols.includes(token.value)) return undefined;
    index += 1;
    return token.value;
  };
  const expect = (symbol: string): void => {
    if (!takeSymbol(symbol)) throw new Error(`Syntax error. Missing '${symbol}' in the formula: ${expression}`);
  };

  /** Binary operators by rising strength. */
  const LEVELS: string[][] = [
    ['||'],
    ['&&'],
    ['=', '==', '<>', '!='],
    ['<', '<=', '>', '>='],
    ['+', '-', '&'],
    ['*', '/'],
  ];
  function binary(level: number): Node {
    const operators = LEVELS[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    for (let operator = takeSymbol(...operators); operator; operator = takeSymbol(...operators)) {
      left = combine(operator, left, binary(level + 1));
    }
    return left;
  }
  function unary(): Node {
    const operator = takeSymbol('-', '!');
    if (!operator) return primary();
    const operand = unary();
    return operator === '-'
      ? { evaluate: (read, prior) => -number(operand.evaluate(read, prior)) }
      : { evaluate: (read, prior) => operand.evaluate(read, prior) !== true };
  }
  function primary(): Node {
    if (takeSymbol('(')) {
      const inner = binary(0);
      expect(')');
      return { evaluate: inner.evaluate };
    }
    const token = peek();
    index += 1;
    if (token?.kind === 'literal') return { evaluate: () => token.value };
    if (token?.kind === 'name') return nextIsCall() ? call(token.value) : pathOrConstant(token.value);
    if (token?.kind === 'merge') return path(token.value);
    throw new Error(`Syntax error in the formula: ${expression}`);
  }
  function nextIsCall(): boolean {
    const token = peek();
    return token?.kind === 'symbol' && token.value === '(';
  }
  function pathOrConstant(name: string): Node {
    const constant = { TRUE: true, FALSE: false, NULL: null }[name.toUpperCase()];
    return constant === undefined ? path(name) : { evaluate: () => constant };
  }
  function path(name: string): Node {
    references.push(name);
    return { path: name, evaluate: (read) => read(name) };
  }
  function call(written: string): Node {
    const name = written.toUpperCase();
    expect('(');
    const nodes: Node[] = [];
    if (!takeSymbol(')')) {
      do nodes.push(binary(0));
      while (takeSymbol(','));
      expect(')');
    }
    if (name === 'IF' || name === 'CASE') return choice(name, nodes);
    const known = FUNCTIONS[name];
    if (!known) throw new Error(`The formula function ${written} is not supported by this org.`);
    if (nodes.length < known.arity[0] || nodes.length > known.arity[1]) {
      throw new Error(`Incorrect number of parameters for function '${name}()'.`);
    }
    if (OF_FIELD.has(name) && nodes[0]?.path === undefined) throw new Error(`${name} needs a field.`);
    return {
      evaluate: (read, prior) =>
        known.apply(
          nodes.map((node) => node.evaluate(read, prior)),
          nodes,
          prior,
        ),
    };
  }
  /** IF and CASE compute only the branch that they take. */
  function choice(name: string, nodes: Node[]): Node {
    const [first, ...rest] = nodes;
    if (!first || (name === 'IF' ? nodes.length !== 3 : nodes.length < 4 || nodes.length % 2 !== 0)) {
      throw new Error(`Incorrect number of parameters for function '${name}()'.`);
    }
    return {
      evaluate(read, prior) {
        const value = first.evaluate(read, prior);
        if (name === 'IF') return (rest[value === true ? 0 : 1] as Node).evaluate(read, prior);
        for (let at = 0; at + 1 < rest.length; at += 2) {
          if (same(value, (rest[at] as Node).evaluate(read, prior)))
            return (rest[at + 1] as Node).evaluate(read, prior);
        }
        return (rest.at(-1) as Node).evaluate(read, prior);
      },
    };
  }

  const root = binary(0);
  if (index < tokens.length) throw new Error(`Syntax error. Extra text in the formula: ${expression}`);
  return { expression, references, evaluate: root.evaluate };
}

type Token = { kind: 'literal'; value: string | number } | { kind: 'name' | 'merge' | 'symbol'; value: string };

function tokenise(expression: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = expression.replace(/(?:\s|\/\*[\s\S]*?\*\/)+$/, '').length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(expression);
    if (!match) throw new Error(`Syntax error in the formula near: ${expression.slice(at, at + 20)}`);
    const [, digits, quoted, merge, name, symbol] = match;
    if (digits !== undefined) tokens.push({ kind: 'literal', value: Number(digits) });
    else if (quoted !== undefined) tokens.push({ kind: 'literal', value: quoted.slice(1, -1).replace(/\\(.)/g, '$1') });
    else if (merge !== undefined) tokens.push({ kind: 'merge', value: merge.trim() });
    else if (name !== undefined) tokens.push({ kind: 'name', value: name });
    else if (symbol === '^') throw new Error('The formula operator ^ is not supported by this org.');
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', value: symbol });
  }
  return tokens;
}

function combine(operator: string, left: Node, right: Node): Node {
  const apply = (a: FieldValue, b: FieldValue): FieldValue => {
    switch (operator) {
      case '||':
        return a === true || b === true;
      case '&&':
        return a === true && b === true;
      case '=':
      case '==':
        return same(a, b);
      case '<>':
      case '!=':
        return !same(a, b);
      case '<':
        return order(a, b) < 0;
      case '<=':
        return order(a, b) <= 0;
      case '>':
        return order(a, b) > 0;
      case '>=':
        return order(a, b) >= 0;
      case '&':
        return text(a) + text(b);
      case '+':
        if (typeof b === 'number' && isDate(a)) return shifted(a, b);
        if (typeof a === 'number' && isDate(b)) return shifted(b, a);
        return typeof a === 'string' || typeof b === 'string' ? text(a) + text(b) : number(a) + number(b);
      case '-':
        if (isDate(a)) return isDate(b) ? days(a) - days(b) : shifted(a, -number(b));
        return number(a) - number(b);
      case '*':
        return number(a) * number(b);
      default:
        return number(a) / number(b);
    }
  };
  return { evaluate: (read, prior) => apply(left.evaluate(read, prior), right.evaluate(read, prior)) };
}

function same(a: FieldValue, b: FieldValue): boolean {
  return a === b || (isBlank(a) && isBlank(b));
}

function order(a: FieldValue, b: FieldValue): number {
  if (isBlank(a) || isBlank(b)) return Number.NaN;
  if (typeof a === 'number' || typeof b === 'number') return number(a) - number(b);
  return text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
}
