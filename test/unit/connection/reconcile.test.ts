// When what changed in Salesforce is compared again: every so often, and when a mapped field becomes visible.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import type { SalesforceChange } from '../../../bridge/model/change.ts';
import { newLink, type Link } from '../../../bridge/model/link.ts';
import { closerLook, createReconciliation, RECONCILED } from '../../../bridge/connection/reconcile.ts';
import type { Cursor } from '../../../bridge/store/store.ts';
import { config, LEAD_ID, mapping, USUAL } from '../sync/fixtures.ts';

const ORG = '00D000000000001AAA';
const HOUR = 3_600_000;
const START = 1_000 * HOUR;

let cursors: Map<string, Cursor>;
let readings: number[];
let fails: boolean;
const store = {
  cursor: async (_: string, name: string) => cursors.get(name),
  append: async (_: string, __: unknown[], cursor?: Cursor) => {
    if (cursor) cursors.set(cursor.name, cursor);
    return { stored: 0, keys: [] };
  },
};
const start = (hours = 24) =>
  createReconciliation({
    store,
    connection: ORG,
    hours,
    connectedAt: START - 500 * HOUR,
    readBack: async (since) => {
      if (fails) throw new Error('Salesforce is away');
      readings.push(since);
      return 0;
    },
    logger: pino({ level: 'silent' }),
  });
const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);
/** The usual mappings, of which `Lead.Title` is hidden. */
const hidden = () => {
  const { objects, ...rest } = config(USUAL);
  const { Title: _, ...fields } = objects['Lead']?.fields ?? {};
  return { ...rest, objects: { ...objects, Lead: { ...objects['Lead'], fields } as never } };
};

beforeEach(() => {
  jest.useFakeTimers({ now: START });
  [cursors, readings, fails] = [new Map(), [], false];
});
afterEach(() => {
  jest.useRealTimers();
});

describe('the scheduled comparison', () => {
  it('reads what changed since the last one, each time', async () => {
    const one = start();
    await one.start();
    expect(one.at()).toBe(START);
    await pass(23 * HOUR);
    expect(readings).toEqual([]);
    await pass(HOUR);
    expect(readings).toEqual([START]);
    expect(cursors.get(RECONCILED)).toEqual({
      name: RECONCILED,
      value: new Date(START + 24 * HOUR).toISOString(),
      at: START + 24 * HOUR,
    });
    await pass(24 * HOUR);
    expect(readings).toEqual([START, START + 24 * HOUR]);
    await one.stop();
  });

  it('that came due while the bridge was away begins at the start, from where the last one was', async () => {
    cursors.set(RECONCILED, { name: RECONCILED, value: '', at: START - 30 * HOUR });
    const one = start();
    await one.start();
    await pass(0);
    expect(readings).toEqual([START - 30 * HOUR]);
    await one.stop();
  });

  it('that failed is tried again and leaves nothing out', async () => {
    const one = start();
    await one.start();
    fails = true;
    await pass(25 * HOUR);
    expect(cursors.get(RECONCILED)?.at).toBe(START);
    fails = false;
    await pass(60_000);
    expect(readings).toEqual([START]);
    await one.stop();
  });

  it('is never made with 0 hours', async () => {
    const one = start(0);
    await one.start();
    await pass(1_000 * HOUR);
    expect(readings).toEqual([]);
    await one.stop();
  });
});

describe('a mapped field', () => {
  it('that becomes visible again has compared what changed since it was last seen', async () => {
    const one = start(0);
    await one.start();
    one.read(config(USUAL));
    await pass(5 * HOUR);
    one.read(hidden());
    await pass(5 * HOUR);
    one.read(hidden());
    await pass(HOUR);
    expect(readings).toEqual([]);
    one.read(config(USUAL));
    await pass(0);
    expect(readings).toEqual([START]);
    one.read(config(USUAL));
    await pass(HOUR);
    expect(readings).toHaveLength(1);
    await one.stop();
  });

  it('is remembered over a restart, and until it was compared', async () => {
    const one = start(0);
    await one.start();
    one.read(hidden());
    await pass(HOUR);
    await one.stop();
    fails = true;
    const other = start(0);
    await other.start();
    other.read(config(USUAL));
    await pass(HOUR);
    expect(readings).toEqual([]);
    fails = false;
    await pass(60_000);
    expect(readings).toEqual([START]);
    await other.stop();
  });

  it('whose mapping was removed is forgotten', async () => {
    const one = start(0);
    await one.start();
    one.read(hidden());
    await pass(HOUR);
    one.read(config(USUAL.filter(({ sellfireField }) => sellfireField !== 'title')));
    await pass(HOUR);
    one.read(config(USUAL));
    await pass(HOUR);
    expect(readings).toEqual([]);
    await one.stop();
  });
});

describe('a record of such a reading', () => {
  const link = {
    ...newLink('lead_1'),
    record: { object: 'Lead' as const, id: LEAD_ID },
    fields: {
      business_name: {
        previousValues: [],
        flipFlops: 0,
        suspended: false,
        replicas: { 'Lead.Company': { lastKnown: 'Acme', targetVersion: 0, delivered: 0, confirmed: 0 } },
      },
    },
  };
  const look = (linked: boolean, fields: SalesforceChange['fields'], isNew = false, ended?: Link['ended']) =>
    closerLook({ linkOfRecord: async () => (linked ? { ...link, ...(ended ? { ended } : {}) } : undefined) }, ORG, () =>
      config([mapping('business_name', 'Lead.Company')]),
    ).isKnown({ object: 'Lead', recordId: LEAD_ID, fields } as SalesforceChange, isNew);

  it('is read again only where it shows something new', async () => {
    await expect(look(true, { Company: 'Acme' })).resolves.toBe(true);
    await expect(look(true, { Company: 'Acme & Sons' })).resolves.toBe(false);
    await expect(look(true, { Company: 'Acme', IsDeleted: true })).resolves.toBe(false);
    await expect(look(true, { Company: 'Acme', IsConverted: true })).resolves.toBe(false);
  });

  it('is read again where it was deleted, and is there: no event has said that it was undeleted', async () => {
    await expect(look(true, { Company: 'Acme' }, false, { by: 'salesforce', at: 1 })).resolves.toBe(false);
    await expect(look(true, { Company: 'Acme' }, false, { by: 'sellfire', at: 1 })).resolves.toBe(true);
  });

  it('that is not linked is read again only where it is new, or shows a lead', async () => {
    await expect(look(false, { Company: 'Acme' })).resolves.toBe(true);
    await expect(look(false, { Company: 'Acme' }, true)).resolves.toBe(false);
    await expect(look(false, { Sellfire_Lead_Id__c: 'lead_1' })).resolves.toBe(false);
  });
});
