// Configuration that is changed while the bridge runs: a mapping's rule, edited in the org (M5, M9).
import { until } from '../../../test/helpers/until.ts';
import { same, shows } from './expect.ts';
import type { Step } from './stepContext.ts';

/** The outcome of an edit shows which rule was applied to it; until the new rule is known, the edit is repeated. */
const PATIENCE_MS = 10_000;

export const ruleChanged: Step = {
  id: '13',
  title: 'The rule of the website’s mapping is changed in Salesforce to Two-way sync',
  async play(context) {
    const { recordId, leadId } = await context.pair({ Website: 'https://before.example' });
    const { pid } = context.stack.bridge;
    let edits = 0;
    /** One save in Sellfire of both fields: when the title is across, the website is or will not be. */
    const edit = async (): Promise<string> => {
      edits += 1;
      const website = `https://edit${edits}.example`;
      context.desk.editLead(leadId, { website, title: `Edit ${edits}` });
      const record = await shows('The Lead in Salesforce', () => context.record(recordId), { Title: `Edit ${edits}` });
      return record.Website === website ? 'across' : String(record.Website);
    };
    same('The website before', await edit(), 'https://before.example');
    const [mapping] = await context.salesforce.find(
      'Field_Mapping__c',
      { Sellfire_Field__c: 'website', Salesforce_Object__c: 'Lead' },
      [],
    );
    await context.salesforce.update('Field_Mapping__c', String(mapping?.Id), { Sync_Rule__c: 'TwoWay' });
    await until('Sellfire’s website in Salesforce', async () => (await edit()) === 'across', PATIENCE_MS);
    same('The process of the bridge', context.stack.bridge.pid, pid);
    return 'Sellfire’s website stayed out of Salesforce before, and is there after; the bridge ran on';
  },
};
