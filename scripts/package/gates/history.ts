// Where an admin asks who changed this, the answer is there: the configuration keeps its history, field by field, and shows it.
import { Findings, type Gate } from '../gate.ts';
import { readObjects } from '../objects.ts';
import { INTEGRATION, readPermissionSets } from '../permissionSets.ts';
import { filesOf } from '../source.ts';
import { children, textOf } from '../xml.ts';

const CONFIGURATION = ['Field_Mapping__c', 'Sync_Settings__c'];
/** The platform tracks at most so many fields of an object. */
const MOST_TRACKED = 20;
/** What nobody asks about later, where there are more fields than that. */
const UNTRACKED: Readonly<Record<string, string>> = {
  'Sync_Settings__c.Pages_Activated__c': 'an item of the checklist, which the bridge does not read',
  ...Object.fromEntries(
    ['Lead', 'Contact', 'Account', 'Opportunity'].map((object) => [
      `Sync_Settings__c.${object}_Record_Type__c`,
      'every record that is created shows the type that it got',
    ]),
  ),
  'Sync_Settings__c.Weekly_Digest__c': 'it changes nothing in either system',
};
const HISTORY_LIST = 'RelatedEntityHistoryList';

export const historyGate: Gate = {
  name: 'history',
  promise: 'every field that configures the bridge keeps its history, and the page shows it',
  check(source) {
    const findings = new Findings('fields and pages');
    const integration = readPermissionSets(source).find((set) => set.name === INTEGRATION);
    for (const name of CONFIGURATION) {
      const fields = [...(readObjects(source).get(name)?.fields.values() ?? [])];
      const definition = filesOf(source, 'CustomObject').find((file) => file.name === name);
      findings.expect(
        definition !== undefined && textOf(definition.root, 'enableHistory') === 'true',
        `${name}: keeps no history`,
      );
      for (const field of fields) {
        const own = integration?.fields.get(`${name}.${field.name}`)?.editable === true;
        const isLeftOut = `${name}.${field.name}` in UNTRACKED;
        findings.expect(
          field.trackHistory || own || isLeftOut,
          `${name}.${field.name}: configures the bridge and is not tracked`,
        );
      }
      const tracked = fields.filter((field) => field.trackHistory).length;
      findings.expect(tracked <= MOST_TRACKED, `${name}: tracks ${tracked} fields, ${MOST_TRACKED} are allowed`);
      const layout = filesOf(source, 'Layout').find((file) => file.name.startsWith(`${name}-`));
      const lists = layout ? children(layout.root, 'relatedLists').map((list) => textOf(list, 'relatedList')) : [];
      findings.expect(lists.includes(HISTORY_LIST), `${name}: its page does not show the history`);
    }
    return findings;
  },
};
