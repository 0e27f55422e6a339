// The queries of the store use their indexes, with a million rows.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SQLInputValue } from 'node:sqlite';
import { calls } from '../../../bridge/store/sqlite/calls.ts';
import { Database } from '../../../bridge/store/sqlite/database.ts';
import { migrate } from '../../../bridge/store/sqlite/migrations.ts';
import type { Settlement } from '../../../bridge/store/store.ts';
import { entryText } from '../../../bridge/store/entryText.ts';
import { linkText, reportText } from '../../../bridge/store/texts.ts';
import { ACCOUNT, entry, LEAD_RECORD, linked, ORG, report, settlement } from '../../store/fixtures.ts';

/** Notes the statements that were run. */
class Noting extends Database {
  readonly statements = new Set<string>();

  override all<Row>(sql: string, ...parameters: SQLInputValue[]): Row[] {
    this.statements.add(sql);
    return super.all<Row>(sql, ...parameters);
  }
  override get<Row>(sql: string, ...parameters: SQLInputValue[]): Row | undefined {
    this.statements.add(sql);
    return super.get<Row>(sql, ...parameters);
  }
  override run(sql: string, ...parameters: SQLInputValue[]): number {
    this.statements.add(sql);
    return super.run(sql, ...parameters);
  }
}

let db: Noting;
beforeAll(async () => {
  db = new Noting(':memory:');
  await migrate(db);
});
afterAll(() => db.close());

/** How SQLite would find the rows of each statement that the work needs. */
function plansOf(work: () => void): string[] {
  db.statements.clear();
  work();
  return [...db.statements].flatMap((sql) =>
    db
      .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .map(({ detail }) => `${detail} | ${sql.replace(/\s+/g, ' ')}`),
  );
}

/** Reads a table, or all rows of a connection. */
const READS_ALL = /^SCAN (?!json_each)|^SEARCH \w+ USING (COVERING )?INDEX \w+ \(connection=\?\) \|/;

function settle({ link, reports, entries = [], ...rest }: Settlement): void {
  calls.settle(db, ORG, {
    ...rest,
    link: link && linkText(link).text,
    reports: reports.map((one, index) => reportText({ ...one, id: String(index) })),
    entries: entries.map(entryText),
  });
}

describe('with a million rows', () => {
  it('receiving, deciding and settling read only the rows that they are about', () => {
    const plans = plansOf(() => {
      const link = linked('lead-1', LEAD_RECORD, ACCOUNT);
      calls.append(db, ORG, [entry('e1'), entry('e2'), entry('e3', ACCOUNT)].map(entryText), {
        name: 'feed',
        value: '1',
        at: 1,
      });
      const [first, second] = calls.load(db, ORG, LEAD_RECORD, 10, 0).rows.map((row) => row.seq);
      calls.attempted(db, ORG, [first ?? 0]);
      const parked = [{ seq: second ?? 0, code: 'X', reason: 'x' }];
      settle(settlement(LEAD_RECORD, { done: [first ?? 0], parked, link, reports: [report('a')] }));
      const moved = { ...linked('lead-1', '00Q000000000009AAA'), revision: 1 };
      settle(settlement('lead-1', { link: moved }));
      const other = linked('lead-2', '00Q000000000008AAA');
      settle(settlement('lead-2', { link: other }));
      const arrived = { source: 'sellfire', eventId: 'e4', recordId: 'lead-2', leadId: 'lead-2', revision: 1 } as const;
      const after = linkText({ ...other, revision: 1 }).text;
      expect(calls.append(db, ORG, [{ ...arrived, link: after }]).settled).toEqual([0]);
      calls.park(db, ORG, LEAD_RECORD, parked);
      calls.release(db, ORG, [second ?? 0]);
      calls.linkOfLead(db, ORG, 'lead-1');
      calls.linkOfRecord(db, ORG, LEAD_RECORD);
      calls.cursor(db, ORG, 'feed');
      calls.dropReports(db, ORG, ['x']);
      calls.prune(db, Date.now());
    });
    expect(plans.length).toBeGreaterThan(15);
    expect(plans.filter((plan) => READS_ALL.test(plan))).toEqual([]);
  });

  it('what looks over a connection reads only what is not finished', () => {
    const plans = plansOf(() => {
      calls.pendingKeys(db, ORG, 10);
      calls.parked(db, ORG, 10);
      calls.reports(db, ORG, 10);
      calls.counts(db, ORG);
    });
    const inbox = plans.filter((plan) => / inbox /.test(plan));
    expect(inbox.length).toBeGreaterThan(1);
    for (const plan of inbox) expect(plan).toMatch(/inbox_pending|inbox_parked|^USE TEMP B-TREE/);
    expect(plans.filter((plan) => plan.startsWith('SCAN'))).toEqual([]);
  });

  it('what is looked at every few seconds reads no row of what waits, only its index', () => {
    const plans = plansOf(() => {
      calls.pendingKeys(db, ORG, 10, Date.now());
      calls.counts(db, ORG);
    });
    const waiting = plans.filter((plan) => plan.includes(' inbox_pending '));
    expect(waiting).toHaveLength(2);
    for (const plan of waiting) expect(plan).toContain('COVERING INDEX inbox_pending');
  });
});
