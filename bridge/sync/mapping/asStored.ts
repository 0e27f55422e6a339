// What a Salesforce field says, in canonical form: read by its own type, and understood as the value that was meant where the field
// cannot hold that value whole. A rounded amount or a day without its time is an echo, not an edit, and goes nowhere.
import Big from 'big.js';
import type { SyncConfig } from '../../model/config.ts';
import type { Canonical, FieldState, Link } from '../../model/link.ts';
import type { SalesforceField, SalesforceFields, SalesforceValue } from '../../model/salesforce.ts';
import { canonical, sameValue, toSalesforce } from '../values/canonical.ts';
import { recordCountry } from './country.ts';
import type { MappedField } from './rules.ts';

type Pair = Pick<MappedField, 'sellfire' | 'salesforce'>;

/** The value of the field, for what it says by itself. */
export function fromSalesforce({ sellfire, salesforce }: Pair, raw: SalesforceValue, country: string): Canonical {
  const { type, options } = sellfire;
  if (typeof raw !== 'string') return canonical(type, raw, country);
  if (type === 'multi_text' || type === 'multi_select') {
    const separator = salesforce.type === 'textarea' ? (type === 'multi_text' ? /\r?\n/ : /[;\n]/) : ';';
    const parts = raw.split(separator);
    return canonical(type, type === 'multi_select' ? [...new Set(parts.map(spelled(options)))] : parts, country);
  }
  if (type === 'select') return canonical(type, spelled(options)(raw), country);
  // REST and events write moments differently; as a text they are one.
  if (salesforce.type === 'datetime' && type !== 'date')
    return canonical(type, canonical('datetime', raw, country), country);
  return canonical(type, raw, country);
}

/** Salesforce does not tell upper from lower case in picklists, and Sellfire does: its own spelling counts. */
const spelled =
  (options: readonly string[]) =>
  (value: string): string => {
    const text = value.trim();
    if (options.includes(text)) return text;
    return options.find((option) => option.toLowerCase() === text.toLowerCase()) ?? text;
  };

/**
 * What the field shows, given what it was meant to hold.
 * @param state the register of the Sellfire field, with its earlier values
 */
export function readStored(
  field: Pair,
  raw: SalesforceValue,
  country: string,
  state: Pick<FieldState, 'register' | 'previousValues'> | undefined,
): Canonical {
  const value = fromSalesforce(field, raw, country);
  const meant = [...(state?.register ? [state.register.value] : []), ...(state?.previousValues ?? [])];
  if (meant.some((one) => sameValue(one, value))) return value;
  return meant.find((one) => sameValue(asStored(field, one, country), value)) ?? value;
}

/**
 * What a replica of the link holds, for every place that compares it with what is known or remembers it: one reader, so that the
 * daily comparison is at peace with what a change was taken for.
 * @param fields what else is known of the record now
 */
export function readReplica(
  config: Pick<SyncConfig, 'country'>,
  link: Pick<Link, 'fields' | 'countries'>,
  field: MappedField,
  raw: SalesforceValue,
  fields: SalesforceFields = {},
): Canonical {
  const country = recordCountry(config, field.mapping.salesforceObject, fields, link);
  return readStored(field, raw, country, link.fields[field.sellfire.name]);
}

/** What the value reads like once Salesforce has stored it. */
export function asStored(field: Pair, value: Canonical, country: string): Canonical {
  return fromSalesforce(field, stored(field.salesforce, toSalesforce(field.salesforce, value)), country);
}

/** How Salesforce keeps what it is sent: rounded to the scale, picklist values in its own spelling and order, ids in 18 characters. */
function stored(field: SalesforceField, sent: SalesforceValue): SalesforceValue {
  const { type, scale, picklistValues } = field;
  if (sent === null || typeof sent === 'boolean') return sent;
  if (type === 'double' || type === 'currency' || type === 'percent') return rounded(sent, scale);
  const text = String(sent);
  if (type === 'picklist' || type === 'combobox') return spelled(picklistValues)(text);
  if (type === 'multipicklist') {
    const place = (one: string): number => (picklistValues.indexOf(one) + 1 || picklistValues.length + 1) - 1;
    const chosen = [...new Set(text.split(';').map(spelled(picklistValues)))].filter((one) => one !== '');
    return chosen.sort((a, b) => place(a) - place(b)).join(';');
  }
  return type === 'reference' && /^[a-zA-Z0-9]{15}$/.test(text) ? text + suffix(text) : sent;
}

function rounded(sent: string | number, scale: number): SalesforceValue {
  try {
    return new Big(sent).round(scale, Big.roundHalfUp).toFixed();
  } catch {
    return sent;
  }
}

/** The last three of the 18 characters: which of the first fifteen are upper case (SOAP API, "ID Field Type"). */
function suffix(id: string): string {
  return [0, 5, 10]
    .map((start) => {
      const bits = [...id.slice(start, start + 5)].reduce((sum, one, at) => sum + (/[A-Z]/.test(one) ? 1 << at : 0), 0);
      return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'.charAt(bits);
    })
    .join('');
}
