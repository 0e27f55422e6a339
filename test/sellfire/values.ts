// A value is stored only in the form of its field's type: what does not fit is refused with the field named.
import { z } from 'zod';
import type { SellfireField, SellfireValue } from '../../bridge/model/field.ts';
import { normalisePhone } from './phone.ts';
import { Refusal } from './problem.ts';

const email = z.email();
const date = z.iso.date();
const datetime = z.iso.datetime();
/** Beyond it a number in JSON is no longer exact to the cent. */
const LARGEST_NUMBER = 1e13;

const refuse = (field: SellfireField, detail: string): never => {
  throw new Refusal('invalid_value', `${field.label} (${field.name}): ${detail}`, { field: field.name });
};

function text(field: SellfireField, value: SellfireValue): string | null {
  if (typeof value !== 'string') return refuse(field, `a text is expected, ${kindOf(value)} was given.`);
  const trimmed = value.trim();
  if (field.max_length !== null && trimmed.length > field.max_length)
    refuse(field, `${trimmed.length} characters are more than the ${field.max_length} that it holds.`);
  return trimmed === '' ? null : trimmed;
}

function number(field: SellfireField, value: SellfireValue): number {
  if (typeof value !== 'number' || !Number.isFinite(value))
    return refuse(field, `a number is expected, ${kindOf(value)} was given.`);
  if (Math.abs(value) > LARGEST_NUMBER) refuse(field, `${value} is beyond ${LARGEST_NUMBER}.`);
  if (field.type === 'currency' && Number(value.toFixed(2)) !== value)
    refuse(field, `an amount has at most two decimals, ${value} has more.`);
  return value;
}

function list(field: SellfireField, value: SellfireValue): string[] {
  if (!Array.isArray(value)) return refuse(field, `a list of texts is expected, ${kindOf(value)} was given.`);
  return value;
}

function option(field: SellfireField, value: string): string {
  if (!field.options.includes(value))
    throw new Refusal('unknown_option', `${field.label} (${field.name}) has no option "${value}".`, {
      field: field.name,
    });
  return value;
}

/** A web address with or without its scheme, as people write them. */
function url(field: SellfireField, value: string): string {
  const parsed = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(value) ? value : `https://${value}`);
  const web = parsed?.protocol === 'https:' || parsed?.protocol === 'http:';
  if (!web || !parsed.hostname.includes('.') || /\s/.test(value)) refuse(field, `"${value}" is no web address.`);
  return value;
}

/** @throws Refusal invalid_value or unknown_option. @returns the value as it is stored; an empty text or list is null. */
export function parseValue(field: SellfireField, value: SellfireValue): SellfireValue {
  if (field.type === 'checkbox')
    return typeof value === 'boolean' ? value : refuse(field, `true or false is expected, ${kindOf(value)} was given.`);
  if (value === null) return null;
  switch (field.type) {
    case 'number':
    case 'currency':
    case 'percent':
      return number(field, value);
    case 'multi_select': {
      const given = list(field, value);
      for (const one of given) option(field, one);
      const chosen = field.options.filter((one) => given.includes(one));
      return chosen.length === 0 ? null : chosen;
    }
    case 'multi_text': {
      const texts = list(field, value).map((one) => text(field, one));
      const kept = texts.filter((one) => one !== null);
      return kept.length === 0 ? null : kept;
    }
  }
  const trimmed = text(field, value);
  if (trimmed === null) return null;
  switch (field.type) {
    case 'select':
      return option(field, trimmed);
    case 'phone':
      return normalisePhone(trimmed) ?? refuse(field, `"${trimmed}" is no possible phone number.`);
    case 'email':
      return email.safeParse(trimmed).success ? trimmed : refuse(field, `"${trimmed}" is no e-mail address.`);
    case 'url':
      return url(field, trimmed);
    case 'date':
      return date.safeParse(trimmed).success ? trimmed : refuse(field, `"${trimmed}" is no date like 2026-11-24.`);
    case 'datetime':
      return datetime.safeParse(trimmed).success
        ? new Date(trimmed).toISOString()
        : refuse(field, `"${trimmed}" is no date-time in UTC like 2026-11-24T06:30:00.000Z.`);
    default:
      return trimmed;
  }
}

/** Whether two stored values are the same. */
export function sameValue(one: SellfireValue, other: SellfireValue): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((entry, at) => entry === other[at]);
}

function kindOf(value: SellfireValue): string {
  if (value === null) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
