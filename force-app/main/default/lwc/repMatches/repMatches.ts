// Which Salesforce user each rep belongs to, what is wrong with it, and in which order an admin reads them: what needs somebody
// first, then the other reps, then those who are deleted.
import INACTIVE from '@salesforce/label/c.Reps_Inactive';
import MISSING from '@salesforce/label/c.Reps_Missing';
import ACTIVE from '@salesforce/label/c.Reps_State_Active';
import DELETED from '@salesforce/label/c.Reps_State_Deleted';
import SUGGESTED from '@salesforce/label/c.Reps_Suggested';
import UNMATCHED from '@salesforce/label/c.Reps_Unmatched';
import { fill } from 'c/labels';
import { withoutSuffix } from 'c/records';
import type { MatchedRep, Problem, Rep, User } from 'c/repData';

const PROBLEMS: Readonly<Record<Problem, string>> = { inactive: INACTIVE, missing: MISSING, unmatched: UNMATCHED };
const STATES: Readonly<Record<string, string>> = { active: ACTIVE, deleted: DELETED };

const isSame = (one: string, other: string): boolean => one !== '' && one.toLowerCase() === other.toLowerCase();

/** @param users undefined while they are read, and where they cannot be: then nothing is said of a user that Sellfire names */
export function matched(reps: readonly Rep[], users: readonly User[] | undefined): MatchedRep[] {
  const byId = new Map(users?.map((user) => [withoutSuffix(user.id), user]));
  return reps
    .map((rep) => {
      const user = rep.userId === '' ? undefined : byId.get(withoutSuffix(rep.userId));
      const problem = problemOf(rep, user, users !== undefined);
      const suggestion = problem && users?.find((one) => one.isActive && isSame(one.email, rep.email));
      return { ...rep, user, problem, suggestion };
    })
    .sort((one, other) => rankOf(one) - rankOf(other) || one.name.localeCompare(other.name));
}

function problemOf({ state, userId }: Rep, user: User | undefined, isRead: boolean): Problem | undefined {
  if (state === 'deleted') return undefined;
  if (userId === '') return 'unmatched';
  if (!isRead) return undefined;
  if (!user) return 'missing';
  return user.isActive ? undefined : 'inactive';
}

function rankOf({ problem, state }: MatchedRep): number {
  if (problem) return 0;
  return state === 'deleted' ? 2 : 1;
}

/** What to do, in words; blank where nothing is wrong. */
export function remedyOf({ problem, suggestion, userId }: MatchedRep): string {
  if (!problem) return '';
  const what = fill(PROBLEMS[problem], userId);
  return suggestion ? `${what} ${fill(SUGGESTED, suggestion.name, suggestion.id)}` : what;
}

/** The word of a state; one of a later version of Sellfire as it is. */
export function stateWord(state: string): string {
  return STATES[state] ?? state;
}

/** Every word of the search stands somewhere in the row. */
export function found(reps: readonly MatchedRep[], search: string): MatchedRep[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return reps.filter(({ id, name, email, user, userId }) => {
    const text = [id, name, email, userId, user?.name ?? ''].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
