// The reference server obeys the contract: every operation answers by its schema, every refusal by RFC 9457.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OPERATIONS } from '../../../bridge/sellfire/contract.ts';
import { startSellfire, type RunningSellfire } from '../sellfire.ts';
import { call, freshPhone, ok, refused } from './client.ts';

let sellfire: RunningSellfire;
beforeAll(async () => {
  sellfire = await startSellfire({ leads: 50 });
});
afterAll(() => sellfire.close());

const create = (fields: Record<string, unknown> = {}) =>
  ok(sellfire, 'createLead', { body: { fields: { primary_phone_number: freshPhone(), ...fields } } });
const refusedUpdate = async (fields: Record<string, unknown>) => {
  const lead = await create();
  return refused(sellfire, 'updateLead', { params: { id: lead.id }, body: { fields } });
};

describe('every operation', () => {
  it('answers by its schema', async () => {
    const lead = await create({ business_name: 'Lone Oak Dental' });
    const params = { id: lead.id };
    sellfire.desk.setDemo(lead.id, { start_time: new Date(Date.now() + 3_600_000).toISOString() });
    sellfire.desk.sell(lead.id, {
      items: [{ product_code: 'P1', product_name: 'Seat', quantity: 2, unit_price: '10.50' }],
    });
    const answers = {
      whoAmI: await ok(sellfire, 'whoAmI'),
      listFields: await ok(sellfire, 'listFields'),
      createOption: await ok(sellfire, 'createOption', {
        params: { object: 'lead', name: 'industry' },
        body: { option: 'Aerospace' },
      }),
      listReps: await ok(sellfire, 'listReps'),
      getLead: await ok(sellfire, 'getLead', { params }),
      lookupLeads: await ok(sellfire, 'lookupLeads', { body: { ids: [lead.id] } }),
      createLead: lead,
      updateLead: await ok(sellfire, 'updateLead', { params, body: { fields: { city: 'Waco' } } }),
      batch: await ok(sellfire, 'batch', {
        body: { operations: [{ op: 'update', idempotency_key: 'b1', lead_id: lead.id, lead: {} }] },
      }),
      listSchedule: await ok(sellfire, 'listSchedule', { params }),
      listSales: await ok(sellfire, 'listSales', { params }),
      listActivities: await ok(sellfire, 'listActivities', { params }),
      readFeed: await ok(sellfire, 'readFeed', { query: { after: '0' } }),
      subscribe: await ok(sellfire, 'subscribe', {
        params: { name: 'nobody' },
        body: { url: 'http://127.0.0.1:9/', secret: 's'.repeat(32) },
      }),
      unsubscribe: await ok(sellfire, 'unsubscribe', { params: { name: 'nobody' } }),
      alert: await ok(sellfire, 'alert', { body: { kind: 'budget', subject: 's', body: 'b', lead_id: null } }),
      importLeads: await ok(sellfire, 'importLeads', { body: `primary_phone_number\n${freshPhone()}\n` }),
      importSales: await ok(sellfire, 'importSales', { body: 'salesforce_opportunity_id\n006000000000001AAA\n' }),
    };
    expect(Object.keys(answers).sort()).toEqual(Object.keys(OPERATIONS).sort());
    expect(answers.createOption.options).toContain('Aerospace');
    expect(answers.listReps.reps.map((rep) => rep.role)).toEqual([...Array(8).fill('rep'), 'enablement', 'enablement']);
    expect(answers.listSales.sales).toMatchObject([{ items: [{ unit_price: '10.50' }], fields: { total: 21 } }]);
    expect(answers.alert).toEqual({ recipients: 2 });
    expect(sellfire.webhooks.state().subscriptions).toEqual([]);
  });

  it('needs the API key, and answers nothing without it', async () => {
    for (const name of Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[]) {
      for (const authorization of ['', 'Bearer wrong', `Basic ${sellfire.apiKey}`]) {
        const answer = await call(sellfire, name, { headers: { authorization } });
        expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="sellfire"']);
      }
    }
  });

  it('refuses members that the contract does not know, and bodies that are none', async () => {
    const wrong = { feilds: {}, fields: {} };
    expect(await refused(sellfire, 'createLead', { body: wrong })).toMatchObject({ code: 'invalid_request' });
    const answer = await refused(sellfire, 'createLead', { body: '{"fields": ' });
    expect(answer).toMatchObject({ code: 'invalid_request', status: 400 });
    const typed = { body: '{}', headers: { 'content-type': 'text/plain' } };
    expect(await refused(sellfire, 'createLead', typed)).toMatchObject({ status: 415 });
    const large = { body: { fields: { notes: 'x'.repeat(9_000_000) } } };
    expect(await refused(sellfire, 'createLead', large)).toMatchObject({ status: 413, code: 'invalid_request' });
    const page = { query: { after: 'x' } };
    expect(await refused(sellfire, 'readFeed', page)).toMatchObject({ code: 'invalid_request', field: 'after' });
  });

  it('is not found under a wrong id or path', async () => {
    for (const name of ['getLead', 'listSchedule', 'listSales'] as const)
      expect(await refused(sellfire, name, { params: { id: 'lead_0' } })).toMatchObject({ code: 'not_found' });
    const answer = await fetch(`${sellfire.url}/v2/leads`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, expect.stringContaining('problem+json')]);
  });
});

describe('a value', () => {
  it.each([
    ['an unknown field', { shoe_size: 1 }, 'unknown_field', 'shoe_size'],
    ['a read-only field', { sales_cycle: 3 }, 'read_only_field', 'sales_cycle'],
    ['an unknown option of a select', { state: 'ZZ' }, 'unknown_option', 'state'],
    [
      'an unknown option of a multi-select',
      { custom_interests: ['Payroll', 'Golf'] },
      'unknown_option',
      'custom_interests',
    ],
    ['a text that is too long', { custom_nickname: 'x'.repeat(41) }, 'invalid_value', 'custom_nickname'],
    ['a number for a text', { business_name: 5 }, 'invalid_value', 'business_name'],
    ['a text for a number', { employees: '5' }, 'invalid_value', 'employees'],
    ['an amount with three decimals', { annual_revenue: 1.005 }, 'invalid_value', 'annual_revenue'],
    ['a text for a list', { custom_locations: 'Austin' }, 'invalid_value', 'custom_locations'],
    ['nothing for a checkbox', { do_not_call: null }, 'invalid_value', 'do_not_call'],
    ['a date that there is not', { custom_contract_end: '2026-02-30' }, 'invalid_value', 'custom_contract_end'],
    ['an e-mail address without its host', { email: 'someone' }, 'invalid_value', 'email'],
    ['a web address with spaces', { website: 'our site.example' }, 'invalid_value', 'website'],
    ['an impossible phone', { primary_phone_number: '12345' }, 'invalid_value', 'primary_phone_number'],
    ['no phone', { primary_phone_number: null }, 'invalid_value', 'primary_phone_number'],
  ])('is refused with the field named: %s', async (_, fields, code, field) => {
    expect(await refusedUpdate(fields)).toMatchObject({ code, field });
  });

  it('is stored in the canonical form of its type', async () => {
    const phone = freshPhone();
    const lead = await create({
      primary_phone_number: `(${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`,
      business_name: '  Old Mill Books ',
      title: '',
      custom_interests: ['Payroll', 'Scheduling'],
      custom_locations: ['Waco', 'Austin'],
      website: 'www.oldmill.example',
    });
    expect(lead.fields).toMatchObject({
      primary_phone_number: phone,
      business_name: 'Old Mill Books',
      title: null,
      custom_interests: ['Scheduling', 'Payroll'],
      custom_locations: ['Waco', 'Austin'],
      website: 'www.oldmill.example',
    });
    expect(lead.changed_at).not.toHaveProperty('title');
  });
});

describe('a lead', () => {
  it('has every field of the catalogue by name', async () => {
    const { fields } = await ok(sellfire, 'listFields');
    const lead = await create();
    const names = fields.filter((field) => field.object === 'lead').map((field) => field.name);
    expect(Object.keys(lead.fields).sort()).toEqual(names.sort());
  });

  it('has a primary phone number that no other live lead has, however it is spelled', async () => {
    const [one, other] = [await create(), await create()];
    const phone = String(one.fields['primary_phone_number']);
    const spelled = `${phone.slice(2, 5)}.${phone.slice(5, 8)}.${phone.slice(8)}`;
    const taken = { code: 'phone_taken', field: 'primary_phone_number', lead_id: one.id };
    const fields = { primary_phone_number: spelled };
    expect(await refused(sellfire, 'createLead', { body: { fields } })).toMatchObject(taken);
    expect(await refused(sellfire, 'updateLead', { params: { id: other.id }, body: { fields } })).toMatchObject(taken);
    sellfire.desk.deleteLead(one.id);
    expect((await ok(sellfire, 'createLead', { body: { fields } })).fields['primary_phone_number']).toBe(phone);
  });

  it('frees its old phone when it gets another', async () => {
    const lead = await create();
    const [old, fresh] = [String(lead.fields['primary_phone_number']), freshPhone()];
    const body = { fields: { primary_phone_number: fresh } };
    await ok(sellfire, 'updateLead', { params: { id: lead.id }, body });
    const { leads } = await ok(sellfire, 'lookupLeads', { body: { phones: [old, fresh] } });
    expect(leads.map((one) => one.id)).toEqual([lead.id]);
  });

  it('is found by id, phone and Salesforce id, once', async () => {
    const salesforce = { lead_id: '00Q000000000001AAA', contact_id: null };
    const body = { fields: { primary_phone_number: freshPhone() }, salesforce };
    const lead = await ok(sellfire, 'createLead', { body });
    const by = {
      ids: [lead.id, 'lead_0'],
      phones: [String(lead.fields['primary_phone_number']), 'x'],
      salesforce_ids: ['00Q000000000001AAA', '00Q000000000009AAA'],
    };
    expect((await ok(sellfire, 'lookupLeads', { body: by })).leads).toEqual([lead]);
    for (const [name, values] of Object.entries(by))
      expect((await ok(sellfire, 'lookupLeads', { body: { [name]: values } })).leads).toEqual([lead]);
  });

  it('is refused a change when it has moved on', async () => {
    const { id, version } = await create();
    const change = (city: string) => ({ params: { id }, body: { fields: { city }, if_version: version } });
    expect(await ok(sellfire, 'updateLead', change('Waco'))).toMatchObject({ version: version + 1 });
    expect(await refused(sellfire, 'updateLead', change('Tulsa'))).toMatchObject({ code: 'version_conflict' });
  });

  it('is gone once deleted, but is still found by id', async () => {
    const { id } = await create();
    sellfire.desk.deleteLead(id);
    const update = { params: { id }, body: { fields: { city: 'Waco' } } };
    expect(await refused(sellfire, 'updateLead', update)).toMatchObject({ code: 'not_found' });
    expect((await ok(sellfire, 'getLead', { params: { id } })).deleted_at).not.toBeNull();
  });

  it('has its fields changed one by one in time: later changes have later times', async () => {
    const { id } = await create();
    const times: string[] = [];
    for (const city of ['Waco', 'Tulsa', 'Reno']) {
      const lead = sellfire.desk.editLead(id, { city });
      times.push(lead.changed_at['city'] ?? '');
      expect(lead.updated_at).toBe(lead.changed_at['city']);
    }
    expect(new Set(times).size).toBe(3);
    expect([...times].sort()).toEqual(times);
  });
});

describe('a batch', () => {
  it('does each operation alone and in order', async () => {
    const known = await create();
    const phone = freshPhone();
    const op = (idempotency_key: string, fields: unknown) => ({ op: 'create', idempotency_key, lead: { fields } });
    const operations = [
      op('batch-1', { primary_phone_number: phone, business_name: 'One' }),
      op('batch-2', { primary_phone_number: phone }),
      op('batch-3', { primary_phone_number: freshPhone(), shoe_size: 3 }),
      { op: 'update', idempotency_key: 'batch-4', lead_id: known.id, lead: { fields: { city: 'Waco' } } },
      { op: 'update', idempotency_key: 'batch-5', lead_id: 'lead_0', lead: {} },
    ];
    const { results } = await ok(sellfire, 'batch', { body: { operations } });
    expect(results.map((result) => ('lead' in result ? result.status : result.problem.code))).toEqual([
      201,
      'phone_taken',
      'unknown_field',
      200,
      'not_found',
    ]);
    const page = await ok(sellfire, 'readFeed', { query: { after: String(sellfire.dialer.feed.lastSequence - 2) } });
    expect(page.events.map((event) => [event.type, event.actor.request_id])).toEqual([
      ['lead.created', 'batch-1'],
      ['lead.updated', 'batch-4'],
    ]);
  });
});

describe('the catalogue', () => {
  it('takes a new option once, and refuses it where options mean something to the dialer', async () => {
    const params = { object: 'lead', name: 'custom_interests' };
    const before = sellfire.dialer.feed.lastSequence;
    const request = { params, body: { option: 'Loyalty' } };
    await ok(sellfire, 'createOption', request);
    await ok(sellfire, 'createOption', request);
    const { events } = await ok(sellfire, 'readFeed', { query: { after: String(before) } });
    expect(events).toMatchObject([{ type: 'catalogue.changed', lead_id: null, lead: null }]);
    for (const name of ['phase', 'business_name'])
      expect(
        await refused(sellfire, 'createOption', { params: { object: 'lead', name }, body: { option: 'x' } }),
      ).toMatchObject({ code: 'invalid_value', field: name });
  });

  it('gives every lead a field that the Field Manager adds', async () => {
    const { id, version } = await create();
    const field = { object: 'lead', name: 'custom_fax', label: 'Fax', type: 'phone' } as const;
    sellfire.dialer.addField(field, { kind: 'enablement', id: 'user_09', request_id: null });
    const lead = await ok(sellfire, 'getLead', { params: { id } });
    expect([lead.fields['custom_fax'], lead.version]).toEqual([null, version]);
    const body = { fields: { custom_fax: '(512) 555-0199' } };
    expect((await ok(sellfire, 'updateLead', { params: { id }, body })).fields['custom_fax']).toBe('+15125550199');
  });
});

describe('an import', () => {
  it('takes each row alone: creates, updates, links, skips, refuses', async () => {
    const [known, linked] = [await create({ business_name: 'Same' }), await create()];
    const csv = [
      'Primary Phone Number,business_name,employees,custom_interests,Salesforce Lead Id,Salesforce Contact Id',
      `${freshPhone()},"Fox Hill, Inc.",12,Payroll;Payments,00Q1,`,
      `${known.fields['primary_phone_number']},Other,,,,`,
      `${linked.fields['primary_phone_number']},,,,,0031`,
      `${linked.fields['primary_phone_number']},,,,,0031`,
      `${linked.fields['primary_phone_number']},,,,,0032`,
      `${freshPhone()},Bad,twelve,,,`,
      `,No phone,,,,`,
    ].join('\r\n');
    const { rows } = await ok(sellfire, 'importLeads', { body: `\uFEFF${csv}\r\n` });
    expect(rows.map((row) => [row.row, row.outcome, row.problem?.field ?? null])).toEqual([
      [1, 'created', null],
      [2, 'updated', null],
      [3, 'linked', null],
      [4, 'skipped', null],
      [5, 'failed', 'salesforce_contact_id'],
      [6, 'failed', 'employees'],
      [7, 'failed', 'primary_phone_number'],
    ]);
    const made = await ok(sellfire, 'getLead', { params: { id: rows[0]?.lead_id ?? '' } });
    expect(made).toMatchObject({
      fields: { business_name: 'Fox Hill, Inc.', employees: 12, custom_interests: ['Payments', 'Payroll'] },
      salesforce: { lead_id: '00Q1' },
    });
  });

  it('refuses a column that is no field, and a file that is no CSV, as a whole', async () => {
    const columns = `primary_phone_number,shoe_size\n${freshPhone()},4\n`;
    expect(await refused(sellfire, 'importLeads', { body: columns })).toMatchObject({ code: 'unknown_field' });
    expect(await refused(sellfire, 'importLeads', { body: 'a,"b\n1,2' })).toMatchObject({ code: 'invalid_request' });
  });
});

describe('bad days', () => {
  it('come on demand: down, busy, and an answer that is lost though the work was done', async () => {
    sellfire.faults.set({ unavailable: 1, rate_limited: 1 });
    expect(await call(sellfire, 'whoAmI')).toMatchObject({ status: 503 });
    expect((await call(sellfire, 'whoAmI')).headers.get('retry-after')).toBe('1');
    const request = { key: 'lost-answer', body: { fields: { primary_phone_number: freshPhone() } } };
    sellfire.faults.set({ cut: 1 });
    await expect(call(sellfire, 'createLead', request)).rejects.toThrow('fetch failed');
    const last = sellfire.dialer.feed.lastSequence;
    expect((await ok(sellfire, 'createLead', request)).version).toBe(1);
    expect(sellfire.dialer.feed.lastSequence).toBe(last);
  });
});
