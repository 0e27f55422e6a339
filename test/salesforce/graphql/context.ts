// What every part of a GraphQL request works with: the org as its user sees it, the user's words for values, and the
// variables in the order in which the client wrote them.
import type { Org } from '../org.ts';
import type { TransactionContext } from '../transaction.ts';
import type { Display } from '../uiapi/display.ts';

export interface GraphContext {
  /** As the user may use it. */
  org: Org;
  userId: string;
  /** `/services/data/v67.0` */
  base: string;
  /** `67` */
  version: number;
  display: Display;
  /** As sent. */
  variables: Readonly<Record<string, unknown>>;
  /** Of the changes that mutations make. */
  transaction: TransactionContext;
}
