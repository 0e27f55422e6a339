// Automations of the org that set a field before a save (F29): one resets it to a constant, one normalises it, and one puts back
// what the connected user changed. What they set is an edit of Salesforce.
import type { SalesforceValue } from '../../../bridge/model/salesforce.ts';
import { BRIDGE_USER } from '../peers.ts';
import type { Automation } from '../saves.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

/** One of each rule of a mapping, and those that a creation must have. */
const FIELDS = ['LastName', 'Title', 'City', 'Company', 'Email'];

/** @returns the value that the automation sets in place of the one that is saved */
type Setter = (asked: string | null, before: SalesforceValue | undefined, user: string) => SalesforceValue;

/** An automation for one field, which is active from the start or from a later step on, and may be deactivated. */
function automation(name: string, setter: Setter): Feature {
  const toggle = (simulation: Simulation): void => {
    const { automations } = simulation.org;
    if (automations.delete(name)) {
      simulation.org.deactivated = true;
      return;
    }
    const field = simulation.random.pick(FIELDS);
    const sets: Automation = (object, after, before, user) => {
      if (!['Lead', 'Contact'].includes(object) || !(field in after)) return {};
      const asked = after[field];
      return { [field]: setter(typeof asked === 'string' ? asked : null, before?.[field], user) };
    };
    automations.set(name, sets);
  };
  return {
    name,
    begin(simulation) {
      if (simulation.random.chance(0.7)) toggle(simulation);
    },
    step: toggle,
  };
}

export const AUTOMATIONS: readonly Feature[] = [
  automation('resets', (asked) => (asked === null ? null : 'v1')),
  automation('normalises', (asked) => asked?.toUpperCase() ?? null),
  automation('reverts', (asked, before, user) =>
    user === BRIDGE_USER && before !== undefined && before !== null ? before : asked,
  ),
];
