// States and countries that an org keeps by code (B15, docs/field-mappings.md): the code is written whatever the mapped field is called, a state comes
// with a country where its record has none, and a country that stands there is never replaced.

interface Entry {
  value: string;
  label: string;
  countries: readonly string[];
}

export interface RegionsGiven {
  states: readonly Entry[];
  countries: readonly Entry[];
  /** What is to be written: `State`, `StateCode`, `Country`, `CountryCode` and others. */
  fields: Readonly<Record<string, string | null>>;
  /** Of the connection. */
  home: string;
  /** Of the record; null where it has none, or is new. */
  current: string | null;
}

const fold = (text: string): string => text.trim().toLowerCase();
/** How people write what the org lists. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = { US: ['USA'], GB: ['Great Britain'] };

const isEntry = ({ value, label }: Entry, text: string): boolean =>
  [value, label, ...(OTHER_NAMES[value] ?? [])].some((one) => fold(one) === fold(text));

export function writtenRegions({
  states,
  countries,
  fields,
  home,
  current,
}: RegionsGiven): Record<string, string | null> {
  const written: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(fields)) if (!/^(State|Country)(Code)?$/.test(name)) written[name] = value;
  for (const name of ['Country', 'State']) {
    // Where both are mapped, the code counts.
    const text = fields[`${name}Code`] ?? (`${name}Code` in fields ? null : fields[name]);
    const from = `${name}Code` in fields ? `${name}Code` : name;
    if (text === undefined) continue;
    if (text === null) {
      written[`${name}Code`] = null;
      continue;
    }
    const stands = name === 'State' ? ('CountryCode' in written ? written['CountryCode'] : current) : undefined;
    const order = stands ? [stands] : [home, ...countries.map(({ value }) => value)];
    const found =
      name === 'Country'
        ? countries.find((one) => isEntry(one, text))
        : order.flatMap((country) => states.filter((one) => one.countries.includes(country) && isEntry(one, text)))[0];
    // What the org does not have is refused by it, in words.
    written[found ? `${name}Code` : from] = found ? found.value : text;
    if (name === 'State' && found && !stands)
      written['CountryCode'] = order.find((country) => found.countries.includes(country)) ?? null;
  }
  return written;
}

export function auditRegions(given: RegionsGiven, coded: Readonly<Record<string, unknown>>): string[] {
  const said = (some: Readonly<Record<string, unknown>>): string => JSON.stringify(Object.entries(some).toSorted());
  const wanted = writtenRegions(given);
  return said(wanted) === said(coded)
    ? []
    : [
        `B15: ${said(given.fields)} of ${String(given.current)} is written as ${said(coded)} instead of ${said(wanted)}.`,
      ];
}

/** Whether the country of the record is to be read before the fields are written. */
export function auditCountryNeed(fields: Readonly<Record<string, unknown>>, given: string | undefined): string[] {
  const isState = ['State', 'StateCode'].some((name) => (fields[name] ?? null) !== null);
  const wanted = isState && !('Country' in fields) && !('CountryCode' in fields) ? 'CountryCode' : undefined;
  return given === wanted
    ? []
    : [`B15: ${given ?? 'nothing'} is read before ${Object.keys(fields).join()} are written.`];
}

/** A refusal of a field that the bridge has written is of the field that is mapped. */
export function auditNamed(mapped: readonly string[], refused: string, given: readonly string[]): string[] {
  const same = mapped.filter((name) => `${name}Code` === refused || name === refused);
  const ofState = refused === 'CountryCode' ? mapped.filter((name) => ['State', 'StateCode'].includes(name)) : [];
  const wanted = mapped.includes(refused)
    ? [refused]
    : same.length > 0
      ? same
      : ofState.length > 0
        ? ofState
        : [refused];
  return wanted.toSorted().join() === given.toSorted().join()
    ? []
    : [`B15: a refusal of ${refused} is of ${given.join()} instead of ${wanted.join()}.`];
}
