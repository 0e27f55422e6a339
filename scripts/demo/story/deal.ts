// From a demo to a sale (M20–M25, M29, M30), on one lead: each step goes on from where the one before it ended.
import { PRODUCT } from '../deals.ts';
import type { Value } from '../salesforce.ts';
import { finds, same, shows } from './expect.ts';
import type { Scene, Step } from './scene.ts';

const DAY_MS = 24 * 3_600_000;
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

export async function recordsOf({ salesforce }: Scene, accountId: string): Promise<DealRecords> {
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
export async function customerOf(scene: Scene): Promise<{ leadId: string; contactId: string; accountId: string }> {
  if (!scene.customer) throw new Error('The lead of the deal is missing: its demo did not get there.');
  const { leadId } = scene.customer;
  const { contact_id, account_id } = (await scene.lead(leadId)).salesforce;
  if (!contact_id || !account_id) throw new Error('The lead of the deal shows no Contact and Account.');
  return { leadId, contactId: contact_id, accountId: account_id };
}

export const demoSet: Step = {
  id: '14',
  title: 'In Sellfire a demo is set with a lead',
  async play(scene) {
    const pair = await scene.pair({ City: 'Austin' });
    scene.desk.editLead(pair.leadId, { custom_locations: PLACES });
    const start = new Date(Date.now() + 3 * DAY_MS).toISOString();
    scene.desk.setDemo(pair.leadId, { start_time: start });
    await finds('A Contact and an Account of the lead', async () => {
      const { contact_id, account_id } = (await scene.lead(pair.leadId)).salesforce;
      return contact_id && account_id ? account_id : undefined;
    });
    scene.customer = pair;
    const { leadId, contactId, accountId } = await customerOf(scene);
    const { opportunities } = await recordsOf(scene, accountId);
    same(
      'The Opportunity',
      opportunities.map(({ Name, StageName, CloseDate }) => [Name, StageName, CloseDate]),
      [[pair.name, 'Qualification', start.slice(0, 10)]],
    );
    await shows('The Contact', () => scene.salesforce.get('Contact', contactId, ['Sellfire_Lead_Id__c', 'Phase__c']), {
      Sellfire_Lead_Id__c: leadId,
      Phase__c: 'HeldPhase',
    });
    return `Account ${accountId}, Contact ${contactId} (the lead's record now), Opportunity ${String(opportunities[0]?.Id)} on ${start.slice(0, 10)}`;
  },
};

export const sold: Step = {
  id: '15',
  title: 'In Sellfire the demo is held and a sale is made, with a second person',
  async play(scene) {
    const { leadId, accountId } = await customerOf(scene);
    scene.desk.holdDemo(leadId);
    const item = { product_code: PRODUCT.code, product_name: PRODUCT.name, quantity: 2, unit_price: '129.50' };
    const { phone } = scene.business();
    scene.desk.sell(leadId, {
      items: [item],
      associated_contacts: [{ first_name: 'Bo', last_name: 'Rock', phone_number: phone }],
    });
    await scene.reported('the sale', { leadId }, ({ event, outcome }) => event === 'Sale' && outcome === 'Success');
    const deal = await recordsOf(scene, accountId);
    const [organization] = deal.organizations;
    same(
      'The Opportunity',
      deal.opportunities.map(({ StageName }) => StageName),
      ['Closed Won'],
    );
    same(
      'Its items',
      deal.items.map(({ Quantity, UnitPrice }) => [Quantity, UnitPrice]),
      [[2, 129.5]],
    );
    same('The people', deal.contacts.map(({ LastName }) => LastName).toSorted(), ['Reyes', 'Rock']);
    same('Organizations', deal.organizations.length, 1);
    same(
      'The sites',
      deal.sites.map(({ location__c, Organization__c }) => [location__c, Organization__c]).toSorted(),
      PLACES.map((place) => [place, organization?.Id]),
    );
    return `That Opportunity is Closed Won, with an item of 2 × 129.50; ${PLACES.length} Sites of Organization ${String(organization?.Id)}`;
  },
};

export const called: Step = {
  id: '16',
  title: 'In Sellfire a call with a lead is logged',
  async play(scene) {
    const { recordId, leadId } = await scene.pair();
    const [rep] = (await scene.sellfire.reps()).filter(({ role, state }) => role === 'rep' && state === 'active');
    scene.desk.logCall(leadId, {
      rep_id: rep?.id,
      outcome: 'gatekeeper',
      conference_duration: 61,
      notes: 'Call after noon.',
    });
    const columns = ['OwnerId', 'CallDurationInSeconds', 'CallDisposition', 'Description', 'Status'] as const;
    const task = await finds('A Task of the Lead', async () => {
      return (await scene.salesforce.find('Task', { WhoId: recordId, Subject: 'Call' }, columns))[0];
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
  async play(scene) {
    const { leadId, accountId } = await customerOf(scene);
    const before = await recordsOf(scene, accountId);
    const [row] = await scene.salesforce.find(
      'Integration_Report__c',
      { Sellfire_Lead_Id__c: leadId, Event__c: 'Sale' },
      [],
    );
    const { Result__c } = await scene.asked('Repush', { reports: [row?.Id] });
    same('The records of the deal', await recordsOf(scene, accountId), before);
    const count = Object.values(before).reduce((sum, rows) => sum + rows.length, 0);
    return `"${String(Result__c)}" The same ${count} records as before, none doubled`;
  },
};
