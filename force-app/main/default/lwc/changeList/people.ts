// Who made a change: the names of users and reps by their ids, and the words for what else acts in Sellfire.
import BY from '@salesforce/label/c.Report_Change_By';
import API from '@salesforce/label/c.Report_Change_By_Api';
import IMPORT from '@salesforce/label/c.Report_Change_By_Import';
import SYSTEM from '@salesforce/label/c.Report_Change_By_System';
import { fill } from 'c/labels';
import { rowsOf, textOf } from 'c/records';
import type { Editor, ShownChange } from './changeList';

const ACTORS: ReadonlyMap<string, string> = new Map([
  ['api', API],
  ['import', IMPORT],
  ['system', SYSTEM],
]);
const SYSTEMS = { salesforce: 'Salesforce', sellfire: 'Sellfire' } as const;

/** The parts of a query that name them; none where no change names a person. */
export function peopleParts(changes: readonly ShownChange[]): string[] {
  const editors = changes.flatMap(({ by }) => (by && !ACTORS.has(by.id) ? [by] : []));
  const of = (side: Editor['side']): string => {
    const ids = editors.filter((one) => one.side === side).map(({ id }) => id);
    return ids.length > 0 ? JSON.stringify([...new Set(ids)]) : '';
  };
  const [users, reps] = [of('salesforce'), of('sellfire')];
  return [
    users && `User(first: 200, where: { Id: { in: ${users} } }) { edges { node { Id Name @optional { value } } } }`,
    reps &&
      `Sellfire_Rep__c(first: 200, where: { Rep_Id__c: { in: ${reps} } }) { edges { node { Id Rep_Id__c { value } Name { value } } } }`,
  ].filter((part) => part !== '');
}

/** Name by id. */
export function peopleOf(data: unknown): ReadonlyMap<string, string> {
  const users = rowsOf(data, 'User').map((row) => [textOf(row, 'Id'), textOf(row, 'Name')]);
  const reps = rowsOf(data, 'Sellfire_Rep__c').map((row) => [textOf(row, 'Rep_Id__c'), textOf(row, 'Name')]);
  return new Map([...users, ...reps].flatMap(([id, name]) => (id && name ? [[id, name]] : [])));
}

/** `by Ann Stone, in Salesforce`; a person who is not known goes by the id. */
export function byWords(by: Editor | undefined, people: ReadonlyMap<string, string>): string {
  if (!by) return '';
  const actor = by.side === 'sellfire' ? ACTORS.get(by.id) : undefined;
  return fill(BY, actor ?? people.get(by.id) ?? by.id, SYSTEMS[by.side]);
}
