// Accounts and Contacts of people that are like those of a lead (M23, M24): they share its phone, its name or its city, or two of these, and a demo or
// a sale has to tell which of them is meant.
import type { Lead } from '../../../bridge/model/lead.ts';
import { Refusal } from '../../sellfire/problem.ts';
import { atHome, phonesOf } from '../phones.ts';
import { PERSON } from '../randomEdits.ts';
import { SaveError } from '../saves.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** People keep the business of a lead, or one that is like it. */
function keep({ org, random, config }: Simulation, { fields }: Lead): void {
  const phone = random.chance(0.6)
    ? text(fields['primary_phone_number'])
    : random.pick([null, ...phonesOf(config.country)]);
  const name = random.chance(0.7) ? text(fields['business_name']) : `v${random.between(1, 4)}`;
  const city = random.chance(0.6) ? text(fields['city']) : random.pick([null, 'v1', 'v2']);
  const spelled = random.chance(0.3) ? name?.toUpperCase() : name;
  const dialled = phone !== null && random.chance(0.5) ? atHome(phone, config.country) : phone;
  const account = { Name: spelled ?? 'Nameless', Phone: dialled, BillingCity: city };
  const id = org.create('Account', account, PERSON);
  for (let people = random.between(0, 2); people > 0; people -= 1) {
    const last = random.chance(0.6) ? text(fields['last_name']) : `v${random.between(1, 4)}`;
    const first = random.pick([null, null, 'Ann', 'Bo']);
    const line = random.chance(0.7) ? dialled : null;
    org.create('Contact', { LastName: last ?? 'Nobody', FirstName: first, Phone: line, AccountId: id }, PERSON);
  }
}

function sell({ dialer, now, currency, random, productCodes }: Simulation, { id }: Lead): void {
  const product_code = random.pick(productCodes);
  const item = { product_code, product_name: product_code === 'NEW' ? 'Novelty' : 'Plan', quantity: 1 };
  dialer.desk.sell(id, {
    currency,
    fields: { custom_contract_months: now % 36 },
    items: [{ ...item, unit_price: `${10 + (now % 5)}.00` }],
    associated_contacts: [],
  });
}

export const LIKENESSES: Feature = {
  name: 'likenesses',
  step(simulation) {
    const { dialer, random, now } = simulation;
    const leads = [...dialer.leads.live()];
    if (leads.length === 0) return;
    const lead = random.pick(leads);
    try {
      const what = random.pick(['keep', 'keep', 'both', 'sell', 'demo', 'city']);
      if (['keep', 'both'].includes(what)) simulation.during('keepAccount', () => keep(simulation, lead));
      if (['both', 'sell'].includes(what)) simulation.during('sellMore', () => sell(simulation, lead));
      const start = new Date(now + 86_400_000).toISOString();
      if (what === 'demo') simulation.during('setDemo', () => dialer.desk.setDemo(lead.id, { start_time: start }));
      if (what === 'city') simulation.during('editLead', () => dialer.desk.editLead(lead.id, { city: 'v1' }));
    } catch (refusal) {
      if (!(refusal instanceof Refusal) && !(refusal instanceof SaveError)) throw refusal;
    }
    simulation.pass(random.between(1, 50));
  },
};
