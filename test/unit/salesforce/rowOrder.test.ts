// Writes under one Account, against a whole local org whose saves lock their rows: nobody is refused because of the bridge itself (F18).
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { salesforcePort } from '../../../bridge/connection/org.ts';
import type { RecordResult, SalesforcePort } from '../../../bridge/model/ports.ts';
import type { TransactionNode } from '../../../bridge/model/saleTransaction.ts';
import { packageNames } from '../../../bridge/model/salesforce.ts';
import { createRest, type Rest } from '../../../bridge/salesforce/api/rest.ts';
import { createSession } from '../../../bridge/salesforce/auth/session.ts';
import { until } from '../../helpers/until.ts';
import type { Row } from '../../salesforce/model.ts';
import { startOrg, type RunningOrg } from '../../salesforce/server.ts';
import { config } from '../sync/fixtures.ts';

const { leadId } = packageNames('');
let running: RunningOrg;
let rest: Rest;
let port: SalesforcePort;

beforeAll(async () => {
  running = await startOrg({ deploy: 'force-app' });
  const { restUrl, clientId, keyFile, users } = running;
  const privateKey = await readFile(keyFile, 'utf8');
  const grant = { kind: 'jwt', username: users.integration.username, privateKey } as const;
  rest = createRest({ session: createSession({ loginUrl: restUrl, clientId, grant }) });
  port = salesforcePort(rest, () => config());
});
afterAll(async () => {
  await rest.close();
  await running.close();
});

const make = (object: string, fields: Row): string =>
  running.org.transact({ user: running.users.admin.id, origin: '' }, (transaction) =>
    transaction.create(object, fields),
  );
const account = (): string => make('Account', { Name: 'Acme' });
const contact = (AccountId: string): string => make('Contact', { LastName: 'Reed', AccountId });

let keys = 0;
const newContact = (AccountId: string): Promise<RecordResult> =>
  port.upsert('Contact', leadId, `lead_${(keys += 1)}`, { LastName: 'Reed', AccountId });
const edit = (id: string, parent?: string): Promise<RecordResult> =>
  port.update('Contact', id, { Title: 'CEO' }, { parent });
const deal = (AccountId: string): TransactionNode => ({
  ref: 'opportunity',
  object: 'Opportunity',
  op: { kind: 'create' },
  fields: { Name: 'Deal', StageName: 'Qualification', CloseDate: '2026-12-01', AccountId },
});
const sale = (AccountId: string) => port.writeTransaction([deal(AccountId)]);

describe('calls that write under one Account', () => {
  const held = (count: number): Promise<unknown> =>
    until(
      () => `${count} calls are held up: ${running.org.locks.held} are`,
      () => running.org.locks.held === count,
    );
  const refused = { before: 0 };
  beforeEach(() => {
    refused.before = running.org.locks.refused;
    running.org.locks.use();
  });
  afterEach(() => {
    running.org.locks.end();
    expect(running.org.locks.refused).toBe(refused.before);
  });

  const SECOND = [
    ['the update of a Contact', (of: string) => edit(contact(of), of)],
    ['the Account’s own update', (of: string) => port.update('Account', of, { Phone: '+14155550123' })],
    ['a sale', sale],
  ] as const;

  it.each(SECOND)('follow each other, and nobody else waits: %s behind a new Contact', async (_, write) => {
    const [one, other] = [account(), account()];
    const first = newContact(one);
    await held(1);
    const second = write(one);
    const beside = edit(contact(other), other);
    // What is under another Account is done while the first call holds its own.
    await held(2);
    running.org.locks.release();
    expect([await first, await beside].map(({ ok }) => ok)).toEqual([true, true]);
    await held(1);
    running.org.locks.release();
    expect(await second).toMatchObject({ ok: true });
  });

  it('are one call where they come together', async () => {
    const one = account();
    const edits = [contact(one), contact(one), contact(one)].map((id) => edit(id, one));
    await held(1);
    running.org.locks.release();
    expect((await Promise.all(edits)).map(({ ok }) => ok)).toEqual([true, true, true]);
  });

  it('wait in no circle, whatever Accounts they share', async () => {
    const [one, two, three] = [account(), account(), account()];
    const calls = [
      newContact(one),
      edit(contact(two), two),
      sale(two),
      edit(contact(three), three),
      sale(three),
      newContact(three),
    ];
    const ended = Promise.all(calls);
    let isDone = false;
    void ended.then(() => (isDone = true));
    await until('all of them are done', () => {
      running.org.locks.release();
      return isDone;
    });
    expect((await ended).map(({ ok }) => ok)).toEqual(calls.map(() => true));
  });
});
