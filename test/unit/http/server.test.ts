// The HTTP side: whether the bridge lives and is ready, its metrics, and what every answer has in common.
import { describe, it, expect, afterEach } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { sign, SIGNATURE_HEADER } from '../../../bridge/sellfire/signature.ts';
import { webhookPath } from '../../../bridge/sellfire/subscription.ts';
import { startSellfire } from '../../sellfire/sellfire.ts';
import { CONNECTION, SECRET, start, type Started } from './start.ts';

let bridge: Started;
afterEach(async () => bridge.http.close());
const get = async (path: string, init: RequestInit = {}): Promise<Response> => fetch(`${bridge.url}${path}`, init);

describe('the HTTP side', () => {
  it('lives as long as its event loop does, whatever its peers do', async () => {
    bridge = await start({ readiness: () => ({ ready: false, checks: [] }) });
    expect((await get('/health/live')).status).toBe(200);
  });

  it('is ready or not, and says which check is not', async () => {
    const checks = [
      { name: 'store', ok: true, detail: 'Reachable' },
      { name: 'salesforce', ok: false, detail: 'No message for 400 s' },
    ];
    let ready = false;
    bridge = await start({ readiness: async () => ({ ready, checks }) });
    const answer = await get('/health/ready');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ ready: false, checks });
    ready = true;
    expect((await get('/health/ready')).status).toBe(200);
  });

  it('is not ready when its checks fail or hang', async () => {
    let check = async (): Promise<never> => {
      throw new Error('a detail of ours');
    };
    bridge = await start({ readiness: async () => check() });
    const failed = await get('/health/ready');
    expect(failed.status).toBe(503);
    expect(await failed.text()).not.toContain('a detail of ours');
    check = async () => new Promise(() => {});
    expect((await get('/health/ready')).status).toBe(503);
  });

  it('puts the same headers on every answer, and names no software', async () => {
    bridge = await start();
    for (const path of ['/health/live', '/metrics', '/nowhere', '/oauth/start', webhookPath(CONNECTION)]) {
      const { headers } = await get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    }
  });

  it('answers what it does not know with a problem document', async () => {
    bridge = await start();
    const nowhere = await get('/nowhere?q=<script>');
    expect(nowhere.status).toBe(404);
    expect(nowhere.headers.get('content-type')).toContain('application/problem+json');
    expect(await nowhere.json()).toMatchObject({ code: 'not_found', requestId: nowhere.headers.get('x-request-id') });
    const wrong = await get('/metrics', { method: 'DELETE' });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('GET, HEAD');
    expect((await get('/webhooks/sellfire/%E0%A4%A', { method: 'POST' })).status).toBe(400);
  });

  it('keeps a caller’s request id, if it is one', async () => {
    bridge = await start();
    const kept = await get('/nowhere', { headers: { 'x-request-id': 'trace-12345678' } });
    expect(kept.headers.get('x-request-id')).toBe('trace-12345678');
    const odd = await get('/nowhere', { headers: { 'x-request-id': '{"level":"fatal"}' } });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('says that its port is taken', async () => {
    bridge = await start();
    const { port } = new URL(bridge.url);
    await expect(start({ port: Number(port) })).rejects.toMatchObject({ code: 'LISTEN_FAILED' });
  });

  it('gives every metric, measured afresh for the scrape', async () => {
    bridge = await start();
    const { metrics } = bridge;
    metrics.events.inc({ connection: CONNECTION, source: 'salesforce', result: 'stored' }, 3);
    metrics.records.inc({ connection: CONNECTION, object: 'Lead', direction: 'to_salesforce', result: 'ok' });
    metrics.apiCalls.inc({ connection: CONNECTION, api: 'sellfire' });
    metrics.reconnects.inc({ connection: CONNECTION, reason: 'silence' });
    metrics.echoSuppressed.inc({ connection: CONNECTION });
    metrics.beforeScrape(async () => metrics.inboxPending.set({ connection: CONNECTION }, 7));
    metrics.beforeScrape(() => {
      throw new Error('The store is closed.');
    });
    const answer = await get('/metrics');
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    expect(text).toContain(`inbox_pending{connection="${CONNECTION}"} 7`);
    expect(text).toContain(`events_total{connection="${CONNECTION}",source="salesforce",result="stored"} 3`);
    expect(text).toContain('scrape_failures_total 1');
    for (const name of [
      'sync_lag_seconds',
      'cursor_age_seconds',
      'last_server_message_age_seconds',
      'inbox_oldest_seconds',
      'reports_pending',
      'records_total',
      'api_calls_total',
      'api_budget_remaining',
      'echo_suppressed_total',
      'reconnects_total',
      'invariant_broken_total',
      'process_cpu_seconds_total',
      'nodejs_eventloop_lag_seconds',
    ])
      expect(text).toContain(`# TYPE ${name} `);
    await metrics.forget(CONNECTION);
    expect(await (await get('/metrics')).text()).not.toContain(`source="salesforce"`);
  });

  it('finishes what is under way when it closes, and takes nothing new', async () => {
    const sellfire = await startSellfire();
    sellfire.desk.createLead({ primary_phone_number: '+15552000001' });
    const body = Buffer.from(JSON.stringify({ events: sellfire.dialer.feed.after(0) }));
    await sellfire.close();
    const stored = Promise.withResolvers<undefined>();
    const arrived = Promise.withResolvers<undefined>();
    bridge = await start({
      intake: async () => {
        arrived.resolve(undefined);
        await stored.promise;
      },
    });
    const headers = { [SIGNATURE_HEADER]: sign(SECRET, Math.floor(Date.now() / 1000), body) };
    const send = async (): Promise<Response> => get(webhookPath(CONNECTION), { method: 'POST', headers, body });

    const underWay = send();
    await arrived.promise;
    bridge.http.drain();
    expect((await get('/health/ready')).status).toBe(503);
    expect((await get('/health/live')).status).toBe(200);
    expect((await send()).status).toBe(503);

    let closed = false;
    const closing = bridge.http.close().then(() => (closed = true));
    await expect(send()).rejects.toThrow();
    expect(closed).toBe(false);
    stored.resolve(undefined);
    expect((await underWay).status).toBe(204);
    await closing;
  });

  it('does not wait for a connection that sends nothing when it closes', async () => {
    bridge = await start();
    const { hostname, port } = new URL(bridge.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    await get('/health/live');
    const gone = once(socket, 'close');
    await bridge.http.close();
    await expect(gone).resolves.toEqual([false]);
  });
});
