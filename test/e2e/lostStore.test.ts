// A store that is lost, emptied, or put back from an older copy, end to end: the org knows better, nothing is written until somebody
// decides, and after that the changes of the meantime cross.
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story } from './story.ts';

jest.setTimeout(90_000);

const folder = mkdtempSync(join(tmpdir(), 'lost-store-'));

let stack: Stack;
let story: Story;
beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix);
  await stack.bridge.start();
});
afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true });
});

const dataDir = (): string => stack.bridge.env['DATA_DIR'] ?? '';
const storeFiles = (): string[] => readdirSync(dataDir()).filter((name) => name.startsWith('bridge.sqlite'));
function loseStore(): void {
  for (const name of storeFiles()) rmSync(join(dataDir(), name));
}
function copyStore(from: string, to: string): void {
  for (const name of readdirSync(to)) if (name.startsWith('bridge.sqlite')) rmSync(join(to, name));
  for (const name of readdirSync(from))
    if (name.startsWith('bridge.sqlite')) copyFileSync(join(from, name), join(to, name));
}

const status = async () =>
  story.plain((await story.query('SELECT @Sync_State__c, @State__c, @Detail__c FROM @Bridge_Status__c'))[0] ?? {});
const ready = () => stack.bridge.readiness();
const isReady = async (): Promise<boolean> => (await ready()).status === 200;

/** Waits until the bridge says in every place that its store is not the one of this org. */
async function saysLost(words: string): Promise<void> {
  const answer = await until('the bridge is not ready', async () => {
    const one = await ready();
    return one.status === 503 && one.text.includes(words) ? one : undefined;
  });
  expect(answer.text).toContain('restore-links');
  const said = await until('the status of the org says so', async () => {
    const row = await status();
    return row['Sync_State__c'] === 'StoreLost' && row;
  });
  expect(said).toMatchObject({ State__c: 'Problem', Detail__c: expect.stringContaining(words) });
}

async function restore(): Promise<void> {
  expect(await story.asked('RestoreLinks')).toMatchObject({
    Status__c: 'Done',
    Result__c: expect.stringContaining('linked again'),
  });
  await until('the bridge is ready', isReady);
}

describe('a store that is lost', () => {
  it('is noticed: nothing is written until somebody decides, and then what changed meanwhile crosses', async () => {
    const [ours, theirs, both] = [await story.fromSalesforce(), await story.fromSellfire(), await story.fromSellfire()];
    await story.quiet();
    await stack.bridge.stop();
    loseStore();
    await story.update('Lead', ours.id, { Title: 'While lost' });
    story.edit(theirs.lead.id, { city: 'Reno' });
    story.edit(both.lead.id, { city: 'Waco' });
    await story.update('Lead', both.id, { City: 'Tyler' });
    const born = story.phone();
    await story.create('Lead', { Phone: born, LastName: 'Late', Company: 'Late Ltd' });
    stack.bridge.launch();
    await saysLost('its links are lost');
    const bred = story.phone();
    const late = stack.sellfire.desk.createLead({
      ...{ primary_phone_number: bred, last_name: 'Sand', business_name: 'Bred Ltd' },
    });
    await story.update('Lead', ours.id, { Title: 'While it waits' });
    expect(await story.asked('LinkExisting')).toMatchObject({
      Status__c: 'Failed',
      Result__c: expect.stringContaining('SYNC_STORE_LOST'),
    });
    // A pause and a restart leave the decision open.
    expect(await story.asked('Pause')).toMatchObject({ Status__c: 'Done' });
    await stack.bridge.stop();
    stack.bridge.launch();
    await saysLost('its links are lost');
    expect(stack.sellfire.dialer.leads.find(ours.lead.id)?.fields['title'] ?? null).toBeNull();
    expect(stack.sellfire.dialer.leads.findByPhone(born)).toBeUndefined();
    expect(stack.org.org.get('Lead', theirs.id)?.['City'] ?? null).toBeNull();

    expect(await story.asked('RestoreLinks', { preview: true })).toMatchObject({
      Status__c: 'Done',
      Result__c: expect.stringMatching(/^3 records with the id of a lead/),
    });
    await restore();
    await story.sellfireHas(ours.lead.id, { title: 'While it waits' });
    await story.salesforceHas(theirs.id, { City: 'Reno' });
    await story.sellfireHas(both.lead.id, { city: 'Tyler' });
    await story.arrival(born);
    await story.linked(late.id);
    await story.quiet();
    const rows = await story.query('SELECT Id, Phone FROM Lead');
    expect(new Set(rows.map((row) => row['Phone'])).size).toBe(rows.length);
    expect(rows).toHaveLength(5);
    expect(stack.sellfire.dialer.leads.size).toBe(5);
    // Sync goes on both ways.
    await story.update('Lead', theirs.id, { Title: 'Afterwards' });
    await story.sellfireHas(theirs.lead.id, { title: 'Afterwards' });
    story.edit(ours.lead.id, { city: 'Boise' });
    await story.salesforceHas(ours.id, { City: 'Boise' });
    expect(story.logged('store_lost')).toBe(2);
  });

  it('is distinguished from the right one, which goes on by itself once it is put back', async () => {
    const backup = mkdtempSync(join(folder, 'right-'));
    await stack.bridge.stop();
    copyStore(dataDir(), backup);
    loseStore();
    stack.bridge.launch();
    await saysLost('its links are lost');
    await stack.bridge.stop();
    copyStore(backup, dataDir());
    await stack.bridge.start();
    const { id, lead } = await story.fromSalesforce();
    await story.update('Lead', id, { Title: 'Right' });
    await story.sellfireHas(lead.id, { title: 'Right' });
  });
});

describe('an older copy of the store', () => {
  it('is noticed, and what it lacks is linked again (I2)', async () => {
    const backup = mkdtempSync(join(folder, 'older-'));
    await stack.bridge.stop();
    copyStore(dataDir(), backup);
    await stack.bridge.start();
    const { id, lead } = await story.fromSalesforce();
    await story.update('Lead', id, { Title: 'Newer' });
    await story.sellfireHas(lead.id, { title: 'Newer' });
    await story.quiet();
    await stack.bridge.stop();
    copyStore(backup, dataDir());
    await story.update('Lead', id, { Title: 'Newest' });
    stack.bridge.launch();
    await saysLost('an older copy');
    await restore();
    await story.sellfireHas(lead.id, { title: 'Newest' });
    await story.quiet();
    expect(stack.org.org.get('Lead', id)?.['Title']).toBe('Newest');
  });
});

describe('a store whose links were emptied', () => {
  it('is noticed, and they are restored', async () => {
    const { id, lead } = await story.fromSellfire();
    await story.quiet();
    await stack.bridge.stop();
    const db = new DatabaseSync(join(dataDir(), 'bridge.sqlite'));
    db.exec('DELETE FROM link; DELETE FROM link_record');
    db.close();
    await story.update('Lead', id, { Title: 'Unlinked' });
    stack.bridge.launch();
    await saysLost('has lost links');
    await restore();
    await story.sellfireHas(lead.id, { title: 'Unlinked' });
  });
});
