// Leads that carry the id of a record (M16): from a file that the bridge made and uploaded, from one that was imported by hand, with ids in
// every form that people copy, and with ids that are none; and the request that links what has one phone.
import type { SellfireValue } from '../../../bridge/model/field.ts';
import type { FollowedObject } from '../../../bridge/model/salesforce.ts';
import { Refusal } from '../../sellfire/problem.ts';
import { phonesOf } from '../phones.ts';
import type { SimRecord } from '../saves.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

const NAMED: Readonly<Record<string, 'lead_id' | 'contact_id' | 'account_id'>> = {
  Lead: 'lead_id',
  Contact: 'contact_id',
  Account: 'account_id',
};

/** As Salesforce shows an id in lists, addresses and exports. */
const FORMS: readonly ((id: string, object: string) => string)[] = [
  (id) => id,
  (id) => id.slice(0, 15),
  (id) => ` ${id} `,
  (id) => id.toLowerCase(),
  (id, object) => `https://simulated.lightning.force.com/lightning/r/${object}/${id}/view`,
];
const NONE = ['00Q000000000999AAA', '006000000000001AAA', 'no id', '00Q'];

const someOf = (simulation: Simulation, isWanted: (record: SimRecord) => boolean): SimRecord | undefined => {
  const some = [...simulation.org.records.values()].filter((one) => one.object in NAMED && isWanted(one));
  return some.length === 0 ? undefined : simulation.random.pick(some);
};

/** By hand: whatever the file says. */
function byHand(simulation: Simulation): void {
  const { random, dialer, config } = simulation;
  const record = someOf(simulation, () => true);
  if (!record) return;
  const id = random.chance(0.15) ? random.pick(NONE) : random.pick(FORMS)(record.id, record.object);
  const salesforce = { [NAMED[record.object] ?? 'lead_id']: id };
  const actor = { kind: 'import' as const, id: null, request_id: null };
  const leads = [...dialer.leads.live()];
  // Few overwrite the ids of leads that are there.
  if (leads.length > 0 && random.chance(0.1)) {
    dialer.requests.update(random.pick(leads).id, { fields: {}, salesforce }, actor);
    return;
  }
  const own = record.fields['Phone'];
  const phone = typeof own === 'string' && random.chance(0.6) ? own : random.pick(phonesOf(config.country));
  const name = `v${random.between(1, 4)}`;
  const fields = { primary_phone_number: phone, business_name: name, last_name: name, city: random.pick([null, name]) };
  dialer.requests.create({ fields, salesforce }, actor);
}

/** By the bridge: what the record holds, as far as its mappings accept it. */
function byBridge(simulation: Simulation): void {
  const { config, dialer } = simulation;
  const record = someOf(
    simulation,
    ({ object, deleted, fields }) =>
      object !== 'Account' && !deleted && !fields['IsConverted'] && !fields['Sellfire_Lead_Id__c'],
  );
  if (!record) return;
  const texts = ['phone', 'text', 'email'];
  const fields: Record<string, SellfireValue> = {};
  for (const { salesforceObject, salesforceField, sellfireField, rule, triggers } of config.mappings) {
    if (salesforceObject !== record.object || !triggers.includes('createUpdate')) continue;
    const { type } = dialer.catalogue.get('lead', sellfireField);
    const value = record.fields[salesforceField] ?? null;
    if (['TwoWay', 'SalesforceUnlessBlank'].includes(rule) && texts.includes(type) && typeof value === 'string')
      fields[sellfireField] = value;
  }
  const salesforce = { [NAMED[record.object] ?? 'lead_id']: record.id };
  dialer.requests.create({ fields, salesforce }, { kind: 'import', id: null, request_id: 'bridge:import:1' });
}

/** The request that links what has one phone on both sides. */
async function linkExisting(simulation: Simulation): Promise<void> {
  const { dialer, random } = simulation;
  const record = someOf(simulation, ({ deleted, fields }) => !deleted && !fields['IsConverted']);
  const leads = [...dialer.leads.live()];
  if (!record || leads.length === 0) return;
  const same = leads.find((one) => one.fields['primary_phone_number'] === record.fields['Phone']);
  const lead = same ?? random.pick(leads);
  const { object, id } = record;
  await simulation.command({
    leadId: lead.id,
    record: { object: object as FollowedObject, id },
    command: { kind: 'link' },
  });
}

export const IMPORTS: Feature = {
  name: 'imports',
  async step(simulation) {
    const what = simulation.random.pick(['byHand', 'byHand', 'byBridge', 'linkExisting']);
    try {
      if (what === 'linkExisting') await linkExisting(simulation);
      else simulation.during('import', () => (what === 'byHand' ? byHand(simulation) : byBridge(simulation)));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
    }
    simulation.pass(simulation.random.between(1, 50));
  },
};
