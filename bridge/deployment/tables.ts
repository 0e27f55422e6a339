// The tables of a deployment, in a file or in a database: which connections there are, and which processes share them. Statements are
// the same for both; what differs is in tablesFile.ts and tablesPostgres.ts.

/** A value of a row. */
export type Value = string | number | null;
export type Row = Record<string, Value>;

export interface Statements {
  /** @param sql with ?1, ?2 … for values, and NOW for the time, ms since the epoch. @throws NotUniqueError */
  all<R extends Row>(sql: string, ...values: Value[]): Promise<R[]>;
  /** @returns how many rows were changed @throws NotUniqueError */
  run(sql: string, ...values: Value[]): Promise<number>;
  /** Several statements, without values. */
  script(sql: string): Promise<void>;
  /** Makes room for the store of a connection. */
  makePlace(place: string): Promise<void>;
  /** Removes the store of a connection; what is not there is removed. */
  removePlace(place: string): Promise<void>;
}

export interface Tables extends Omit<Statements, 'script' | 'makePlace' | 'removePlace'> {
  /** All of it, or nothing, whatever happens in between. */
  together<T>(work: (statements: Statements) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Another row has the value that a row was to have alone. */
export class NotUniqueError extends Error {
  constructor(cause: unknown) {
    super('Another row has this value.', { cause });
    this.name = 'NotUniqueError';
  }
}
