// What a value becomes when it is saved in a field: trimmed, blank to null, rounded to the scale, checked against
// length, range, form and picklist. A value that the field cannot hold is refused with the platform's code and words.
import { parseId } from './ids.ts';
import { mostOf } from './locations.ts';
import { PlatformError, type FieldDef, type FieldValue } from './model.ts';

const EMAIL = /^[^\s@,;<>()"]+@[^\s@,;<>()".][^\s@,;<>()"]*\.[^\s@,;<>()".]+$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATETIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;
const TIME = /^((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,3}))?Z?$/;
/** The platform keeps years 1700 to 4000. */
const FIRST_YEAR = 1700;
const LAST_YEAR = 4000;
const INT_MAX = 2_147_483_647;

/** How a JSON parser names what it met. */
function token(value: unknown): string {
  if (value === null) return 'VALUE_NULL';
  if (typeof value === 'string') return 'VALUE_STRING';
  if (typeof value === 'boolean') return value ? 'VALUE_TRUE' : 'VALUE_FALSE';
  if (typeof value === 'number') return Number.isInteger(value) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT';
  return Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT';
}

/** @returns the error for a JSON value of the wrong type, which fails the whole request on the platform. */
export function wrongType(type: string, value: unknown): PlatformError {
  const quoted = typeof value === 'object' ? '' : ` value ${String(value)}`;
  return new PlatformError(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${type} from ${token(value)}${quoted} or request may be missing a required field at [line:1, column:1]`,
  );
}

function refuse(code: string, field: FieldDef, message: string): PlatformError {
  return new PlatformError(code, `${field.label}: ${message}`, { fields: [field.name] });
}

function text(field: FieldDef, value: unknown): string | null {
  if (typeof value !== 'string') throw wrongType('string', value);
  const trimmed = value.trim();
  if (trimmed === '') return null;
  if (trimmed.length > field.length) {
    throw refuse('STRING_TOO_LONG', field, `data value too large: ${trimmed} (max length=${field.length})`);
  }
  return trimmed;
}

function numeric(field: FieldDef, value: unknown): number | null {
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof parsed !== 'number' || !Number.isFinite(parsed))
    throw wrongType(field.type === 'int' ? 'int' : 'double', value);
  if (field.type === 'int') {
    if (!Number.isInteger(parsed)) throw wrongType('int', value);
    const limit = field.precision > 0 ? Math.min(10 ** field.precision - 1, INT_MAX) : INT_MAX;
    if (Math.abs(parsed) > limit) throw outOfRange(field, parsed);
    return parsed;
  }
  const factor = 10 ** field.scale;
  // Half away from zero, on the decimal that was written rather than on its binary neighbour.
  const scaled = Number(`${Math.abs(parsed)}e${field.scale}`);
  const rounded = Number.isFinite(scaled) ? (Math.sign(parsed) * Math.round(scaled)) / factor : parsed;
  const most = mostOf(field);
  if (most !== undefined && Math.abs(rounded) > most) throw outOfRange(field, parsed);
  if (Math.abs(rounded) >= 10 ** (field.precision - field.scale)) throw outOfRange(field, parsed);
  return rounded;
}

function outOfRange(field: FieldDef, value: number): PlatformError {
  return refuse('NUMBER_OUTSIDE_VALID_RANGE', field, `value outside of valid range on numeric field: ${value}`);
}

function boolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw wrongType('boolean', value);
}

function checkYear(field: FieldDef, year: number, value: unknown): void {
  if (year < FIRST_YEAR || year > LAST_YEAR)
    throw refuse('FIELD_INTEGRITY_EXCEPTION', field, `invalid date: ${String(value)}`);
}

function date(field: FieldDef, value: unknown): string {
  const match = typeof value === 'string' ? DATE.exec(value.trim()) : null;
  if (!match) throw wrongType('date', value);
  const [, year, month, day] = match.map(Number);
  const at = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  if (at.getUTCMonth() + 1 !== month || at.getUTCDate() !== day) throw wrongType('date', value);
  checkYear(field, at.getUTCFullYear(), value);
  return match[0];
}

function datetime(field: FieldDef, value: unknown): string {
  const match = typeof value === 'string' ? DATETIME.exec(value.trim()) : null;
  if (!match) throw wrongType('datetime', value);
  const [, day = '', time = '', zone = 'Z'] = match;
  date(field, day);
  const at = Date.parse(`${day}T${time}${zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone}`);
  if (Number.isNaN(at)) throw wrongType('datetime', value);
  return instant(at);
}

/** As REST shows it: `10:30:00.000Z`. */
function time(value: unknown): string {
  const match = typeof value === 'string' ? TIME.exec(value.trim()) : null;
  if (!match) throw wrongType('time', value);
  const [, seconds = '', parts = ''] = match;
  return `${seconds}.${parts.padEnd(3, '0')}Z`;
}

/** The second that was asked for last: thousands of saves happen in the same one. */
let latest = { second: NaN, text: '' };

/** A point in time as records hold it: UTC, whole seconds, as the platform keeps them. */
export function instant(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== latest.second) latest = { second, text: new Date(second * 1000).toISOString() };
  return latest.text;
}

function option(field: FieldDef, value: string): string {
  const lower = value.toLowerCase();
  const known = field.picklistValues.find((candidate) => candidate.value.toLowerCase() === lower && candidate.active);
  if (known) return known.value;
  if (!field.restrictedPicklist) return value;
  // A code of a state or a country says so in words of its own.
  if (field.compoundFieldName?.endsWith('Address') && field.name.endsWith('Code'))
    throw refuse(
      'FIELD_INTEGRITY_EXCEPTION',
      field,
      `The ${field.name} field contains ${value}, which isn't an available ${/State/.test(field.name) ? 'state' : 'country/territory'}.`,
    );
  throw refuse('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', field, `bad value for restricted picklist field: ${value}`);
}

function options(field: FieldDef, value: string): string {
  const chosen = new Set<string>();
  for (const part of value.split(';')) if (part.trim() !== '') chosen.add(option(field, part.trim()));
  const place = (name: string): number => {
    const index = field.picklistValues.findIndex((candidate) => candidate.value === name);
    return index < 0 ? field.picklistValues.length : index;
  };
  return [...chosen].sort((left, right) => place(left) - place(right)).join(';');
}

/**
 * The value as the record holds it. References become 18-character ids; whether they exist is checked by the caller.
 * @throws PlatformError JSON_PARSER_ERROR and the field's own refusals
 */
export function toStored(field: FieldDef, value: unknown): FieldValue {
  if (field.type === 'boolean') return boolean(value);
  if (value === null) return null;
  switch (field.type) {
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return numeric(field, value);
    case 'date':
      return date(field, value);
    case 'datetime':
      return datetime(field, value);
    case 'time':
      return time(value);
    case 'id':
    case 'reference':
      return reference(field, value);
    default: {
      const trimmed = text(field, value);
      if (trimmed === null) return null;
      if (field.type === 'picklist') return option(field, trimmed);
      if (field.type === 'multipicklist') return options(field, trimmed);
      if (field.type === 'email' && !EMAIL.test(trimmed)) {
        throw refuse('INVALID_EMAIL_ADDRESS', field, `invalid email address: ${trimmed}`);
      }
      return field.type === 'email' ? trimmed.toLowerCase() : trimmed;
    }
  }
}

function reference(field: FieldDef, value: unknown): string | null {
  if (typeof value !== 'string') throw wrongType('reference', value);
  const trimmed = value.trim();
  if (trimmed === '') return null;
  if (trimmed.length !== 15 && trimmed.length !== 18) {
    throw refuse('MALFORMED_ID', field, `id value not of required length: ${trimmed}`);
  }
  try {
    return parseId(trimmed);
  } catch (cause) {
    if (cause instanceof PlatformError) throw refuse('MALFORMED_ID', field, `malformed id ${trimmed}`);
    throw cause;
  }
}
