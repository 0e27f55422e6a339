// Rules of the org about what activities, demos and sales write (M32): one object to one field of a kind of records at a time, and names it,
// quotes it, or says nothing of it. Only that field is left out. And fields of the linked record that a sale alone fills (M4).
import type { FieldMapping, Trigger } from '../../../bridge/model/mapping.ts';
import { salesforceField as field } from '../../helpers/fields.ts';
import { SaveError, type Rule } from '../saves.ts';
import type { Simulation } from '../simulation.ts';
import { configure } from './configure.ts';
import type { Feature } from './feature.ts';

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Task: ['CallType', 'CallDisposition', 'CallDurationInSeconds', 'Type', 'Phone', 'CompletedDateTime', 'OwnerId'],
  Opportunity: ['Region__c', 'Months__c'],
  Lead: ['Sold_City__c'],
  Contact: ['Sold_City__c'],
};

type Refusal = [code: string, message: string, fields: string[]];

/** The ways in which an org says what it objects to. */
function refusalsOf(object: string, name: string): Refusal[] {
  const ofRule = 'FIELD_CUSTOM_VALIDATION_EXCEPTION';
  const silent: Refusal = [ofRule, 'This record cannot be saved.', []];
  if (name === 'OwnerId') return [['INACTIVE_OWNER_OR_USER', 'operation performed with inactive user', []]];
  return [
    [ofRule, 'This value is not allowed.', [name]],
    [ofRule, `${name} must not be set.`, []],
    ...(object === 'Task' ? [silent] : []),
  ];
}

function toggle({ org, random }: Simulation): void {
  const object = random.pick(Object.keys(FIELDS));
  const rule = `objection to ${object}`;
  if (org.rules.delete(rule)) return;
  const name = random.pick(FIELDS[object] ?? []);
  const [code, message, fields] = random.pick(refusalsOf(object, name));
  const refuses: Rule = (of, after, before) => {
    if (of !== object || (after[name] ?? null) === null || after[name] === before?.[name]) return;
    throw Object.assign(new SaveError(code, message, fields), { culprit: name });
  };
  org.rules.set(rule, refuses);
  org.objections.add(`${object}.${name}`);
}

function map(from: string, to: string, triggers: Trigger[]): FieldMapping {
  const [sellfireObject = '', sellfireField = ''] = from.split('.');
  const [salesforceObject = '', salesforceField = ''] = to.split('.');
  return {
    ...{ id: `a0M_${to}`, sellfireObject: sellfireObject as FieldMapping['sellfireObject'], sellfireField },
    ...{ salesforceObject, salesforceField, rule: 'AlwaysSellfire', triggers },
  };
}

export const OBJECTIONS: Feature = {
  name: 'objections',
  begin(simulation) {
    const { config, org } = simulation;
    const { Opportunity, Lead, Contact } = config.objects;
    if (!Opportunity || !Lead || !Contact) return;
    const sold = field('Sold_City__c');
    org.namesNodes = true;
    configure(simulation, {
      mappings: [
        map('lead.city', 'Opportunity.Region__c', ['demoSet', 'sale']),
        map('sale.custom_contract_months', 'Opportunity.Months__c', ['sale']),
        // No title is a number: it is left out, and a row says so.
        map('lead.title', 'Opportunity.Rank__c', ['demoSet', 'sale']),
        map('lead.city', 'Lead.Sold_City__c', ['sale']),
        map('lead.city', 'Contact.Sold_City__c', ['sale']),
      ],
      objects: {
        Opportunity: {
          ...Opportunity,
          fields: {
            ...Opportunity.fields,
            Region__c: field('Region__c'),
            Months__c: field('Months__c', 'double'),
            Rank__c: field('Rank__c', 'double'),
          },
        },
        Lead: { ...Lead, fields: { ...Lead.fields, Sold_City__c: sold } },
        Contact: { ...Contact, fields: { ...Contact.fields, Sold_City__c: sold } },
      },
    });
  },
  step: toggle,
};
