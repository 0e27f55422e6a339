// The org's lead assignment rule: it chooses the owner of a Lead that is saved with the rules on, by its first entry whose
// criteria hold, else the default lead owner.
// Source: Metadata API Developer Guide, "AssignmentRules"; REST API Developer Guide, "Assignment Rule Header"; Salesforce Help,
// "Set Up Assignment Rules".
import { idAt, parseId } from './ids.ts';
import { PlatformError, type FieldValue, type ObjectDef, type Row } from './model.ts';

/** Of AssignmentRule. */
const KEY_PREFIX = '01Q';

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

/** Which rule chooses the owners of what a request saves: none, that which is active, or the one with this id, active or not. */
export type Assigns = boolean | string;

export interface AssignmentRules {
  /** Adds the rule, or replaces the one of this name. An active one makes the others of its object inactive. @returns its id */
  install(rule: AssignmentRule): string;
  clear(): void;
  /**
   * Who gets the record; undefined where its object has no such rule, or where an update meets no entry of it.
   * @throws PlatformError INVALID_CROSS_REFERENCE_KEY where no rule has the id
   */
  ownerOf(object: ObjectDef, row: Row, isNew: boolean, assigns: Assigns): string | undefined;
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
  const rules = new Map<string, AssignmentRule & { id: string }>();
  let last = 0;
  return {
    install(rule) {
      for (const other of rules.values())
        if (rule.active && other.object === rule.object && other.name !== rule.name) other.active = false;
      const key = `${rule.object}.${rule.name}`;
      const id = rules.get(key)?.id ?? idAt(KEY_PREFIX, (last += 1));
      rules.set(key, { ...rule, id });
      return id;
    },
    clear: () => rules.clear(),
    ownerOf(object, row, isNew, assigns) {
      if (assigns === false || !ASSIGNED_OBJECTS.includes(object.name)) return undefined;
      const rule = [...rules.values()].find(
        (one) => one.object === object.name && (assigns === true ? one.active : one.id === assigns),
      );
      if (!rule && typeof assigns === 'string')
        throw new PlatformError(
          'INVALID_CROSS_REFERENCE_KEY',
          `no ${object.name} assignment rule has the id ${assigns}`,
        );
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

/**
 * What a request over REST says of the rules: the active one runs unless the header says FALSE or names another.
 * @throws PlatformError MALFORMED_ID
 */
export function assignsBy(header: string | undefined): Assigns {
  const said = header?.trim() ?? '';
  switch (said.toUpperCase()) {
    case '':
    case 'TRUE':
      return true;
    case 'FALSE':
      return false;
    default:
      return parseId(said);
  }
}
