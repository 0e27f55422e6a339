// What the faults of a run have hit: pairs of a fault and the operation that it befell. A pair that no history reaches is one that
// the simulator says nothing about.
import { ACTIONS } from './randomEdits.ts';
import type { Commit } from './saves.ts';

/** Number of hits by fault and operation. */
export type Hits = Record<string, Record<string, number>>;

interface Conditions {
  paused: boolean;
  clocks: { salesforce: number; sellfire: number; bridge: number };
}

export class Reached {
  readonly hits: Hits = {};

  add(fault: string, operation: string, times = 1): void {
    const row = (this.hits[fault] ??= {});
    row[operation] = (row[operation] ?? 0) + times;
  }

  addAll(hits: Hits): void {
    for (const [fault, row] of Object.entries(hits))
      for (const [operation, times] of Object.entries(row)) this.add(fault, operation, times);
  }

  /** What holds while the operation happens. */
  conditions({ paused, clocks }: Conditions, operation: string): void {
    if (paused) this.add('paused', operation);
    if (clocks.salesforce > clocks.sellfire) this.add('Salesforce ahead', operation);
    if (clocks.salesforce < clocks.sellfire) this.add('Sellfire ahead', operation);
    if (clocks.bridge !== 0) this.add('bridge differs', operation);
  }

  /** What befalls a commit on its way to the bridge. */
  delivery({ operation, lost, hidden }: Commit, redelivered: boolean): void {
    if (lost) this.add('lost', operation);
    if (hidden) this.add('gap', operation);
    if (redelivered) this.add('redelivered', operation);
  }
}

/** Calls of the bridge (peers.ts), and of them those that save in Salesforce. */
const SAVES = ['salesforce.upsert', 'salesforce.update', 'salesforce.writeTransaction'];
const CALLS = [
  ...SAVES,
  ...['findByPhone', 'lookUpForSale', 'timeZoneOf', 'convertedFrom', 'recordState', 'read'].map(
    (name) => `salesforce.${name}`,
  ),
  ...['createLead', 'updateLead', 'leadById', 'leadByPhone', 'leadBySalesforceId', 'rep'].map(
    (name) => `sellfire.${name}`,
  ),
  ...['schedule', 'sales', 'activities', 'alert'].map((name) => `sellfire.${name}`),
];
const STORE = ['append', 'load', 'settle', 'claim', 'rekey', 'attempted'].map((name) => `store.${name}`);
const EDITS = ['createRecord', 'editRecord', 'deleteRecord', 'convertLead', 'mergeRecords', 'undeleteRecord'];
/** Operations whose saves run the customer's rules and automations. */
const JUDGED = ['createRecord', 'editRecord', 'convertLead', ...SAVES];

/** The pairs that can be: faults, and the operations that they may befall. */
const POSSIBLE: readonly { faults: readonly string[]; operations: readonly string[] }[] = [
  { faults: ['refused', 'unanswered', 'meanwhile'], operations: CALLS },
  { faults: ['crash'], operations: [...CALLS, ...STORE] },
  { faults: ['gap', 'lost', 'redelivered'], operations: [...EDITS, ...SAVES] },
  { faults: ['resets', 'normalises', 'validationRule', 'restrictedPicklist'], operations: JUDGED },
  { faults: ['reverts'], operations: SAVES },
  {
    faults: ['duplicateRule'],
    operations: JUDGED.filter((name) => !['editRecord', 'salesforce.update'].includes(name)),
  },
  {
    faults: ['paused', 'Salesforce ahead', 'Sellfire ahead', 'bridge differs'],
    operations: ACTIONS.map(({ name }) => name),
  },
];

/** @returns for each fault the operations that it befell with how often, and those that it never did */
export function matrixOf(hits: Hits): string {
  const lines = POSSIBLE.flatMap(({ faults, operations }) =>
    faults.map((fault) => {
      const times = (operation: string): number => hits[fault]?.[operation] ?? 0;
      const reached = operations.filter((one) => times(one) > 0).map((one) => `${one} ${times(one)}`);
      const never = operations.filter((one) => times(one) === 0);
      const isAll = never.length === 0;
      return {
        fault,
        count: reached.length,
        of: operations.length,
        text: `${reached.join(', ') || 'none'}${isAll ? '' : `\n    never: ${never.join(', ')}`}`,
      };
    }),
  );
  const sum = (of: 'count' | 'of'): number => lines.reduce((total, line) => total + line[of], 0);
  return [
    `${sum('count')} of ${sum('of')} pairs of a fault and an operation were reached.`,
    ...lines.map(({ fault, count, of, text }) => `  ${fault} (${count} of ${of}): ${text}`),
  ].join('\n');
}
