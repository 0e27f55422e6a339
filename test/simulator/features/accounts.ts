// An Account that follows its lead after a demo or a sale has connected them (M11): its name, and in some histories its phone, go both ways, so that an
// Account with a phone that no lead has makes one.
import type { FieldMapping } from '../../../bridge/model/mapping.ts';
import { Refusal } from '../../sellfire/problem.ts';
import { phonesOf } from '../phones.ts';
import { PERSON } from '../randomEdits.ts';
import { SaveError } from '../saves.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

const FIELDS = ['Name', 'Phone'];

function begin(simulation: Simulation): void {
  const { config, random } = simulation;
  const followed = FIELDS.filter((name) => name === 'Name' || random.chance(0.5));
  const mappings = config.mappings.map((one): FieldMapping => {
    if (one.salesforceObject !== 'Account' || !followed.includes(one.salesforceField)) return one;
    return { ...one, rule: 'TwoWay', triggers: ['createUpdate', 'demoSet', 'sale'] };
  });
  simulation.config = { ...config, mappings };
}

/** A person makes an Account, renames one, or corrects its phone; a rep renames a business. */
function step(simulation: Simulation): void {
  const { random, org, dialer, config } = simulation;
  const accounts = org.live('Account');
  const leads = [...dialer.leads.live()];
  const name = `v${random.between(1, 4)}`;
  const phone = random.pick(phonesOf(config.country));
  const what = random.between(0, 5);
  try {
    simulation.during('accounts', () => {
      if (what === 0) org.create('Account', { Name: name, Phone: phone }, PERSON);
      else if (what === 1 && accounts.length > 0) org.update(random.pick(accounts).id, { Phone: phone }, PERSON);
      else if (what <= 3 && accounts.length > 0) org.update(random.pick(accounts).id, { Name: name }, PERSON);
      else if (leads.length > 0) dialer.desk.editLead(random.pick(leads).id, { business_name: name });
    });
  } catch (refusal) {
    if (!(refusal instanceof Refusal) && !(refusal instanceof SaveError)) throw refusal;
  }
  simulation.pass(random.between(1, 50));
}

export const ACCOUNTS: Feature = { name: 'accounts', begin, step };
