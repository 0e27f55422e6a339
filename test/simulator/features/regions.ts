// An org that keeps states and countries by code (B15), with what people write of them in either form.
import type { RegionCodes } from '../../../bridge/model/salesforce.ts';
import { asStored } from '../../../bridge/sync/mapping/asStored.ts';
import { lackedBySalesforce } from '../../../bridge/sync/mapping/options.ts';
import { inCodes, namedAsMapped, needsCountry, regionOf } from '../../../bridge/sync/mapping/regionCodes.ts';
import { salesforceField, salesforceObject, sellfireField } from '../../helpers/fields.ts';
import { auditCountryNeed, auditNamed, auditRegions, writtenRegions } from '../audit/regions.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

const ASKED = 40;
const entry = (value: string, label: string, ...countries: string[]) => ({ value, label, countries, active: true });
const COUNTRIES = [entry('US', 'United States', 'US'), entry('CA', 'Canada', 'CA'), entry('AU', 'Australia', 'AU')];
/** Codes and names of which some are those of several countries. */
const STATES = [
  entry('TX', 'Texas', 'US'),
  entry('WA', 'Washington', 'US'),
  entry('WA', 'Western Australia', 'AU'),
  entry('NT', 'Northern Territory', 'AU'),
  entry('NT', 'Northwest Territories', 'CA'),
  entry('ON', 'Ontario', 'CA'),
];
const ofCountry: RegionCodes = { field: 'CountryCode', entries: COUNTRIES };
const ofState: RegionCodes = { field: 'StateCode', country: ofCountry, entries: STATES };
const LEAD = salesforceObject('Lead', [
  ...[
    salesforceField('State', 'string', { codes: ofState }),
    salesforceField('StateCode', 'picklist', { codes: ofState }),
  ],
  salesforceField('Country', 'string', { codes: ofCountry }),
  salesforceField('CountryCode', 'picklist', { codes: ofCountry }),
  'City',
]);
const TEXTS = {
  State: ['Texas', 'tx', 'WA', 'Washington', 'Western Australia', 'NT', 'Ontario', ' on ', 'Nowhere'],
  Country: ['US', 'USA', 'Canada', 'australia', 'Atlantis'],
} as const;

function ask({ random }: Simulation): string[] {
  const some = (texts: readonly string[]): string | null => (random.chance(0.15) ? null : random.pick(texts));
  const fields: Record<string, string | null> = {
    ...(random.chance(0.6) ? { State: some(TEXTS.State) } : {}),
    ...(random.chance(0.2) ? { StateCode: some(TEXTS.State) } : {}),
    ...(random.chance(0.3) ? { Country: some(TEXTS.Country) } : {}),
    ...(random.chance(0.2) ? { CountryCode: some(TEXTS.Country) } : {}),
    ...(random.chance(0.3) ? { City: 'v1' } : {}),
  };
  const home = random.pick(['US', 'CA', 'AU', 'DE']);
  // Where the country is written, that of the record is not read.
  const isRead = !('Country' in fields) && !('CountryCode' in fields);
  const current = isRead && random.chance(0.7) ? random.pick(['US', 'CA', 'AU']) : null;
  const given = { states: STATES, countries: COUNTRIES, fields, home, current };
  const mapped = Object.keys(fields);
  const refused = random.pick(['StateCode', 'CountryCode', 'City', 'State']);
  return [
    ...auditRegions(given, inCodes(LEAD, fields, home, current)),
    ...auditCountryNeed(fields, needsCountry(LEAD, fields)),
    ...auditNamed(mapped, refused, namedAsMapped(LEAD, [refused], fields)),
    ...stored(home, some(TEXTS.State) ?? 'TX'),
  ];
}

/** What stands in a mapped field once it is written, and which options the org lacks. */
function stored(home: string, text: string): string[] {
  const given = { states: STATES, countries: COUNTRIES, home, current: null };
  const problems: string[] = [];
  for (const name of ['State', 'StateCode'] as const) {
    const salesforce = LEAD.fields[name];
    if (!salesforce) continue;
    const { StateCode: code, CountryCode: country } = writtenRegions({ ...given, fields: { State: text } });
    const label = STATES.find((one) => one.value === code && one.countries.includes(country ?? ''))?.label;
    const wanted = code === undefined ? text.trim() : name === 'State' ? label : code;
    const is = asStored({ sellfire: sellfireField('state'), salesforce }, text, home);
    if (is !== wanted) problems.push(`B15: ${text} stands in ${name} as ${String(is)} instead of ${String(wanted)}.`);
    const options = [...TEXTS.State].filter((one) => one !== ' on ');
    const lacked = lackedBySalesforce(sellfireField('state', 'select', { options }), salesforce);
    if (lacked.join() !== 'Nowhere') problems.push(`B15: ${name} lacks ${lacked.join()}.`);
  }
  const only = regionOf(ofState, text, 'AU', true);
  const isThere = STATES.some(
    (one) =>
      one.countries.includes('AU') &&
      [one.value, one.label].some((word) => word.toLowerCase() === text.trim().toLowerCase()),
  );
  return (only?.country === 'AU') === isThere
    ? problems
    : [...problems, `B15: ${text} in AU is ${String(only?.country)}.`];
}

export const REGIONS: Feature = {
  name: 'regions',
  ask: (simulation) => Array.from({ length: ASKED }, () => ask(simulation)).flat(),
};
