// Values of a restricted picklist that an admin deactivates and activates again (B23): what a rep chooses meanwhile waits, and the rest of the record
// is written.
import type { FieldMapping } from '../../../bridge/model/mapping.ts';
import { fieldDef, picklist } from '../../salesforce/fields.ts';
import { Refusal } from '../../sellfire/problem.ts';
import { ORG_ID } from '../configuration.ts';
import { reconfigure } from '../eras.ts';
import { PERSON } from '../randomEdits.ts';
import { SaveError } from '../saves.ts';
import { addField, described } from '../schema.ts';
import type { Simulation } from '../simulation.ts';
import { configure } from './configure.ts';
import type { Feature } from './feature.ts';

const OBJECTS = ['Lead', 'Contact'] as const;
const NAME = 'Trade__c';
const SELLFIRE = 'custom_trade';
const VALUES = ['Retail', 'Legal', 'Oil'];

/** The field with the values that are not among these. */
function define(simulation: Simulation, inactive: ReadonlySet<string>): Simulation['config']['objects'] {
  const { config, org, timeZone } = simulation;
  const objects = { ...config.objects };
  for (const object of OBJECTS) {
    const picklistValues = picklist(VALUES).map((one) => ({ ...one, active: !inactive.has(one.value) }));
    const field = fieldDef({ name: NAME, type: 'picklist', restrictedPicklist: true, picklistValues });
    addField(org.schema, object, field);
    const known = objects[object];
    if (known) objects[object] = { ...known, fields: { ...known.fields, [NAME]: described(field, timeZone) } };
  }
  return objects;
}

const inactiveIn = ({ config }: Simulation): Set<string> => {
  const values = config.objects['Lead']?.fields[NAME]?.picklist ?? [];
  return new Set(values.filter(({ active }) => !active).map(({ value }) => value));
};

function begin(simulation: Simulation): void {
  const { dialer, random } = simulation;
  dialer.addField(
    { object: 'lead', name: SELLFIRE, label: 'Trade', type: 'select', options: VALUES },
    { kind: 'system', id: null, request_id: null },
  );
  const mappings = OBJECTS.map((salesforceObject): FieldMapping => {
    return {
      ...{ id: `a0M_${salesforceObject}.${NAME}`, sellfireObject: 'lead', sellfireField: SELLFIRE, salesforceObject },
      ...{ salesforceField: NAME, rule: 'TwoWay', triggers: ['createUpdate'] },
    };
  });
  const inactive = new Set(VALUES.filter(() => random.chance(0.3)));
  configure(simulation, { objects: define(simulation, inactive), mappings, catalogue: dialer.catalogue.list() });
}

/** Activates all but these. What has waited is compared, as the bridge has it once it has read the configuration. */
async function activate(simulation: Simulation, inactive: ReadonlySet<string>): Promise<void> {
  await simulation.quiet();
  reconfigure(simulation, { objects: define(simulation, inactive) });
  const links = await simulation.store.links(ORG_ID, '', 10_000);
  await simulation.command(
    ...links
      .filter(({ ended }) => !ended)
      .map(({ leadId }) => ({ leadId, record: null, command: { kind: 'compare' as const, create: false } })),
  );
}

async function step(simulation: Simulation): Promise<void> {
  const { random, dialer, org } = simulation;
  const inactive = inactiveIn(simulation);
  const value = random.pick(VALUES);
  if (random.chance(0.25)) {
    if (!inactive.delete(value)) inactive.add(value);
    await activate(simulation, inactive);
    return;
  }
  const leads = [...dialer.leads.live()];
  const records = org
    .live()
    .filter(({ object, fields }) => OBJECTS.some((one) => one === object) && !fields['IsConverted']);
  try {
    if (random.chance(0.7) && leads.length > 0)
      simulation.during('options', () => dialer.desk.editLead(random.pick(leads).id, { [SELLFIRE]: value }));
    else if (records.length > 0)
      simulation.during('options', () => org.update(random.pick(records).id, { [NAME]: value }, PERSON));
  } catch (refusal) {
    if (!(refusal instanceof Refusal) && !(refusal instanceof SaveError)) throw refusal;
  }
  simulation.pass(random.between(1, 50));
}

export const OPTIONS: Feature = {
  name: 'options',
  begin,
  step,
  async finish(simulation) {
    if (inactiveIn(simulation).size > 0) await activate(simulation, new Set());
  },
};
