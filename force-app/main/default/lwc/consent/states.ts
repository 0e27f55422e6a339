// The states of the United States, and those whose law asks everybody on a call before it is recorded. Elsewhere one party's
// consent is enough, as the federal wiretap law has it. Connecticut and Michigan, where the courts differ, are among the strict.

const NAMES: Readonly<Record<string, string>> = {
  AL: 'Alabama',
  AK: 'Alaska',
  AZ: 'Arizona',
  AR: 'Arkansas',
  CA: 'California',
  CO: 'Colorado',
  CT: 'Connecticut',
  DE: 'Delaware',
  DC: 'District of Columbia',
  FL: 'Florida',
  GA: 'Georgia',
  HI: 'Hawaii',
  ID: 'Idaho',
  IL: 'Illinois',
  IN: 'Indiana',
  IA: 'Iowa',
  KS: 'Kansas',
  KY: 'Kentucky',
  LA: 'Louisiana',
  ME: 'Maine',
  MD: 'Maryland',
  MA: 'Massachusetts',
  MI: 'Michigan',
  MN: 'Minnesota',
  MS: 'Mississippi',
  MO: 'Missouri',
  MT: 'Montana',
  NE: 'Nebraska',
  NV: 'Nevada',
  NH: 'New Hampshire',
  NJ: 'New Jersey',
  NM: 'New Mexico',
  NY: 'New York',
  NC: 'North Carolina',
  ND: 'North Dakota',
  OH: 'Ohio',
  OK: 'Oklahoma',
  OR: 'Oregon',
  PA: 'Pennsylvania',
  RI: 'Rhode Island',
  SC: 'South Carolina',
  SD: 'South Dakota',
  TN: 'Tennessee',
  TX: 'Texas',
  UT: 'Utah',
  VT: 'Vermont',
  VA: 'Virginia',
  WA: 'Washington',
  WV: 'West Virginia',
  WI: 'Wisconsin',
  WY: 'Wyoming',
};
const STRICT: ReadonlySet<string> = new Set('CA CT DE FL IL MD MA MI MT NV NH PA WA'.split(' '));
const CODES: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).map(([code, name]) => [name.toLowerCase(), code]),
);
const COUNTRIES: ReadonlySet<string> = new Set(['', 'us', 'usa', 'united states', 'united states of america']);

export interface State {
  name: string;
  asksAll: boolean;
}

/** @param text the code or the English name @returns undefined for what is no state of the United States */
export function stateOf(text: string, country: string): State | undefined {
  const plain = (one: string): string => one.trim().toLowerCase().replaceAll('.', '');
  if (!COUNTRIES.has(plain(country))) return undefined;
  const code = CODES.get(plain(text)) ?? text.trim().toUpperCase();
  const name = NAMES[code];
  return name === undefined ? undefined : { name, asksAll: STRICT.has(code) };
}
