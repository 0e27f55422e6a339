// State and country/territory picklists, which orgs made lately have from the start: each address gets a code for its state and one
// for its country, and what were texts become the integration values that follow the codes.
// Sources: Salesforce Help, "State and Country/Territory Picklist Field-Syncing Logic", "Integration Values for State and
// Country/Territory Picklists"; Object Reference, "Account" BillingStateCode; Object Reference, "DescribeSObjectResult" validFor.
import { fieldDef } from './fields.ts';
import { PlatformError, type FieldDef, type ObjectDef, type PicklistValue, type Row } from './model.ts';
import type { Schema } from './schema.ts';

export interface Region {
  code: string;
  name: string;
  /** What the text field holds; the name where it is left out. */
  integrationValue?: string;
}
export interface Country extends Region {
  /** None: no record may have a state of it. */
  states?: readonly Region[];
}

export interface AddressPicklists {
  /** Turns them on. Records that are there keep their texts. */
  use(countries: readonly Country[]): void;
  /** Keeps codes and integration values of an address together. @throws PlatformError FIELD_INTEGRITY_EXCEPTION */
  settle(object: ObjectDef, row: Row, before: Row | undefined, given: ReadonlySet<string>): void;
}

/** Object → what its addresses' fields begin with. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  Lead: [''],
  Contact: ['Mailing', 'Other'],
  Account: ['Billing', 'Shipping'],
};
const CODE_LENGTH = 10;

const states = (text: string): Region[] =>
  text.split('|').map((one) => ({ code: one.slice(0, one.indexOf(' ')), name: one.slice(one.indexOf(' ') + 1) }));

/** Some of the countries of a new org, with their states where a new org has them. */
export const COUNTRIES: readonly Country[] = [
  {
    code: 'AU',
    name: 'Australia',
    states: states('NSW New South Wales|NT Northern Territory|QLD Queensland|VIC Victoria|WA Western Australia'),
  },
  { code: 'CA', name: 'Canada', states: states('AB Alberta|BC British Columbia|NT Northwest Territories|ON Ontario') },
  { code: 'DE', name: 'Germany' },
  { code: 'GB', name: 'United Kingdom' },
  {
    code: 'US',
    name: 'United States',
    states: states(
      'AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming',
    ),
  },
];

const textOf = ({ name, integrationValue }: Region): string => integrationValue ?? name;
const same = (one: unknown, other: string): boolean => String(one).toLowerCase() === other.toLowerCase();

export function createAddressPicklists(schema: Schema): AddressPicklists {
  let countries: readonly Country[] = [];

  const value = ({ code, name }: Region, validFor?: string[]): PicklistValue => ({
    ...{ value: code, label: name, active: true, defaultValue: false },
    ...(validFor ? { validFor } : {}),
  });

  function add(object: string, prefix: string): void {
    const codes = { type: 'picklist', length: CODE_LENGTH, restrictedPicklist: true } as const;
    const of = { compoundFieldName: `${prefix}Address`, custom: false };
    const label = prefix === '' ? '' : `${prefix} `;
    schema.addField(
      object,
      fieldDef({
        ...{ name: `${prefix}CountryCode`, label: `${label}Country Code`, ...codes, ...of },
        picklistValues: countries.map((country) => value(country)),
      }),
    );
    schema.addField(
      object,
      fieldDef({
        ...{ name: `${prefix}StateCode`, label: `${label}State/Province Code`, ...codes, ...of },
        controllerName: `${prefix}CountryCode`,
        picklistValues: countries.flatMap((country) =>
          (country.states ?? []).map((state) => value(state, [country.code])),
        ),
      }),
    );
  }

  /** The region that the code or the text of a save means, and what both fields hold then; null where they are emptied. */
  function chosen(
    { object, row, before, given, regions, wrong }: Choice,
    { text, code }: { text: FieldDef; code: FieldDef },
  ): Region | null | undefined {
    const [byCode, byText] = [given.has(code.name), given.has(text.name)];
    if (!byCode && !byText) return undefined;
    if (byCode && row[code.name] === null && (!byText || row[text.name] === null)) return null;
    if (!byCode && row[text.name] === null) return null;
    const named = byCode && row[code.name] !== null ? code : text;
    const found = regions.find((one) =>
      named === code ? same(row[code.name], one.code) : same(row[text.name], textOf(one)),
    );
    if (!found) throw wrong(named, object);
    // Of a new record the code counts, of one that is there both must agree.
    if (before && byCode && byText && row[text.name] !== null && !same(row[text.name], textOf(found)))
      throw wrong(text, object);
    return found;
  }

  function settleAddress(object: ObjectDef, row: Row, before: Row | undefined, given: ReadonlySet<string>, at: string) {
    const field = (name: string): FieldDef => object.fields.get(at + name) as FieldDef;
    const fields = {
      country: { text: field('Country'), code: field('CountryCode') },
      state: { text: field('State'), code: field('StateCode') },
    };
    const put = ({ text, code }: { text: FieldDef; code: FieldDef }, region: Region | null): void => {
      row[code.name] = region && region.code;
      row[text.name] = region && textOf(region);
    };
    const save = { object, row, before, given };
    const country = chosen({ ...save, regions: countries, wrong: noCountry }, fields.country);
    if (country !== undefined) put(fields.country, country);
    // A state is of a country, and goes with it.
    const ofState = given.has(fields.state.code.name) || given.has(fields.state.text.name);
    if (country === null && !ofState) put(fields.state, null);
    if (country === undefined && !ofState) return;
    const held = countries.find(({ code }) => same(row[fields.country.code.name], code));
    const named = given.has(fields.state.code.name) ? fields.state.code : fields.state.text;
    if (ofState && !held && row[named.name] !== null)
      throw integrity(
        named,
        `A country/territory must be specified before specifying a state value for field: ${named.label}`,
      );
    const wrong = (one: FieldDef): PlatformError =>
      one === fields.state.code
        ? integrity(one, `The existing country/territory doesn't recognize the state value for field: ${one.label}`)
        : noState(one);
    const state = chosen({ ...save, regions: held?.states ?? [], wrong }, fields.state);
    if (state !== undefined) put(fields.state, state);
    else if (
      row[fields.state.code.name] !== null &&
      !held?.states?.some(({ code }) => code === row[fields.state.code.name])
    )
      throw wrong(fields.state.code);
  }

  return {
    use(all) {
      countries = all;
      for (const [object, prefixes] of Object.entries(ADDRESSES)) for (const prefix of prefixes) add(object, prefix);
    },
    settle(object, row, before, given) {
      if (countries.length === 0) return;
      for (const prefix of ADDRESSES[object.name] ?? []) settleAddress(object, row, before, given, prefix);
    },
  };
}

interface Choice {
  object: ObjectDef;
  row: Row;
  before: Row | undefined;
  given: ReadonlySet<string>;
  regions: readonly Region[];
  wrong: (field: FieldDef, object: ObjectDef) => PlatformError;
}

const integrity = (field: FieldDef, message: string): PlatformError =>
  new PlatformError('FIELD_INTEGRITY_EXCEPTION', message, { fields: [field.name] });

const noState = (field: FieldDef): PlatformError =>
  integrity(
    field,
    `There's a problem with this state, even though it may appear correct. Please select a state from the list of valid states.: ${field.label}`,
  );

const noCountry = (field: FieldDef): PlatformError =>
  integrity(
    field,
    `There's a problem with this country, even though it may appear correct. Please select a country/territory from the list of valid countries.: ${field.label}`,
  );
