// Finds the fields of an address that the org keeps by code. With state and country picklists Salesforce takes a state or a country by
// its code, or by the one text that the admin has set for it, and a state only with its country.
// Sources: Salesforce Help, "State and Country/Territory Picklist Field-Syncing Logic"; Object Reference, "DescribeSObjectResult"
// (validFor: one bit a value of the controlling field, the highest of a byte first).
import type { RegionCodes, SalesforceField } from '../../model/salesforce.ts';

export interface DescribedRegion {
  name: string;
  type: string;
  controllerName?: string | null | undefined;
  picklistValues: {
    value: string;
    label?: string | null | undefined;
    active: boolean;
    validFor?: string | null | undefined;
  }[];
}

const STATE = /State(?:Code)?$/;
const COUNTRY = /Country(?:Code)?$/;

/** @param described the fields of the object, with the bits of their dependent values */
export function withRegionCodes(
  fields: Record<string, SalesforceField>,
  described: readonly DescribedRegion[],
): Record<string, SalesforceField> {
  const codes = new Map<string, RegionCodes>();
  for (const { name } of described) {
    if (!/^\w*StateCode$/.test(name)) continue;
    const found = codesOf(name, described);
    for (const [field, one] of found ?? []) codes.set(field, one);
  }
  if (codes.size === 0) return fields;
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const one = codes.get(name);
      return [name, one ? { ...field, codes: one } : field];
    }),
  );
}

function codesOf(stateField: string, described: readonly DescribedRegion[]): [string, RegionCodes][] | undefined {
  const fieldOf = (name: string | null | undefined): DescribedRegion | undefined =>
    described.find((one) => one.name === name);
  const state = fieldOf(stateField);
  const country = fieldOf(state?.controllerName ?? stateField.replace(STATE, 'CountryCode'));
  if (state?.type !== 'picklist' || country?.type !== 'picklist' || !COUNTRY.test(country.name)) return undefined;
  const ofCountry: RegionCodes = {
    field: country.name,
    entries: country.picklistValues
      .filter(({ active }) => active)
      .map((one) => ({ ...entryOf(one), countries: [one.value] })),
  };
  const ofState: RegionCodes = {
    field: state.name,
    country: ofCountry,
    entries: state.picklistValues
      .filter(({ active }) => active)
      .map((one) => ({ ...entryOf(one), countries: chosenBy(one.validFor, country.picklistValues) })),
  };
  return [
    [country.name, ofCountry],
    [country.name.replace(/Code$/, ''), ofCountry],
    [state.name, ofState],
    [state.name.replace(/Code$/, ''), ofState],
  ];
}

const entryOf = ({ value, label, active }: DescribedRegion['picklistValues'][number]) => ({
  value,
  label: label?.trim() || value,
  active,
});

function chosenBy(validFor: string | null | undefined, values: readonly { value: string }[]): string[] {
  const bytes = Buffer.from(validFor ?? '', 'base64');
  return values.flatMap(({ value }, at) => (((bytes[at >> 3] ?? 0) & (0x80 >> (at % 8))) === 0 ? [] : [value]));
}
