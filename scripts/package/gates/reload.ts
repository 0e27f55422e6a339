// The bridge reloads on every change of its configuration and on none of its own: the flow that publishes a saved mapping
// compares exactly the fields that the integration may not edit. If one is missing, its changes never reach the bridge; if
// one of the bridge's own is among them, each check of a mapping starts the next without end.
import { readFlows } from '../flows.ts';
import { Findings, type Gate } from '../gate.ts';
import { readObjects } from '../objects.ts';
import { INTEGRATION, readPermissionSets } from '../permissionSets.ts';
import { children, descendants, textOf } from '../xml.ts';

/** The objects whose records configure the bridge. */
const CONFIGURATION = ['Field_Mapping__c', 'Sync_Settings__c'];
const EVENT = 'Configuration_Changed__e';

export const reloadGate: Gate = {
  name: 'reload',
  promise: 'each change of the configuration is published to the bridge, and no change that the bridge makes itself',
  check(source) {
    const findings = new Findings('fields and flows');
    const objects = readObjects(source);
    const integration = readPermissionSets(source).find((set) => set.name === INTEGRATION);
    const flows = readFlows(source);
    for (const object of CONFIGURATION) {
      const fields = [...(objects.get(object)?.fields.keys() ?? [])];
      const own = fields.filter((field) => integration?.fields.get(`${object}.${field}`)?.editable);
      const publisher = (type: string, trigger: string) =>
        flows.find(
          ({ start, xml }) =>
            start.object === object &&
            start.triggerType === type &&
            start.recordTriggerType === trigger &&
            children(xml, 'recordCreates').some((create) => textOf(create, 'object') === EVENT),
        );
      const saved = publisher('RecordAfterSave', 'CreateAndUpdate');
      findings.expect(saved !== undefined, `${object}: no flow publishes that a record was saved`);
      findings.expect(
        publisher('RecordBeforeDelete', 'Delete') !== undefined,
        `${object}: no flow publishes that a record was deleted`,
      );
      if (!saved) continue;
      // Without a decision every save is published, which is right where the bridge writes nothing.
      const decides = children(saved.xml, 'decisions').length > 0;
      const compared = new Set(
        descendants(saved.xml)
          .filter((one) => one.name === 'elementReference' && one.text.startsWith('$Record__Prior.'))
          .map((one) => one.text.slice('$Record__Prior.'.length)),
      );
      for (const field of fields) {
        const starts = !decides || compared.has(field);
        if (own.includes(field))
          findings.expect(!starts, `${object}.${field}: the bridge writes it, and the change is published`);
        else findings.expect(starts, `${object}.${field}: configures the bridge, and a change is not published`);
      }
    }
    return findings;
  },
};
