// The life of linked records through the real parts (M10, M11): a Lead converted in Salesforce, records merged, deleted and
// undeleted there, a lead deleted and restored in Sellfire – by events, by events only after the bridge was dead, or only read back.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Lead } from '../../bridge/model/lead.ts';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story } from './story.ts';

jest.setTimeout(60_000);

let stack: Stack;
let story: Story;

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, '');
  await story.map(['primary_phone_number', 'Account', 'Phone', 'TwoWay'], ['city', 'Account', 'BillingCity', 'TwoWay']);
  await stack.bridge.start();
}, 120_000);

afterAll(async () => {
  await stack.stop();
}, 60_000);

const leadOf = (id: string): Lead => stack.sellfire.dialer.leads.get(id);
const count = (): number => [...stack.sellfire.dialer.leads.live()].length;
const get = (object: string, id: string): Record<string, unknown> => stack.org.org.get(object, id) ?? {};

/** As a person does in the pages. @returns what came of it */
async function convert(leadId: string, more: object = {}): Promise<{ contactId: string; accountId: string }> {
  const done = await stack.admin.soap.convertLead({
    leadId,
    convertedStatus: 'Closed - Converted',
    doNotCreateOpportunity: false,
    overwriteLeadSource: false,
    sendNotificationEmail: false,
    ...more,
  });
  if (!done.success) throw new Error(JSON.stringify(done.errors));
  return { contactId: String(done.contactId), accountId: String(done.accountId) };
}

async function merge(object: string, master: string, ...losers: string[]): Promise<void> {
  const done = await stack.admin.soap.merge({
    additionalInformationMap: [],
    masterRecord: { type: object, Id: master } as never,
    recordToMergeIds: losers,
  });
  if (!done.success) throw new Error(JSON.stringify(done));
}

const undelete = async (id: string): Promise<void> => void (await stack.admin.soap.undelete([id]));

/** The Sellfire lead of a Lead, once it shows these ids. */
async function shows(leadId: string, ids: Partial<Lead['salesforce']>): Promise<void> {
  await until(`${leadId} shows ${JSON.stringify(ids)}`, () =>
    Object.entries(ids).every(([key, id]) => leadOf(leadId).salesforce[key as keyof typeof ids] === id),
  );
}

/** An edit on either side arrives at the other. */
async function isSynced(leadId: string, contactId: string): Promise<void> {
  const mark = story.phone().slice(-4);
  story.edit(leadId, { title: `Owner ${mark}` });
  await until('the title is on the Contact', () => get('Contact', contactId)['Title'] === `Owner ${mark}`);
  await story.update('Contact', contactId, { FirstName: `Ann ${mark}` });
  await story.sellfireHas(leadId, { first_name: `Ann ${mark}` });
}

describe('a Lead that is converted (M10, M11)', () => {
  it('goes on as its Contact and Account: Sellfire shows both, edits travel both ways, and no second lead is made', async () => {
    const { id, lead } = await story.fromSellfire({ city: 'Austin' });
    const before = count();
    const { contactId, accountId } = await convert(id);
    await shows(lead.id, { contact_id: contactId, account_id: accountId });
    await until('the Contact shows its lead', () => get('Contact', contactId)['Sellfire_Lead_Id__c'] === lead.id);
    await until('the phase is on it', () => get('Contact', contactId)['Phase__c'] === 'ColdCallCold');
    await isSynced(lead.id, contactId);
    story.edit(lead.id, { city: 'Waco' });
    await until('the city is on the Account', () => get('Account', accountId)['BillingCity'] === 'Waco');
    await story.quiet();
    expect(count()).toBe(before);
    expect((await story.reports(`Sellfire_Lead_Id__c = '${lead.id}' AND Code__c = 'CONVERTED'`)).length).toBe(1);
  });

  it('into a Contact that was there leaves both sides as they are, and makes no second lead either', async () => {
    const { id, lead } = await story.fromSalesforce();
    const before = count();
    // The Contact is there for years, without a number; the conversion gives it the Lead's.
    const account = await story.create('Account', { Name: 'Old customer' });
    const contact = await story.create('Contact', { LastName: 'Old', AccountId: account, Email: 'old@example.com' });
    const { schema, tables } = stack.org.org;
    for (const [object, one] of [
      ['Account', account],
      ['Contact', contact],
    ] as const)
      tables.update(schema.object(object), one, { CreatedDate: '2019-05-06T07:08:09.000Z' });
    await convert(id, { accountId: account, contactId: contact });
    await shows(lead.id, { contact_id: contact, account_id: account });
    // What it had is its own: linking changes neither side.
    expect(get('Contact', contact)).toMatchObject({ LastName: 'Old', Email: 'old@example.com' });
    expect(leadOf(lead.id).fields['last_name']).toBe('Stone');
    await isSynced(lead.id, contact);
    await story.quiet();
    expect(count()).toBe(before);
  });

  it('while the bridge is dead, with edits on both sides after it, comes to the same', async () => {
    const { id, lead } = await story.fromSellfire();
    await story.quiet();
    const before = count();
    await stack.bridge.kill();
    story.edit(lead.id, { email: 'before@example.com' });
    const { contactId, accountId } = await convert(id);
    await story.update('Contact', contactId, { FirstName: 'Later' });
    story.edit(lead.id, { title: 'Founder' });
    await stack.bridge.start();
    await shows(lead.id, { contact_id: contactId, account_id: accountId });
    await story.sellfireHas(lead.id, { first_name: 'Later' });
    await until('both edits are on the Contact', () => {
      const { Title, Email } = get('Contact', contactId);
      return Title === 'Founder' && Email === 'before@example.com';
    });
    await isSynced(lead.id, contactId);
    await story.quiet();
    expect(count()).toBe(before);
  });

  it('with many others at once, each edited on both sides in the same moment, loses no edit and makes no lead', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => story.fromSellfire()));
    await story.quiet();
    const before = count();
    const moved = await Promise.all(
      made.map(async ({ id, lead }, n) => {
        story.edit(lead.id, { email: `n${n}@example.com` });
        const { contactId } = await convert(id);
        story.edit(lead.id, { title: `Title ${n}` });
        await story.update('Contact', contactId, { FirstName: `First ${n}` });
        return { lead, contactId };
      }),
    );
    for (const [n, { lead, contactId }] of moved.entries()) {
      await shows(lead.id, { contact_id: contactId });
      await story.sellfireHas(lead.id, { first_name: `First ${n}`, title: `Title ${n}`, email: `n${n}@example.com` });
      await until(`the Contact of ${lead.id} has both edits`, () => {
        const { Title, Email, FirstName } = get('Contact', contactId);
        return Title === `Title ${n}` && Email === `n${n}@example.com` && FirstName === `First ${n}`;
      });
    }
    await story.quiet();
    expect(count()).toBe(before);
  });

  it('before it is in Sellfire becomes one lead, that of its Contact', async () => {
    await story.quiet();
    const before = count();
    await stack.bridge.kill();
    const phone = story.phone();
    const { contactId } = await convert(
      await story.create('Lead', { Phone: phone, LastName: 'Swift', Company: 'Swift' }),
    );
    await stack.bridge.start();
    const lead = await story.arrival(phone);
    await shows(lead.id, { lead_id: null, contact_id: contactId });
    await story.quiet();
    expect(count()).toBe(before + 1);
  });

  it('is followed through faults of either system', async () => {
    const { id, lead } = await story.fromSellfire();
    await story.quiet();
    const { faults } = stack.org.org;
    faults.add({ kind: 'drop-after', path: '/composite/sobjects', times: 2 });
    faults.add({ kind: 'unavailable', path: '/query', times: 2 });
    stack.sellfire.faults.set({ cut: 1 });
    const { contactId, accountId } = await convert(id);
    await shows(lead.id, { contact_id: contactId, account_id: accountId });
    await isSynced(lead.id, contactId);
    faults.clear();
    stack.sellfire.faults.set({ cut: 0 });
  });

  it('whose events are lost with the place in the stream is found by reading back', async () => {
    const { id, lead } = await story.fromSellfire();
    await story.quiet();
    const before = count();
    await stack.bridge.kill();
    const { contactId, accountId } = await convert(id);
    stack.org.pubsub.faults.expireEvents();
    await stack.bridge.start();
    await shows(lead.id, { contact_id: contactId, account_id: accountId });
    await isSynced(lead.id, contactId);
    await story.quiet();
    expect(count()).toBe(before);
  });
});

describe('a merge (M10, M11, B6)', () => {
  it('moves the link to the record that stays, with what people let survive', async () => {
    const { id, lead } = await story.fromSalesforce({ Title: 'Owner' });
    const stays = await story.create('Lead', { LastName: 'Stone', Company: 'Acme & Sons' });
    await merge('Lead', stays, id);
    await shows(lead.id, { lead_id: stays });
    await story.sellfireHas(lead.id, { business_name: 'Acme & Sons' });
    await story.salesforceHas(stays, {
      Sellfire_Lead_Id__c: lead.id,
      Phone: leadOf(lead.id).fields['primary_phone_number'],
    });
    story.edit(lead.id, { title: 'Founder' });
    await story.salesforceHas(stays, { Title: 'Founder' });
  });

  it('of two linked records ends the link of the one that is gone, and says which two leads are one now', async () => {
    const { id, lead } = await story.fromSalesforce();
    const { id: stays, lead: other } = await story.fromSalesforce();
    await merge('Lead', stays, id);
    const [row] = await story.reports(`Sellfire_Lead_Id__c = '${lead.id}' AND Code__c = 'TWO_LEADS_ONE_RECORD'`);
    expect(row).toMatchObject({ Outcome__c: 'Failed', Reason__c: expect.stringContaining(other.id) });
    story.edit(other.id, { title: 'Still synced' });
    await story.salesforceHas(stays, { Title: 'Still synced' });
  });

  it('of Accounts takes every link of the one that is gone along, whose Contacts move without an event', async () => {
    const { id, lead } = await story.fromSalesforce();
    const { contactId, accountId } = await convert(id);
    await shows(lead.id, { contact_id: contactId, account_id: accountId });
    const stays = await story.create('Account', { Name: 'Acme Group' });
    await merge('Account', stays, accountId);
    await shows(lead.id, { contact_id: contactId, account_id: stays });
    expect(get('Contact', contactId)['AccountId']).toBe(stays);
    story.edit(lead.id, { city: 'Waco' });
    await until('the city is on the Account that stays', () => get('Account', stays)['BillingCity'] === 'Waco');
  });

  it('of Contacts, of whom two are gone at once, moves the link as well', async () => {
    const { id, lead } = await story.fromSalesforce();
    const { contactId, accountId } = await convert(id);
    await shows(lead.id, { contact_id: contactId });
    const person = { LastName: 'Twin', AccountId: accountId };
    const stays = await story.create('Contact', person);
    await merge('Contact', stays, contactId, await story.create('Contact', person));
    await shows(lead.id, { contact_id: stays, account_id: accountId });
    await story.sellfireHas(lead.id, { last_name: 'Twin' });
    await isSynced(lead.id, stays);
  });

  it('while the bridge is dead, and without an event, is found by reading back', async () => {
    const { id, lead } = await story.fromSalesforce();
    const stays = await story.create('Lead', { LastName: 'Stone', Company: 'Read back' });
    await story.quiet();
    await stack.bridge.kill();
    await merge('Lead', stays, id);
    stack.org.pubsub.faults.expireEvents();
    await stack.bridge.start();
    await shows(lead.id, { lead_id: stays });
    await story.sellfireHas(lead.id, { business_name: 'Read back' });
  });
});

describe('what is deleted (M10, M11)', () => {
  async function converted(): Promise<{ lead: Lead; contactId: string; accountId: string }> {
    const { id, lead } = await story.fromSalesforce();
    const made = await convert(id);
    await shows(lead.id, { contact_id: made.contactId, account_id: made.accountId });
    await story.quiet();
    return { lead, ...made };
  }

  it('as a Contact with its Account is not written any more, and undeleted is synced again', async () => {
    const { lead, contactId, accountId } = await converted();
    await story.remove('Account', accountId);
    await story.reports(`Sellfire_Lead_Id__c = '${lead.id}' AND Code__c = 'LINK_ENDED'`);
    expect(stack.org.org.get('Contact', contactId)).toBeUndefined();
    story.edit(lead.id, { title: 'Meanwhile' });
    await undelete(accountId);
    await until('what was changed meanwhile arrives', () => get('Contact', contactId)['Title'] === 'Meanwhile');
    await isSynced(lead.id, contactId);
    story.edit(lead.id, { city: 'Waco' });
    await until('the Account is synced as well', () => get('Account', accountId)['BillingCity'] === 'Waco');
  });

  it('as an Account alone is dropped from the link, which goes on, and undeleted comes back to it', async () => {
    const { lead, contactId, accountId } = await converted();
    const elsewhere = await story.create('Account', { Name: 'Elsewhere' });
    await story.update('Contact', contactId, { AccountId: elsewhere });
    await story.remove('Account', accountId);
    await shows(lead.id, { contact_id: contactId, account_id: null });
    await isSynced(lead.id, contactId);
    await undelete(accountId);
    await shows(lead.id, { account_id: accountId });
  });

  it('in Sellfire is not synced any more, and restored is, with what Salesforce changed meanwhile', async () => {
    const { lead, contactId } = await converted();
    stack.sellfire.desk.deleteLead(lead.id);
    await story.reports(`Sellfire_Lead_Id__c = '${lead.id}' AND Code__c = 'LINK_ENDED'`);
    await story.update('Contact', contactId, { LastName: 'Married' });
    await story.quiet();
    stack.sellfire.desk.restoreLead(lead.id);
    await story.sellfireHas(lead.id, { last_name: 'Married' });
    await isSynced(lead.id, contactId);
  });
});
