// The org's lead assignment rule: it chooses the owner of a Lead that is saved with the rules on, by its first entry whose
// criteria hold, else the default lead owner.
// Source: Metadata API Developer Guide, "AssignmentRules"; REST API Developer Guide, "Assignment Rule Header"; Salesforce Help,
// "Set Up Assignment Rules".
import type { FieldValue, ObjectDef, Row } from './model.ts';

export const ASSIGNED_OBJECTS = ['Lead'];

export interface AssignmentCriterion {
  field: string;
  operation: (typeof OPERATIONS)[number];
  /** Several are separated by commas. */
  value: string;
}

export interface AssignmentEntry {
  /** Id of a user. */
  owner: string;
  /** All of them hold; none of them: every record. */
  criteria: AssignmentCriterion[];
}

export interface AssignmentRule {
  object: string;
  name: string;
  active: boolean;
  entries: AssignmentEntry[];
}

export interface AssignmentRules {
  /** Adds the rule, or replaces the one of this name. An active one makes the others of its object inactive. */
  install(rule: AssignmentRule): void;
  clear(): void;
  /** Who gets the record; undefined where its object has no active rule, or where an update meets no entry of it. */
  ownerOf(object: ObjectDef, row: Row, isNew: boolean): string | undefined;
}

export const OPERATIONS = [
  'equals',
  'notEqual',
  'lessThan',
  'greaterThan',
  'lessOrEqual',
  'greaterOrEqual',
  'contains',
  'notContain',
  'startsWith',
] as const;

/** @param defaultOwner id of the default lead owner of the Lead Settings */
export function createAssignmentRules(defaultOwner: () => string): AssignmentRules {
  const rules = new Map<string, AssignmentRule>();
  return {
    install(rule) {
      for (const other of rules.values())
        if (rule.active && other.object === rule.object && other.name !== rule.name) other.active = false;
      rules.set(`${rule.object}.${rule.name}`, { ...rule });
    },
    clear: () => rules.clear(),
    ownerOf(object, row, isNew) {
      const rule = [...rules.values()].find((one) => one.object === object.name && one.active);
      if (!rule) return undefined;
      const entry = rule.entries.find(({ criteria }) => criteria.every((one) => holds(one, row[one.field] ?? null)));
      return entry?.owner ?? (isNew ? defaultOwner() : undefined);
    },
  };
}

function holds({ operation, value }: AssignmentCriterion, held: FieldValue): boolean {
  const text = held === null ? '' : String(held).toLowerCase();
  const wanted = value.split(',').map((one) => one.trim().toLowerCase());
  const compared = (one: string): number =>
    typeof held === 'number' ? held - Number(one) : text < one ? -1 : text > one ? 1 : 0;
  switch (operation) {
    case 'equals':
      return wanted.some((one) => compared(one) === 0);
    case 'notEqual':
      return !wanted.some((one) => compared(one) === 0);
    case 'contains':
      return wanted.some((one) => text.includes(one));
    case 'notContain':
      return !wanted.some((one) => text.includes(one));
    case 'startsWith':
      return wanted.some((one) => text.startsWith(one));
    case 'lessThan':
      return held !== null && wanted.some((one) => compared(one) < 0);
    case 'greaterThan':
      return held !== null && wanted.some((one) => compared(one) > 0);
    case 'lessOrEqual':
      return held !== null && wanted.some((one) => compared(one) <= 0);
    case 'greaterOrEqual':
      return held !== null && wanted.some((one) => compared(one) >= 0);
  }
}

/** Whether a request over REST sets the rules off: they run unless its header says FALSE. */
export function runsAssignmentRules(header: string | undefined): boolean {
  return header?.trim().toUpperCase() !== 'FALSE';
}
