// Lists the kinds of write. Each kind has a file of its own, which holds all that is specific to it.
import type { Fault } from '../../model/fault.ts';
import type { Write } from '../../model/plan.ts';
import type { Draft } from '../turn/draft.ts';
import { alert } from './alert.ts';
import { createInSalesforce } from './createInSalesforce.ts';
import { createInSellfire } from './createInSellfire.ts';
import type { Answer, WriteKind, WriteOf } from './kind.ts';
import { saleTransaction } from './saleTransaction.ts';
import { task } from './task.ts';
import { updateInSalesforce } from './updateInSalesforce.ts';
import { updateInSellfire } from './updateInSellfire.ts';

const KINDS: { [K in Write['kind']]: WriteKind<WriteOf<K>> } = {
  createInSalesforce,
  updateInSalesforce,
  createInSellfire,
  updateInSellfire,
  saleTransaction,
  task,
  alert,
};

/** TypeScript cannot relate a write to the kind of the same name. */
const kindOf = (write: Write): WriteKind<Write> => KINDS[write.kind] as WriteKind<Write>;

export const peerOf = (write: Write): 'salesforce' | 'sellfire' => kindOf(write).peer;
export const objectOf = (write: Write): string | null => kindOf(write).objectOf(write);
export const settled = (draft: Draft, write: Write, answer: Answer, at: number): void =>
  kindOf(write).settled(draft, write, answer, at);
export const failed = (draft: Draft, write: Write, fault: Fault, at: number): void =>
  kindOf(write).failed(draft, write, fault, at);
