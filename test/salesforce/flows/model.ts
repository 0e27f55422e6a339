// A flow as this org runs it: what starts it, its elements by name, its resources. Whatever a flow's XML says beyond
// this was refused when it was deployed.
import type { FieldValue } from '../model.ts';
import type { Formula } from './formula.ts';

/** A literal, or the path of a resource: `$Record.Phase__c`, `Find_Status.Id`, `Message`. */
export type FlowValue = { literal: FieldValue } | { reference: string };

export type Operator =
  | 'EqualTo'
  | 'NotEqualTo'
  | 'GreaterThan'
  | 'GreaterThanOrEqualTo'
  | 'LessThan'
  | 'LessThanOrEqualTo'
  | 'IsNull'
  | 'IsBlank'
  | 'IsChanged'
  | 'Contains'
  | 'StartsWith'
  | 'EndsWith';

export type Logic = 'and' | 'or';

export interface Condition {
  /** A resource's path, or for filters the field of the object. */
  left: string;
  operator: Operator;
  right: FlowValue;
}

export interface Conditions {
  logic: Logic;
  all: Condition[];
}

export interface FieldAssignment {
  field: string;
  value: FlowValue;
}

interface Base {
  name: string;
  /** Next element; undefined ends the interview. */
  next?: string;
}
interface Faultable extends Base {
  fault?: string;
}

export interface CreateElement extends Faultable {
  kind: 'create';
  /** Either an object with assignments, or a record resource that is created as it is. */
  object?: string;
  assignments: FieldAssignment[];
  input?: string;
  /** Variable that takes the new record's id. */
  idInto?: string;
}

export interface LookupElement extends Faultable {
  kind: 'lookup';
  object: string;
  filters: Conditions;
  first: boolean;
  sort?: { field: string; descending: boolean };
  limit?: number;
  /** A record variable that takes the result instead of the element itself. */
  into?: string;
  /** Variables that take single fields of the first record. */
  fieldsInto: { field: string; variable: string }[];
  /** What the variables become when nothing is found: null, or what they were. */
  nullIfNone: boolean;
}

export interface UpdateElement extends Faultable {
  kind: 'update';
  object?: string;
  filters: Conditions;
  input?: string;
  assignments: FieldAssignment[];
}

export interface DeleteElement extends Faultable {
  kind: 'delete';
  object?: string;
  filters: Conditions;
  input?: string;
}

export interface DecisionElement extends Base {
  kind: 'decision';
  rules: { name: string; conditions: Conditions; next?: string }[];
}

export interface AssignmentElement extends Base {
  kind: 'assignment';
  items: { target: string; operator: 'Assign' | 'Add' | 'Subtract'; value: FlowValue }[];
}

export interface LoopElement extends Base {
  kind: 'loop';
  collection: string;
  descending: boolean;
  /** First element of the body. */
  body?: string;
}

/** Refuses the save that started the flow. */
export interface ErrorElement extends Base {
  kind: 'error';
  messages: { text: string; field?: string }[];
}

/** Rings the bell of users; the one action that this org runs. */
export interface ActionElement extends Faultable {
  kind: 'action';
  /** By name. */
  inputs: Map<string, FlowValue>;
}

export type FlowElement =
  | CreateElement
  | LookupElement
  | UpdateElement
  | DeleteElement
  | DecisionElement
  | AssignmentElement
  | LoopElement
  | ActionElement
  | ErrorElement;

export interface Variable {
  name: string;
  dataType: string;
  objectType?: string;
  collection: boolean;
  initial: FlowValue;
}

export interface RecordTrigger {
  kind: 'afterSave' | 'beforeDelete';
  object: string;
  on: 'Create' | 'Update' | 'CreateAndUpdate' | 'Delete';
  filters: Conditions;
  formula?: Formula;
  /** An update starts the flow only if it made the conditions true. */
  onlyWhenBecoming: boolean;
  scheduled: ScheduledPath[];
  /** Lower runs first; without one, after those below 1,001. */
  order: number;
}

/** A part of the flow that runs so many minutes after the time in a field of the record. */
export interface ScheduledPath {
  name: string;
  field: string;
  minutes: number;
  next?: string;
}

export interface EventTrigger {
  kind: 'platformEvent';
  object: string;
}

export interface Flow {
  name: string;
  label: string;
  active: boolean;
  trigger: RecordTrigger | EventTrigger;
  /** First element, if there is one. */
  start?: string;
  elements: Map<string, FlowElement>;
  variables: Map<string, Variable>;
  constants: Map<string, FieldValue>;
  formulas: Map<string, Formula>;
  /** Text with merge fields. */
  templates: Map<string, string>;
}
