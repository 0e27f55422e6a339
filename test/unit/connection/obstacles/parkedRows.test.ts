// Changes that were refused for good are tried again once the org is another one, and only then (B23).
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createParkedRows } from '../../../../bridge/connection/obstacles/parkedRows.ts';
import { config } from '../../sync/fixtures.ts';

const logger = pino({ enabled: false });

describe('changes that a refused look-up has parked', () => {
  const parked = (seq: number, code: string) =>
    ({
      seq,
      code,
      key: `k${seq}`,
      source: 'sellfire',
      eventId: '',
      recordId: '',
      attempts: 0,
      parkedAt: 0,
      reason: '',
    }) as const;

  it('are tried again when the fields, rights or mappings are other ones, and only then', async () => {
    const released: number[][] = [];
    const rows = createParkedRows({
      ...{ connection: 'one', wake: () => undefined, logger },
      store: {
        parked: () => Promise.resolve([parked(1, 'INVALID_QUERY_FILTER_OPERATOR'), parked(2, 'RECORD_CLAIMED')]),
        release(_connection, seqs) {
          released.push(seqs);
          return Promise.resolve({ keys: [] });
        },
      },
    });
    const base = config();
    await rows.read(base);
    await rows.read({ ...base });
    expect(released).toEqual([[1]]);
    await rows.read({ ...base, mappings: [] });
    expect(released).toEqual([[1], [1]]);
  });
});
