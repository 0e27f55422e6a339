// Lists of Sellfire's API with an item that the contract does not know, over HTTP: the item costs itself and nothing else.
import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog } from '../../../bridge/log.ts';
import { PeerError } from '../../../bridge/model/fault.ts';
import { createSellfire, type Sellfire } from '../../../bridge/sellfire/client.ts';

const at = '2026-11-24T06:30:00.000Z';
const lead = (id: string, phone: string) => ({
  ...{ id, version: 1, created_at: at, updated_at: at, deleted_at: null, cycle: 1, changed_at: {} },
  fields: { primary_phone_number: phone },
  salesforce: { lead_id: null, contact_id: null, account_id: null },
});
const rep = { id: 'rep_1', name: 'Ada', email: 'ada@example.com', role: 'rep', state: 'active', sf_owner_id: null };
const field = {
  object: 'lead',
  name: 'city',
  label: 'City',
  custom: false,
  read_only: false,
  max_length: 80,
  options: [],
};
const item = {
  ...{ id: 's1', lead_id: 'l1', rep_id: 'rep_1', kind: 'demo' },
  specific_time: true,
  start_time: at,
  state: 'planned',
};

let server: Server;
let client: Sellfire;
async function answering(status: number, body: unknown): Promise<void> {
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  client = createSellfire({ url: `http://127.0.0.1:${port}`, apiKey: 'key', logger: createLog({ level: 'silent' }) });
}
afterEach(async () => {
  await client.close();
  server.close();
});
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof PeerError ? error.fault : error),
  );

describe('a list of Sellfire with an item that the contract does not know', () => {
  it('of reps has the others, whatever words a rep is described by', async () => {
    await answering(200, { reps: [rep, { id: 7 }, { ...rep, id: 'rep_2', role: 'captain', email: 'none' }] });
    expect((await client.reps()).map(({ id, role }) => [id, role])).toEqual([
      ['rep_1', 'rep'],
      ['rep_2', 'captain'],
    ]);
  });

  it('of fields has the others, and a field of a new type is read as text', async () => {
    await answering(200, {
      fields: [{ ...field, type: 'text' }, { name: '?' }, { ...field, name: 'map', type: 'geo' }],
    });
    expect((await client.fields()).map(({ name, type }) => [name, type])).toEqual([
      ['city', 'text'],
      ['map', 'text'],
    ]);
  });

  it('of planned events, sales and activities has the others', async () => {
    await answering(200, { items: [{ id: 's0' }, item, { ...item, id: 's2', kind: 'lunch', state: 'hoped' }] });
    expect((await client.schedule('l1')).map(({ id, kind }) => [id, kind])).toEqual([
      ['s1', 'demo'],
      ['s2', 'lunch'],
    ]);
  });

  it('of leads has the others, and the lead that cannot be read is not taken for none', async () => {
    await answering(200, { leads: [{ ...lead('l1', '+15125550101'), version: 'one' }, lead('l2', '+15125550102')] });
    const [first, second, byPhone, absent] = await Promise.all([
      codeOf(client.leadById('l1')),
      client.leadById('l2'),
      codeOf(client.leadByPhone('+15125550101')),
      client.leadById('l3'),
    ]);
    expect(first).toMatchObject({ class: 'record', code: 'ANSWER_UNREADABLE' });
    expect(byPhone).toMatchObject({ class: 'record', code: 'ANSWER_UNREADABLE' });
    expect(second?.id).toBe('l2');
    expect(absent).toBeNull();
  });

  it('of leads keeps a lead whose one value is of a kind that no field has', async () => {
    const odd = lead('l1', '+15125550101');
    await answering(200, { leads: [{ ...odd, fields: { ...odd.fields, area: { km2: 7 } } }] });
    expect((await client.leadById('l1'))?.fields).toEqual(odd.fields);
  });

  it('of results gives each write its own, in its place', async () => {
    await answering(200, {
      results: [{ status: 201, lead: { id: 'l1' } }, 'done', { status: 200, lead: lead('l3', '+15125550103') }],
    });
    const results = await Promise.all(['a', 'b', 'c'].map((key) => client.updateLead(key, key, { fields: {} })));
    expect(results.map((one) => (one.ok ? one.lead.id : one.fault.code))).toEqual([
      'ANSWER_UNREADABLE',
      'ANSWER_UNREADABLE',
      'l3',
    ]);
  });

  it('of imported rows counts the row as failed', async () => {
    await answering(200, {
      rows: [
        { row: 1, outcome: 'created', lead_id: 'l1', problem: null },
        { row: 2, outcome: 7 },
      ],
    });
    expect((await client.importLeads('key', 'csv')).map(({ row, outcome }) => [row, outcome])).toEqual([
      [1, 'created'],
      [2, 'failed'],
    ]);
  });

  it('of events has each in its place, and a page that lacks its end is read on', async () => {
    await answering(200, {
      events: [{ sequence: 8, type: 'lead.starred' }, 'half', { type: 'lead.updated', lead_id: 'l1' }],
    });
    const page = await client.readFeed(7);
    expect(page).toMatchObject({ has_more: true, last_sequence: 8 });
    expect(page.events.map(({ sequence, setAside }) => [sequence, setAside?.why])).toEqual([
      [8, 'type'],
      [9, 'content'],
      [10, 'content'],
    ]);
  });
});

describe('a refusal of Sellfire', () => {
  it('with a code of a later version is judged by its status, and costs the record alone', async () => {
    await answering(422, {
      type: 'urn:sellfire:problem:too_wild',
      title: 'Too wild',
      status: 422,
      code: 'too_wild',
      detail: 'No.',
    });
    expect(await codeOf(client.activities('l1'))).toMatchObject({ class: 'record', code: 'TOO_WILD', message: 'No.' });
  });

  it('that is half there is still one of the record, as long as it says which', async () => {
    await answering(409, { type: 'urn:sellfire:problem:owner_refused' });
    expect(await codeOf(client.activities('l1'))).toMatchObject({ class: 'record', code: 'OWNER_REFUSED' });
  });
});
