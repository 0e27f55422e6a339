// The states of the United States, and those whose law asks everybody on a call before it is recorded. Elsewhere one party's
// consent is enough, as the federal law has it (18 U.S.C. sec. 2511(2)(d)).

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
/**
 * The states whose law asks everybody, by its source; reviewed in November 2026. A state whose laws or courts contradict each other is
 * among them, since one of them makes the recording unlawful.
 */
const ASKS_ALL: Readonly<Record<string, string>> = {
  CA: 'Cal. Penal Code secs. 632, 632.7',
  // A civil claim; for the criminal law (secs. 53a-187, 53a-189) one party is enough.
  CT: 'Conn. Gen. Stat. sec. 52-570d',
  // For the wiretap act (tit. 11, sec. 2402(c)(4)) one party is enough; no court of the state has said which of the two prevails.
  DE: 'Del. Code tit. 11, sec. 1335(a)(4)',
  FL: 'Fla. Stat. sec. 934.03(2)(d)',
  IL: '720 ILCS 5/14-2',
  MD: 'Md. Code, Cts. & Jud. Proc. sec. 10-402(c)(3)',
  MA: 'Mass. Gen. Laws ch. 272, sec. 99',
  // By Sullivan v. Gray, 117 Mich. App. 476 (1982), whoever takes part may record; a federal court held the contrary in AFT Michigan v.
  // Project Veritas (E.D. Mich. 2019), and the Supreme Court of the state has not decided.
  MI: 'Mich. Comp. Laws sec. 750.539c',
  // All must know of it; a warning is enough.
  MT: 'Mont. Code sec. 45-8-213(1)(c)',
  // One party's consent is enough in an emergency only, as the judgment reads the text.
  NV: 'Nev. Rev. Stat. sec. 200.620, with Lane v. Allstate Ins. Co., 114 Nev. 1176 (1998)',
  NH: 'N.H. Rev. Stat. sec. 570-A:2',
  PA: '18 Pa. Cons. Stat. secs. 5703, 5704(4)',
  WA: 'Wash. Rev. Code sec. 9.73.030',
};
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
  return name === undefined ? undefined : { name, asksAll: ASKS_ALL[code] !== undefined };
}
