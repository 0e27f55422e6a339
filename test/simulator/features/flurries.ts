// People who edit one field many times in a row, as one does who types a note that is saved as he types: between two steps, and while a call of the
// bridge is under way, so that what it wrote is older than more edits than anything keeps (I12, F29).
import type { Lead } from '../../../bridge/model/lead.ts';
import { Refusal } from '../../sellfire/problem.ts';
import { act, PERSON } from '../randomEdits.ts';
import { SaveError, type SimRecord } from '../saves.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

/** More than the values that a register keeps. */
const EDITS = [9, 30] as const;
/** While a call is under way. */
const MEANWHILE = 0.3;

function flurry(simulation: Simulation): void {
  const { random, org, dialer } = simulation;
  const value = (n: number): string => `f${n}`;
  const count = random.between(...EDITS);
  const records = org.live().filter(({ object, fields }) => object === 'Lead' && fields['IsConverted'] !== true);
  const leads = [...dialer.leads.live()];
  const typing = random.chance(0.5) ? inSalesforce(simulation, records) : inSellfire(simulation, leads);
  try {
    for (let n = 0; n < count; n += 1) {
      simulation.during('flurries', () => typing?.(value(n)));
      simulation.pass(random.between(1, 50));
    }
  } catch (refusal) {
    if (!(refusal instanceof Refusal) && !(refusal instanceof SaveError)) throw refusal;
  }
}

type Typing = ((value: string) => void) | undefined;

function inSalesforce({ random, org }: Simulation, records: readonly SimRecord[]): Typing {
  if (records.length === 0) return undefined;
  const { id } = random.pick(records);
  const name = random.pick(['Title', 'City', 'LastName']);
  return (value) => org.update(id, { [name]: value }, PERSON);
}

function inSellfire({ random, dialer }: Simulation, leads: readonly Lead[]): Typing {
  if (leads.length === 0) return undefined;
  const { id } = random.pick(leads);
  const name = random.pick(['title', 'city', 'last_name']);
  return (value) => void dialer.desk.editLead(id, { [name]: value });
}

export const FLURRIES: Feature = {
  name: 'flurries',
  begin(simulation) {
    simulation.meanwhile = () => (simulation.random.chance(MEANWHILE) ? flurry(simulation) : act(simulation));
  },
  step: flurry,
};
