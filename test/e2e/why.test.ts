// Why a record is, or is not, in step, asked as the page asks (B16): the request, the gates of the core, and the plan of its decision,
// through the real parts. Nothing is written by an answer.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { conditionOf } from '../salesforce/validation.ts';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { Story } from './story.ts';

interface Said {
  code: string;
  args: (string | number | Said)[];
  sentence: string;
}
interface Explained {
  answer: Said;
  subject: { kind: string; object: string | null; recordId: string | null; leadId: string | null };
  gates: { gate: string; state: string; message: Said; mend?: object }[];
  differing: { field: string; sellfire: unknown; salesforce: unknown; why: Said }[];
  now: { messages: Said[]; writes: { side: string; changes: { field: string; before: unknown; after: unknown }[] }[] };
}

let stack: Stack;
let story: Story;

async function why(about: string): Promise<Explained> {
  const request = await story.asked('Why', { about });
  expect(request).toMatchObject({ Status__c: 'Done' });
  const explained = request.data as unknown as Explained;
  expect(request['Result__c']).toBe(explained.answer.sentence);
  return explained;
}

const stopsOf = ({ gates }: Explained): string[] =>
  gates.filter(({ state }) => state === 'stop').map(({ gate }) => gate);
const codes = (said: readonly Said[]): string[] => said.map(({ code }) => code);
/** What the answer says that is wrong: the gates that stop, and the sentence on top. */
const short = (explained: Explained): object => ({ stops: stopsOf(explained), answer: explained.answer.code });

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, '');
  await story.create('Sync_Settings__c', { Name: 'Sellfire', Sellfire_Address__c: 'https://app.sellfire.example' });
  await stack.bridge.start();
}, 120_000);

afterAll(async () => {
  await stack.stop();
}, 60_000);

describe('the question why (B16)', () => {
  it('finds a linked pair in step by both ids, both links and the phone, and would write nothing', async () => {
    const { id, lead } = await story.fromSalesforce();
    await story.quiet();
    const { instanceUrl: url } = stack.admin;
    const forms = [
      id,
      id.slice(0, 15),
      `"${id}"`,
      `${url}/lightning/r/Lead/${id}/view`,
      `${url}/${id.slice(0, 15)}`,
      lead.id,
      `https://app.sellfire.example/leads/${lead.id}?tab=calls`,
      String(lead.fields['primary_phone_number']),
    ];
    const before = stack.sellfire.dialer.leads.get(lead.id).version;
    for (const form of forms) {
      const explained = await why(form);
      expect({ form, ...short(explained) }).toEqual({ form, stops: [], answer: 'whyInStep' });
      expect(explained.subject).toMatchObject({ recordId: id, leadId: lead.id });
      expect(codes(explained.now.messages)).toEqual(['whyNowNothing']);
      expect(explained.gates.map(({ gate }) => gate)).toEqual([
        ...['found', 'sync', 'phoneMapped', 'object', 'link', 'update', 'attempt', 'fields', 'waiting'],
      ]);
    }
    await story.quiet();
    expect(stack.sellfire.dialer.leads.get(lead.id).version).toBe(before);
  }, 90_000);

  it('names the missing phone of a Lead, and a number that nobody can call', async () => {
    const id = await story.create('Lead', { LastName: 'Silent', Company: 'Silent Ltd' });
    expect(short(await why(id))).toEqual({ stops: ['phone'], answer: 'NO_PHONE.inSalesforce' });
    await story.update('Lead', id, { Phone: '000 000 0000' });
    const explained = await why(id);
    expect(short(explained)).toEqual({ stops: ['phone'], answer: 'PHONE_INVALID.inSalesforcePlaceholder' });
    expect(explained.answer.sentence).toContain('Phone holds "000 000 0000"');
    expect(explained.gates.find(({ gate }) => gate === 'phone')?.mend).toEqual({ record: id });
    expect(codes(explained.now.messages)).toEqual(['whyNowNothing']);
  }, 60_000);

  it('names who holds the phone, from either side', async () => {
    const { id: holder, lead } = await story.fromSalesforce();
    const phone = String(lead.fields['primary_phone_number']);
    const second = await story.create('Lead', { Phone: phone, LastName: 'Second', Company: 'Second Ltd' });
    await story.quiet();
    const ofRecord = await why(second);
    expect(short(ofRecord)).toEqual({ stops: ['holder'], answer: 'PHONE_EXISTS.onLead' });
    expect(ofRecord.gates.find(({ gate }) => gate === 'holder')?.mend).toEqual({ lead: lead.id });
    const taken = story.phone();
    const record = await story.create('Contact', { LastName: 'Owner' });
    await story.quiet();
    await story.update('Contact', record, { MobilePhone: taken });
    const unlinked = stack.sellfire.desk.createLead({
      primary_phone_number: taken,
      last_name: 'Other',
      business_name: 'Other Ltd',
    });
    await story.quiet();
    const ofLead = await why(unlinked.id);
    expect(short(ofLead)).toEqual({ stops: ['holder'], answer: 'PHONE_EXISTS.onRecord' });
    expect(ofLead.gates.find(({ gate }) => gate === 'holder')?.mend).toEqual({ record });
    expect(holder).not.toBe(record);
  }, 60_000);

  it('shows a refusal of the org with its reason and the field that differs', async () => {
    const { id, lead } = await story.fromSellfire();
    stack.org.org.validation.install({
      object: 'Lead',
      name: 'NoWhy',
      active: true,
      condition: conditionOf('Title = "Whyless"'),
      message: 'No whyless titles.',
      field: 'Title',
    });
    story.edit(lead.id, { title: 'Whyless' });
    await story.reports(`Sellfire_Lead_Id__c = '${lead.id}' AND Outcome__c = 'Failed'`);
    await story.quiet();
    const explained = await why(id);
    expect(short(explained)).toEqual({ stops: ['attempt', 'fields'], answer: 'whyAttemptFailed' });
    expect(explained.answer.args).toEqual([
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      expect.objectContaining({ sentence: expect.stringContaining('No whyless titles.') }),
    ]);
    expect(explained.gates.find(({ gate }) => gate === 'attempt')?.mend).toEqual({ report: expect.any(String) });
    expect(explained.differing).toEqual([
      expect.objectContaining({
        sellfire: 'Whyless',
        salesforce: null,
        why: expect.objectContaining({ code: 'whyFieldRefused' }),
      }),
    ]);
    stack.org.org.validation.remove('Lead', 'NoWhy');
  }, 60_000);

  it('says that a deleted record has ended its link', async () => {
    const { id, lead } = await story.fromSalesforce();
    await story.remove('Lead', id);
    await story.reports(`Sellfire_Lead_Id__c = '${lead.id}' AND Code__c = 'LINK_ENDED'`);
    await story.quiet();
    expect(short(await why(lead.id))).toEqual({ stops: ['link'], answer: 'LINK_ENDED.command' });
    expect(short(await why(id))).toMatchObject({ answer: 'whyDeleted' });
  }, 60_000);

  it('says what a pause holds, and what is written once sync runs', async () => {
    const { id, lead } = await story.fromSalesforce();
    await story.quiet();
    await story.asked('Pause');
    await story.update('Lead', id, { City: 'Austin' });
    const explained = await why(lead.id);
    expect(explained.answer).toMatchObject({ code: 'whyPaused' });
    expect(stopsOf(explained)).toContain('sync');
    expect(explained.differing).toEqual([expect.objectContaining({ salesforce: 'Austin', sellfire: null })]);
    expect(codes(explained.now.messages)).toEqual(['whyNowUpdateLead_one', 'whyNowHeld']);
    expect(explained.now.writes).toEqual([
      expect.objectContaining({ side: 'sellfire', changes: [{ field: 'City', before: null, after: 'Austin' }] }),
    ]);
    await story.asked('Resume');
    await story.sellfireHas(lead.id, { city: 'Austin' });
  }, 60_000);

  it('says that a record from before sync waits for nothing but a beginning, and what that would write', async () => {
    const phone = story.phone();
    let id = '';
    await story.withoutEvents(1, async () => {
      id = await story.create('Lead', { Phone: phone, LastName: 'Early', Company: 'Early Ltd' });
    });
    const explained = await why(phone);
    expect(short(explained)).toEqual({ stops: ['beginning'], answer: 'whyRecordNotBegun' });
    expect(explained.gates.at(-1)?.mend).toEqual({ syncNow: id });
    expect(codes(explained.now.messages)).toEqual(['whyNowLead']);
    expect(explained.now.writes[0]?.changes).toContainEqual({
      field: expect.any(String),
      before: null,
      after: 'Early Ltd',
    });
    expect(stack.sellfire.dialer.leads.findByPhone(phone)).toBeUndefined();
  }, 60_000);

  it.each([
    ['an unknown record', '00Q000000000000EAA', 'RECORD_NOT_VISIBLE'],
    ['an unknown lead', 'lead_0000000000', 'whyLeadUnknown'],
    ['the phone of nobody', '+1 512 555 9876', 'whyPhoneOfNobody'],
    ['another object', '005000000000001AAA', 'whyOtherObject'],
    ['nothing', '   ', 'whyBlank'],
    ['gibberish', 'qwertz!', 'whyUnreadable'],
    ['markup', '<img src=x onerror=alert(1)>', 'whyUnreadable'],
    ['a quote of SOQL', "x' OR Id != '1", 'whyUnreadable'],
    ['a quote in what looks like a phone', "+1512' OR '1'='1", 'whyUnreadable'],
    ['255 characters', '9'.repeat(255), 'whyUnreadable'],
    ['another script', 'なぜ同期されないのですか', 'whyUnreadable'],
    ['a link of another host', 'https://evil.example/lightning/r/Lead/00Q000000000001EAA/view', 'whyOtherHost'],
    ['a link that runs a script', 'javascript:alert("00Q000000000001EAA")', 'whyOtherHost'],
    ['a list of the org', '/lightning/o/Lead/list', 'whyUnreadable'],
  ])('answers %s in words', async (_what, about, code) => {
    const explained = await why(about);
    expect(explained.answer.code).toBe(code);
    expect(explained.gates[0]).toMatchObject({ gate: 'found', state: 'stop' });
    expect(explained.now.writes).toEqual([]);
    expect(explained.answer.sentence.length).toBeLessThan(250);
  });
});
