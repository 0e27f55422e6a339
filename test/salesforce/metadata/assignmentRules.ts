// Assignment rules as a package brings them, checked once all fields of their object are known.
// Source: Metadata API Developer Guide, "AssignmentRules".
import { ASSIGNED_OBJECTS, OPERATIONS, type AssignmentCriterion, type AssignmentRule } from '../assignmentRules.ts';
import type { OrgUser } from '../users.ts';
import type { Prospect } from './prospect.ts';
import { childrenOf, flagOf, textOf, type Element } from './xml.ts';

export interface AssignmentContext {
  prospect: Prospect;
  /** The user of a username. */
  user(username: string): OrgUser | undefined;
}

/** @param object full name of the component */
export function readAssignmentRules(
  object: string,
  element: Element,
  context: AssignmentContext,
): { rules: AssignmentRule[]; problems: string[] } {
  const problems: string[] = [];
  if (!ASSIGNED_OBJECTS.includes(object)) return { rules: [], problems: [`This org has no assignment of ${object}.`] };
  const rules = childrenOf(element, 'assignmentRule').map((rule): AssignmentRule => {
    const name = textOf(rule, 'fullName') ?? '';
    if (name === '') problems.push('Required field is missing: fullName');
    const entries = childrenOf(rule, 'ruleEntry').flatMap((entry) => {
      const read = readEntry(object, entry, context);
      if ('problem' in read) problems.push(read.problem);
      return 'problem' in read ? [] : [read];
    });
    return { object, name, active: flagOf(rule, 'active'), entries };
  });
  if (rules.filter(({ active }) => active).length > 1)
    problems.push(`Only one assignment rule of ${object} is active.`);
  return { rules, problems };
}

function readEntry(
  object: string,
  entry: Element,
  { prospect, user }: AssignmentContext,
): AssignmentRule['entries'][number] | { problem: string } {
  for (const unsupported of ['formula', 'booleanFilter'])
    if (textOf(entry, unsupported) !== undefined) return { problem: `This org does not support ${unsupported} here.` };
  if (textOf(entry, 'assignedToType') !== 'User') return { problem: 'This org assigns to users only.' };
  const username = textOf(entry, 'assignedTo') ?? '';
  const owner = user(username);
  if (!owner) return { problem: `In field: assignedTo - no User named ${username} found` };
  const criteria: AssignmentCriterion[] = [];
  for (const item of childrenOf(entry, 'criteriaItems')) {
    const [on, name = ''] = (textOf(item, 'field') ?? '').split('.');
    const field = on === object ? prospect.object(object)?.field(name) : undefined;
    if (!field) return { problem: `In field: field - no CustomField named ${on}.${name} found` };
    const operation = OPERATIONS.find((one) => one === textOf(item, 'operation'));
    if (!operation) return { problem: `This org does not support the operation ${textOf(item, 'operation') ?? ''}.` };
    criteria.push({ field: field.name, operation, value: textOf(item, 'value') ?? '' });
  }
  return { owner: owner.id, criteria };
}
