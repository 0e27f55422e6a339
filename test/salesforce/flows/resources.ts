// What a flow's paths stand for while it runs: the record that started it, its variables, what its elements found, and
// the platform's own values. A field of a record that is not there is a fault, as in the platform.
import type { FieldValue, ObjectDef, Row, Transaction } from '../model.ts';
import type { Schema } from '../schema.ts';
import type { Priors } from './formula.ts';
import type { Condition, Flow, FlowValue } from './model.ts';
import type { Notification } from './notifications.ts';

/** A record that a flow holds; `set` are the fields that the flow gave it. */
export interface FlowRecord {
  object: string;
  row: Row;
  set: Set<string>;
}
export type Resource = FieldValue | FlowRecord | (FieldValue | FlowRecord)[];

export interface InterviewContext {
  schema: Schema;
  orgId: string;
  transaction: Transaction;
  now: Date;
  record: Row;
  /** The record before the save; undefined on create and for platform events. */
  prior?: Row | undefined;
  /** Rings the bell. */
  notify(notification: Notification): void;
  /** The value of a custom label. */
  label(name: string): string | undefined;
}

/** A custom error: the flow itself refuses the save that started it, in words of its own. */
export class FlowRefusal extends Error {
  readonly fields: readonly string[];
  constructor(message: string, fields: readonly string[]) {
    super(message);
    this.name = 'FlowRefusal';
    this.fields = fields;
  }
}

/** An error of the flow that nothing in it handled. */
export class FlowFault extends Error {
  readonly flow: Flow;
  constructor(flow: Flow, message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'FlowFault';
    this.flow = flow;
  }
}

export class Resources {
  /** Of the last fault that a fault connector took. */
  faultMessage: string | null = null;
  private readonly flow: Flow;
  private readonly context: InterviewContext;
  private readonly held = new Map<string, Resource>();

  constructor(flow: Flow, context: InterviewContext) {
    this.flow = flow;
    this.context = context;
    this.held.set('$Record', { object: flow.trigger.object, row: context.record, set: new Set() });
    for (const variable of flow.variables.values()) {
      if (variable.collection) this.held.set(variable.name, []);
      else if (variable.objectType === undefined) this.held.set(variable.name, this.value(variable.initial));
      else this.held.set(variable.name, { object: variable.objectType, row: {}, set: new Set() });
    }
  }

  set(name: string, resource: Resource): void {
    this.held.set(name, resource);
  }

  /** Gives a variable, or a field of a record, a value. */
  assign(target: string, operator: 'Assign' | 'Add' | 'Subtract', value: Resource): void {
    const [root = '', ...path] = target.split('.');
    const field = path.join('.');
    const holder = this.resolve(root);
    const old = field ? this.read(target) : holder;
    let fresh = value;
    if (Array.isArray(old) && operator === 'Add') fresh = [...old, ...(Array.isArray(value) ? value : [copyOf(value)])];
    else if (operator !== 'Assign') fresh = combine(operator, old as FieldValue, plain(value));
    if (!field) {
      this.held.set(root, isRecord(fresh) ? copyOf(fresh) : fresh);
      return;
    }
    if (!isRecord(holder)) throw new FlowFault(this.flow, this.unset(root), null);
    const name = this.fieldName(holder.object, field);
    // The record that started the flow is the save's own: what the flow sets is on a copy until it is updated.
    const record = { ...holder, row: { ...holder.row, [name]: plain(fresh) }, set: new Set([...holder.set, name]) };
    this.held.set(root, record);
  }

  /** Both sides of a condition. */
  operands({ left, right }: Condition): { left: FieldValue; right: FieldValue; changed: boolean } {
    const resource = this.resolve(left);
    const present = resource === null || Array.isArray(resource) || isRecord(resource) ? presence(resource) : resource;
    return { left: present, right: this.value(right), changed: this.priors().isChanged(left) };
  }

  /** A literal, or whatever the path stands for. */
  resource(value: FlowValue): Resource {
    return 'reference' in value ? this.resolve(value.reference) : this.value(value);
  }

  /** The same as a plain value: a record stands for its id. */
  value(value: FlowValue): FieldValue {
    if ('reference' in value) return this.read(value.reference);
    return typeof value.literal === 'string' ? this.merge(value.literal) : value.literal;
  }

  /** Text with its merge fields filled in. */
  merge(text: string): string {
    return text.replace(/\{!([^}]+)\}/g, (_whole, path: string) => String(this.read(path.trim()) ?? ''));
  }

  /** A path's plain value. */
  read(path: string): FieldValue {
    return plain(this.resolve(path));
  }

  /** Whatever a path stands for. */
  resolve(path: string): Resource {
    const [root = '', ...names] = path.split('.');
    if (root === '$Flow') return this.flowGlobal(names[0] ?? '');
    if (root === '$GlobalConstant') return { EmptyString: '', True: true, False: false }[names[0] ?? ''] ?? null;
    if (root === '$Label') return this.context.label(names[0] ?? '') ?? null;
    if (root === '$User') return this.context.transaction.user;
    if (root === '$Organization') return this.context.orgId;
    if (root === '$Record__Prior') {
      const { prior } = this.context;
      return prior ? this.walk({ object: this.flow.trigger.object, row: prior, set: new Set() }, names, root) : null;
    }
    const formula = this.flow.formulas.get(root);
    if (formula) return formula.evaluate((inner) => this.read(inner), this.priors());
    const constant = this.flow.constants.get(root);
    if (constant !== undefined) return constant;
    const template = this.flow.templates.get(root);
    if (template !== undefined) return this.merge(template);
    return this.walk(this.held.get(root) ?? null, names, root);
  }

  /** Follows relationships to the last name, which is a field. */
  private walk(start: Resource, names: string[], root: string): Resource {
    if (names.length === 0) return start;
    if (!isRecord(start)) throw new FlowFault(this.flow, this.unset(root), null);
    const { schema, transaction } = this.context;
    let { object, row }: { object: string; row: Row | undefined } = start;
    for (const name of names.slice(0, -1)) {
      const relation = schema.relationship(schema.object(object), name);
      const id: FieldValue | undefined = relation && row?.[relation.name];
      object =
        typeof id === 'string' ? (schema.byKeyPrefix(id.slice(0, 3))?.name ?? '') : (relation?.referenceTo[0] ?? '');
      row = typeof id === 'string' ? transaction.get(object, id) : undefined;
    }
    return row?.[this.fieldName(object, names.at(-1) ?? '')] ?? null;
  }

  private flowGlobal(name: string): FieldValue {
    if (name === 'FaultMessage') return this.faultMessage;
    const now = this.context.now.toISOString();
    return name === 'CurrentDate' ? now.slice(0, 10) : now;
  }

  /** What formulas may ask about the save. */
  priors(): Priors {
    const { record, prior, now } = this.context;
    const field = (path: string): string => this.fieldName(this.flow.trigger.object, path.replace(/^\$Record\./, ''));
    return {
      now,
      isNew: prior === undefined,
      isChanged: (path) => prior !== undefined && record[field(path)] !== prior[field(path)],
      priorValue: (path) => (prior ?? record)[field(path)] ?? null,
    };
  }

  /** A field's name in the org's own letter case. */
  fieldName(object: string, name: string): string {
    const def: ObjectDef | undefined = this.context.schema.find(object);
    return (def && this.context.schema.field(def, name)?.name) ?? name;
  }

  private unset(root: string): string {
    return `The flow failed to access the value for ${root} because it hasn't been set or assigned.`;
  }
}

export function isRecord(resource: unknown): resource is FlowRecord {
  return typeof resource === 'object' && resource !== null && !Array.isArray(resource);
}

/** What IsNull asks of a record or a list: whether there is one. */
function presence(resource: Resource): FieldValue {
  if (Array.isArray(resource)) return resource.length > 0 ? true : null;
  return isRecord(resource) ? true : resource;
}

function plain(resource: Resource): FieldValue {
  if (isRecord(resource)) return (resource.row['Id'] as FieldValue | undefined) ?? null;
  return Array.isArray(resource) ? resource.map(plain).join(';') : resource;
}

export function copyOf<T extends Resource>(resource: T): T {
  if (!isRecord(resource)) return resource;
  const record: FlowRecord = resource;
  return { object: record.object, row: { ...record.row }, set: new Set(record.set) } as T;
}

function combine(operator: 'Add' | 'Subtract', old: FieldValue, value: FieldValue): FieldValue {
  if (operator === 'Subtract') return Number(old ?? 0) - Number(value ?? 0);
  if (typeof old === 'string' || typeof value === 'string') return `${old ?? ''}${value ?? ''}`;
  return Number(old ?? 0) + Number(value ?? 0);
}
