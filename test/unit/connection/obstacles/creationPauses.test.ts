// A pause of creation is an obstacle to a sync that runs: while an admin is still mapping, none is reported (B20, B23).
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createCreationPauses, type CreationPauses } from '../../../../bridge/connection/obstacles/creationPauses.ts';
import { createMetrics } from '../../../../bridge/http/metrics.ts';
import type { Report } from '../../../../bridge/model/report.ts';
import { openSqliteStore } from '../../../../bridge/store/sqlite/store.ts';
import type { Store } from '../../../../bridge/store/store.ts';
import { config, mapping } from '../../sync/fixtures.ts';

const ORG = '00D000000000001AAA';

let store: Store;
let isStarted: boolean;
let reported: Report[];
let pauses: CreationPauses;
beforeEach(async () => {
  store = await openSqliteStore({ file: ':memory:' });
  [isStarted, reported] = [false, []];
  pauses = createCreationPauses({
    store,
    connection: ORG,
    isStarted: () => isStarted,
    report: async (rows) => void reported.push(...rows),
    wake: () => undefined,
    remember: () => undefined,
    metrics: createMetrics(),
    logger: pino({ enabled: false }),
  });
});
afterEach(() => store.close());

const withoutNames = config([mapping('primary_phone_number', 'Lead.Phone')]);

describe('a required field that is not mapped', () => {
  it('is no obstacle before sync is started, and is reported once after it', async () => {
    await pauses.read(withoutNames);
    expect(reported).toEqual([]);
    isStarted = true;
    await pauses.read(withoutNames);
    await pauses.read(withoutNames);
    expect(reported.map(({ code, salesforceObject }) => [code, salesforceObject])).toEqual([
      ['CREATION_PAUSED', 'Lead'],
    ]);
  });
});
