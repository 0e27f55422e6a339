// An admin who changes mappings during the history (M9): a rule, a trigger, a mapping that is deleted, added or turned off; and who applies one
// to the records that are there. An edit of a mapping governs later changes only.
import type { FieldMapping, SyncRule } from '../../../bridge/model/mapping.ts';
import { fieldDef } from '../../salesforce/fields.ts';
import { ORG_ID } from '../configuration.ts';
import { reconfigure } from '../eras.ts';
import { addField, described } from '../schema.ts';
import type { Simulation } from '../simulation.ts';
import { configure } from './configure.ts';
import type { Feature } from './feature.ts';

const RULES: readonly SyncRule[] = ['TwoWay', 'AlwaysSellfire', 'SalesforceUnlessBlank', 'DoNotSync'];
/** Without these no record is made, and their mappings stay as they are. */
const NEEDED = ['primary_phone_number', 'last_name', 'business_name'];

/** What is not mapped before somebody maps it. */
const EXTRA = ['Lead', 'Contact'].map((object): FieldMapping => {
  return {
    id: `a0M_${object}.FirstName`,
    sellfireObject: 'lead',
    sellfireField: 'first_name',
    salesforceObject: object,
    salesforceField: 'FirstName',
    rule: 'TwoWay',
    triggers: ['createUpdate'],
  };
});

const isFree = ({ sellfireObject, sellfireField, salesforceObject }: FieldMapping): boolean =>
  sellfireObject === 'lead' && !NEEDED.includes(sellfireField) && ['Lead', 'Contact'].includes(salesforceObject);

/** Saves a mapping in the place of one; none: it is deleted. */
function save(simulation: Simulation, old: FieldMapping, saved: readonly FieldMapping[]): void {
  const mappings = simulation.config.mappings.flatMap((one) => (one === old ? saved : [one]));
  reconfigure(simulation, { mappings });
}

/** Applies a mapping to every linked record. */
export async function apply(simulation: Simulation, { id }: FieldMapping): Promise<void> {
  const links = await simulation.store.links(ORG_ID, '', 10_000);
  const prefer = simulation.random.pick(['salesforce', 'sellfire'] as const);
  await simulation.command(
    ...links.map(({ leadId, record = null }) => {
      return { leadId, record, command: { kind: 'apply' as const, mappingId: id, prefer } };
    }),
  );
}

export const MAPPINGS: Feature = {
  name: 'mappings',
  begin(simulation) {
    const objects = { ...simulation.config.objects };
    for (const { salesforceObject: name, salesforceField } of EXTRA) {
      const field = fieldDef({ name: salesforceField, type: 'string', length: 40 });
      addField(simulation.org.schema, name, field);
      const known = objects[name];
      if (known)
        objects[name] = {
          ...known,
          fields: { ...known.fields, [field.name]: described(field, simulation.timeZone) },
        };
    }
    configure(simulation, { objects, mappings: [] });
  },
  async step(simulation) {
    const { random } = simulation;
    await simulation.quiet();
    const { config } = simulation;
    const missing = EXTRA.filter(({ id }) => !config.mappings.some((one) => one.id === id));
    const [extra] = missing;
    if (extra && random.chance(0.2)) {
      reconfigure(simulation, { mappings: [...config.mappings, { ...extra, rule: random.pick(RULES) }] });
      return;
    }
    const mapping = random.pick(config.mappings.filter(isFree));
    const what = random.between(0, 4);
    if (what <= 1) save(simulation, mapping, [{ ...mapping, rule: random.pick(RULES) }]);
    else if (what === 2) save(simulation, mapping, []);
    else if (what === 3)
      save(simulation, mapping, [{ ...mapping, triggers: random.pick([['createUpdate'], ['createUpdate', 'sale']]) }]);
    else await apply(simulation, mapping);
  },
};
