// What a process has to be, as the database knows it, so that it may write.

/** A statement that finds one row as long as the process may write. */
export type Fence = string & { readonly fence: unique symbol };

/** The process that leads with this token. */
export const ledBy = (token: number): Fence => `SELECT 1 FROM leadership WHERE token = ${Math.trunc(token)}` as Fence;

/** The worker with this number, as long as the leader that it works for neither loses the lead nor gives it up. */
export const worksAs = (number: number): Fence =>
  `SELECT 1 FROM worker JOIN leadership USING (token) WHERE number = ${Math.trunc(number)}` as Fence;
