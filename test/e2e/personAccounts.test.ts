// An org with person accounts (B15): a demo or a sale finds and makes businesses, a person makes one lead, and what the org does not
// let the bridge do is said before anything has failed.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { BUSINESS_TYPE, PERSON_TYPE } from '../salesforce/personAccounts.ts';
import { SpecStack } from './specStack.ts';
import { Story, type Row } from './story.ts';

jest.setTimeout(60_000);

let stack: Stack;
let story: Story;
let spec: SpecStack;
let personType: string;

const assign = (names: string[], standard: string): void => {
  const { recordTypes, users } = stack.org.org;
  recordTypes.assign(users.integration.id, 'Account', names, standard);
};
const reread = (): Promise<void> =>
  story.reloaded(() => story.create('@Sync_Request__c', { '@Type__c': 'RefreshCatalogue' }));

beforeAll(async () => {
  stack = await startStack();
  const { org } = stack.org;
  org.persons.use();
  org.recordTypes.assign(org.users.admin.id, 'Account', [BUSINESS_TYPE, PERSON_TYPE], BUSINESS_TYPE);
  assign([BUSINESS_TYPE, PERSON_TYPE], PERSON_TYPE);
  personType = String(org.find('RecordType', { DeveloperName: PERSON_TYPE })[0]?.['Id']);
  story = new Story(stack);
  spec = new SpecStack(stack, story);
  await spec.prepare();
  await stack.bridge.start();
});
afterAll(async () => {
  await stack.stop();
});

const accountsOf = (name: string): Row[] => stack.org.org.find('Account', { Name: name }) as Row[];

describe('a person account', () => {
  it('that somebody makes is one lead, of its Contact, and nothing is reported of a second', async () => {
    const phone = story.phone();
    const id = await story.create('Account', {
      ...{ RecordTypeId: personType, FirstName: 'Ann', LastName: 'Reed', Phone: phone },
    });
    const lead = await story.arrival(phone);
    await story.quiet();
    expect(lead.salesforce).toMatchObject({ contact_id: stack.org.org.get('Account', id)?.['PersonContactId'] });
    const about = await story.query(
      `SELECT @Code__c, @Reason__c FROM @Integration_Report__c WHERE @Salesforce_Record_Id__c = '${id}' OR @Outcome__c != 'Success'`,
    );
    expect(about).toEqual([]);
    await story.update('Account', id, { FirstName: 'Bea' });
    await story.sellfireHas(lead.id, { first_name: 'Bea' });
    story.edit(lead.id, { last_name: 'Moss' });
    await until('the person has the name', () => stack.org.org.get('Account', id)?.['Name'] === 'Bea Moss');
  });

  it('is never taken for the business of a sale, which gets an Account of its own kind', async () => {
    const { lead } = await story.fromSellfire({ business_name: 'Cara Dunn', city: 'Waco' });
    const phone = String(lead.fields['primary_phone_number']);
    stack.org.org.transact({ user: stack.org.users.admin.id, origin: '' }, (tx) =>
      tx.create('Account', { RecordTypeId: personType, FirstName: 'Cara', LastName: 'Dunn', Phone: phone }),
    );
    spec.sell(lead.id);
    const [row] = await story.reports(`@Event__c = 'Sale' AND @Sellfire_Lead_Id__c = '${lead.id}'`);
    expect(row).toMatchObject({ Outcome__c: 'Success' });
    expect(accountsOf('Cara Dunn').map((one) => one['IsPersonAccount'])).toEqual([true, false]);
  });
});

describe('a connected user without a record type for businesses', () => {
  it('is named by the check of the setup and by the mappings, before a sale is refused in words', async () => {
    expect(JSON.stringify((await story.asked('CheckSetup')).data)).not.toContain('Business record type');
    assign([PERSON_TYPE], PERSON_TYPE);
    await reread();
    const { data } = await story.asked('CheckSetup');
    expect((data['rights'] as Row[]).find(({ object }) => object === 'Account')).toMatchObject({
      missing: ['Business record type'],
      sentence: expect.stringContaining('person accounts') as unknown,
    });
    await until('the mapping says so', async () => {
      const [row] = await story.query(
        `SELECT @Status__c, @Status_Reason__c FROM @Field_Mapping__c WHERE @Salesforce_Object__c = 'Account' AND @Salesforce_Field__c = 'Name'`,
      );
      const { Status__c, Status_Reason__c } = story.plain(row ?? {});
      return Status__c === 'Issue' && String(Status_Reason__c).includes('person accounts');
    });
    const { lead } = await story.fromSellfire({ business_name: 'Dora Hall' });
    spec.sell(lead.id);
    const [row] = await story.reports(`@Event__c = 'Sale' AND @Sellfire_Lead_Id__c = '${lead.id}'`);
    expect(row).toMatchObject({
      Code__c: 'OBJECT_NOT_CREATEABLE',
      Reason__c: expect.stringContaining('Assign a business record type') as unknown,
    });
    expect(accountsOf('Dora Hall')).toEqual([]);
    assign([BUSINESS_TYPE, PERSON_TYPE], PERSON_TYPE);
    await reread();
    await story.asked('Repush', { code: 'OBJECT_NOT_CREATEABLE' });
    await until('the sale is made', () => accountsOf('Dora Hall').length > 0);
    expect(accountsOf('Dora Hall')).toMatchObject([{ IsPersonAccount: false }]);
  });
});
