// One condition of a where clause as SQL with bound values. Follows SOQL where it differs from SQL: a null is unequal
// to every value, text compares without letter case, an empty text is null, a literal must be of the field's type.
import type { SQLInputValue } from 'node:sqlite';
import type { Condition, NegationCondition } from '@jetstreamapp/soql-parser-js';
import { normaliseId } from '../ids.ts';
import type { FieldDef } from '../model.ts';
import { fold, isAscii, isText } from '../tables.ts';
import { dateSpan } from './dates.ts';
import type { QueryErrors } from './errors.ts';

/** A field of the query with the SQL expression that reads it. */
export interface Operand {
  field: FieldDef;
  sql: string;
  /** As the query writes it. */
  written: string;
}

export interface FilterContext {
  errors: QueryErrors;
  now: number;
  /** Values for the question marks, in their order. */
  values: SQLInputValue[];
}

const ORDERED = new Set(['<', '<=', '>', '>=']);
const NUMBERS = new Set(['int', 'double', 'currency', 'percent']);
/** How SOQL's messages name the types. */
const TYPE_NAMES: Readonly<Record<string, string>> = { datetime: 'dateTime', id: 'ID', reference: 'ID' };

/** What an operand is compared with; what the operand itself is has been found already. */
type ValueTest = Exclude<Condition, NegationCondition>;
type Literal = string | number | boolean | null;

export function compileCondition(operand: Operand, condition: ValueTest, context: FilterContext): string {
  const { errors, values } = context;
  const { field, sql } = operand;
  if (!field.filterable)
    throw errors.invalidField(`field '${field.name}' can not be filtered in a query call`, operand.written);
  const { operator } = condition;
  const raw = 'value' in condition ? condition.value : undefined;
  const kinds = 'literalType' in condition ? condition.literalType : undefined;

  if (kinds === 'DATE_LITERAL' || kinds === 'DATE_N_LITERAL') return relativeDate(operand, condition, context);
  checkOperator(operand, operator, context);

  const literals = (Array.isArray(raw) ? raw : [raw]).map((value, index) =>
    literal(operand, String(value), String(Array.isArray(kinds) ? kinds[index] : kinds), operator, context),
  );
  switch (operator) {
    case '=':
    case '!=':
      return equals(operand, literals[0] ?? null, operator === '!=', values);
    case 'IN':
    case 'NOT IN':
      return inList(operand, literals, operator === 'NOT IN', values);
    case 'LIKE':
      return like(operand, String(literals[0] ?? ''), values);
    case 'INCLUDES':
    case 'EXCLUDES':
      return includes(operand, literals, operator === 'EXCLUDES', values);
    default: {
      const [value] = literals;
      if (value === null || value === undefined) {
        throw errors.invalidOperator(`invalid operator on ${field.type} field: null`, operand.written);
      }
      if (typeof value === 'string' && !isAscii(value)) {
        values.push(fold(value));
        return `fold(${sql}) ${operator} ?`;
      }
      values.push(typeof value === 'boolean' ? Number(value) : value);
      return `${sql} ${operator} ?`;
    }
  }
}

function checkOperator(operand: Operand, operator: string, { errors }: FilterContext): void {
  const { type } = operand.field;
  const multi = type === 'multipicklist';
  const barred =
    (ORDERED.has(operator) && (type === 'boolean' || multi)) ||
    (operator === 'LIKE' && !isText(operand.field) && !operand.field.caseSensitive) ||
    ((operator === 'INCLUDES' || operator === 'EXCLUDES') && !multi);
  if (barred) throw errors.invalidOperator(`invalid operator on ${TYPE_NAMES[type] ?? type} field`, operand.written);
}

function literal(operand: Operand, raw: string, kind: string, operator: string, context: FilterContext): Literal {
  const { field } = operand;
  const { errors } = context;
  const mismatch = () => {
    const quoted = kind === 'STRING';
    const hint = quoted ? 'should not be enclosed in quotes' : 'should be enclosed in quotes';
    const name = TYPE_NAMES[field.type] ?? (isText(field) || field.caseSensitive ? 'string' : field.type);
    const wants = quoted === (isText(field) || field.caseSensitive === true) ? '' : ` and ${hint}`;
    return errors.invalidField(
      `value of filter criterion for field '${field.name}' must be of type ${name}${wants}`,
      operand.written,
    );
  };
  if (kind === 'NULL') return null;
  if (kind === 'STRING') {
    const text = operator === 'LIKE' ? likePattern(raw) : unescape(raw);
    if (field.type === 'id' || field.type === 'reference') {
      if (text === '') return null;
      const id = normaliseId(text);
      if (!id) throw errors.invalidOperator(`invalid ID field: ${text}`, operand.written);
      return id;
    }
    if (!isText(field) && !field.caseSensitive) throw mismatch();
    return text === '' ? null : text;
  }
  if (kind === 'BOOLEAN' && field.type === 'boolean') return raw.toUpperCase() === 'TRUE';
  if ((kind === 'INTEGER' || kind === 'DECIMAL') && NUMBERS.has(field.type)) return Number(raw);
  if (kind === 'DATE' && field.type === 'date' && isDay(raw)) return raw;
  if (kind === 'DATETIME' && field.type === 'datetime') {
    const at = Date.parse(raw);
    if (!Number.isNaN(at)) return new Date(at).toISOString();
  }
  throw mismatch();
}

function isDay(raw: string): boolean {
  const at = Date.parse(`${raw}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(raw);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  N: '\n',
  r: '\r',
  R: '\r',
  t: '\t',
  T: '\t',
  b: '\b',
  f: '\f',
};

/** What a quoted literal says. */
function unescape(raw: string): string {
  return raw
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_whole, code?: string, character?: string) =>
      code ? String.fromCharCode(parseInt(code, 16)) : (ESCAPES[character ?? ''] ?? character ?? ''),
    );
}

/** The same with `\%`, `\_` and a real backslash kept escaped, as SQL's LIKE … ESCAPE '\' reads them. */
function likePattern(raw: string): string {
  return raw.slice(1, -1).replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_whole, code?: string, character?: string) => {
    if (code) return String.fromCharCode(parseInt(code, 16));
    if (character === '%' || character === '_' || character === '\\') return `\\${character}`;
    return ESCAPES[character ?? ''] ?? character ?? '';
  });
}

function equals({ field, sql }: Operand, value: Literal, not: boolean, values: SQLInputValue[]): string {
  // A checkbox that holds nothing is unchecked.
  if (value === null && field.type === 'boolean') return not ? '1' : '0';
  if (value === null) return `${sql} IS ${not ? 'NOT ' : ''}NULL`;
  const folded = typeof value === 'string' && isText(field) && !isAscii(value);
  values.push(folded ? fold(value) : typeof value === 'boolean' ? Number(value) : value);
  const left = folded ? `fold(${sql})` : sql;
  // IS NOT counts a null as unequal, as SOQL does.
  return not ? `${left} IS NOT ?` : `${left} = ?`;
}

function inList(operand: Operand, literals: Literal[], not: boolean, values: SQLInputValue[]): string {
  const { field, sql } = operand;
  const hasNull = literals.includes(null);
  const present = literals.filter((value) => value !== null);
  const foldAll = isText(field) && present.some((value) => typeof value === 'string' && !isAscii(value));
  const left = foldAll ? `fold(${sql})` : sql;
  for (const value of present) {
    values.push(
      foldAll && typeof value === 'string' ? fold(value) : typeof value === 'boolean' ? Number(value) : value,
    );
  }
  const list = `${left} ${not ? 'NOT IN' : 'IN'} (${present.map(() => '?').join(', ')})`;
  if (not) return hasNull ? `(${sql} IS NOT NULL AND ${list})` : `(${sql} IS NULL OR ${list})`;
  return hasNull ? `(${sql} IS NULL OR ${list})` : list;
}

function like({ sql }: Operand, pattern: string, values: SQLInputValue[]): string {
  if (isAscii(pattern)) {
    values.push(pattern);
    return `${sql} LIKE ? ESCAPE '\\'`;
  }
  values.push(fold(pattern));
  return `fold(${sql}) LIKE ? ESCAPE '\\'`;
}

/** `INCLUDES ('a;b', 'c')`: a and b together, or c. */
function includes({ sql }: Operand, literals: Literal[], not: boolean, values: SQLInputValue[]): string {
  const alternatives = literals.map((value) => {
    const parts = String(value ?? '').split(';');
    const tests = parts.map((part) => {
      values.push(`;${fold(part.trim())};`);
      return `instr(';' || fold(${sql}) || ';', ?) > 0`;
    });
    return `(${tests.join(' AND ')})`;
  });
  const any = `(${sql} IS NOT NULL AND (${alternatives.join(' OR ')}))`;
  return not ? `NOT ${any}` : any;
}

function relativeDate(operand: Operand, condition: ValueTest, { errors, now, values }: FilterContext): string {
  const { field, sql } = operand;
  const name = 'value' in condition ? String(condition.value).split(':')[0] : '';
  if (field.type !== 'date' && field.type !== 'datetime') {
    const message = `value of filter criterion for field '${field.name}' must be of type ${TYPE_NAMES[field.type] ?? field.type}`;
    throw errors.invalidField(message, operand.written);
  }
  const count = 'dateLiteralVariable' in condition ? Number(condition.dateLiteralVariable) : undefined;
  const found = dateSpan(String(name).toUpperCase(), count, now);
  if (!found?.start.isValid || !found.end.isValid) throw errors.malformed(`unexpected token: '${String(name)}'`, name);
  const bound = (at: Date): string => (field.type === 'date' ? at.toISOString().slice(0, 10) : at.toISOString());
  const start = bound(found.start.toJSDate());
  const end = bound(found.end.toJSDate());
  switch (condition.operator) {
    case '=':
      values.push(start, end);
      return `(${sql} >= ? AND ${sql} < ?)`;
    case '!=':
      values.push(start, end);
      return `(${sql} IS NULL OR ${sql} < ? OR ${sql} >= ?)`;
    case '<':
    case '>=':
      values.push(start);
      return `${sql} ${condition.operator} ?`;
    case '<=':
      values.push(end);
      return `${sql} < ?`;
    case '>':
      values.push(end);
      return `${sql} >= ?`;
    default:
      throw errors.invalidOperator(
        `invalid operator on ${TYPE_NAMES[field.type] ?? field.type} field`,
        operand.written,
      );
  }
}
