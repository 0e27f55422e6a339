// A client of the Pub/Sub API that others wrote works against the local org unchanged.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import PubSubApiClient, { type Configuration, type SubscribeCallback } from 'salesforce-pubsub-api-client';
import type { Row } from '../model.ts';
import { startOrg, type RunningOrg } from '../server.ts';

// Somebody else's client, as it comes: it reads the contract, the schemas and the bitmaps by its own code.

interface ClientEvent {
  id: string;
  replayId: number;
  payload: Record<string, unknown> & {
    ChangeEventHeader: { entityName: string; recordIds: string[]; changeType: string; changedFields: string[] };
  };
}

const CHANNEL = '/data/Sellfire__chn';
const REPORTS = '/event/Integration_Report__e';
/** The client reports every message and every byte; what matters here is what its callbacks get. */
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let running: RunningOrg;
const clients: PubSubApiClient[] = [];
const streams: Promise<void>[] = [];

beforeAll(async () => {
  running = await startOrg({ deploy: 'force-app', numericReplayIds: true });
});
afterAll(async () => {
  await running.close();
  // Closed before its streams have ended, the client leaves their errors to nobody.
  await Promise.all(streams);
  for (const client of clients) client.close();
});

/** Records a stream's end: the last call of its callback. */
function stream(
  callback: (type: string, data: unknown) => void,
): (info: unknown, type: string, data?: unknown) => void {
  let ended = (): void => undefined;
  streams.push(new Promise((resolve) => (ended = resolve)));
  return (_info, type, data) => {
    callback(type, data);
    if (type === 'grpcStatus') ended();
  };
}

async function connect(config: Partial<Configuration> = {}): Promise<PubSubApiClient> {
  const client = new PubSubApiClient(
    {
      authType: 'oauth-jwt-bearer',
      loginUrl: running.restUrl,
      clientId: running.clientId,
      username: running.users.integration.username,
      privateKey: await readFile(running.keyFile, 'utf8'),
      pubSubEndpoint: running.pubsubUrl,
      // The client brings its own list of authorities, and this switch for servers that are on none of them.
      rejectUnauthorizedSsl: false,
      ...config,
    },
    quiet,
  );
  clients.push(client);
  await client.connect();
  return client;
}

/** The next so many events that are wanted, by one of the client’s ways to subscribe. */
function events(
  count: number,
  subscribe: (callback: SubscribeCallback) => void,
  wanted: (event: ClientEvent) => boolean = () => true,
): Promise<ClientEvent[]> {
  return new Promise((resolve, reject) => {
    const got: ClientEvent[] = [];
    subscribe(
      stream((type, data) => {
        if (type === 'error') reject(data instanceof Error ? data : new Error(String(data)));
        if (type === 'event' && wanted(data as ClientEvent)) got.push(data as ClientEvent);
        if (type === 'event' && got.length === count) resolve(got);
      }),
    );
  });
}

const as = () => ({ user: running.users.admin.id, origin: 'com/salesforce/api/rest/67.0' });
const createLead = (fields: Row = {}): string =>
  running.org.transact(as(), (tx) => tx.create('Lead', { LastName: 'Ng', Company: 'Acme', ...fields }));
const updateLead = (id: string, fields: Row): void => running.org.transact(as(), (tx) => tx.update('Lead', id, fields));

describe('salesforce-pubsub-api-client', () => {
  it('signs in by JWT, subscribes to an entity and decodes which fields changed', async () => {
    const client = await connect();
    const id = createLead({ Street: 'High Street 1', Title: 'CEO' });
    updateLead(id, { Street: 'High Street 2', City: 'Leeds', Title: null });
    const [created, updated] = await events(2, (callback) =>
      client.subscribeFromEarliestEvent('/data/LeadChangeEvent', callback, 2),
    );
    expect(created?.payload).toMatchObject({
      ChangeEventHeader: { entityName: 'Lead', changeType: 'CREATE', recordIds: [id], changedFields: [] },
      Company: 'Acme',
      Title: 'CEO',
    });
    const { changedFields, ...header } = updated?.payload.ChangeEventHeader ?? { changedFields: [] };
    expect(header).toMatchObject({ changeType: 'UPDATE', nulledFields: ['Title'], diffFields: [] });
    expect(changedFields.toSorted()).toEqual(['Address.City', 'Address.Street', 'LastModifiedDate', 'Title']);
  });

  it('receives all objects of the package’s channel', async () => {
    const client = await connect({
      authType: 'user-supplied',
      // It sends the address along and connects elsewhere; it takes none without https.
      instanceUrl: running.restUrl.replace('http:', 'https:'),
      accessToken: running.org.sessions.open(running.users.integration.id, 'tests').token,
      organizationId: running.org.id,
    });
    const mark = createLead();
    running.org.transact(as(), (tx) => {
      tx.create('Account', { Name: 'Acme' });
      tx.create('Opportunity', { Name: 'Deal', StageName: 'Qualification', CloseDate: '2026-12-01' });
      tx.create('Contact', { LastName: 'Ng' });
    });
    const all = await events(5, (callback) => client.subscribeFromEarliestEvent(CHANNEL, callback));
    const headers = all.map(({ payload }) => payload.ChangeEventHeader);
    const at = headers.findIndex(({ recordIds }) => recordIds.includes(mark));
    expect(headers.slice(at).map(({ entityName }) => entityName)).toEqual(['Lead', 'Account', 'Contact']);
  });

  it('goes on after the replay id that it stopped at', async () => {
    const first = await connect();
    const ids = [createLead({ LastName: 'before' }), createLead({ LastName: 'after' })];
    const wanted = (event: ClientEvent): boolean =>
      event.payload.ChangeEventHeader.recordIds.some((id) => ids.includes(id));
    const [before] = await events(1, (callback) => first.subscribeFromEarliestEvent(CHANNEL, callback), wanted);
    if (!before) throw new Error('There is no event.');
    const second = await connect();
    const [after] = await events(1, (callback) => second.subscribeFromReplayId(CHANNEL, callback, 1, before.replayId));
    expect([before, after].map((event) => event?.payload.ChangeEventHeader.recordIds)).toEqual(ids.map((id) => [id]));
  });

  it('publishes a platform event, alone and by a stream, and gets it back as it was published', async () => {
    const client = await connect();
    const report = (id: string): Row => ({ Report_Id__c: id, Outcome__c: 'Success', Reason__c: 'Created the lead.' });
    const answer = await client.publish(REPORTS, payload(report('r-1')), 'own-key');
    expect(answer).toMatchObject({ correlationKey: 'own-key' });
    const answered = new Promise<unknown>((resolve, reject) => {
      const callback = stream((type, data) => {
        if (type === 'publishResponse') resolve(data);
        if (type === 'error') reject(data as Error);
      });
      client.publishBatch(REPORTS, [{ id: 'batch-1', payload: payload(report('r-2')) }], callback).catch(reject);
    });
    expect(await answered).toMatchObject({ results: [{ correlationKey: 'batch-1' }] });
    const got = await events(2, (callback) => client.subscribeFromEarliestEvent(REPORTS, callback));
    expect(got).toMatchObject([
      {
        id: 'own-key',
        replayId: answer.replayId,
        payload: { ...report('r-1'), CreatedById: running.users.integration.id },
      },
      { id: 'batch-1', payload: report('r-2') },
    ]);
  });

  it('signs in by user name and password where the org allows it', async () => {
    running.org.sessions.byPassword = true;
    const { username, password } = running.users.integration;
    const client = await connect({ authType: 'username-password', loginUrl: running.restUrl, username, password });
    const id = createLead();
    const [event] = await events(
      1,
      (callback) => client.subscribeFromEarliestEvent('/data/LeadChangeEvent', callback),
      ({ payload }) => payload.ChangeEventHeader.recordIds.includes(id),
    );
    expect(event?.payload).toMatchObject({ Company: 'Acme' });
    running.org.sessions.byPassword = false;
  });

  it('gets the platform’s own error for a topic that is not there', async () => {
    const client = await connect();
    await expect(events(1, (callback) => client.subscribe('/data/Nowhere__chn', callback))).rejects.toMatchObject({
      details: expect.stringMatching(/The topic was not found/),
    });
  });
});

/** Every field of the event, in the form in which Avro's JavaScript takes a union. */
function payload(fields: Row): Record<string, unknown> {
  const { fields: all } = running.org.schema.object('Integration_Report__e');
  const own = [...all.values()].filter(({ custom }) => custom);
  const values = own.map(({ name }) => [name, fields[name] === undefined ? null : { string: fields[name] }] as const);
  return { CreatedDate: Date.now(), CreatedById: running.users.integration.id, ...Object.fromEntries(values) };
}
