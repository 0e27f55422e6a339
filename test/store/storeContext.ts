// The store under test, with the org of the running test and what the tests ask of it.
import type { Link } from '../../bridge/model/link.ts';
import type { Store } from '../../bridge/store/store.ts';

export interface StoreContext {
  readonly store: Store;
  /** Of the running test alone. */
  readonly org: string;
  /** Another org of the running test. */
  readonly otherOrg: string;
  load(key: string): ReturnType<Store['load']>;
  /** The numbers of the rows that wait for the key. */
  seqs(key: string): Promise<number[]>;
  /** The event ids of the rows that wait for the key. */
  events(key: string): Promise<string[]>;
  /** Saves a link without any work. */
  save(link: Link): ReturnType<Store['settle']>;
}
