// A Sellfire whose Field Manager changes fields while sync runs (B23, M8): what the change holds up is said once and goes on by itself,
// and nothing else is held up.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { deploy, textField, xml } from '../salesforce/tests/packages.ts';
import { Story, type Row } from './story.ts';

jest.setTimeout(60_000);

const MANAGER = { kind: 'user', id: null, request_id: null } as const;

let stack: Stack;
let story: Story;

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await deploy(stack.org.org, {
    'objects/Lead.object': xml(
      'CustomObject',
      ['Size__c', 'Tier__c', 'Zone__c'].map((name) => textField(name)).join(''),
    ),
  });
  const { catalogue } = stack.sellfire.dialer;
  for (const name of ['size', 'zone', 'region'])
    catalogue.addField({ object: 'lead', name, label: name, type: 'text' }, MANAGER);
  catalogue.addField(
    { object: 'lead', name: 'tier', label: 'Tier', type: 'select', options: ['Gold', 'Silver'] },
    MANAGER,
  );
  await mapFields(stack.admin, stack.prefix);
  await mapFields(stack.admin, stack.prefix, [
    ['size', 'Lead', 'Size__c', 'TwoWay'],
    ['tier', 'Lead', 'Tier__c', 'TwoWay'],
    ['zone', 'Lead', 'Zone__c', 'TwoWay'],
  ]);
  await stack.bridge.start();
});
afterAll(async () => {
  await stack.stop();
});

const statusSays = (field: string, words: string): Promise<boolean> =>
  until(`the mapping of ${field} says "${words}"`, async () => {
    const [row] = await story.query(
      `SELECT @Status_Reason__c FROM @Field_Mapping__c WHERE @Salesforce_Field__c = '${field}'`,
    );
    return String(story.plain(row ?? {})['Status_Reason__c']).includes(words);
  });
/** Failures of everything, by code. */
const failures = async (): Promise<Row[]> =>
  (await story.query(`SELECT @Code__c FROM @Integration_Report__c WHERE @Outcome__c = 'Failed'`)).map((row) =>
    story.plain(row),
  );

describe('a field of Sellfire', () => {
  it('that is deleted under way costs no record more than itself, and its mapping says so', async () => {
    const { id, lead } = await story.fromSalesforce({ Size__c: 'L' });
    await story.sellfireHas(lead.id, { size: 'L' });
    stack.sellfire.dialer.catalogue.removeField('lead', 'size', MANAGER);
    await statusSays('Size__c', 'has no field size');
    await story.update('Lead', id, { Size__c: 'XL', City: 'Waco' });
    await story.sellfireHas(lead.id, { city: 'Waco' });
    const later = await story.fromSalesforce({ Size__c: 'S', City: 'Reno' });
    await story.sellfireHas(later.lead.id, { city: 'Reno' });
    await expect(failures()).resolves.toEqual([]);
  });

  it('whose type changes under way, or whose option goes, costs a record no more than a value that does not fit any more', async () => {
    const { catalogue } = stack.sellfire.dialer;
    catalogue.changeField('lead', 'zone', { type: 'number', max_length: null }, MANAGER);
    catalogue.changeField('lead', 'tier', { options: ['Gold'] }, MANAGER);
    await statusSays('Zone__c', 'What is no number is refused');
    const fits = await story.fromSalesforce({ Zone__c: '7', Tier__c: 'Gold' });
    await story.sellfireHas(fits.lead.id, { zone: 7, tier: 'Gold' });
    const before = (await failures()).length;
    const { lead } = await story.fromSalesforce({ Zone__c: 'North', Tier__c: 'Silver', City: 'Elko' });
    await story.sellfireHas(lead.id, { city: 'Elko', zone: null, tier: null });
    await story.quiet();
    const codes = (await failures()).slice(before).map(({ Code__c }) => Code__c);
    expect(codes.toSorted()).toEqual(['INVALID_VALUE', 'UNKNOWN_OPTION']);
  });
});

describe('a field that every new lead of Sellfire needs from now on', () => {
  const require = (isRequired: boolean): void => {
    stack.sellfire.dialer.catalogue.require('region', isRequired, MANAGER);
  };
  const make = async (fields: Row = {}): Promise<{ id: string; phone: string }> => {
    const phone = story.phone();
    return { id: await story.create('Lead', { Phone: phone, LastName: 'Wait', Company: 'Wait', ...fields }), phone };
  };
  const paused = async (): Promise<Row[]> =>
    (await story.query(`SELECT @Reason__c FROM @Integration_Report__c WHERE @Code__c = 'LEAD_CREATION_PAUSED'`)).map(
      (row) => story.plain(row),
    );
  const metric = async (): Promise<string> => (await fetch(`${stack.bridge.url}/metrics`)).text();

  it('pauses creation in Sellfire, is said once, and the records that waited make their leads as they are by then', async () => {
    require(true);
    const first = [];
    for (let index = 0; index < 5; index += 1) {
      first.push(await make());
      await story.quiet();
    }
    await until('creation is paused', async () => (await paused()).length === 1);
    const before = (await failures()).length;
    const later = [];
    for (let index = 0; index < 8; index += 1) later.push(await make({ City: 'Waco' }));
    // One whose phone is entered while creation pauses, in a record that was there before.
    const old = await story.create('Lead', { LastName: 'Old', Company: 'Old' });
    await story.quiet();
    const oldPhone = story.phone();
    await story.update('Lead', old, { Phone: oldPhone });
    const edited = later[0];
    await story.quiet();
    if (edited) await story.update('Lead', edited.id, { City: 'Tyler' });
    await story.quiet();
    expect(await metric()).toMatch(/creation_paused\{.*object="Sellfire".*\} 1/);
    // Some try in vain and in silence, after a restart too.
    await stack.bridge.stop();
    await stack.bridge.start();
    await story.reloaded(() => story.create('@Sync_Request__c', { '@Type__c': 'RefreshCatalogue' }));
    await story.quiet();
    expect(await failures()).toHaveLength(before);

    require(false);
    const { leads } = stack.sellfire.dialer;
    for (const { phone } of [...first, ...later, { phone: oldPhone }])
      await until(`a lead with ${phone}`, () => leads.findByPhone(phone));
    await story.sellfireHas(leads.findByPhone(edited?.phone ?? '')?.id ?? '', { city: 'Tyler' });
    await story.quiet();
    expect(await metric()).toMatch(/creation_paused\{.*object="Sellfire".*\} 0/);
    expect(await paused()).toHaveLength(1);
    expect(await failures()).toHaveLength(before);
    await expect(
      story.query(`SELECT Id FROM Lead WHERE @Sellfire_Lead_Id__c = null AND Phone != null`),
    ).resolves.toEqual([]);
  }, 120_000);
});
