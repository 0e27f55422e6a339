// An org with state and country picklists, as orgs made lately have them (B15): states go both ways, whatever each side calls them,
// and what the org does not know is said before a lead has failed by it.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { COUNTRIES } from '../salesforce/addressPicklists.ts';
import { SpecStack } from './specStack.ts';
import { Story, type Row } from './story.ts';

jest.setTimeout(60_000);

let stack: Stack;
let story: Story;
let spec: SpecStack;

beforeAll(async () => {
  stack = await startStack();
  stack.org.org.addresses.use(COUNTRIES);
  story = new Story(stack);
  spec = new SpecStack(stack, story);
  await spec.prepare();
  await spec.addMapping(['state', 'Account', 'BillingState', 'AlwaysSellfire', ['sale']]);
  await mapFields(stack.admin, stack.prefix, [['state', 'Contact', 'MailingStateCode', 'TwoWay']]);
  await stack.bridge.start();
});
afterAll(async () => {
  await stack.stop();
});

const TEXAS = { State: 'Texas', StateCode: 'TX', Country: 'United States', CountryCode: 'US' };
const failures = (leadId: string): Promise<Row[]> =>
  story.query(
    `SELECT @Code__c, @Reason__c FROM @Integration_Report__c WHERE @Sellfire_Lead_Id__c = '${leadId}' AND @Outcome__c = 'Failed'`,
  );

describe('a state', () => {
  it('of Sellfire is written by its code with its country, and its text comes back as what it was', async () => {
    const { id, lead } = await story.fromSellfire({ state: 'TX' });
    await story.salesforceHas(id, TEXAS);
    story.edit(lead.id, { state: 'UT' });
    await story.salesforceHas(id, { State: 'Utah', StateCode: 'UT', CountryCode: 'US' });
    story.edit(lead.id, { state: null });
    await story.salesforceHas(id, { State: null, StateCode: null, CountryCode: 'US' });
    await story.quiet();
    await story.sellfireHas(lead.id, { state: null });
    await expect(failures(lead.id)).resolves.toEqual([]);
  });

  it('of Salesforce is the option of Sellfire, by code or by text', async () => {
    const { id, lead } = await story.fromSalesforce({ StateCode: 'TX', CountryCode: 'US' });
    expect(lead.fields['state']).toBe('TX');
    await story.update('Lead', id, { State: 'New Mexico' });
    await story.sellfireHas(lead.id, { state: 'NM' });
    await story.quiet();
    await story.salesforceHas(id, { StateCode: 'NM' });
    await expect(failures(lead.id)).resolves.toEqual([]);
  });

  it('gets a country where its record has none, and never takes one from a record', async () => {
    const bare = await story.fromSalesforce();
    story.edit(bare.lead.id, { state: 'TX' });
    await story.salesforceHas(bare.id, TEXAS);
    const canadian = await story.fromSalesforce({ CountryCode: 'CA' });
    story.edit(canadian.lead.id, { state: 'TX', city: 'Waco' });
    await story.salesforceHas(canadian.id, { City: 'Waco', State: null, CountryCode: 'CA' });
    const [row] = await story.reports(
      `@Sellfire_Lead_Id__c = '${canadian.lead.id}' AND @Code__c = 'FIELD_INTEGRITY_EXCEPTION'`,
    );
    expect(row).toMatchObject({ Changes__c: expect.stringContaining('"State"') as unknown });
  });

  it('of a sale is on the Account that it makes', async () => {
    const { lead } = await story.fromSellfire({ state: 'WA', city: 'Seattle' });
    spec.sell(lead.id);
    const [row] = await story.reports(`@Event__c = 'Sale' AND @Sellfire_Lead_Id__c = '${lead.id}'`);
    expect(row).toMatchObject({ Outcome__c: 'Success' });
    const account = await until('the account', async () => {
      const [found] = await story.query(
        `SELECT BillingStateCode, BillingState, BillingCountryCode FROM Account WHERE Name = '${String(lead.fields['business_name'])}'`,
      );
      return found;
    });
    expect(account).toMatchObject({
      ...{ BillingStateCode: 'WA', BillingState: 'Washington', BillingCountryCode: 'US' },
    });
  });

  it('that the org does not have is said of its mapping', async () => {
    const reason = (): Promise<unknown> =>
      until('the status of State', async () => {
        const [row] = await story.query(
          `SELECT @Status__c, @Status_Reason__c FROM @Field_Mapping__c WHERE @Salesforce_Object__c = 'Lead' AND @Salesforce_Field__c = 'State'`,
        );
        return row && story.plain(row)['Status__c'] ? story.plain(row) : undefined;
      });
    expect(await reason()).toMatchObject({ Status__c: 'Ok' });
    stack.org.org.addresses.use(COUNTRIES.map((one) => ({ ...one, states: (one.states ?? []).slice(0, 45) })));
    await story.reloaded(() => story.create('@Sync_Request__c', { '@Type__c': 'RefreshCatalogue' }));
    await until('the issue', async () => {
      const { Status__c, Status_Reason__c } = (await reason()) as Row;
      return Status__c === 'Issue' && /State\/Province is restricted and lacks .*W/.test(String(Status_Reason__c));
    });
  });
});
