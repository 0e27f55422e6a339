// Reps who leave (M14): a lead is given to one who was deleted, in Sellfire or in Salesforce.
import { Refusal } from '../../sellfire/problem.ts';
import { PERSON } from '../randomEdits.ts';
import { SaveError } from '../saves.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

const LEAVING = 'rep_2';

function toggle({ dialer, left }: Simulation): void {
  const { state } = dialer.reps.get(LEAVING);
  left.add(LEAVING);
  dialer.reps.change(LEAVING, { state: state === 'deleted' ? 'active' : 'deleted' });
}

function step(simulation: Simulation): void {
  const { random, org } = simulation;
  if (random.chance(0.2)) {
    toggle(simulation);
    return;
  }
  const records = org
    .live()
    .filter(({ object, fields }) => ['Lead', 'Contact'].includes(object) && fields['IsConverted'] !== true);
  if (records.length === 0) return;
  try {
    simulation.during('staff', () => org.update(random.pick(records).id, { Owned_Rep_Id__c: LEAVING }, PERSON));
  } catch (refusal) {
    if (!(refusal instanceof Refusal) && !(refusal instanceof SaveError)) throw refusal;
  }
  simulation.pass(random.between(1, 50));
}

export const STAFF: Feature = {
  name: 'staff',
  begin(simulation) {
    if (simulation.random.chance(0.5)) toggle(simulation);
  },
  step,
};
