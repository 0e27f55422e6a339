// The functions of the formula language that this org computes, each with the number of arguments that it takes.
// Source: "Formula Operators and Functions by Context".
import type { FieldValue } from '../model.ts';
import type { Node, Priors } from './formula.ts';

export const isBlank = (value: FieldValue): boolean => value === null || value === '';
export const text = (value: FieldValue): string => (value === null ? '' : String(value));
export const number = (value: FieldValue): number => (value === null ? 0 : Number(value));
const DAY_MS = 24 * 60 * 60 * 1000;
/** Dates and times stand as ISO text; no other value that a formula may add to looks like that. */
export const isDate = (value: FieldValue): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(value);
/** Days since the epoch. */
export const days = (date: string): number => Date.parse(date) / DAY_MS;
/** The date or time so many days later, in its own form. */
export function shifted(date: string, by: number): string {
  const moved = new Date(Date.parse(date) + by * DAY_MS).toISOString();
  return date.length === 10 ? moved.slice(0, 10) : moved;
}
const part =
  (from: number, to: number): Apply =>
  ([date]) =>
    isDate(date ?? null) ? Number(text(date ?? null).slice(from, to)) : null;
const places = (value: FieldValue, digits: FieldValue, round: (scaled: number) => number): number => {
  const scale = 10 ** number(digits);
  return round(number(value) * scale) / scale;
};
/** Away from zero at the half, as the platform rounds. */
const half = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));
const arity = (from: number, to = from) => [from, to] as const;

type Apply = (args: FieldValue[], nodes: Node[], prior: Priors) => FieldValue;
export const FUNCTIONS: Readonly<Record<string, { arity: readonly [number, number]; apply: Apply }>> = {
  AND: { arity: arity(1, 99), apply: (args) => args.every((arg) => arg === true) },
  OR: { arity: arity(1, 99), apply: (args) => args.some((arg) => arg === true) },
  NOT: { arity: arity(1), apply: ([arg]) => arg !== true },
  ISBLANK: { arity: arity(1), apply: ([arg]) => isBlank(arg ?? null) },
  ISNULL: { arity: arity(1), apply: ([arg]) => isBlank(arg ?? null) },
  BLANKVALUE: { arity: arity(2), apply: ([arg, other]) => (isBlank(arg ?? null) ? (other ?? null) : (arg ?? null)) },
  ISPICKVAL: { arity: arity(2), apply: ([arg, value]) => text(arg ?? null) === text(value ?? null) },
  TEXT: { arity: arity(1), apply: ([arg]) => text(arg ?? null) },
  VALUE: { arity: arity(1), apply: ([arg]) => number(arg ?? null) },
  LEN: { arity: arity(1), apply: ([arg]) => text(arg ?? null).length },
  LEFT: { arity: arity(2), apply: ([arg, count]) => text(arg ?? null).slice(0, Math.max(0, number(count ?? null))) },
  RIGHT: {
    arity: arity(2),
    apply: ([arg, count]) => text(arg ?? null).slice(Math.max(0, text(arg ?? null).length - number(count ?? null))),
  },
  UPPER: { arity: arity(1), apply: ([arg]) => text(arg ?? null).toUpperCase() },
  LOWER: { arity: arity(1), apply: ([arg]) => text(arg ?? null).toLowerCase() },
  TRIM: { arity: arity(1), apply: ([arg]) => text(arg ?? null).trim() },
  CONTAINS: { arity: arity(2), apply: ([arg, part]) => text(arg ?? null).includes(text(part ?? null)) },
  BEGINS: { arity: arity(2), apply: ([arg, part]) => text(arg ?? null).startsWith(text(part ?? null)) },
  SUBSTITUTE: {
    arity: arity(3),
    apply: ([arg, old, fresh]) => text(arg ?? null).replaceAll(text(old ?? null), text(fresh ?? null)),
  },
  NOW: { arity: arity(0), apply: (_args, _nodes, { now }) => now.toISOString() },
  TODAY: { arity: arity(0), apply: (_args, _nodes, { now }) => now.toISOString().slice(0, 10) },
  ISNEW: { arity: arity(0), apply: (_args, _nodes, { isNew }) => isNew },
  ISCHANGED: { arity: arity(1), apply: (_args, [node], prior) => prior.isChanged(node?.path ?? '') },
  PRIORVALUE: { arity: arity(1), apply: (_args, [node], prior) => prior.priorValue(node?.path ?? '') },
  REGEX: {
    arity: arity(2),
    // The whole text must match.
    apply: ([arg, pattern]) => new RegExp(`^(?:${text(pattern ?? null)})$`).test(text(arg ?? null)),
  },
  INCLUDES: {
    arity: arity(2),
    apply: ([arg, value]) =>
      text(arg ?? null)
        .split(';')
        .includes(text(value ?? null)),
  },
  ISNUMBER: {
    arity: arity(1),
    apply: ([arg]) => !isBlank(arg ?? null) && Number.isFinite(Number(text(arg ?? null))),
  },
  MID: {
    arity: arity(3),
    apply: ([arg, start, count]) => {
      const from = Math.max(1, number(start ?? null)) - 1;
      return text(arg ?? null).slice(from, from + Math.max(0, number(count ?? null)));
    },
  },
  FIND: {
    arity: arity(2, 3),
    apply: ([part, arg, start]) =>
      text(arg ?? null).indexOf(text(part ?? null), Math.max(1, number(start ?? 1)) - 1) + 1,
  },
  NULLVALUE: { arity: arity(2), apply: ([arg, other]) => (isBlank(arg ?? null) ? (other ?? null) : (arg ?? null)) },
  ABS: { arity: arity(1), apply: ([arg]) => Math.abs(number(arg ?? null)) },
  ROUND: { arity: arity(2), apply: ([arg, digits]) => places(arg ?? null, digits ?? null, half) },
  FLOOR: { arity: arity(1), apply: ([arg]) => Math.floor(number(arg ?? null)) },
  CEILING: { arity: arity(1), apply: ([arg]) => Math.ceil(number(arg ?? null)) },
  MOD: {
    arity: arity(2),
    apply: ([arg, by]) =>
      number(arg ?? null) - number(by ?? null) * Math.floor(number(arg ?? null) / number(by ?? null)),
  },
  MAX: { arity: arity(1, 99), apply: (args) => Math.max(...args.map(number)) },
  MIN: { arity: arity(1, 99), apply: (args) => Math.min(...args.map(number)) },
  YEAR: { arity: arity(1), apply: part(0, 4) },
  MONTH: { arity: arity(1), apply: part(5, 7) },
  DAY: { arity: arity(1), apply: part(8, 10) },
  DATE: {
    arity: arity(3),
    apply: (args) => {
      const [year, month, day] = args.map(number);
      return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day)).toISOString().slice(0, 10);
    },
  },
  DATEVALUE: { arity: arity(1), apply: ([arg]) => (isBlank(arg ?? null) ? null : text(arg ?? null).slice(0, 10)) },
  WEEKDAY: {
    arity: arity(1),
    apply: ([arg]) => (isDate(arg ?? null) ? new Date(text(arg ?? null)).getUTCDay() + 1 : null),
  },
};
