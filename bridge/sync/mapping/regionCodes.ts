// States and countries of an org that keeps them by code (B15): what is written is the code, with the country that a state needs, and
// what is read is known by it. A text that is none of the org's stays as it is, and Salesforce refuses it in words.
import type { PicklistEntry, RegionCodes, SalesforceObject, SalesforceValue } from '../../model/salesforce.ts';
import { entryOf } from '../values/optionMatch.ts';

export interface Region {
  entry: PicklistEntry;
  /** The code of its country, as the org has it. */
  country: string;
}

const lists = new WeakMap<RegionCodes, Map<string, readonly PicklistEntry[]>>();

/** The same list each time, so that what is known of it is kept. */
function entriesIn(codes: RegionCodes, country: string): readonly PicklistEntry[] {
  const ofCodes = lists.get(codes) ?? new Map<string, readonly PicklistEntry[]>();
  lists.set(codes, ofCodes);
  const held = ofCodes.get(country) ?? codes.entries.filter(({ countries }) => countries.includes(country));
  ofCodes.set(country, held);
  return held;
}

/**
 * The region that a text is: by its code, by its name, or by another name that is known.
 * @param first the country that is looked at first
 * @param only no other country counts
 */
export function regionOf(codes: RegionCodes, text: string, first: string, only = false): Region | undefined {
  if (!codes.country) {
    const entry = entryOf(text, codes.entries);
    return entry && { entry, country: entry.value };
  }
  const others = only ? [] : codes.country.entries.map(({ value }) => value).filter((one) => one !== first);
  for (const country of [first, ...others]) {
    const entry = entryOf(text, entriesIn(codes, country));
    if (entry) return { entry, country };
  }
  return undefined;
}

/** Whether a record's own country has to be known before these fields are written. */
export const needsCountry = (
  object: SalesforceObject | undefined,
  fields: Record<string, unknown>,
): string | undefined => {
  for (const [name, value] of Object.entries(fields)) {
    const { codes } = object?.fields[name] ?? {};
    if (!codes?.country || value === null) continue;
    const { field } = codes.country;
    if (!(field in fields) && !(field.replace(/Code$/, '') in fields)) return field;
  }
  return undefined;
};

/**
 * The fields as they are written.
 * @param connection ISO 3166 alpha-2: the country of the connection
 * @param current code of the country that the record has; null where it has none, or is new
 */
export function inCodes<V>(
  object: SalesforceObject | undefined,
  fields: Record<string, V | SalesforceValue>,
  connection: string,
  current: SalesforceValue = null,
): Record<string, V | SalesforceValue> {
  const known = object?.fields ?? {};
  const names = Object.keys(fields).filter((name) => known[name]?.codes);
  if (names.length === 0) return fields;
  const coded = Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
  // The country first: a state is one of its states.
  const isState = (name: string): boolean => known[name]?.codes?.country !== undefined;
  for (const name of names.toSorted((one, other) => Number(isState(one)) - Number(isState(other)))) {
    const codes = known[name]?.codes;
    const text = fields[name];
    // Where both are mapped, the code counts.
    if (!codes || text === undefined || (name !== codes.field && codes.field in fields)) continue;
    const country = codes.country && (coded[codes.country.field] ?? current);
    const named = typeof country === 'string' ? country : undefined;
    const region =
      typeof text === 'string' ? regionOf(codes, text, named ?? connection, named !== undefined) : undefined;
    if (!region) coded[text === null ? codes.field : name] = text;
    else coded[codes.field] = region.entry.value;
    if (region && codes.country && named === undefined) coded[codes.country.field] = region.country;
  }
  return coded;
}

/** The fields that a refusal names, as they are mapped. */
export function namedAsMapped(
  object: SalesforceObject | undefined,
  refused: readonly string[],
  written: Record<string, unknown>,
): string[] {
  const mapped = Object.keys(written).filter((name) => object?.fields[name]?.codes);
  return refused.flatMap((name) => {
    if (name in written) return [name];
    const same = mapped.filter((one) => object?.fields[one]?.codes?.field === name);
    // A country that was added with its state.
    const ofState = mapped.filter((one) => object?.fields[one]?.codes?.country?.field === name);
    return same.length > 0 ? same : ofState.length > 0 ? ofState : [name];
  });
}

/** What stands in the field once it is written. */
export const writtenAs = (codes: RegionCodes, name: string, text: string, country: string): string => {
  const region = regionOf(codes, text, country);
  return !region ? text : name === codes.field ? region.entry.value : region.entry.label;
};
