// Validation rules as a package brings them: read with their object, checked once all of its fields are known.
// Source: Metadata API Developer Guide, "ValidationRule".
import { conditionOf, RULE_GLOBALS, type ValidationRule } from '../validation.ts';
import type { Prospect, ProspectObject } from './prospect.ts';
import { flagOf, textOf, type Element } from './xml.ts';

export interface ReadRule {
  name: string;
  rule?: ValidationRule;
  problem?: string;
}

export function readRule(object: string, element: Element): ReadRule {
  const name = textOf(element, 'fullName') ?? '';
  const formula = textOf(element, 'errorConditionFormula');
  const message = textOf(element, 'errorMessage');
  if (!formula) return { name, problem: 'Required field is missing: errorConditionFormula' };
  if (!message) return { name, problem: 'Required field is missing: errorMessage' };
  if (message.length > MESSAGE_LENGTH)
    return { name, problem: `Error Message: data value too large (max length=${MESSAGE_LENGTH})` };
  const field = textOf(element, 'errorDisplayField');
  try {
    const condition = conditionOf(formula);
    return {
      name,
      rule: { object, name, active: flagOf(element, 'active'), condition, message, ...(field && { field }) },
    };
  } catch (error) {
    return { name, problem: (error as Error).message };
  }
}

const MESSAGE_LENGTH = 255;

/** @returns what the rule refers to and is not there, in words */
export function checkRule(rule: ValidationRule, prospect: Prospect): string[] {
  const problems: string[] = [];
  const object = prospect.object(rule.object);
  if (rule.field !== undefined && !object?.field(rule.field))
    problems.push(`Field ${rule.field} does not exist. Check spelling.`);
  for (const path of rule.condition.references) {
    const [first = '', ...rest] = path.split('.');
    if (first.startsWith('$')) {
      if (!RULE_GLOBALS.includes(first)) problems.push(`The global variable ${first} is not supported by this org.`);
      else if (!leads(prospect.object(first.slice(1)), rest, prospect)) problems.push(missing(path));
    } else if (!leads(object, [first, ...rest], prospect)) problems.push(missing(path));
  }
  return problems;
}

/** Whether a path from a record of the object leads to no field. */
export const isMissing = (object: string, path: string, prospect: Prospect): boolean =>
  !leads(prospect.object(object), path.split('.'), prospect);

export function missing(path: string): string {
  return `Field ${path} does not exist. Check spelling.`;
}

function leads(object: ProspectObject | undefined, path: string[], prospect: Prospect): boolean {
  const [first = '', ...rest] = path;
  if (!object) return false;
  if (rest.length === 0) return object.field(first) !== undefined;
  const targets = object.relationship(first)?.referenceTo ?? [];
  return targets.some((target) => leads(prospect.object(target), rest, prospect));
}
