// What the org refuses, from one step to a later one (M32): a validation rule, a duplicate rule, a restricted picklist. A refusal
// names its field, or quotes it, or says nothing of it.
import { PHASES } from '../../../bridge/model/phase.ts';
import { SaveError, type Rule } from '../saves.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

function rule(name: string, draw: (simulation: Simulation) => Rule): Feature {
  const toggle = (simulation: Simulation): void => {
    const { rules } = simulation.org;
    if (!rules.delete(name)) rules.set(name, draw(simulation));
  };
  return { name, step: toggle };
}

/** Refuses one value of a field of Leads and Contacts. */
function validationRule({ random }: Simulation): Rule {
  const field = random.pick(['LastName', 'Title', 'City', 'Company']);
  const value = `v${random.between(1, 4)}`;
  const [fields, message] = random.pick([
    [[field], 'This value is not allowed.'],
    [[], `${field} must not be ${value}.`],
    [[], 'This record cannot be saved.'],
  ]);
  return (object, after) => {
    if (['Lead', 'Contact'].includes(object) && after[field] === value)
      throw Object.assign(new SaveError('FIELD_CUSTOM_VALIDATION_EXCEPTION', message, fields), { culprit: field });
  };
}

/** Refuses a new Lead or Contact with the phone of another, as a rule that blocks does. */
function duplicateRule({ org }: Simulation): Rule {
  return (object, after, before, id) => {
    if (before || !['Lead', 'Contact'].includes(object) || typeof after['Phone'] !== 'string') return;
    const same = org.live(object).find((one) => one.id !== id && one.fields['Phone'] === after['Phone']);
    if (same) throw new SaveError('DUPLICATES_DETECTED', 'Use one of these records?', [], 'exists', same.id);
  };
}

/** Lacks some of the phases. */
function restrictedPicklist({ random }: Simulation): Rule {
  const lacking = PHASES.filter(() => random.chance(0.3)).map(String);
  return (object, after, before) => {
    const phase = after['Phase__c'];
    if (typeof phase !== 'string' || !lacking.includes(phase) || before?.['Phase__c'] === phase) return;
    const words = `Phase: bad value for restricted picklist field: ${phase}`;
    const refusal = new SaveError('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', words, ['Phase__c']);
    throw Object.assign(refusal, { culprit: 'Phase__c' });
  };
}

export const REFUSALS: readonly Feature[] = [
  rule('validationRule', validationRule),
  rule('duplicateRule', duplicateRule),
  rule('restrictedPicklist', restrictedPicklist),
];
