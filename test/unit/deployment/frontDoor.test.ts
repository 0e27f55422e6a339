// The door that all connections have in common: it carries to each what is its own, says nothing of those that are not known, and lets
// none fill it.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { BlockList, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createForwarder, type Forwarder } from '../../../bridge/deployment/forward.ts';
import { frontDoor, noSuchSignIn, type Place } from '../../../bridge/deployment/frontDoor.ts';
import { createListener, type Listener } from '../../../bridge/http/listener.ts';
import { createLog } from '../../../bridge/log.ts';
import { until } from '../../helpers/until.ts';

const NORTH = 'n'.repeat(26);
const SOUTH = 's'.repeat(26);

let behind: Server;
let door: Listener;
let forwarder: Forwarder;
let url: string;
let places: Map<string, Place>;
let seen: { method: string; path: string; body: string; headers: NodeJS.Dict<string | string[]> }[];
/** Answers the requests that wait. */
let go: () => void;
let waiting: Promise<unknown> | undefined;

/** From now on answers wait for `go`. */
function hold(): void {
  const held = Promise.withResolvers<undefined>();
  waiting = held.promise;
  go = () => held.resolve(undefined);
}

beforeEach(async () => {
  seen = [];
  waiting = undefined;
  behind = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    seen.push({ method: request.method ?? '', path: request.url ?? '', body, headers: request.headers });
    await waiting;
    response.writeHead(204, { 'x-answered': 'yes' }).end();
  });
  behind.listen(0, '127.0.0.1');
  await once(behind, 'listening');
  const there = `http://127.0.0.1:${(behind.address() as AddressInfo).port}`;
  places = new Map<string, Place>([
    [NORTH, { kind: 'here', name: 'north', url: there }],
    [SOUTH, { kind: 'elsewhere', name: 'south', url: there }],
  ]);
  forwarder = createForwarder();
  const isDraining = (): boolean => false;
  door = createListener(
    { perAddress: 200, trustedProxies: new BlockList(), isDraining, logger: createLog({ level: 'silent' }) },
    frontDoor({ placeOf: (route) => places.get(route), forwarder, isDraining }),
    noSuchSignIn,
  );
  url = await door.listen('127.0.0.1', 0);
});
afterEach(async () => {
  forwarder.close();
  await door.close();
  behind.closeAllConnections();
  behind.close();
});

const post = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url + path, { method: 'POST', body: 'what is sent', headers });

it('carries a request to its connection as it is, with who has sent it, and its answer back', async () => {
  const answer = await post(`/c/${NORTH}/webhooks/sellfire/00D?a=b`, {
    ...{ 'x-signature': 'v1', 'x-forwarded-for': '192.0.2.7', 'x-bridge-carried': 'forged' },
  });
  expect([answer.status, answer.headers.get('x-answered')]).toEqual([204, 'yes']);
  expect(seen).toMatchObject([{ method: 'POST', path: '/webhooks/sellfire/00D?a=b', body: 'what is sent' }]);
  expect(seen[0]?.headers).toMatchObject({ 'x-signature': 'v1', 'x-forwarded-for': '192.0.2.7, 127.0.0.1' });
  expect(seen[0]?.headers).not.toHaveProperty('x-bridge-carried');
});

it('carries to another process what that one runs, and no further what has been carried once', async () => {
  expect((await post(`/c/${SOUTH}/connect`)).status).toBe(204);
  expect(seen).toMatchObject([{ path: `/c/${SOUTH}/connect`, headers: { 'x-bridge-carried': '1' } }]);
  const again = await post(`/c/${SOUTH}/connect`, { 'x-bridge-carried': '1' });
  expect([again.status, again.headers.get('retry-after')]).toEqual([503, '5']);
  expect(seen).toHaveLength(1);
});

it('finds the connection of a sign-in by its state', async () => {
  expect((await fetch(`${url}/oauth/callback?state=${NORTH}.x&code=y`)).status).toBe(204);
  expect(seen).toMatchObject([{ path: `/oauth/callback?state=${NORTH}.x&code=y` }]);
  for (const query of ['', '?state=', `?state=${'x'.repeat(26)}.y`, `?state=${NORTH}.x&state=${NORTH}.y`])
    expect((await fetch(`${url}/oauth/callback${query}`)).status).toBe(400);
});

it.each([
  '/c/aaaaaaaaaaaaaaaaaaaaaaaaaa/webhooks/sellfire/00D',
  '/c/north/webhooks/sellfire/00D',
  `/c/${NORTH}/metrics`,
  `/c/${NORTH}/health/ready`,
  `/c/${NORTH}/webhooks/sellfire/00D/more`,
  `/c/${NORTH}//metrics`,
  `/c/${NORTH}/%6detrics`,
  `/c/${NORTH}/oauth/callback?state=${NORTH}.x`,
  `/c/${NORTH}`,
])('answers %s like an address that does not exist', async (path) => {
  const answerOf = async (address: string): Promise<unknown> => {
    const { requestId: _, ...answer } = (await (await post(address)).json()) as Record<string, unknown>;
    return answer;
  };
  expect(await answerOf(path)).toEqual(await answerOf('/nothing'));
  expect(seen).toEqual([]);
});

it('says that a connection is away while its process does not listen, or has just ended', async () => {
  places.set(NORTH, { kind: 'nowhere', name: 'north' });
  expect((await post(`/c/${NORTH}/connect`)).status).toBe(503);
  places.set(NORTH, { kind: 'here', name: 'north', url: 'http://127.0.0.1:9' });
  const answer = await post(`/c/${NORTH}/connect`);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
});

it('takes so much for one connection at once, and goes on for the others meanwhile', async () => {
  hold();
  const crowd = Array.from({ length: 50 }, () => post(`/c/${NORTH}/connect`));
  await until('all of them wait', () => seen.length === 50);
  expect((await post(`/c/${NORTH}/connect`)).status).toBe(503);
  const other = post(`/c/${SOUTH}/connect`);
  await until('the other one is there', () => seen.length === 51);
  go();
  expect(new Set((await Promise.all([...crowd, other])).map(({ status }) => status))).toEqual(new Set([204]));
  expect((await post(`/c/${NORTH}/connect`)).status).toBe(204);
});

it('ends what it has carried when whoever asked is gone, so that it counts no more', async () => {
  hold();
  const gone = new AbortController();
  const crowd = Array.from({ length: 50 }, () =>
    fetch(`${url}/c/${NORTH}/connect`, { signal: gone.signal }).catch(() => undefined),
  );
  await until('all of them wait', () => seen.length === 50);
  gone.abort();
  await Promise.all(crowd);
  waiting = undefined;
  await until('there is room again', async () => (await post(`/c/${NORTH}/connect`)).status === 204);
  go();
});
