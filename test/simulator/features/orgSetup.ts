// How the admin of the org has set it up: record types that new records get (B15), products that are sold no more (M25), and fields of the package that
// a rule of the org does not let the bridge set (M35).
import { SaveError } from '../saves.ts';
import type { Simulation } from '../simulation.ts';
import { configure } from './configure.ts';
import type { Feature } from './feature.ts';

/** By object. */
export const RECORD_TYPES: Readonly<Record<string, string>> = {
  Lead: '012000000000001AAA',
  Contact: '012000000000002AAA',
  Account: '012000000000003AAA',
  Opportunity: '012000000000004AAA',
};

function giveRecordTypes(simulation: Simulation): void {
  const { random, config, org } = simulation;
  const given = Object.entries(RECORD_TYPES).filter(() => random.chance(0.6));
  for (const [object, id] of given) {
    org.recordTypes.set(object, id);
    const known = config.objects[object];
    if (known) configure(simulation, { objects: { [object]: { ...known, newRecordTypeId: id } } });
  }
}

const STATES = ['Sellfire_Cycle__c', 'Sellfire_Next_Event_At__c', 'Sellfire_Last_Synced_At__c'];

/** Refuses a save that sets one of the fields, and names it, or quotes it. */
function objectToState({ org, random }: Simulation): void {
  const rule = 'objection to states';
  if (org.rules.delete(rule)) return;
  const name = random.pick(STATES);
  const [message, fields] = random.pick<[string, string[]]>([
    ['This value is not allowed.', [name]],
    [`${name} must not be set.`, []],
  ]);
  org.rules.set(rule, (object, after, before) => {
    if (!['Lead', 'Contact', 'Account'].includes(object)) return;
    if ((after[name] ?? null) === null || after[name] === before?.[name]) return;
    throw Object.assign(new SaveError('FIELD_CUSTOM_VALIDATION_EXCEPTION', message, fields), { culprit: name });
  });
}

export const ORG_SETUP: readonly Feature[] = [
  { name: 'recordTypes', begin: giveRecordTypes },
  {
    name: 'retiredProducts',
    begin(simulation) {
      simulation.org.retired = 'NEW';
      simulation.productCodes = [...new Set([...simulation.productCodes, 'NEW'])];
      const settings = { ...simulation.config.settings, createProducts: simulation.random.chance(0.7) };
      configure(simulation, { settings });
    },
  },
  { name: 'stateObjections', step: objectToState },
];
