// What people and time do in the two systems while the bridge works between them. Few phones, names and values, so that they
// meet: the same phone on both sides, a value that stood there before.
import { PHASES } from '../../bridge/model/phase.ts';
import type { SalesforceFields } from '../../bridge/model/salesforce.ts';
import type { Lead } from '../../bridge/model/lead.ts';
import { Refusal } from '../sellfire/problem.ts';
import { SaveError, type SimRecord } from './salesforce.ts';
import type { World } from './world.ts';

export const PERSON = '005000000000009AAA';
const PHONES = ['+15125550101', '+15125550102', '+15125550103', '+15125550104', '+15125550105'];
const FORMATS = [
  (phone: string) => phone,
  (phone: string) => `(${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`,
];
const HOUR = 3_600_000;

type Deed = (world: World) => void;

const text = (world: World, may: { blank: boolean }): string | null =>
  may.blank && world.random.chance(0.2) ? null : `v${world.random.between(1, 4)}`;

/** A lead that is there, or undefined. */
function someLead({ dialer, random }: World): Lead | undefined {
  const leads = [...dialer.leads.live()];
  return leads.length === 0 ? undefined : random.pick(leads);
}

function someRecord({ org, random }: World, objects: readonly string[]): SimRecord | undefined {
  const records = org.live().filter(({ object, fields }) => objects.includes(object) && fields['IsConverted'] !== true);
  return records.length === 0 ? undefined : random.pick(records);
}

const withLead =
  (deed: (world: World, lead: Lead) => void): Deed =>
  (world) => {
    const lead = someLead(world);
    if (lead) deed(world, lead);
  };

const inMs = ({ now }: World, ms: number): string => new Date(now + ms).toISOString();

function editOfLead(world: World): Lead['fields'] {
  const { random } = world;
  const name = random.pick(['business_name', 'last_name', 'city', 'title', 'email', 'owned_rep_id']);
  if (name === 'email') return { email: random.chance(0.2) ? null : `v${random.between(1, 4)}@example.com` };
  if (name === 'owned_rep_id') return { owned_rep_id: random.pick([null, 'rep_1', 'rep_2']) };
  return { [name]: text(world, { blank: name !== 'last_name' && name !== 'business_name' }) };
}

function editOfRecord(world: World, object: string): SalesforceFields {
  const { random } = world;
  if (object === 'Account') return { Name: text(world, { blank: false }) };
  const names = ['LastName', 'Title', 'Email', 'Phase__c', 'Owned_Rep_Id__c', 'Phone'];
  const name = random.pick(object === 'Lead' ? [...names, 'Company', 'Company', 'City'] : names);
  if (name === 'Phase__c') return { Phase__c: random.pick(PHASES) };
  if (name === 'Owned_Rep_Id__c') return { Owned_Rep_Id__c: random.pick([null, 'rep_1', 'rep_2', 'rep_gone']) };
  if (name === 'Email') return { Email: random.chance(0.2) ? null : `v${random.between(1, 4)}@example.com` };
  if (name === 'Phone') return { Phone: random.pick(FORMATS)(random.pick(PHONES)) };
  return { [name]: text(world, { blank: name === 'Title' || name === 'City' }) };
}

/** In Sellfire. */
const DESK: [Deed, number][] = [
  [
    (world) => {
      const fields = { primary_phone_number: world.random.pick(PHONES), business_name: text(world, { blank: false }) };
      world.dialer.desk.createLead({ ...fields, last_name: text(world, { blank: false }) });
    },
    5,
  ],
  [withLead((world, { id }) => world.dialer.desk.editLead(id, editOfLead(world))), 12],
  [
    withLead((world, { id }) =>
      world.dialer.desk.logCall(id, { outcome: world.random.pick(['no_answer', 'gatekeeper', 'decision_maker']) }),
    ),
    3,
  ],
  [withLead((world, { id }) => world.dialer.desk.setDemo(id, { start_time: inMs(world, 48 * HOUR) })), 3],
  [withLead((world, { id }) => world.dialer.desk.holdDemo(id)), 2],
  [withLead((world, { id }) => world.dialer.desk.missDemo(id)), 1],
  [withLead((world, { id }) => world.dialer.desk.rest(id)), 1],
  [withLead((world, { id }) => world.dialer.desk.retire(id)), 1],
  [withLead((world, { id }) => world.dialer.desk.reopen(id)), 2],
  [withLead((world, { id }) => world.dialer.desk.plan(id, { start_time: inMs(world, 24 * HOUR) })), 1],
  [
    withLead((world, { id }) => {
      const item = {
        product_code: world.random.pick(['PRO', 'LITE']),
        product_name: 'Plan',
        quantity: 1,
        unit_price: '10.00',
      };
      world.dialer.desk.sell(id, { items: Array.from({ length: world.random.between(1, 2) }, () => item) });
    }),
    3,
  ],
  [withLead((world, { id }) => world.dialer.desk.deleteLead(id)), 1],
  [(world) => world.dialer.desk.passTime(), 1],
];

/** In Salesforce. */
const PAGES: [Deed, number][] = [
  [
    (world) => {
      const { org, random } = world;
      const phone = { Phone: random.pick(FORMATS)(random.pick(PHONES)), LastName: text(world, { blank: false }) };
      if (random.chance(0.7)) org.create('Lead', { ...phone, Company: text(world, { blank: false }) }, PERSON);
      else org.create('Contact', phone, PERSON);
    },
    4,
  ],
  [
    (world) => {
      const record = someRecord(world, ['Lead', 'Contact', 'Contact', 'Account']);
      if (record) world.org.update(record.id, editOfRecord(world, record.object), PERSON);
    },
    14,
  ],
  [
    (world) => {
      const record = someRecord(world, ['Lead', 'Contact']);
      if (record) world.org.delete(record.id, PERSON);
    },
    1,
  ],
  [
    (world) => {
      const lead = someRecord(world, ['Lead']);
      if (lead) world.org.convert(lead.id, PERSON);
    },
    2,
  ],
  [
    (world) => {
      const [master, loser] = [
        someRecord(world, ['Lead', 'Contact', 'Account']),
        someRecord(world, ['Lead', 'Contact', 'Account']),
      ];
      if (master && loser) world.org.merge(master.id, loser.id, PERSON);
    },
    2,
  ],
  [
    (world) => {
      const deleted = [...world.org.records.values()].filter((one) => one.deleted && !one.mergedInto);
      if (deleted.length > 0) world.org.undelete(world.random.pick(deleted).id, PERSON);
    },
    1,
  ],
];

/** Somebody does something, as far as the systems let them. */
export function act(world: World): void {
  const deed = world.random.weighted([...DESK, ...PAGES]);
  try {
    deed(world);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) && !(refusal instanceof SaveError)) throw refusal;
  }
  world.pass(world.random.between(1, 50));
}
