// The record type of what the bridge creates (B15): that of the settings, in words where the connected user cannot give it, and no
// failure for each lead.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story, type Row } from './story.ts';

jest.setTimeout(60_000);

let stack: Stack;
let story: Story;
let settings: string;
const ids: Record<string, string> = {};

const define = (developerName: string, active = true): void => {
  const { id } = stack.org.org.recordTypes.define({
    ...{ object: 'Lead', developerName, name: `${developerName} Leads`, active, picklists: {} },
  });
  ids[developerName] = id;
};
const assign = (...names: string[]): void =>
  stack.org.org.recordTypes.assign(stack.org.users.integration.id, 'Lead', names, 'Direct');
const set = (name: string | null): Promise<void> =>
  story.reloaded(() => story.update('@Sync_Settings__c', settings, { '@Lead_Record_Type__c': name }));
const reread = (): Promise<unknown> =>
  story.reloaded(() => story.create('@Sync_Request__c', { '@Type__c': 'RefreshCatalogue' }));
const typeOf = (id: string): unknown => stack.org.org.get('Lead', id)?.['RecordTypeId'];
const makeLead = (name: string): string =>
  stack.sellfire.desk.createLead({
    ...{ primary_phone_number: story.phone(), last_name: name, business_name: 'Typed' },
  }).id;
const failures = (leadId: string): Promise<Row[]> =>
  story.query(
    `SELECT @Code__c FROM @Integration_Report__c WHERE @Sellfire_Lead_Id__c = '${leadId}' AND @Outcome__c = 'Failed'`,
  );
const paused = async (words: string): Promise<Row[]> =>
  (await story.query(`SELECT @Reason__c FROM @Integration_Report__c WHERE @Code__c = 'CREATION_PAUSED'`))
    .map((row) => story.plain(row))
    .filter((row) => String(row['Reason__c']).includes(words));

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  for (const name of ['Direct', 'Partner']) define(name);
  assign('Direct', 'Partner');
  await mapFields(stack.admin, stack.prefix);
  settings = await story.create('@Sync_Settings__c', { Name: 'Settings' });
  await stack.bridge.start();
});
afterAll(async () => {
  await stack.stop();
});

describe('a new Lead', () => {
  it('gets the default record type of the connected user, and that of the settings where they name one', async () => {
    expect(typeOf((await story.fromSellfire()).id)).toBe(ids['Direct']);
    for (const name of ['partner leads', 'Partner', ids['Partner'] ?? '', (ids['Partner'] ?? '').slice(0, 15)]) {
      await set(name);
      expect(typeOf((await story.fromSellfire()).id)).toBe(ids['Partner']);
    }
  });

  it.each<[what: string, words: string, spoil: () => void, mend: () => void]>([
    ['is not active', 'not active', () => define('Partner', false), () => define('Partner')],
    ['the user may not give', 'may not give', () => assign('Direct'), () => assign('Direct', 'Partner')],
  ])(
    'waits without a failure where the record type %s, which is said once, and is created when it is mended',
    async (_, words, spoil, mend) => {
      await set('Partner');
      spoil();
      await reread();
      const leads = Array.from({ length: 3 }, (_, index) => makeLead(`${words} ${index}`));
      await story.quiet();
      await until('creation is paused', async () => (await paused(words)).length === 1);
      for (const id of leads) await expect(failures(id)).resolves.toEqual([]);
      mend();
      await reread();
      for (const id of leads) expect(typeOf(await story.linked(id))).toBe(ids['Partner']);
      expect(await paused(words)).toHaveLength(1);
    },
  );

  it('that is refused before the bridge has read of it says so in words, and is created when its record type is back', async () => {
    await set('Partner');
    await reread();
    define('Partner', false);
    const first = makeLead('Unaware');
    const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${first}'`);
    expect(row).toMatchObject({ Outcome__c: 'Failed', Code__c: 'RECORD_TYPE_UNAVAILABLE' });
    await reread();
    const later = makeLead('Aware');
    await story.quiet();
    await expect(failures(later)).resolves.toEqual([]);
    define('Partner');
    await reread();
    for (const id of [first, later]) expect(typeOf(await story.linked(id))).toBe(ids['Partner']);
  });

  it('has a choice that the object lacks said with those that there are', async () => {
    await set('Reseller');
    await until('creation is paused', async () => (await paused('"Reseller"')).length === 1);
    const [row] = await paused('"Reseller"');
    expect(row?.['Reason__c']).toContain('Direct Leads, Partner Leads');
    await set(null);
    expect(typeOf((await story.fromSellfire()).id)).toBe(ids['Direct']);
  });
});
