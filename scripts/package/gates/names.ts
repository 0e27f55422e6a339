// Released names are forever: each is one that the platform accepts, in every org and with a namespace in front of it.
import { readFlows } from '../flows.ts';
import { Findings, type Gate } from '../gate.ts';
import { readObjects } from '../objects.ts';

/** The platform's limit for a custom object or field, without namespace and suffix. */
const LONGEST_CUSTOM = 40;
/** The platform's limit for a flow and for an element of one. */
const LONGEST_FLOW = 80;
const NAME = /^[A-Za-z](_?[A-Za-z0-9])*$/;

export const namesGate: Gate = {
  name: 'names',
  promise: `names of objects and fields have at most ${LONGEST_CUSTOM} characters and are ones that the platform accepts`,
  check(source) {
    const findings = new Findings('names');
    const name = (where: string, value: string, longest: number): void => {
      findings.expect(
        value.length <= longest,
        `${where}: ${value} has ${value.length} characters, ${longest} are allowed`,
      );
      findings.expect(NAME.test(value), `${where}: ${value} is not letters, digits and single underscores`);
    };
    for (const object of readObjects(source).values()) {
      if (object.path !== undefined) name(object.path, object.name.replace(/__[ce]$/, ''), LONGEST_CUSTOM);
      for (const field of object.fields.values()) {
        findings.expect(field.name.endsWith('__c'), `${field.path}: ${field.name} is no custom field`);
        name(field.path, field.name.replace(/__c$/, ''), LONGEST_CUSTOM);
      }
    }
    for (const flow of readFlows(source)) {
      for (const value of [flow.name, ...flow.elements.keys(), ...flow.resources.keys()]) {
        name(flow.path, value, LONGEST_FLOW);
      }
    }
    return findings;
  },
};
