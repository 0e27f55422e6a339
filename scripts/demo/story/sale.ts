// From a demo to a sale (M20–M25, M29, M30), on one lead: each step goes on from where the one before it ended.
import { DAY_MS } from '../../../bridge/model/durations.ts';
import { TIME_ZONE } from '../demoStack.ts';
import { PRODUCT } from '../sales.ts';
import type { Value } from '../salesforce.ts';
import { finds, same, shows } from './expect.ts';
import type { StepContext, Step } from './stepContext.ts';

const PLACES = ['12 High St', 'Dock 4'];

type Found = Readonly<Record<string, Value>>;

/** Everything of the deal that is in Salesforce, below its Account. */
export interface DealRecords {
  opportunities: Found[];
  items: Found[];
  contacts: Found[];
  sites: Found[];
  organizations: Found[];
}

export async function recordsOf({ salesforce }: StepContext, accountId: string): Promise<DealRecords> {
  const below = { AccountId: accountId };
  const opportunities = await salesforce.find('Opportunity', below, ['Name', 'StageName', 'CloseDate']);
  const ids = opportunities.map(({ Id }) => Id);
  const [items, contacts, sites, organizations] = await Promise.all([
    salesforce.find('OpportunityLineItem', { OpportunityId: { $in: ids } }, ['Quantity', 'UnitPrice']),
    salesforce.find('Contact', below, ['LastName', 'Phone']),
    salesforce.find('Site__c', { Account__c: accountId }, ['location__c', 'Organization__c']),
    salesforce.find('Organization__c', { Account__c: accountId }, []),
  ]);
  return { opportunities, items, contacts, sites, organizations };
}

/** The lead of the deal and where it is in Salesforce. @throws when its demo did not get there */
export async function customerOf(
  context: StepContext,
): Promise<{ leadId: string; contactId: string; accountId: string }> {
  if (!context.customer) throw new Error('The lead of the deal is missing: its demo did not get there.');
  const { leadId } = context.customer;
  const { contact_id, account_id } = (await context.lead(leadId)).salesforce;
  if (!contact_id || !account_id) throw new Error('The lead of the deal shows no Contact and Account.');
  return { leadId, contactId: contact_id, accountId: account_id };
}

export const demoSet: Step = {
  id: '14',
  title: 'In Sellfire a demo is set with a lead',
  async play(context) {
    const pair = await context.pair({ City: 'Austin' });
    context.desk.editLead(pair.leadId, { custom_locations: PLACES });
    const start = new Date(Date.now() + 3 * DAY_MS).toISOString();
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE }).format(new Date(start));
    context.desk.setDemo(pair.leadId, { start_time: start });
    await finds('A Contact and an Account of the lead', async () => {
      const { contact_id, account_id } = (await context.lead(pair.leadId)).salesforce;
      return contact_id && account_id ? account_id : undefined;
    });
    context.customer = pair;
    const { leadId, contactId, accountId } = await customerOf(context);
    const { opportunities } = await recordsOf(context, accountId);
    same(
      'The Opportunity',
      opportunities.map(({ Name, StageName, CloseDate }) => [Name, StageName, CloseDate]),
      [[pair.name, 'Qualification', day]],
    );
    await shows(
      'The Contact',
      () => context.salesforce.get('Contact', contactId, ['Sellfire_Lead_Id__c', 'Phase__c']),
      {
        Sellfire_Lead_Id__c: leadId,
        Phase__c: 'HeldPhase',
      },
    );
    return `Account ${accountId}, Contact ${contactId} (the lead's record now), Opportunity ${String(opportunities[0]?.Id)} on ${day}`;
  },
};

export const sold: Step = {
  id: '15',
  title: 'In Sellfire the demo is held and a sale is made, with two people of one business line',
  async play(context) {
    const { leadId, accountId } = await customerOf(context);
    context.desk.holdDemo(leadId);
    const item = { product_code: PRODUCT.code, product_name: PRODUCT.name, quantity: 2, unit_price: '129.50' };
    const { phone } = context.business();
    context.desk.sell(leadId, {
      items: [item],
      associated_contacts: [
        { first_name: 'Bo', last_name: 'Rock', phone_number: phone },
        { first_name: 'Di', last_name: 'Clay', phone_number: phone },
      ],
    });
    await context.reported('the sale', { leadId }, ({ event, outcome }) => event === 'Sale' && outcome === 'Success');
    const transaction = await recordsOf(context, accountId);
    const [organization] = transaction.organizations;
    same(
      'The Opportunity',
      transaction.opportunities.map(({ StageName }) => StageName),
      ['Closed Won'],
    );
    same(
      'Its items',
      transaction.items.map(({ Quantity, UnitPrice }) => [Quantity, UnitPrice]),
      [[2, 129.5]],
    );
    same('The people', transaction.contacts.map(({ LastName }) => LastName).toSorted(), ['Clay', 'Reyes', 'Rock']);
    same('Organizations', transaction.organizations.length, 1);
    same(
      'The sites',
      transaction.sites.map(({ location__c, Organization__c }) => [location__c, Organization__c]).toSorted(),
      PLACES.map((place) => [place, organization?.Id]),
    );
    return `That Opportunity is Closed Won, with an item of 2 × 129.50; 3 Contacts; ${PLACES.length} Sites of Organization ${String(organization?.Id)}`;
  },
};

export const called: Step = {
  id: '16',
  title: 'In Sellfire a call with a lead is logged',
  async play(context) {
    const { recordId, leadId } = await context.pair();
    const [rep] = (await context.sellfire.reps()).filter(({ role, state }) => role === 'rep' && state === 'active');
    context.desk.logCall(leadId, {
      rep_id: rep?.id,
      outcome: 'gatekeeper',
      conference_duration: 61,
      notes: 'Call after noon.',
    });
    const columns = ['OwnerId', 'CallDurationInSeconds', 'CallDisposition', 'Description', 'Status'] as const;
    const task = await finds('A Task of the Lead', async () => {
      return (await context.salesforce.find('Task', { WhoId: recordId, Subject: 'Call' }, columns))[0];
    });
    const { Id, ...seen } = task;
    same('The Task', seen, {
      OwnerId: rep?.sf_owner_id ?? null,
      CallDurationInSeconds: 61,
      CallDisposition: 'Gatekeeper',
      Description: 'Call after noon.',
      Status: 'Completed',
    });
    return `Task ${String(Id)} of the Lead: 61 s, Gatekeeper, owned by the rep's Salesforce user`;
  },
};

export const repushed: Step = {
  id: '17',
  title: 'In Salesforce the sale is repushed from its report',
  async play(context) {
    const { leadId, accountId } = await customerOf(context);
    const before = await recordsOf(context, accountId);
    const [row] = await context.salesforce.find(
      'Integration_Report__c',
      { Sellfire_Lead_Id__c: leadId, Event__c: 'Sale' },
      [],
    );
    const { Result__c } = await context.asked('Repush', { reports: [row?.Id] });
    same('The records of the deal', await recordsOf(context, accountId), before);
    const count = Object.values(before).reduce((sum, rows) => sum + rows.length, 0);
    return `"${String(Result__c)}" The same ${count} records as before, none doubled`;
  },
};
