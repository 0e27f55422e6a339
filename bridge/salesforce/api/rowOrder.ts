// Lets no two calls under way write under the same parent. A save locks its record and the Account above it, and Salesforce refuses who
// comes meanwhile (F18): such calls go one after the other, and all others at once.
// Source: Designing Record Access for Enterprise Scale, "Record-Level Locking".
import type { TransactionNode } from '../../model/saleTransaction.ts';

export interface RowOrder {
  /** Whether a call that is under way, or waits for its turn, writes one of the rows. */
  isBusy(rows: readonly string[]): boolean;
  /** Runs the call when every earlier call that writes one of the rows has ended. */
  run<T>(rows: readonly string[], call: () => Promise<T>): Promise<T>;
}

export function createRowOrder(): RowOrder {
  /** By row, the end of the latest call that writes it. A call is queued behind all of its rows at once, so that none wait in a circle. */
  const last = new Map<string, Promise<undefined>>();
  return {
    isBusy: (rows) => rows.some((row) => last.has(row)),
    async run(rows, call) {
      const before = rows.map((row) => last.get(row));
      const { promise: ended, resolve: end } = Promise.withResolvers<undefined>();
      for (const row of rows) last.set(row, ended);
      try {
        await Promise.all(before);
        return await call();
      } finally {
        for (const row of rows) if (last.get(row) === ended) last.delete(row);
        end(undefined);
      }
    },
  };
}

/** Look-ups whose record is locked with the one that names it, by object (Salesforce Record Locking Cheat Sheet). */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  Contact: ['AccountId'],
  Opportunity: ['AccountId'],
  OpportunityLineItem: ['OpportunityId'],
};

/** The parents that a save of the record locks, as far as its fields name them. */
export const parentsIn = (object: string, fields: Readonly<Record<string, unknown>>): string[] =>
  (PARENTS[object] ?? []).map((name) => fields[name]).filter((id) => typeof id === 'string');

/** The rows that the records of a transaction lock, as far as they are known. */
export const lockedBy = (nodes: readonly TransactionNode[]): string[] => [
  ...new Set(
    nodes.flatMap(({ object, op, fields }) => [...(op.kind === 'update' ? [op.id] : []), ...parentsIn(object, fields)]),
  ),
];
