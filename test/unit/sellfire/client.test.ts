// The client of Sellfire, against the local Sellfire and against something else that answers in its place.
import { describe, it, expect, beforeEach, afterEach } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog } from '../../../bridge/log.ts';
import { PeerError, type Fault } from '../../../bridge/model/fault.ts';
import { createSellfire, type Sellfire } from '../../../bridge/sellfire/client.ts';
import type { OperationName } from '../../../bridge/sellfire/transport.ts';
import { startSellfire, type RunningSellfire } from '../../sellfire/sellfire.ts';

const logger = createLog({ level: 'silent' });
/** As in earnest, without the waiting. */
const retry = { retries: 3, minTimeout: 1, factor: 2, maxTimeout: 5, randomize: true };
const phone = (n: number): string => `+1555${String(2_000_000 + n)}`;
const lead = (n: number, fields: Record<string, string | null> = {}) => ({
  fields: { primary_phone_number: phone(n), business_name: `Business ${n}`, ...fields },
});

async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof PeerError) return error.fault;
    throw error;
  }
  throw new Error('The call succeeded.');
}

describe('the client against the local Sellfire', () => {
  let sellfire: RunningSellfire;
  let client: Sellfire;
  let calls: [OperationName, number][];

  beforeEach(async () => {
    sellfire = await startSellfire();
    calls = [];
    client = createSellfire({ ...sellfire, logger, retry, onCall: (...call) => calls.push(call) });
  });
  afterEach(async () => {
    await client.close();
    await sellfire.close();
  });

  it('carries the writes of many jobs in one batch, and gives each job its own result', async () => {
    const results = await Promise.all([
      ...Array.from({ length: 150 }, (_, n) => client.createLead(`create-${n}`, lead(n))),
      client.createLead('same-phone', lead(7)),
      client.createLead('no-such-field', lead(900, { shoe_size: '44' })),
      client.updateLead('gone', 'lead_absent', { fields: { business_name: 'Nobody' } }),
    ]);
    expect(calls).toEqual([['batch', 200]]);
    const created = results.slice(0, 150);
    expect(created.every((result) => result.ok)).toBe(true);
    const seventh = created[7];
    expect(results[150]).toMatchObject({
      ok: false,
      fault: { class: 'exists', code: 'PHONE_EXISTS', holder: seventh?.ok ? seventh.lead.id : '' },
    });
    expect(results[151]).toMatchObject({
      ok: false,
      fault: { class: 'record', code: 'UNKNOWN_FIELD', fields: ['shoe_size'] },
    });
    expect(results[152]).toMatchObject({ ok: false, fault: { class: 'gone', code: 'NOT_FOUND' } });
  });

  it('lets an operation that is no request at all fail alone', async () => {
    const [good, bad, fine] = await Promise.all([
      client.createLead('good', lead(1)),
      client.createLead('k'.repeat(129), lead(2)),
      client.createLead('fine', lead(3)),
    ]);
    expect(good.ok && fine.ok).toBe(true);
    expect(bad).toMatchObject({ ok: false, fault: { class: 'record', code: 'INVALID_REQUEST' } });
    expect(sellfire.dialer.feed.lastSequence).toBe(2);
  });

  it('finds leads by id, phone and Salesforce id in one call', async () => {
    const made = await Promise.all([
      client.createLead('a', {
        ...lead(1),
        salesforce: { lead_id: '00Q000000000001EAA', account_id: '001000000000001AAA' },
      }),
      client.createLead('b', {
        ...lead(2),
        salesforce: { contact_id: '003000000000001AAA', account_id: '001000000000001AAA' },
      }),
      client.createLead('c', lead(3)),
    ]);
    const [a, b, c] = made.map((result) => (result.ok ? result.lead.id : ''));
    sellfire.desk.deleteLead(c ?? '');
    calls = [];
    const [byId, byPhone, byRecord, byAccount, deleted, freed, nobody, spelled] = await Promise.all([
      client.leadById(a ?? ''),
      client.leadByPhone(phone(2)),
      client.leadsBySalesforceId('00Q000000000001EAA'),
      client.leadsBySalesforceId('001000000000001AAA'),
      client.leadById(c ?? ''),
      client.leadByPhone(phone(3)),
      client.leadByPhone(phone(4)),
      client.leadByPhone('(555) 200-0001'),
    ]);
    expect(calls).toEqual([['lookupLeads', 200]]);
    expect(byId?.id).toBe(a);
    expect(byPhone?.id).toBe(b);
    expect(byRecord.map(({ id }) => id)).toEqual([a]);
    expect(byAccount.map(({ id }) => id).sort()).toEqual([a, b].sort());
    expect(deleted?.deleted_at).not.toBeNull();
    expect([freed, nobody]).toEqual([null, null]);
    expect(spelled?.id).toBe(a);
  });

  it('does it once when the answer was lost, and when it is sent again later', async () => {
    sellfire.faults.set({ cut: 2 });
    const result = await client.createLead('once', lead(1));
    expect(calls).toEqual([
      ['batch', 0],
      ['batch', 0],
      ['batch', 200],
    ]);
    expect(await client.createLead('once', lead(1))).toEqual(result);
    expect(sellfire.dialer.feed.lastSequence).toBe(1);
  });

  it('asks again when Sellfire is busy or away, and not for ever', async () => {
    sellfire.faults.set({ unavailable: 1, rate_limited: 1 });
    expect(await client.account()).toHaveProperty('name');
    expect(calls.map(([, status]) => status)).toEqual([503, 429, 200]);
    sellfire.faults.set({ cut: 5 });
    expect(await faultOf(client.fields())).toMatchObject({ class: 'retry', unknownOutcome: true });
    expect(sellfire.faults.settings.cut).toBe(1);
  });

  it('says that the API key was refused, without asking again', async () => {
    const stranger = createSellfire({
      url: sellfire.url,
      apiKey: 'wrong',
      logger,
      onCall: (...call) => calls.push(call),
    });
    expect(await faultOf(stranger.account())).toMatchObject({ class: 'auth', code: 'UNAUTHORIZED' });
    expect(calls).toEqual([['whoAmI', 401]]);
    await stranger.close();
  });

  it('finds a lead by its record in whatever form the id was supplied, and a rep’s user by its 18 characters', async () => {
    const id = '00Q000000000001EAA';
    const short = sellfire.desk.createLead(lead(1).fields, { salesforce: { lead_id: id.slice(0, 15) } });
    const full = sellfire.desk.createLead(lead(2).fields, { salesforce: { lead_id: id } });
    const other = sellfire.desk.createLead(lead(3).fields, { salesforce: { lead_id: '00Q000000000002EAA' } });
    const found = (await client.leadsBySalesforceId(id)).map((one) => one.id);
    expect(found.sort()).toEqual([short.id, full.id].sort());
    expect(found).not.toContain(other.id);
    const [rep] = sellfire.dialer.reps.list();
    sellfire.dialer.reps.change(rep?.id ?? '', { sf_owner_id: '005000000000001' });
    expect((await client.rep(rep?.id ?? ''))?.sf_owner_id).toBe('005000000000001AAA');
    sellfire.dialer.reps.change(rep?.id ?? '', { sf_owner_id: 'Ann' });
    const again = createSellfire({ ...sellfire, logger, retry });
    expect((await again.rep(rep?.id ?? ''))?.sf_owner_id).toBe('Ann');
    await again.close();
  });

  it('reads reps, schedule, catalogue and feed, adds an option, and sends an alert once', async () => {
    const reps = await client.reps();
    expect(reps).toEqual(sellfire.dialer.reps.list());
    const [first] = reps;
    calls = [];
    const found = await Promise.all([
      client.rep(first?.id ?? ''),
      client.rep(reps[1]?.id ?? ''),
      client.rep('rep_absent'),
    ]);
    expect(found).toEqual([first, reps[1], null]);
    expect(calls).toEqual([['listReps', 200]]);
    const made = await client.createLead('a', lead(1));
    const id = made.ok ? made.lead.id : '';
    sellfire.desk.setDemo(id, { start_time: new Date(Date.now() + 86_400_000).toISOString() });
    expect(await client.schedule(id)).toMatchObject([{ lead_id: id, kind: 'demo' }]);
    const select = (await client.fields()).find(
      ({ object, type, options }) => object === 'lead' && type === 'select' && options.includes('Referral'),
    );
    const field = await client.createOption('lead', select?.name ?? '', 'Brand new');
    expect(field.options).toContain('Brand new');
    const page = await client.readFeed(0, 1);
    expect(page).toMatchObject({ events: [{ sequence: 1, type: 'lead.created' }], has_more: true });
    for (let time = 0; time < 2; time += 1)
      await client.alert('alert-1', { kind: 'budget', subject: 'Budget', body: 'At 80 %.', leadId: null });
    expect(sellfire.dialer.alerts.list()).toHaveLength(1);
  });

  it('refuses an id that would change the path, and sends nothing', async () => {
    expect(await faultOf(client.schedule('..'))).toMatchObject({ class: 'record', code: 'INVALID_REQUEST' });
    expect(calls).toEqual([]);
    expect(await faultOf(client.schedule('../../account'))).toMatchObject({ class: 'gone' });
  });
});

describe('the client against something else', () => {
  let server: Server;
  let requests: string[];
  const serve = async (listener: RequestListener, now?: () => number): Promise<Sellfire> => {
    requests = [];
    server = createServer((request, response) => {
      requests.push(request.url ?? '');
      listener(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base/`;
    return createSellfire({ url, apiKey: 'key', logger, retry, ...(now ? { now } : {}) });
  };
  const shut = async (client: Sellfire): Promise<void> => {
    await client.close();
    server.closeAllConnections();
    server.close();
  };

  it('keeps the path of the base address, and follows no redirect', async () => {
    const client = await serve((_request, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/v1/account' }).end();
    });
    expect(await faultOf(client.account())).toMatchObject({ class: 'stop', code: 'HTTP_302' });
    expect(requests).toEqual(['/base/v1/account']);
    await shut(client);
  });

  it('draws no conclusion from an answer that is not the contract’s', async () => {
    const client = await serve((_request, response) => void response.end('{"id":7}'));
    expect(await faultOf(client.account())).toMatchObject({
      class: 'retry',
      code: 'INVALID_ANSWER',
      unknownOutcome: true,
    });
    expect(requests).toHaveLength(1);
    await shut(client);
  });

  it('says nothing of its own of a clock that is set back while a call is under way', async () => {
    let off = 3_600_000;
    const answer: RequestListener = (_request, response) => {
      off = 0;
      response.end('{"id":7}');
    };
    const client = await serve(answer, () => Date.now() + off);
    await faultOf(client.account());
    expect(client.clockAhead()).toBeLessThan(60_000);
    await shut(client);
  });

  it('does not hold a job while a limit lasts long', async () => {
    const client = await serve((_request, response) => void response.writeHead(429, { 'retry-after': '3600' }).end());
    expect(await faultOf(client.account())).toMatchObject({ class: 'limit', code: 'HTTP_429' });
    expect(requests).toHaveLength(1);
    await shut(client);
  });

  it('knows that nothing was done when nobody was there', async () => {
    const client = await serve(() => {});
    server.close();
    await once(server, 'close');
    expect(await faultOf(client.createLead('k', lead(1)))).toMatchObject({
      class: 'retry',
      code: 'ECONNREFUSED',
      unknownOutcome: false,
    });
    await client.close();
  });
});
