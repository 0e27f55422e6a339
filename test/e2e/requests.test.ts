// What an admin asks of the bridge by a Sync_Request__c, through the real parts: the page's record, the flow, the event, the
// bridge, its progress on the record again (M9, M27, and "Sync now").
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { conditionOf } from '../salesforce/validation.ts';
import { mapFields } from '../helpers/mappings.ts';
import { signIn, startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story, type Row } from './story.ts';

let stack: Stack;
let story: Story;
/** A Lead that was there before the org was connected. */
let oldLead: string;

async function command(type: string, parameters: object | string = {}, more: Row = {}): Promise<string> {
  const Parameters__c = typeof parameters === 'string' ? parameters : JSON.stringify(parameters);
  return story.create('Sync_Request__c', { Type__c: type, Parameters__c, ...more });
}

interface Ended {
  Status__c: string;
  Result__c: string;
  Result_Data__c: string | null;
  Done__c: number;
  Failed__c: number;
}

async function ended(id: string): Promise<Ended> {
  const columns = 'Status__c, Result__c, Result_Data__c, Done__c, Failed__c, Total__c, Progress__c, Reported_At__c';
  return until<Ended>('the request has ended', async () => {
    const [row] = await story.query(`SELECT ${columns} FROM Sync_Request__c WHERE Id = '${id}'`);
    return ['Done', 'Failed', 'Stopped'].includes(String(row?.['Status__c'])) && (row as unknown as Ended);
  });
}

const asked = async (...given: Parameters<typeof command>) => ended(await command(...given));

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, '');
  oldLead = await story.create('Lead', { Phone: '+15125559999', LastName: 'Old', Company: 'Old Mill' });
  await stack.bridge.start();
}, 120_000);

afterAll(async () => {
  await stack.stop();
}, 60_000);

describe('a request', () => {
  it('Sync now brings a record to Sellfire that was there before, and says that it did', async () => {
    expect(stack.sellfire.dialer.leads.findByPhone('+15125559999')).toBeUndefined();
    await expect(asked('SyncNow', {}, { Lead__c: oldLead })).resolves.toMatchObject({
      Status__c: 'Done',
      Done__c: 1,
      Failed__c: 0,
      Progress__c: 100,
      Result__c: expect.stringContaining('was compared with Sellfire'),
    });
    const lead = await story.arrival('+15125559999');
    expect(lead.fields['business_name']).toBe('Old Mill');
  }, 60_000);

  it('Sync now takes in what has no event', async () => {
    const { id, lead } = await story.fromSellfire();
    await story.withoutEvents(1, async () => story.update('Lead', id, { Company: 'Unseen Inc' }));
    await expect(asked('SyncNow', {}, { Lead__c: id })).resolves.toMatchObject({ Status__c: 'Done', Failed__c: 0 });
    await story.sellfireHas(lead.id, { business_name: 'Unseen Inc' });
  }, 60_000);

  it('a repush does again what was refused, once its cause is gone, and doubles nothing (M27, B8)', async () => {
    const { id, lead } = await story.fromSellfire();
    const { validation } = stack.org.org;
    validation.install({
      object: 'Lead',
      name: 'NoHermit',
      active: true,
      condition: conditionOf('Title = "Hermit"'),
      message: 'No hermits.',
      field: 'Title',
    });
    story.edit(lead.id, { title: 'Hermit' });
    const [report] = await story.reports(`Sellfire_Lead_Id__c = '${lead.id}' AND Outcome__c = 'Failed'`);
    const [row] = await story.query(
      `SELECT Id FROM Integration_Report__c WHERE Report_Id__c = '${String(report?.['Report_Id__c'])}'`,
    );
    const parameters = { reports: [row?.['Id']] };
    await expect(asked('Repush', parameters)).resolves.toMatchObject({ Status__c: 'Done', Done__c: 1, Failed__c: 1 });
    validation.remove('Lead', 'NoHermit');
    await expect(asked('Repush', { ...parameters, preview: true })).resolves.toMatchObject({
      Result__c: 'Would repush 1 event: 1 × LeadUpdated.',
    });
    await expect(asked('Repush', parameters)).resolves.toMatchObject({ Status__c: 'Done', Failed__c: 0 });
    await story.salesforceHas(id, { Title: 'Hermit' });
    await expect(story.query(`SELECT Id FROM Lead WHERE Sellfire_Lead_Id__c = '${lead.id}'`)).resolves.toHaveLength(1);
  }, 60_000);

  it('an event that a rep publishes by hand starts what the record of the request says, and nothing without a record', async () => {
    const rep = await signIn(stack.org, stack.org.users.user.username);
    const publish = (Request_Id__c: string, Type__c: string) =>
      rep.sobject('Sync_Request__e').create({ Action__c: 'Start', Request_Id__c, Type__c });
    await publish('a00000000000001AAA', 'Disconnect');
    await publish("' OR Id != '", 'Disconnect');
    const { id } = await rep.sobject('Sync_Request__c').create({ Lead__c: oldLead });
    if (id === undefined) throw new Error('The rep may not ask for a sync.');
    await expect(publish(id, 'Pause')).resolves.toMatchObject({ success: true });
    await expect(ended(id)).resolves.toMatchObject({ Status__c: 'Done' });
    await expect(asked('CheckSetup')).resolves.toMatchObject({ Status__c: 'Done' });
    await expect(story.query('SELECT Sync_State__c FROM Bridge_Status__c')).resolves.toMatchObject([
      { Sync_State__c: 'Running' },
    ]);
  }, 60_000);

  it('a new mapping is applied to what is linked already only when that is asked for, after a preview (M9)', async () => {
    const { id, lead } = await story.fromSellfire();
    const [industry = ''] = stack.sellfire.dialer.catalogue.get('lead', 'industry').options;
    story.edit(lead.id, { industry });
    await story.quiet();
    let mapping = '';
    await story.reloaded(async () => {
      mapping = await story.create('Field_Mapping__c', {
        Sellfire_Object__c: 'Lead',
        Sellfire_Field__c: 'industry',
        Salesforce_Object__c: 'Lead',
        Salesforce_Field__c: 'Industry',
        Sync_Rule__c: 'AlwaysSellfire',
        On_Create_Update__c: true,
      });
    });
    await story.quiet();
    await story.salesforceHas(id, { Industry: null });
    const preview = await asked('ApplyMapping', { mapping, preview: true });
    expect(preview.Result__c).toContain('1 record would change in Salesforce. 0 leads would change in Sellfire.');
    expect(JSON.parse(String(preview.Result_Data__c))).toMatchObject({
      differ: 1,
      rows: [{ recordId: id, side: 'salesforce', salesforceNow: null, sellfireNow: industry, after: industry }],
    });
    expect(preview.Result__c).toContain(`Lead ${id}, Industry: null → ${JSON.stringify(industry)}`);
    await story.salesforceHas(id, { Industry: null });
    await expect(asked('ApplyMapping', { mapping })).resolves.toMatchObject({ Status__c: 'Done', Failed__c: 0 });
    await story.salesforceHas(id, { Industry: industry });
  }, 90_000);

  it('a reconciliation takes in everything that has no event, and creates what was missed', async () => {
    const { id, lead } = await story.fromSellfire();
    const phone = story.phone();
    await story.withoutEvents(2, async () => {
      await story.update('Lead', id, { City: 'Unseen' });
      await story.create('Lead', { Phone: phone, LastName: 'New', Company: 'Missed Ltd' });
    });
    const dry = await asked('Reconcile', { all: true, dryRun: true });
    expect(dry.Result__c).toContain(`city: null → "Unseen"`);
    expect(stack.sellfire.dialer.leads.get(lead.id).fields['city'] ?? null).toBeNull();
    await expect(asked('Reconcile')).resolves.toMatchObject({ Status__c: 'Done', Failed__c: 0 });
    await story.sellfireHas(lead.id, { city: 'Unseen' });
    await story.arrival(phone);
  }, 60_000);

  it('goes on after kill -9 where it stood, and ends once', async () => {
    const made = await Promise.all(Array.from({ length: 40 }, async () => story.fromSellfire()));
    await story.quiet();
    const id = await command('Reconcile', { all: true });
    await stack.bridge.kill();
    await stack.bridge.start();
    const end = await ended(id);
    expect(end).toMatchObject({ Status__c: 'Done', Failed__c: 0 });
    expect(end.Done__c).toBeGreaterThanOrEqual(made.length);
  }, 90_000);

  it('stops on request, also while Sellfire is away', async () => {
    stack.sellfire.faults.set({ unavailable: 100_000 });
    const id = await command('Reconcile', { all: true });
    await until('it runs', async () => {
      const [row] = await story.query(`SELECT Status__c FROM Sync_Request__c WHERE Id = '${id}'`);
      return row?.['Status__c'] === 'Running';
    });
    await story.update('Sync_Request__c', id, { Stop_Requested__c: true });
    const end = await ended(id);
    stack.sellfire.faults.set({ unavailable: 0 });
    expect(end).toMatchObject({ Status__c: 'Stopped', Result__c: expect.stringContaining('Stopped on request') });
    await story.quiet();
  }, 60_000);

  it('that cannot be understood fails in words', async () => {
    await expect(asked('Repush', 'not json')).resolves.toMatchObject({
      Status__c: 'Failed',
      Result__c: expect.stringMatching(/^PARAMETERS_INVALID: .*Make the request from the pages/s),
    });
    await expect(asked('ApplyMapping', { mapping: 'a00000000000000AAA' })).resolves.toMatchObject({
      Status__c: 'Failed',
      Result__c: expect.stringMatching(/^MAPPING_UNKNOWN/),
    });
  }, 60_000);
});
