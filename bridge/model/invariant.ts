// A statement that the program relies on and that does not hold: an error of the program, never of an admin.

export interface Broken {
  /** The name of the statement, by which it is counted. */
  invariant: string;
  /** Ids and names that explain it; no values of a record. */
  detail: string;
  /** Whether going on would write something wrong. */
  isUnsafe: boolean;
}
