// Records of other countries than the connection's, with numbers as people write them there (M17, M18): a number is read by the country of its record.
import { salesforceField as field } from '../../helpers/fields.ts';
import { atHome, COUNTRIES, phonesOf } from '../phones.ts';
import { PERSON } from '../randomEdits.ts';
import { SaveError } from '../saves.ts';
import type { Simulation } from '../simulation.ts';
import { configure } from './configure.ts';
import type { Feature } from './feature.ts';

const FIELDS = { Lead: 'CountryCode', Contact: 'MailingCountryCode' } as const;

function someone(simulation: Simulation): void {
  const { random, org } = simulation;
  const object = random.pick(['Lead', 'Lead', 'Contact'] as const);
  const country = random.pick(COUNTRIES);
  const given = { [FIELDS[object]]: country, Phone: atHome(random.pick(phonesOf(country)), country) };
  const known = org.live(object).filter(({ fields }) => fields['IsConverted'] !== true);
  if (known.length > 0 && random.chance(0.4)) {
    const { id, fields } = random.pick(known);
    // A number of the country that stands there comes without it.
    const own = String(fields[FIELDS[object]]);
    const isThere = COUNTRIES.includes(own) && random.chance(0.5);
    const phone = { Phone: atHome(random.pick(phonesOf(own)), own) };
    simulation.during('editRecord', () => org.update(id, isThere ? phone : given, PERSON));
    return;
  }
  const name = `v${random.between(1, 4)}`;
  const company = object === 'Lead' ? { Company: name } : {};
  simulation.during('createRecord', () => org.create(object, { ...given, ...company, LastName: name }, PERSON));
}

export const ABROAD: Feature = {
  name: 'countries',
  begin(simulation) {
    const { Lead, Contact, Account } = simulation.config.objects;
    if (!Lead || !Contact || !Account) return;
    const objects = {
      Lead: { ...Lead, fields: { ...Lead.fields, CountryCode: field('CountryCode') } },
      Contact: { ...Contact, fields: { ...Contact.fields, MailingCountryCode: field('MailingCountryCode') } },
      Account: { ...Account, fields: { ...Account.fields, BillingCountryCode: field('BillingCountryCode') } },
    };
    configure(simulation, { objects });
  },
  step(simulation) {
    try {
      someone(simulation);
    } catch (refusal) {
      if (!(refusal instanceof SaveError)) throw refusal;
    }
    simulation.pass(simulation.random.between(1, 50));
  },
};
