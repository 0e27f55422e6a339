// Compares values as flows and their record filters do.
// Source: Salesforce Help, "Flow Operators".
import type { FieldValue } from '../model.ts';
import type { Conditions, Operator } from './model.ts';

/** A flow's decision is case-sensitive; a filter on records is a query, which does not. */
export type Comparison = 'decision' | 'query';

export interface Operands {
  left: FieldValue;
  right: FieldValue;
  /** For IsChanged only. */
  changed: boolean;
}

/** All or any of the conditions; no condition at all is true. */
export function holds(
  { logic, all }: Conditions,
  comparison: Comparison,
  operands: (index: number) => Operands,
): boolean {
  if (all.length === 0) return true;
  const test = (condition: { operator: Operator }, index: number): boolean =>
    compare(condition.operator, operands(index), comparison);
  return logic === 'or' ? all.some(test) : all.every(test);
}

function compare(operator: Operator, { left, right, changed }: Operands, comparison: Comparison): boolean {
  const blank = left === null || left === '';
  switch (operator) {
    case 'EqualTo':
      return equal(left, right, comparison);
    case 'NotEqualTo':
      return !equal(left, right, comparison);
    case 'GreaterThan':
      return order(left, right) > 0;
    case 'GreaterThanOrEqualTo':
      return order(left, right) >= 0;
    case 'LessThan':
      return order(left, right) < 0;
    case 'LessThanOrEqualTo':
      return order(left, right) <= 0;
    case 'IsNull':
      return (left === null) === (right === true);
    case 'IsBlank':
      return blank === (right === true);
    case 'IsChanged':
      return changed === (right === true);
    case 'Contains':
      return !blank && fold(left, comparison).includes(fold(right, comparison));
    case 'StartsWith':
      return !blank && fold(left, comparison).startsWith(fold(right, comparison));
    case 'EndsWith':
      return !blank && fold(left, comparison).endsWith(fold(right, comparison));
  }
}

/** Negative, zero, positive; NaN, which no comparison satisfies, where a side is empty. */
export function order(left: FieldValue, right: FieldValue): number {
  if (left === null || right === null) return Number.NaN;
  if (typeof left === 'number' || typeof right === 'number') return Number(left) - Number(right);
  const times = [left, right].map((value) => (isTime(value) ? Date.parse(String(value)) : Number.NaN));
  const [a = Number.NaN, b = Number.NaN] = times;
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  return String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0;
}

function equal(left: FieldValue, right: FieldValue, comparison: Comparison): boolean {
  if (left === right) return true;
  if (left === null || right === null) return (left ?? right) === '';
  if (typeof left === 'string' && typeof right === 'string') {
    return isTime(left) && isTime(right)
      ? order(left, right) === 0
      : fold(left, comparison) === fold(right, comparison);
  }
  return String(left) === String(right);
}

function isTime(value: FieldValue): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d(T\d\d:\d\d|$)/.test(value);
}

function fold(value: FieldValue, comparison: Comparison): string {
  const text = String(value ?? '');
  return comparison === 'query' ? text.toLowerCase() : text;
}
