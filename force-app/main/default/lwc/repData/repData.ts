// The reps of Sellfire as the bridge keeps them in the org, joined with the Salesforce users that they belong to or seem to (M14).
import { groupsOf, numberOf, rowsOf, textOf, withPrefix, type Row } from 'c/records';
import { REPS_QUERY } from './queries';

export { MOST, REFUSED, usersQuery } from './queries';
/** As this org has the names. */
export const repsQuery: string = withPrefix(REPS_QUERY);

export interface Rep {
  id: string;
  name: string;
  email: string;
  /** Of Sellfire: `active`, `deleted`, or one of a later version. */
  state: string;
  /** Blank where Sellfire has no match. */
  userId: string;
}

export interface User {
  id: string;
  name: string;
  email: string;
  isActive: boolean;
}

/** What is wrong with the match of a rep who is active. */
export type Problem = 'unmatched' | 'missing' | 'inactive';

export interface MatchedRep extends Rep {
  user: User | undefined;
  problem: Problem | undefined;
  /** An active user with the same e-mail address, where the match is wrong. */
  suggestion: User | undefined;
}

export interface Reps {
  reps: readonly Rep[];
  /** Changes of owner that were refused in the last 7 days. */
  refused: number;
  hasMore: boolean;
}

export function repsOf(data: unknown): Reps {
  const answer = data as { uiapi?: { query?: Record<string, { pageInfo?: { hasNextPage?: boolean } }> } };
  const [refused] = groupsOf(data, 'Integration_Report__c');
  return {
    reps: rowsOf(data, 'Sellfire_Rep__c').map((row) => ({
      id: textOf(row, 'Rep_Id__c') ?? '',
      name: textOf(row, 'Name') ?? '',
      email: textOf(row, 'Email__c') ?? '',
      state: textOf(row, 'State__c') ?? '',
      userId: textOf(row, 'Salesforce_User_Id__c') ?? '',
    })),
    refused: numberOf(refused?.Id as Row | undefined, 'count') ?? 0,
    hasMore: answer.uiapi?.query?.[withPrefix('Sellfire_Rep__c')]?.pageInfo?.hasNextPage === true,
  };
}

export function usersOf(data: unknown): User[] {
  return rowsOf(data, 'User').map((row) => ({
    id: textOf(row, 'Id') ?? '',
    name: textOf(row, 'Name') ?? '',
    email: textOf(row, 'Email') ?? '',
    // A field that the reader may not see is no reason to say that a user is inactive.
    isActive: row.IsActive !== false,
  }));
}
