// The org as the benchmark's own client sees it: a user with calls of his own, beside the bridge's.
import { readFileSync } from 'node:fs';
import jsforce, { type Connection } from 'jsforce';
import { Agent } from 'undici';
import { z } from 'zod';
import { createSession, type Session } from '../../bridge/salesforce/auth/session.ts';
import type { OrgAddress } from './system.ts';

/** Records in one collections call: the platform's own limit. */
export const COLLECTION = 200;
const DATA = '/services/data/v67.0';

export type Row = Record<string, unknown>;

export interface OrgClient {
  readonly session: Session;
  /** The same sign-in for jsforce. */
  connection(): Promise<Connection>;
  /** In collections of 200, one after the other. @returns the ids. @throws when a record is refused */
  create(rows: readonly Row[]): Promise<string[]>;
  /** In collections of 200, `atOnce` of them in flight. @throws when a record is refused */
  update(rows: readonly Row[], atOnce?: number): Promise<void>;
  /** One call a row, `atOnce` of them in flight. @returns the ids, in the order of the rows. @throws when one is refused */
  createEach(rows: readonly Row[], atOnce: number): Promise<string[]>;
  updateEach(rows: readonly Row[], atOnce: number): Promise<void>;
  count(where: string): Promise<number>;
  title(id: string): Promise<unknown>;
  /** API calls that others than this client have made today, by the org's own count. */
  callsOfOthers(): Promise<number>;
  close(): Promise<void>;
}

const resultSchema = z.array(z.object({ success: z.boolean(), id: z.string().nullish(), errors: z.unknown() }));

const savedSchema = z.object({ success: z.literal(true), id: z.string() });

/** @param username whose calls they are: an administrator's where nothing is said */
export function createOrgClient(org: OrgAddress, username = org.users.admin): OrgClient {
  const session = createSession({
    loginUrl: org.restUrl,
    clientId: org.clientId,
    clientSecret: org.clientSecret,
    grant: { kind: 'jwt', username, privateKey: readFileSync(org.keyFile, 'utf8') },
  });
  const agent = new Agent();
  let calls = 0;
  let used = 0;

  async function call<T>(method: 'GET' | 'POST' | 'PATCH', path: string, schema: z.ZodType<T>, body?: unknown) {
    const { accessToken } = await session.token();
    const answer = await agent.request({
      origin: org.restUrl,
      path: DATA + path,
      method,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    if (answer.statusCode > 299) throw new Error(`The org answered ${answer.statusCode}: ${text.slice(0, 500)}`);
    calls += 1;
    used = Number(/api-usage=(\d+)/.exec(String(answer.headers['sforce-limit-info']))?.[1]);
    return schema.parse(text === '' ? undefined : JSON.parse(text));
  }

  async function save(method: 'POST' | 'PATCH', rows: readonly Row[]): Promise<string[]> {
    const records = rows.map((row) => ({ attributes: { type: 'Lead' }, ...row }));
    const results = await call(method, '/composite/sobjects', resultSchema, { allOrNone: false, records });
    const refused = results.find(({ success }) => !success);
    if (refused) throw new Error(`The org refused a record: ${JSON.stringify(refused.errors)}`);
    return results.map(({ id }) => id ?? '');
  }

  return {
    session,
    async connection() {
      const { accessToken, instanceUrl } = await session.token();
      return new jsforce.Connection({ instanceUrl, accessToken, version: '67.0' });
    },
    async create(rows) {
      const ids: string[] = [];
      for (const some of chunks(rows, COLLECTION)) ids.push(...(await save('POST', some)));
      return ids;
    },
    async update(rows, atOnce = 1) {
      await together(chunks(rows, COLLECTION), atOnce, (some) => save('PATCH', some));
    },
    createEach: (rows, atOnce) =>
      together(rows, atOnce, async (row) => (await call('POST', '/sobjects/Lead', savedSchema, row)).id),
    async updateEach(rows, atOnce) {
      await together(rows, atOnce, ({ Id, ...row }) =>
        call('PATCH', `/sobjects/Lead/${String(Id)}`, z.undefined(), row),
      );
    },
    async count(where) {
      const soql = `SELECT COUNT() FROM Lead WHERE ${where}`;
      const answer = await call('GET', `/query?q=${encodeURIComponent(soql)}`, z.object({ totalSize: z.number() }));
      return answer.totalSize;
    },
    async title(id) {
      return (await call('GET', `/sobjects/Lead/${id}?fields=Title`, z.object({ Title: z.unknown() }))).Title;
    },
    async callsOfOthers() {
      await call('GET', '/limits', z.unknown());
      return used - calls;
    },
    close: () => agent.close(),
  };
}

/** Does the work for every item, `atOnce` of them at a time. @returns the results in the order of the items */
async function together<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

export function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
