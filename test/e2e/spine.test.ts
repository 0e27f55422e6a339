// The spine, end to end: a real bridge process between a local org and a local Sellfire, through OAuth, REST, gRPC with Avro and
// signed webhooks, on good days and on bad ones.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { deploy, xml } from '../salesforce/tests/packages.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story } from './story.ts';

jest.setTimeout(60_000);

/** More than any test will make. */
const FOREVER = 1_000_000;

let stack: Stack;
let story: Story;
beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix);
  await stack.bridge.start();
});
afterEach(() => {
  stack.org.org.faults.clear();
  stack.sellfire.faults.set({ unavailable: 0, rate_limited: 0, cut: 0, latency_ms: 0 });
  stack.sellfire.webhooks.control({ paused: false, repeat: 0, delay_ms: 0, reorder: false, lose: 0 });
});
afterAll(() => stack.stop());

describe('a lead', () => {
  it('made in Salesforce comes to Sellfire, and each shows the other (M18)', async () => {
    const phone = story.phone();
    const id = await story.create('Lead', {
      Phone: phone.replace(/^\+1(...)(...)(....)$/, '($1) $2-$3'),
      LastName: 'Stone',
      Company: 'Acme Plumbing',
      Email: 'stone@example.com',
      Website: 'https://acme.example',
      NumberOfEmployees: 12,
      // Always Sellfire's: this one stays where it is.
      Description: 'Only in Salesforce',
    });
    const lead = await story.arrival(phone);
    expect(lead.salesforce).toEqual({ lead_id: id, contact_id: null, account_id: null });
    expect(lead.fields).toMatchObject({
      primary_phone_number: phone,
      last_name: 'Stone',
      business_name: 'Acme Plumbing',
      email: 'stone@example.com',
      website: 'https://acme.example',
      employees: 12,
      notes: null,
      phase: 'ColdCallCold',
    });
    await story.salesforceHas(id, { '@Sellfire_Lead_Id__c': lead.id, '@Phase__c': 'ColdCallCold' });
  });

  it('made in Sellfire comes to Salesforce, and each shows the other (M17)', async () => {
    const { id, lead } = await story.fromSellfire({ business_name: 'Beta Roofing', notes: 'Call before noon' });
    await expect(
      story.query(
        `SELECT Id, Company, LastName, Phone, Description, Website FROM Lead WHERE @Sellfire_Lead_Id__c = '${lead.id}'`,
      ),
    ).resolves.toMatchObject([
      {
        Id: id,
        Company: 'Beta Roofing',
        LastName: 'Sand',
        Phone: lead.fields['primary_phone_number'],
        Description: 'Call before noon',
        Website: null,
      },
    ]);
  });

  it('changed on either side is the same on both, by the rule of each field (M5, M10)', async () => {
    const { id, lead } = await story.fromSalesforce({ Title: 'Owner' });
    await story.update('Lead', id, { Title: 'Founder', City: 'Austin', Description: 'Not for Sellfire' });
    await story.sellfireHas(lead.id, { title: 'Founder', city: 'Austin', notes: null });
    story.edit(lead.id, {
      title: null,
      email: 'stone@example.com',
      notes: 'Sellfire says',
      website: 'https://no.example',
    });
    await story.salesforceHas(id, {
      Title: null,
      Email: 'stone@example.com',
      Description: 'Sellfire says',
      Website: null,
    });
  });

  it('keeps its phone through every format of it', async () => {
    const { id, lead } = await story.fromSalesforce();
    const phone = String(lead.fields['primary_phone_number']);
    const { version } = stack.sellfire.dialer.leads.get(lead.id);
    await story.update('Lead', id, { Phone: phone.replace(/^\+1(...)(...)(....)$/, '$1.$2.$3') });
    await story.update('Lead', id, { City: 'Austin' });
    await story.sellfireHas(lead.id, { city: 'Austin', primary_phone_number: phone });
    // One change more than before: that of the city.
    expect(stack.sellfire.dialer.leads.get(lead.id).version).toBe(version + 1);
    const other = story.phone();
    await story.update('Lead', id, { Phone: other.slice(2) });
    await story.sellfireHas(lead.id, { primary_phone_number: other });
  });

  it('that either system knows already is not made again, and the report names who has the number (M18)', async () => {
    const { id, lead } = await story.fromSellfire();
    const again = await story.create('Lead', {
      Phone: String(lead.fields['primary_phone_number']),
      LastName: 'Twin',
      Company: 'Twin',
    });
    await expect(story.reports(`@Salesforce_Record_Id__c = '${again}'`)).resolves.toMatchObject([
      { Event__c: 'LeadCreated', Outcome__c: 'Skipped', Direction__c: 'ToSellfire', Code__c: 'PHONE_EXISTS' },
    ]);
    expect(stack.sellfire.dialer.leads.get(lead.id).salesforce.lead_id).toBe(id);
  });

  it('leaves one report for each attempt (M31), and the org has one row that says how the bridge is', async () => {
    const { lead } = await story.fromSellfire();
    story.edit(lead.id, { city: 'Reno' });
    const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Event__c = 'LeadUpdated'`);
    expect(row).toMatchObject({ Outcome__c: 'Success', Direction__c: 'ToSalesforce', Code__c: null });
    expect(JSON.parse(String(row?.['Changes__c']))).toMatchObject([{ field: 'City', after: 'Reno' }]);
    await expect(
      story.query('SELECT @Key__c, @State__c, @Connected_As__c FROM @Bridge_Status__c'),
    ).resolves.toMatchObject([{ Key__c: 'bridge', State__c: 'Running', Connected_As__c: 'integration@local.example' }]);
  });
});

describe('what Salesforce refuses (M32)', () => {
  it('a value that is too long fails alone: what was changed beside it and after it goes on, and the report names it', async () => {
    const { id, lead } = await story.fromSellfire();
    story.edit(lead.id, { first_name: 'Maximiliana '.repeat(5).trim(), title: 'Owner' });
    await story.salesforceHas(id, { FirstName: null, Title: 'Owner' });
    const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Outcome__c = 'Failed'`);
    expect(row).toMatchObject({
      Code__c: 'STRING_TOO_LONG',
      // Salesforce's own sentence, and what helps.
      Reason__c: expect.stringMatching(/First Name.*Shorten it in Sellfire/),
    });
    expect(story.logged('change_reported')).toBeGreaterThan(0);
    story.edit(lead.id, { first_name: 'Max' });
    await story.salesforceHas(id, { FirstName: 'Max' });
  });

  it('a value that a restricted picklist lacks fails alone, in a mapping that an admin makes meanwhile', async () => {
    const { id, lead } = await story.fromSellfire();
    const values = ['Gold', 'Silver'].map(
      (value) => `<value><fullName>${value}</fullName><default>false</default><label>${value}</label></value>`,
    );
    await deploy(stack.org.org, {
      'objects/Lead.object': xml(
        'CustomObject',
        `<fields><fullName>Tier__c</fullName><label>Tier</label><type>Picklist</type><valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>${values.join('')}</valueSetDefinition></valueSet></fields>`,
      ),
    });
    await story.reloaded(() => story.map(['custom_nickname', 'Lead', 'Tier__c', 'TwoWay']));
    story.edit(lead.id, { custom_nickname: 'Platinum', title: 'Owner' });
    await story.salesforceHas(id, { Tier__c: null, Title: 'Owner' });
    const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Outcome__c = 'Failed'`);
    expect(row).toMatchObject({ Code__c: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' });
    story.edit(lead.id, { custom_nickname: 'Gold' });
    await story.salesforceHas(id, { Tier__c: 'Gold' });
    await story.update('Lead', id, { Tier__c: 'Silver' });
    await story.sellfireHas(lead.id, { custom_nickname: 'Silver' });
  });

  it('a record that somebody else holds locked is tried again until it is let go, and nobody waits for it', async () => {
    const { id, lead } = await story.fromSellfire();
    const { id: otherId, lead: other } = await story.fromSellfire();
    stack.org.org.faults.add({ kind: 'lock-row', recordIds: [id], times: null });
    story.edit(lead.id, { title: 'Locked' });
    story.edit(other.id, { title: 'Free' });
    await story.salesforceHas(otherId, { Title: 'Free' });
    expect(stack.org.org.get('Lead', id)?.['Title']).toBeNull();
    stack.org.org.faults.clear();
    await story.salesforceHas(id, { Title: 'Locked' });
  });
});

describe('the configuration', () => {
  it('is obeyed as soon as an admin saves it: a mapping made, changed and deleted, without a restart', async () => {
    const { id, lead } = await story.fromSellfire({ custom_score: 1 });
    let mapping = '';
    await story.reloaded(async () => {
      mapping = await story.create('@Field_Mapping__c', {
        '@Sellfire_Object__c': 'Lead',
        '@Sellfire_Field__c': 'custom_score',
        '@Salesforce_Object__c': 'Lead',
        '@Salesforce_Field__c': 'AnnualRevenue',
        '@Sync_Rule__c': 'AlwaysSellfire',
        '@On_Create_Update__c': true,
      });
    });
    story.edit(lead.id, { custom_score: 2 });
    await story.salesforceHas(id, { AnnualRevenue: 2 });
    await story.reloaded(() =>
      story.update('@Field_Mapping__c', mapping, { '@Sync_Rule__c': 'SalesforceUnlessBlank' }),
    );
    story.edit(lead.id, { custom_score: 3, title: 'A' });
    await story.salesforceHas(id, { Title: 'A', AnnualRevenue: 2 });
    await story.update('Lead', id, { AnnualRevenue: 4 });
    await story.sellfireHas(lead.id, { custom_score: 4 });
    await story.reloaded(() => story.remove('@Field_Mapping__c', mapping));
    await story.update('Lead', id, { AnnualRevenue: 5, Title: 'B' });
    await story.sellfireHas(lead.id, { title: 'B', custom_score: 4 });
  });

  it('a switch that is turned off (M19) stops its direction, and turned on again lets later changes go', async () => {
    const { id, lead } = await story.fromSellfire();
    let settings = '';
    await story.reloaded(async () => {
      settings = await story.create('@Sync_Settings__c', { Name: 'Settings', '@Update_In_Salesforce__c': false });
    });
    story.edit(lead.id, { title: 'In a gap' });
    await story.update('Lead', id, { City: 'Reno' });
    await story.sellfireHas(lead.id, { city: 'Reno' });
    expect(stack.org.org.get('Lead', id)?.['Title']).toBeNull();
    await story.reloaded(() => story.update('@Sync_Settings__c', settings, { '@Update_In_Salesforce__c': true }));
    story.edit(lead.id, { title: 'Said' });
    await story.salesforceHas(id, { Title: 'Said' });
  });
});

describe('webhooks', () => {
  it('that are repeated, late and out of order converge on what was last said, each lead once', async () => {
    stack.sellfire.webhooks.control({ repeat: 2, reorder: true, delay_ms: 30 });
    const leads = Array.from({ length: 5 }, () =>
      stack.sellfire.desk.createLead({ primary_phone_number: story.phone(), last_name: 'Sand', business_name: 'Beta' }),
    );
    for (let edit = 1; edit <= 8; edit += 1) {
      for (const { id } of leads)
        story.edit(id, { title: `Title ${edit}`, [edit % 2 ? 'city' : 'street']: `Place ${edit}` });
      // No wait for anything: the edits are spread over several deliveries.
      await sleep(20);
    }
    for (const { id } of leads) {
      await story.salesforceHas(await story.linked(id), { Title: 'Title 8', City: 'Place 7', Street: 'Place 8' });
      await expect(story.query(`SELECT Id FROM Lead WHERE @Sellfire_Lead_Id__c = '${id}'`)).resolves.toHaveLength(1);
    }
  });

  it('that are lost are made good by the feed as soon as the next one shows the gap', async () => {
    const { id, lead } = await story.fromSellfire();
    await stack.sellfire.webhooks.idle();
    stack.sellfire.webhooks.control({ lose: 1 });
    story.edit(lead.id, { title: 'Lost' });
    await until('the webhook was lost', () => stack.sellfire.webhooks.state().controls.lose === 0);
    await stack.sellfire.webhooks.idle();
    expect(stack.org.org.get('Lead', id)?.['Title']).toBeNull();
    story.edit(lead.id, { city: 'Reno' });
    await story.salesforceHas(id, { Title: 'Lost', City: 'Reno' });
  });
});

describe('the change stream', () => {
  it('that is cut is resumed where it was: nothing between is lost', async () => {
    const { id, lead } = await story.fromSalesforce();
    expect(stack.org.pubsub.faults.dropStreams()).toBeGreaterThan(0);
    await story.update('Lead', id, { Title: 'Meanwhile' });
    await story.sellfireHas(lead.id, { title: 'Meanwhile' });
  });

  it('whose event is replaced by a gap has the record read', async () => {
    const { id, lead } = await story.fromSalesforce();
    await story.withoutEvents(1, () => story.update('Lead', id, { Title: 'In a gap' }));
    stack.org.pubsub.faults.publishGap('Lead', 'UPDATE', [id]);
    await story.sellfireHas(lead.id, { title: 'In a gap' });
  });

  it('that overflows has everything read that changed', async () => {
    const { id, lead } = await story.fromSalesforce();
    const phone = story.phone();
    await story.withoutEvents(2, async () => {
      await story.update('Lead', id, { Title: 'One of many' });
      await story.create('Lead', { Phone: phone, LastName: 'New', Company: 'New' });
    });
    stack.org.pubsub.faults.publishOverflow('Lead');
    await story.sellfireHas(lead.id, { title: 'One of many' });
    await story.arrival(phone);
  });

  it('whose place is lost is begun anew, and what its events would have carried is read back (B5)', async () => {
    const { id, lead } = await story.fromSalesforce();
    await expect(stack.bridge.stop()).resolves.toBe(0);
    await story.update('Lead', id, { Title: 'Three days ago' });
    const phone = story.phone();
    await story.create('Lead', { Phone: phone, LastName: 'New', Company: 'New' });
    story.edit(lead.id, { city: 'Reno' });
    stack.org.pubsub.faults.expireEvents();
    await stack.bridge.start();
    await story.sellfireHas(lead.id, { title: 'Three days ago' });
    await story.salesforceHas(id, { City: 'Reno' });
    await story.arrival(phone);
    // And it goes on from there.
    await story.update('Lead', id, { Title: 'Today' });
    await story.sellfireHas(lead.id, { title: 'Today' });
  });

  it('goes on when an access token ends in the middle, and so does everything else', async () => {
    const { id, lead } = await story.fromSalesforce();
    await story.expireSessions();
    stack.org.pubsub.faults.dropStreams();
    story.edit(lead.id, { city: 'Reno' });
    await story.salesforceHas(id, { City: 'Reno' });
    await story.update('Lead', id, { Title: 'Signed in again' });
    await story.sellfireHas(lead.id, { title: 'Signed in again' });
    await expect(story.reports(`@Salesforce_Record_Id__c = '${id}'`)).resolves.not.toHaveLength(0);
  });
});

describe('a system that is away', () => {
  it('Sellfire: what changes in Salesforce meanwhile is there when it is back', async () => {
    const { id, lead } = await story.fromSalesforce();
    stack.sellfire.faults.set({ unavailable: FOREVER });
    await story.update('Lead', id, { Title: 'While you were away' });
    await until('Sellfire was asked', () => stack.sellfire.faults.settings.unavailable < FOREVER);
    stack.sellfire.faults.set({ unavailable: 0 });
    await story.sellfireHas(lead.id, { title: 'While you were away' });
  });

  it('Sellfire: an answer that never comes does nothing twice', async () => {
    const phone = story.phone();
    stack.sellfire.faults.set({ cut: 2 });
    const id = await story.create('Lead', { Phone: phone, LastName: 'Stone', Company: 'Acme' });
    const lead = await story.arrival(phone);
    expect(lead.salesforce.lead_id).toBe(id);
    expect([...stack.sellfire.dialer.leads.live()].filter((one) => one.salesforce.lead_id === id)).toHaveLength(1);
  });

  it('Salesforce: an answer that never comes makes nothing twice', async () => {
    stack.org.org.faults.add({ kind: 'drop-after', method: 'PATCH', times: 2 });
    const { id, lead } = await story.fromSellfire();
    await expect(story.query(`SELECT Id FROM Lead WHERE @Sellfire_Lead_Id__c = '${lead.id}'`)).resolves.toMatchObject([
      { Id: id },
    ]);
  });

  it('Salesforce: the bridge finishes what is under way at SIGTERM, starts without the org, keeps what Sellfire sends even through a kill, and catches up (M34)', async () => {
    const { id, lead } = await story.fromSellfire();
    stack.org.org.faults.add({ kind: 'slow', ms: 300, times: null });
    story.edit(lead.id, { title: 'Under way' });
    await until('the bridge has it', () => stack.sellfire.webhooks.state().subscriptions[0]?.pending === 0);
    await expect(stack.bridge.stop()).resolves.toBe(0);
    stack.org.org.faults.clear();
    stack.org.org.faults.add({ kind: 'unavailable', times: null });
    stack.bridge.launch();
    story.edit(lead.id, { city: 'Reno' });
    await until('the bridge has it', () => stack.sellfire.webhooks.state().subscriptions[0]?.pending === 0);
    const saysWhy = async (): Promise<boolean> => {
      const { status, text } = await stack.bridge.readiness();
      return status === 503 && text.includes('SERVER_UNAVAILABLE');
    };
    await until('the bridge says why it is not ready', saysWhy);
    await stack.bridge.kill();
    stack.bridge.launch();
    await until('it says so again after its restart', saysWhy);
    stack.org.org.faults.clear();
    await story.salesforceHas(id, { Title: 'Under way', City: 'Reno' });
  });
});
