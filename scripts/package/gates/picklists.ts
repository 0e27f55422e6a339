// Picklists hold exactly the values that the bridge knows, in their order: a value more would be one it cannot read, a value
// less one that Salesforce refuses.
import { SYNC_RULES } from '../../../bridge/model/mapping.ts';
import { PHASES } from '../../../bridge/model/phase.ts';
import { Findings, type Gate } from '../gate.ts';
import { readObjects } from '../objects.ts';

/** By field: the values, and whether the label must be the value itself (the 14 phases of M15). */
const EXPECTED: { field: string; values: readonly string[]; labelled: boolean }[] = [
  { field: 'Lead.Phase__c', values: PHASES, labelled: true },
  { field: 'Contact.Phase__c', values: PHASES, labelled: true },
  { field: 'Field_Mapping__c.Sync_Rule__c', values: SYNC_RULES, labelled: false },
];

export const picklistsGate: Gate = {
  name: 'picklists',
  promise: 'the phases and the sync rules are those of the bridge, in their order, and no others',
  check(source) {
    const objects = readObjects(source);
    const findings = new Findings('values');
    for (const { field: name, values, labelled } of EXPECTED) {
      const [object = '', fieldName = ''] = name.split('.');
      const field = objects.get(object)?.fields.get(fieldName);
      const has = field?.values ?? [];
      findings.expect(field?.restricted === true, `${name}: is not restricted`);
      findings.expect(has.length === values.length, `${name}: has ${has.length} values, not ${values.length}`);
      for (const [index, value] of values.entries()) {
        const found = has[index];
        findings.expect(
          found?.name === value,
          `${name}: value ${index + 1} is ${found?.name ?? 'missing'}, not ${value}`,
        );
        if (labelled)
          findings.expect(found?.label === value, `${name}: ${value} is labelled ${found?.label ?? 'nothing'}`);
      }
    }
    return findings;
  },
};
