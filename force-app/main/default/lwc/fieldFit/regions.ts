// Known names and codes of countries and of their states, as the bridge knows them: "Texas" and "TX" are one where a dropdown holds
// the other form. Codes are those of Salesforce's state and country picklists.

import { foldedCountry, isCode, LANGUAGES, OTHER_NAMES, plainName, THREE_LETTERS } from 'c/countryNames';

/** Of one list of regions: the code of a code or a name, or undefined where it is none. */
type RegionList = (text: string) => string | undefined;

/** Code and name, one after the other. */
export const STATES: readonly string[] = [
  'AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|' +
    'FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|' +
    'MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|' +
    'NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|' +
    'PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|' +
    'WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|AS American Samoa|GU Guam|MP Northern Mariana Islands|' +
    'PR Puerto Rico|VI Virgin Islands|VI US Virgin Islands|DC Washington DC|DC Washington, DC',
  'AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NT Northwest Territories|' +
    'NS Nova Scotia|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon|YT Yukon Territories',
  'ACT Australian Capital Territory|NSW New South Wales|NT Northern Territory|QLD Queensland|SA South Australia|TAS Tasmania|' +
    'VIC Victoria|WA Western Australia',
  'AG Aguascalientes|BC Baja California|BS Baja California Sur|CM Campeche|CS Chiapas|CH Chihuahua|CO Coahuila|CL Colima|' +
    'DF Federal District|DF Ciudad de México|DG Durango|GT Guanajuato|GR Guerrero|HG Hidalgo|JA Jalisco|ME Mexico State|' +
    'ME Estado de México|MI Michoacán|MO Morelos|NA Nayarit|NL Nuevo León|OA Oaxaca|PB Puebla|QE Querétaro|QR Quintana Roo|' +
    'SL San Luis Potosí|SI Sinaloa|SO Sonora|TB Tabasco|TM Tamaulipas|TL Tlaxcala|VE Veracruz|YU Yucatán|ZA Zacatecas',
  'AC Acre|AL Alagoas|AP Amapá|AM Amazonas|BA Bahia|CE Ceará|DF Distrito Federal|ES Espírito Santo|GO Goiás|MA Maranhão|' +
    'MT Mato Grosso|MS Mato Grosso do Sul|MG Minas Gerais|PA Pará|PB Paraíba|PR Paraná|PE Pernambuco|PI Piauí|' +
    'RJ Rio de Janeiro|RN Rio Grande do Norte|RS Rio Grande do Sul|RO Rondônia|RR Roraima|SC Santa Catarina|SP São Paulo|' +
    'SE Sergipe|TO Tocantins',
];

function listOf(states: string): RegionList {
  const codes = new Map<string, string>();
  for (const [, code = '', name = ''] of states.matchAll(/(\w+) ([^|]+)/g)) {
    codes.set(plainName(code), code);
    codes.set(plainName(name), code);
  }
  return (text) => codes.get(plainName(text));
}

/** Codes that have names and are no countries with telephone numbers of their own, so that the bridge does not know them. */
const NO_COUNTRIES = 'AQ BV CP CQ DG EA EU EZ GS HM IC PN QO TF UM UN XA XB ZZ'.split(' ');
/** A code of the past stands for the country of today: "UK" for GB, "SU" for RU. */
const isCountry = (code: string): boolean =>
  !NO_COUNTRIES.includes(code) && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
let countries: Map<string, string> | undefined;

const countryCode: RegionList = (text) => {
  countries ??= countryNames();
  return countries.get(foldedCountry(text));
};

const hasName = (code: string): boolean =>
  new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }).of(code) !== undefined;

/** A name of several countries is none: the one Congo is the other one elsewhere. */
function countryNames(): Map<string, string> {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((first) => letters.map((second) => first + second)).filter(isCountry);
  const found = new Map<string, string>();
  const doubtful = new Set<string>();
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of codes) {
      const folded = foldedCountry(names.of(code) ?? code);
      if (isCode(folded)) continue;
      if ((found.get(folded) ?? code) !== code) doubtful.add(folded);
      found.set(folded, code);
    }
  }
  for (const folded of doubtful) found.delete(folded);
  const present = codes.filter((code) => hasName(code));
  for (const [code, name] of [...present.map((one) => [one, one] as const), ...THREE_LETTERS, ...OTHER_NAMES])
    if (present.includes(code)) found.set(foldedCountry(name), code);
  return found;
}

/** States come first: many of their codes are those of countries. */
const LISTS: readonly RegionList[] = [...STATES.map(listOf), countryCode];
/** A dropdown of states may hold "Other" besides. */
const MOST = 0.9;
const FEWEST = 2;
const known = new WeakMap<readonly string[], { list: RegionList | undefined }>();

/** The list whose codes or names these options are; undefined where they are none. */
export function regionsOf(options: readonly string[]): RegionList | undefined {
  const held = known.get(options);
  if (held) return held.list;
  let best: { list: RegionList; count: number } | undefined;
  for (const list of LISTS) {
    const count = options.filter((option) => list(option) !== undefined).length;
    if (count >= FEWEST && count >= options.length * MOST && count > (best?.count ?? 0)) best = { list, count };
  }
  known.set(options, { list: best?.list });
  return best?.list;
}
