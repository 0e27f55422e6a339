// What a demo and a sale make in Salesforce, and what they connect to (M20–M25).
import { expect } from '@jest/globals';
import { until } from '../../helpers/until.ts';
import { conditionOf } from '../../salesforce/validation.ts';
import type { SpecStack, SpecRow } from '../specStack.ts';
import type { Row } from '../story.ts';

/** Look-ups included: what the specification grants a sale. */
const CALLS_OF_A_SALE = 6;

/** The Opportunities of an Account, in the order in which they were made. */
const opportunitiesOf = ({ story }: SpecStack, account: string): Promise<Row[]> =>
  story.query(`SELECT Id, Name, StageName, CloseDate FROM Opportunity WHERE AccountId = '${account}' ORDER BY Id`);

/** Accounts that people made; Sellfire gets no leads of them. */
async function accounts(spec: SpecStack, rows: Row[]): Promise<string[]> {
  const ids: string[] = [];
  await spec.with({ createInSellfire: false }, async () => {
    for (const row of rows) ids.push(await spec.story.create('Account', row));
    await spec.story.quiet();
  });
  return ids;
}

export const ROWS: SpecRow[] = [
  {
    id: 'M20',
    promise: 'a demo leaves the link on the Lead where the move is off, and moves it to the Contact where it is on',
    async run(spec) {
      const { story, desk } = spec;
      const { id, lead } = await story.fromSellfire();
      await spec.with({ connectionUpdate: false }, async () => {
        desk.setDemo(lead.id, { start_time: spec.inDays() });
        await spec.accountOf(lead.id);
        await story.quiet();
        expect(spec.lead(lead.id).salesforce).toMatchObject({ lead_id: id, contact_id: null });
      });
      const other = await story.fromSellfire();
      desk.setDemo(other.lead.id, { start_time: spec.inDays() });
      const contact = await until('it is a Contact', () => spec.lead(other.lead.id).salesforce.contact_id);
      await story.update('Contact', contact, { Title: 'Owner' });
      await story.sellfireHas(other.lead.id, { title: 'Owner' });
    },
  },
  {
    id: 'M20',
    promise: 'a demo of a lead without a last name moves nothing, and the report says what is missing',
    async run(spec) {
      const { story, desk } = spec;
      const { id, lead } = await story.fromSellfire();
      desk.editLead(lead.id, { last_name: null });
      desk.setDemo(lead.id, { start_time: spec.inDays() });
      const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Outcome__c = 'Failed'`);
      expect(row).toMatchObject({ Event__c: 'DemoSet', Reason__c: expect.stringMatching(/last.name/i) });
      await story.quiet();
      // The Account goes by a list of its own.
      expect(spec.lead(lead.id).salesforce).toMatchObject({ lead_id: id, contact_id: null });
      expect(await spec.accountOf(lead.id)).toBeTruthy();
    },
  },
  {
    id: 'M21',
    promise:
      'each cycle has one Opportunity under the same Account, of the demo’s day and the setting’s stage; a rest leaves it alone',
    async run(spec) {
      const { story, desk } = spec;
      const { lead } = await story.fromSellfire();
      const first = spec.inDays(3);
      await spec.with({ demoStage: 'Prospecting' }, async () => {
        desk.setDemo(lead.id, { start_time: first });
        await spec.accountOf(lead.id);
      });
      const account = await spec.accountOf(lead.id);
      desk.missDemo(lead.id);
      desk.rest(lead.id);
      await story.quiet();
      const made = { StageName: 'Prospecting', CloseDate: first.slice(0, 10), Name: lead.fields['business_name'] };
      expect(await opportunitiesOf(spec, account)).toMatchObject([made]);
      desk.reopen(lead.id);
      const second = spec.inDays(9);
      desk.setDemo(lead.id, { start_time: second });
      await until('the second Opportunity', async () => (await opportunitiesOf(spec, account)).length === 2);
      expect(await opportunitiesOf(spec, account)).toMatchObject([
        made,
        { StageName: 'Qualification', CloseDate: second.slice(0, 10) },
      ]);
      await story.quiet();
      expect(spec.lead(lead.id).salesforce.account_id).toBe(account);
    },
  },
  {
    id: 'M22',
    promise: 'a sale without a demo makes a won Opportunity with what is mapped to the sale',
    async run(spec) {
      const { story } = spec;
      const { lead } = await story.fromSellfire({ notes: 'Paid at once' });
      spec.sell(lead.id);
      const account = await spec.accountOf(lead.id);
      const [{ Id } = {}, ...others] = await opportunitiesOf(spec, account);
      expect(others).toEqual([]);
      expect(spec.record('Opportunity', String(Id))).toMatchObject({
        StageName: 'Closed Won',
        NextStep: 'Paid at once',
        Description: null,
      });
    },
  },
  {
    id: 'M23',
    promise: 'of several Accounts with the phone and name the one in the lead’s city is connected',
    async run(spec) {
      const { story } = spec;
      const { lead } = await story.fromSellfire({ city: 'Austin' });
      const [Phone, Name] = [lead.fields['primary_phone_number'], lead.fields['business_name']];
      const [, right] = await accounts(spec, [
        { Phone, Name, BillingCity: 'Waco' },
        { Phone, Name, BillingCity: 'Austin' },
        { Phone, Name: 'Another', BillingCity: 'Austin' },
      ]);
      spec.sell(lead.id);
      expect(await spec.accountOf(lead.id)).toBe(right);
    },
  },
  {
    id: 'M23',
    promise:
      'an Account of the name alone is connected in the lead’s city, and an Account is made where it is elsewhere',
    async run(spec) {
      const { story } = spec;
      const near = await story.fromSellfire({ city: 'Austin' });
      const far = await story.fromSellfire({ city: 'Austin' });
      const [here, there] = await accounts(spec, [
        { Name: near.lead.fields['business_name'], BillingCity: 'Austin' },
        { Name: far.lead.fields['business_name'], BillingCity: 'Waco' },
      ]);
      for (const { lead } of [near, far]) spec.sell(lead.id);
      expect(await spec.accountOf(near.lead.id)).toBe(here);
      const made = await spec.accountOf(far.lead.id);
      expect(made).not.toBe(there);
      expect(spec.record('Account', made)).toMatchObject({ Phone: far.lead.fields['primary_phone_number'] });
    },
  },
  {
    id: 'M24',
    promise:
      'of the Account’s Contacts the one with the phone and last name is connected, for every person of the sale',
    async run(spec) {
      const { story, stack } = spec;
      const { lead } = await story.fromSellfire({ last_name: 'Sand' });
      const [Phone, Name] = [lead.fields['primary_phone_number'], lead.fields['business_name']];
      const [AccountId = ''] = await accounts(spec, [{ Phone, Name }]);
      const contacts: string[] = [];
      const second = story.phone();
      await spec.with({ createInSellfire: false }, async () => {
        for (const fields of [
          { Phone, LastName: 'Sand' },
          { Phone, LastName: 'Other' },
          { Phone: second, LastName: 'Rock' },
        ])
          contacts.push(await story.create('Contact', { AccountId, ...fields }));
        await story.quiet();
      });
      const people = [
        { first_name: null, last_name: 'Rock', phone_number: second },
        { first_name: 'Di', last_name: 'Clay', phone_number: story.phone() },
      ];
      // The Task of the sale's activity is not the sale's.
      await spec.with({ activitySync: false }, async () => {
        await story.quiet();
        const { apiRequests } = stack.org.org.usage;
        // What the bridge writes to the org after it has read its settings is no call of the sale.
        let before = -1;
        await until('no call is made', () => before === (before = apiRequests.used), undefined, 400);
        spec.sell(lead.id, { associated_contacts: people });
        expect(await spec.accountOf(lead.id)).toBe(AccountId);
        // To the end: the Contact is read once more after the link to it is saved.
        await story.quiet();
        expect(apiRequests.used - before).toBeLessThanOrEqual(CALLS_OF_A_SALE);
      });
      const contactId = await until('the lead names its Contact', () => spec.lead(lead.id).salesforce.contact_id);
      expect(contactId).toBe(contacts[0]);
      const rows = await story.query(`SELECT LastName FROM Contact WHERE AccountId = '${AccountId}' ORDER BY LastName`);
      expect(rows.map(({ LastName }) => LastName)).toEqual(['Clay', 'Other', 'Rock', 'Sand']);
    },
  },
  {
    id: 'M24',
    promise:
      'everyone at a business line is a Contact of their own, in every sale; who has the lead’s phone and name is the lead’s',
    async run(spec) {
      const { story } = spec;
      const { lead } = await story.fromSellfire({ first_name: 'Ann', last_name: 'Stone' });
      const [own, line] = [String(lead.fields['primary_phone_number']), story.phone()];
      const person = (first_name: string, last_name: string, phone_number: string) => ({
        first_name,
        last_name,
        phone_number,
      });
      const contactsOf = async (account: string): Promise<string[]> =>
        (
          await story.query(
            `SELECT FirstName, LastName FROM Contact WHERE AccountId = '${account}' ORDER BY LastName, FirstName`,
          )
        ).map(({ FirstName, LastName }) => `${String(FirstName)} ${String(LastName)}`);
      spec.sell(lead.id, {
        associated_contacts: [person('Al', 'Aa', line), person('Bo', 'Bb', line), person('ann', 'Stone', own)],
      });
      const account = await spec.accountOf(lead.id);
      expect(await contactsOf(account)).toEqual(['Al Aa', 'Bo Bb', 'Ann Stone']);
      spec.desk.reopen(lead.id);
      spec.sell(lead.id, {
        associated_contacts: [person('Cy', 'Bb', line), person('BO', 'bb', line), person('Ed', 'Stone', own)],
      });
      await until('the second sale', async () => (await opportunitiesOf(spec, account)).length === 2);
      expect(await contactsOf(account)).toEqual(['Al Aa', 'Bo Bb', 'Cy Bb', 'Ann Stone', 'Ed Stone']);
    },
  },
  {
    id: 'M22, M32',
    promise: 'a sale is written without what it can do without, and with names that fit; each is reported',
    async run(spec) {
      const { story, stack } = spec;
      const name = `${'Acme '.repeat(23)}Wide😀 and more of it`;
      const { lead } = await story.fromSellfire({ business_name: name, city: 'y'.repeat(50), notes: 'Hermit' });
      const rule = { object: 'Opportunity', name: 'NoHermit', active: true, message: 'We do not sell to those.' };
      stack.org.org.validation.install({ ...rule, condition: conditionOf('NextStep = "Hermit"') });
      spec.sell(lead.id, {
        items: [{ product_code: 'PRO', product_name: 'Pro plan', quantity: 1.235, unit_price: '50' }],
      });
      const account = await spec.accountOf(lead.id);
      stack.org.org.validation.remove('Opportunity', 'NoHermit');
      const [{ Id, Name } = {}] = await opportunitiesOf(spec, account);
      expect(Name).toBe(`${'Acme '.repeat(23)}Wide`);
      expect(spec.record('Opportunity', String(Id))).toMatchObject({ StageName: 'Closed Won', NextStep: null });
      expect(spec.record('Account', account)).toMatchObject({ Name: name, BillingCity: null });
      await until('each is reported', async () => {
        const rows = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Event__c = 'Sale'`);
        const codes = rows.map(({ Code__c }) => Code__c);
        const expected = ['VALUE_CUT', 'VALUE_ROUNDED', 'VALUE_UNFIT', 'FIELD_CUSTOM_VALIDATION_EXCEPTION'];
        return expected.every((code) => codes.includes(code));
      });
    },
  },
  {
    id: 'M25',
    promise:
      'each thing sold is an item on its own product, found by code and then by name; a missing one is reported, and nothing is half done',
    async run(spec) {
      const { story, desk } = spec;
      await spec.addProduct('LITE', 'Lite plan');
      const { lead } = await story.fromSellfire();
      const item = (product_code: string, product_name: string, unit_price: string) => ({
        product_code,
        product_name,
        quantity: 1,
        unit_price,
      });
      desk.sell(lead.id, { items: [item('PRO', 'Whatever', '10'), item('unknown', 'Lite plan', '20.50')] });
      const account = await spec.accountOf(lead.id);
      const [{ Id } = {}] = await opportunitiesOf(spec, account);
      const items = await story.query(
        `SELECT UnitPrice, ProductCode FROM OpportunityLineItem WHERE OpportunityId = '${String(Id)}' ORDER BY UnitPrice`,
      );
      expect(items).toMatchObject([
        { UnitPrice: 10, ProductCode: 'PRO' },
        { UnitPrice: 20.5, ProductCode: 'LITE' },
      ]);
      const other = await story.fromSellfire();
      desk.sell(other.lead.id, { items: [item('PRO', 'Pro plan', '10'), item('NONE', 'No such thing', '1')] });
      const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${other.lead.id}' AND @Event__c = 'Sale'`);
      expect(row).toMatchObject({ Outcome__c: 'Failed', Reason__c: expect.stringContaining('NONE') });
      expect(
        await story.query(`SELECT Id FROM Account WHERE Name = '${String(other.lead.fields['business_name'])}'`),
      ).toEqual([]);
    },
  },
];
