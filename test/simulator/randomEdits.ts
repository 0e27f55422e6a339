// Random actions of people, and of time, in the two systems while the bridge works between them. Phones, names and
// values are few, so that they collide: one phone on both sides, an older value again.
import { PHASES } from '../../bridge/model/phase.ts';
import type { SalesforceFields } from '../../bridge/model/salesforce.ts';
import type { Lead } from '../../bridge/model/lead.ts';
import { Refusal } from '../sellfire/problem.ts';
import type { NewSale } from '../sellfire/sales.ts';
import { atHome, phonesOf } from './phones.ts';
import { SaveError, type SimRecord } from './saves.ts';
import type { Simulation } from './simulation.ts';

export const PERSON = '005000000000009AAA';
const HOUR = 3_600_000;

type Action = (simulation: Simulation) => void;
type NamedAction = [name: string, action: Action, weight: number];

/** A phone as a person of the country types it. */
function somePhone({ random, config: { country } }: Simulation): string {
  const spell = random.pick([(phone: string) => phone, (phone: string) => atHome(phone, country)]);
  return spell(random.pick(phonesOf(country)));
}

const text = (simulation: Simulation, may: { blank: boolean }): string | null =>
  may.blank && simulation.random.chance(0.2) ? null : `v${simulation.random.between(1, 4)}`;

/** An existing lead, or undefined. */
function someLead({ dialer, random }: Simulation): Lead | undefined {
  const leads = [...dialer.leads.live()];
  return leads.length === 0 ? undefined : random.pick(leads);
}

function someRecord({ org, random }: Simulation, objects: readonly string[]): SimRecord | undefined {
  const records = org.live().filter(({ object, fields }) => objects.includes(object) && fields['IsConverted'] !== true);
  return records.length === 0 ? undefined : random.pick(records);
}

const withLead =
  (action: (simulation: Simulation, lead: Lead) => void): Action =>
  (simulation) => {
    const lead = someLead(simulation);
    if (lead) action(simulation, lead);
  };

const inMs = ({ now }: Simulation, ms: number): string => new Date(now + ms).toISOString();

function editOfLead(simulation: Simulation): Lead['fields'] {
  const { random } = simulation;
  const name = random.pick(['business_name', 'last_name', 'city', 'title', 'email', 'owned_rep_id']);
  if (name === 'email') return { email: random.chance(0.2) ? null : `v${random.between(1, 4)}@example.com` };
  if (name === 'owned_rep_id') return { owned_rep_id: random.pick([null, 'rep_1', 'rep_2']) };
  return { [name]: text(simulation, { blank: name !== 'last_name' && name !== 'business_name' }) };
}

function editOfRecord(simulation: Simulation, object: string): SalesforceFields {
  const { random } = simulation;
  if (object === 'Account') return { Name: text(simulation, { blank: false }) };
  const names = ['LastName', 'Title', 'Email', 'Phase__c', 'Owned_Rep_Id__c', 'Phone'];
  const name = random.pick(object === 'Lead' ? [...names, 'Company', 'Company', 'City'] : names);
  if (name === 'Phase__c') return { Phase__c: random.pick(PHASES) };
  if (name === 'Owned_Rep_Id__c') return { Owned_Rep_Id__c: random.pick([null, 'rep_1', 'rep_2', 'rep_gone']) };
  if (name === 'Email') return { Email: random.chance(0.2) ? null : `v${random.between(1, 4)}@example.com` };
  if (name === 'Phone') return { Phone: somePhone(simulation) };
  return { [name]: text(simulation, { blank: name === 'Title' || name === 'City' }) };
}

/** Actions in Sellfire. */
const IN_SELLFIRE: NamedAction[] = [
  [
    'createLead',
    (simulation) => {
      const fields = {
        primary_phone_number: simulation.random.pick(phonesOf(simulation.config.country)),
        business_name: text(simulation, { blank: false }),
      };
      simulation.dialer.desk.createLead({ ...fields, last_name: text(simulation, { blank: false }) });
    },
    5,
  ],
  ['editLead', withLead((simulation, { id }) => simulation.dialer.desk.editLead(id, editOfLead(simulation))), 12],
  [
    'logCall',
    withLead((simulation, { id }) =>
      simulation.dialer.desk.logCall(id, {
        outcome: simulation.random.pick(['no_answer', 'gatekeeper', 'decision_maker']),
      }),
    ),
    3,
  ],
  [
    'setDemo',
    withLead((simulation, { id }) => simulation.dialer.desk.setDemo(id, { start_time: inMs(simulation, 48 * HOUR) })),
    3,
  ],
  ['holdDemo', withLead((simulation, { id }) => simulation.dialer.desk.holdDemo(id)), 2],
  ['missDemo', withLead((simulation, { id }) => simulation.dialer.desk.missDemo(id)), 1],
  ['rest', withLead((simulation, { id }) => simulation.dialer.desk.rest(id)), 1],
  ['retire', withLead((simulation, { id }) => simulation.dialer.desk.retire(id)), 1],
  ['reopen', withLead((simulation, { id }) => simulation.dialer.desk.reopen(id)), 2],
  [
    'plan',
    withLead((simulation, { id }) => simulation.dialer.desk.plan(id, { start_time: inMs(simulation, 24 * HOUR) })),
    1,
  ],
  [
    'sell',
    withLead((simulation, { id }) => {
      const { now, currency } = simulation;
      const product_code = simulation.random.pick(simulation.productCodes);
      const item = {
        product_code,
        product_name: product_code === 'NEW' ? 'Novelty' : 'Plan',
        quantity: 1 + (now % 3),
        unit_price: `${10 + (now % 7)}.50`,
      };
      simulation.dialer.desk.sell(id, {
        currency,
        fields: { custom_contract_months: now % 36 },
        items: Array.from({ length: simulation.random.between(1, 2) }, () => item),
        associated_contacts: somePeople(simulation),
      });
    }),
    3,
  ],
  ['deleteLead', withLead((simulation, { id }) => simulation.dialer.desk.deleteLead(id)), 1],
  ['passTime', (simulation) => simulation.dialer.desk.passTime(), 1],
];

/** People with one business line, each with a unique name. */
function somePeople(simulation: Simulation): NewSale['associated_contacts'] {
  if (simulation.random.chance(0.6)) return [];
  const phone_number = somePhone(simulation);
  return Array.from({ length: simulation.random.between(1, 2) }, () => {
    simulation.people += 1;
    return { last_name: `Person ${simulation.people}`, phone_number };
  });
}

/** Actions in Salesforce. */
const IN_SALESFORCE: NamedAction[] = [
  [
    'createRecord',
    (simulation) => {
      const { org, random } = simulation;
      const phone = { Phone: somePhone(simulation), LastName: text(simulation, { blank: false }) };
      if (random.chance(0.7)) org.create('Lead', { ...phone, Company: text(simulation, { blank: false }) }, PERSON);
      else org.create('Contact', phone, PERSON);
    },
    4,
  ],
  [
    'editRecord',
    (simulation) => {
      const record = someRecord(simulation, ['Lead', 'Contact', 'Contact', 'Account']);
      if (record) simulation.org.update(record.id, editOfRecord(simulation, record.object), PERSON);
    },
    14,
  ],
  [
    'deleteRecord',
    (simulation) => {
      const record = someRecord(simulation, ['Lead', 'Contact']);
      if (record) simulation.org.delete(record.id, PERSON);
    },
    1,
  ],
  [
    'convertLead',
    (simulation) => {
      const lead = someRecord(simulation, ['Lead']);
      if (lead) simulation.org.convert(lead.id, PERSON);
    },
    2,
  ],
  [
    'mergeRecords',
    (simulation) => {
      const [master, loser] = [
        someRecord(simulation, ['Lead', 'Contact', 'Account']),
        someRecord(simulation, ['Lead', 'Contact', 'Account']),
      ];
      if (master && loser) simulation.org.merge(master.id, loser.id, PERSON);
    },
    2,
  ],
  [
    'undeleteRecord',
    (simulation) => {
      const deleted = [...simulation.org.records.values()].filter((one) => one.deleted && !one.mergedInto);
      if (deleted.length > 0) simulation.org.undelete(simulation.random.pick(deleted).id, PERSON);
    },
    1,
  ],
];

/** Everything that people do, and that time does, with its weight. */
export const ACTIONS = [...IN_SELLFIRE, ...IN_SALESFORCE].map(([name, action, weight]) => ({ name, action, weight }));

/** Performs a random action of those that exist, as far as the systems accept it. */
export function act(simulation: Simulation): void {
  const choices = ACTIONS.filter(({ name }) => !simulation.missing.has(name));
  if (choices.length === 0) return;
  const { name, action } = simulation.random.weighted(choices.map((one) => [one, one.weight]));
  try {
    simulation.during(name, () => action(simulation));
  } catch (refusal) {
    if (!(refusal instanceof Refusal) && !(refusal instanceof SaveError)) throw refusal;
  }
  simulation.pass(simulation.random.between(1, 50));
}
