// The bridge's writes beside the customer's own rules of who owns a Lead and what is a duplicate (B15).
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { deploy, xml } from '../salesforce/tests/packages.ts';
import { Story } from './story.ts';

let stack: Stack;
let story: Story;
let settings: string;

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix);
  settings = await story.create('@Sync_Settings__c', { Name: 'Settings' });
  await deploy(stack.org.org, {
    'assignmentRules/Lead.assignmentRules': xml(
      'AssignmentRules',
      `<assignmentRule><fullName>Everybody</fullName><active>true</active><ruleEntry><assignedTo>${stack.org.users.admin.username}</assignedTo><assignedToType>User</assignedToType></ruleEntry></assignmentRule>`,
    ),
  });
  await stack.bridge.start();
}, 120_000);

afterAll(async () => {
  await stack.stop();
}, 60_000);

const owner = (id: string): unknown => stack.org.org.get('Lead', id)?.['OwnerId'];
const set = (fields: Record<string, unknown>): Promise<void> =>
  story.reloaded(() => story.update('@Sync_Settings__c', settings, fields));

describe('an assignment rule of the org', () => {
  it('is not set off by what the bridge creates and updates', async () => {
    const { id, lead } = await story.fromSellfire();
    expect(owner(id)).toBe(stack.org.users.integration.id);
    story.edit(lead.id, { city: 'Waco' });
    await story.salesforceHas(id, { City: 'Waco' });
    expect(owner(id)).toBe(stack.org.users.integration.id);
  }, 60_000);

  it('chooses the owner of a new Lead where the admin wants it, and never of one that is there', async () => {
    await set({ '@Run_Assignment_Rules__c': true });
    try {
      const { id, lead } = await story.fromSellfire();
      expect(owner(id)).toBe(stack.org.users.admin.id);
      stack.org.org.transact({ user: stack.org.users.admin.id, origin: '' }, (transaction) =>
        transaction.update('Lead', id, { OwnerId: stack.org.users.integration.id }),
      );
      story.edit(lead.id, { city: 'Tyler' });
      const others = Array.from({ length: 3 }, () => story.fromSellfire());
      await story.salesforceHas(id, { City: 'Tyler' });
      expect(owner(id)).toBe(stack.org.users.integration.id);
      for (const other of await Promise.all(others)) expect(owner(other.id)).toBe(stack.org.users.admin.id);
    } finally {
      await set({ '@Run_Assignment_Rules__c': false });
    }
  }, 60_000);

  it('leaves a Lead alone that an earlier attempt had made already', async () => {
    await set({ '@Run_Assignment_Rules__c': true });
    try {
      // The answer to the creation is lost, and somebody takes the Lead over before the next attempt.
      const { org } = stack.org;
      const { integration } = stack.org.users;
      let taken = false;
      org.listen({
        committed({ changes }) {
          for (const { object, id, type, after } of changes) {
            if (taken || object !== 'Lead' || type !== 'CREATE' || after['LastName'] !== 'Lost') continue;
            taken = true;
            org.transact({ user: stack.org.users.admin.id, origin: '' }, (transaction) =>
              transaction.update('Lead', id, { OwnerId: integration.id }),
            );
          }
        },
      });
      org.faults.add({ kind: 'drop-after', method: 'POST', path: '/composite/sobjects' });
      const { id } = await story.fromSellfire({ last_name: 'Lost' });
      expect(taken).toBe(true);
      expect(owner(id)).toBe(integration.id);
      await expect(story.query(`SELECT Id FROM Lead WHERE LastName = 'Lost'`)).resolves.toHaveLength(1);
    } finally {
      await set({ '@Run_Assignment_Rules__c': false });
    }
  }, 60_000);
});

describe('a duplicate rule of the org', () => {
  afterEach(() => stack.org.org.duplicates.clear());

  /** A Lead in Salesforce, and a Sellfire lead with the same e-mail address. */
  const double = async (email: string): Promise<{ first: string; id: string }> => {
    const first = await story.create('Lead', { LastName: 'Twin', Company: 'First', Email: email });
    const fields = { primary_phone_number: story.phone(), last_name: 'Twin', business_name: 'Second' };
    const { id } = stack.sellfire.desk.createLead({ ...fields, email });
    return { first, id };
  };

  it('that alerts refuses the record, and the report names the other one', async () => {
    stack.org.org.duplicates.add({ name: 'Twins', object: 'Lead', field: 'Email' });
    const { first, id } = await double('alert@dup.example');
    const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${id}'`);
    expect(row).toMatchObject({ Code__c: 'DUPLICATES_DETECTED', Reason__c: expect.stringContaining(first) as unknown });
  }, 60_000);

  it('that blocks is no end: the report names the record in the way, and the two can be linked, which changes no field', async () => {
    stack.org.org.duplicates.add({ name: 'Block', object: 'Lead', field: 'Email', action: 'block' });
    const { first, id } = await double('link@dup.example');
    await story.reports(`@Sellfire_Lead_Id__c = '${id}' AND @Code__c = 'DUPLICATES_DETECTED'`);
    const [named] = await story.query(
      `SELECT @Salesforce_Record_Id__c FROM @Integration_Report__c WHERE @Sellfire_Lead_Id__c = '${id}' AND @Code__c = 'DUPLICATES_DETECTED'`,
    );
    expect(story.plain(named ?? {})).toMatchObject({ Salesforce_Record_Id__c: first });
    const before = stack.org.org.get('Lead', first);
    await expect(story.asked('LinkExisting', { pair: { lead: id, record: first } })).resolves.toMatchObject({
      Status__c: 'Done',
    });
    expect(await story.linked(id)).toBe(first);
    await story.quiet();
    expect(stack.org.org.get('Lead', first)).toMatchObject({ Company: before?.['Company'], LastName: 'Twin' });
    expect(stack.sellfire.dialer.leads.get(id).fields['business_name']).toBe('Second');
    await expect(story.asked('LinkExisting', { pair: { lead: id, record: '001000000000001' } })).resolves.toMatchObject(
      {
        Status__c: 'Failed',
        Result__c: expect.stringContaining('Lead or Contact') as unknown,
      },
    );
  }, 60_000);

  it('that alerts is saved over where the admin wants it; one that blocks never is', async () => {
    await set({ '@Save_Over_Duplicate_Alerts__c': true });
    try {
      stack.org.org.duplicates.add({ name: 'Twins', object: 'Lead', field: 'Email' });
      const { id } = await double('over@dup.example');
      await story.linked(id);
      stack.org.org.duplicates.clear();
      stack.org.org.duplicates.add({ name: 'Block', object: 'Lead', field: 'Email', action: 'block' });
      const again = await double('block@dup.example');
      const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${again.id}'`);
      expect(row).toMatchObject({ Code__c: 'DUPLICATES_DETECTED' });
      expect(stack.sellfire.dialer.leads.get(again.id).salesforce.lead_id).toBeNull();
    } finally {
      await set({ '@Save_Over_Duplicate_Alerts__c': false });
    }
  }, 60_000);
});
