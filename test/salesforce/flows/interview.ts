// Runs one flow for one record: element by element, until there is no next one. A fault that the flow does not handle
// ends the interview with a FlowFault; everything that it wrote is for the caller to undo.
// Source: Salesforce Help, "Flow Elements", "Fault Connectors".
import { PlatformError, type FieldValue, type Row } from '../model.ts';
import { holds, order } from './conditions.ts';
import type {
  ActionElement,
  Condition,
  Conditions,
  CreateElement,
  FieldAssignment,
  Flow,
  FlowElement,
  LookupElement,
} from './model.ts';
import { notificationOf } from './notifications.ts';
import {
  copyOf,
  FlowFault,
  FlowRefusal,
  isRecord,
  Resources,
  type FlowRecord,
  type InterviewContext,
  type Resource,
} from './resources.ts';

/** A guard against connectors that lead in circles: the platform's bound on one interview. */
const MAX_ELEMENTS = 2000;
/** Characters of a custom error's message (Salesforce Help, "Custom Error Element"). */
const MAX_ERROR = 255;
/** What a data element was doing, for the fault message. */
const VERBS: Readonly<Record<string, string>> = {
  create: 'create',
  lookup: 'look up',
  update: 'update',
  delete: 'delete',
  action: 'run',
};

export class Interview {
  private readonly flow: Flow;
  private readonly context: InterviewContext;
  private readonly resources: Resources;
  private readonly loops = new Map<string, { items: (FieldValue | FlowRecord)[]; index: number }>();

  constructor(flow: Flow, context: InterviewContext) {
    this.flow = flow;
    this.context = context;
    this.resources = new Resources(flow, context);
  }

  /** @param start another first element, of a scheduled path @throws FlowFault, FlowRefusal */
  run(start = this.flow.start): void {
    let current = start;
    for (let count = 0; current !== undefined; count += 1) {
      if (count >= MAX_ELEMENTS) {
        throw new FlowFault(this.flow, `The flow executed more than ${MAX_ELEMENTS} elements.`, null);
      }
      const element = this.flow.elements.get(current);
      if (!element) throw new FlowFault(this.flow, `The element ${current} is not there.`, null);
      current = this.step(element);
    }
  }

  /** Whether the start's conditions let the record in. */
  meetsConditions(): boolean {
    const { trigger } = this.flow;
    if (trigger.kind === 'platformEvent') return true;
    const { resources } = this;
    const met = holds(trigger.filters, 'decision', (index) => {
      const condition = conditionAt(trigger.filters, index);
      return resources.operands({ ...condition, left: `$Record.${condition.left}` });
    });
    if (!met || !trigger.formula) return met;
    return trigger.formula.evaluate((path) => resources.read(path), resources.priors()) === true;
  }

  private step(element: FlowElement): string | undefined {
    try {
      return this.execute(element);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      const verb = VERBS[element.kind];
      if (verb === undefined) throw new FlowFault(this.flow, error.message, error);
      const message =
        element.kind === 'action'
          ? error.message
          : `This error occurred when the flow tried to ${verb} records: ${error.errorCode}: ${error.message}. You can look up ExceptionCode values in the SOAP API Developer Guide.`;
      this.resources.faultMessage = message;
      if ('fault' in element && element.fault !== undefined) return element.fault;
      throw new FlowFault(this.flow, message, error);
    }
  }

  /** Does what the element says and returns the next one. */
  private execute(element: FlowElement): string | undefined {
    const { resources } = this;
    const { transaction } = this.context;
    switch (element.kind) {
      case 'create':
        this.create(element);
        break;
      case 'lookup':
        this.lookup(element);
        break;
      case 'update':
        for (const { object, id, fields } of this.targets(element, element.assignments)) {
          transaction.update(object, id, fields);
        }
        break;
      case 'action':
        this.notify(element);
        break;
      case 'delete':
        for (const { object, id } of this.targets(element, [])) transaction.remove(object, id);
        break;
      case 'decision': {
        const rule = element.rules.find(({ conditions }) =>
          holds(conditions, 'decision', (index) => resources.operands(conditionAt(conditions, index))),
        );
        return rule ? rule.next : element.next;
      }
      case 'assignment':
        for (const item of element.items) resources.assign(item.target, item.operator, resources.resource(item.value));
        break;
      case 'loop':
        return this.turn(element.name, element.collection, element.descending) ? element.body : element.next;
      case 'error': {
        // The save is undone, so nothing comes after it.
        const texts = element.messages.map(({ text }) => resources.merge(text).slice(0, MAX_ERROR));
        throw new FlowRefusal(
          texts.join(', '),
          element.messages.flatMap(({ field }) => field ?? []),
        );
      }
    }
    return element.next;
  }

  private notify(element: ActionElement): void {
    const { transaction, now, notify } = this.context;
    const inputs = new Map(
      [...element.inputs].map(([name, value]) => {
        const resource = this.resources.resource(value);
        return [name, Array.isArray(resource) ? resource.map(String) : this.resources.value(value)] as const;
      }),
    );
    notify(notificationOf(inputs, (id) => transaction.get('CustomNotificationType', id), now.getTime()));
  }

  private create(element: CreateElement): void {
    const { transaction, schema } = this.context;
    const wanted =
      element.object === undefined
        ? this.records(element.input).map((record) => ({ object: record.object, fields: pick(record), record }))
        : [{ object: element.object, fields: this.assigned(element.assignments), record: undefined }];
    for (const { object, fields, record } of wanted) {
      if (schema.object(object).kind === 'platformEvent') {
        transaction.publish(object, fields);
        continue;
      }
      const id = transaction.create(object, fields);
      if (record) record.row['Id'] = id;
      this.resources.set(element.name, id);
      if (element.idInto !== undefined) this.resources.assign(element.idInto, 'Assign', id);
    }
  }

  private lookup(element: LookupElement): void {
    const { resources } = this;
    const { object } = element;
    const rows = this.find(object, element.filters);
    if (element.sort) sortRows(rows, resources.fieldName(object, element.sort.field), element.sort.descending);
    const asRecord = (row: Row): FlowRecord => ({ object, row: { ...row }, set: new Set() });
    const [found] = rows;
    // Variables may keep what they held; the element's own result is always fresh.
    const keep = found === undefined && !element.nullIfNone;
    if (element.fieldsInto.length > 0) {
      for (const { field, variable } of keep ? [] : element.fieldsInto) {
        resources.assign(variable, 'Assign', found?.[resources.fieldName(object, field)] ?? null);
      }
      return;
    }
    const first = found ? asRecord(found) : null;
    const result: Resource = element.first ? first : rows.slice(0, element.limit).map(asRecord);
    if (element.into === undefined) resources.set(element.name, result);
    else if (!keep) resources.set(element.into, result);
  }

  /** The records that an update or a deletion is about. */
  private targets(
    element: { object?: string; filters: Conditions; input?: string },
    assignments: readonly FieldAssignment[],
  ): { object: string; id: string; fields: Row }[] {
    const fields = this.assigned(assignments);
    if (element.input !== undefined) {
      return this.records(element.input).map((record) => ({
        object: record.object,
        id: String(record.row['Id'] ?? ''),
        fields: { ...pick(record), ...fields },
      }));
    }
    const { object = '' } = element;
    return this.find(object, element.filters).map((row) => ({ object, id: String(row['Id']), fields }));
  }

  /** Rows that meet the filters; what can be asked of the database by equality is. */
  private find(object: string, filters: Conditions): Row[] {
    const { resources } = this;
    const wanted = filters.all.map((condition) => ({
      operator: condition.operator,
      field: resources.fieldName(object, condition.left),
      value: resources.value(condition.right),
    }));
    const where: Row = {};
    if (filters.logic === 'and') {
      const fields = this.context.schema.object(object).fields;
      for (const { operator, field, value } of wanted) {
        // One instant can be written in several ways, so times are compared below.
        const time = /^date/.test(fields.get(field)?.type ?? '');
        if (operator === 'EqualTo' && !time) where[field] = value === '' ? null : value;
      }
    }
    return this.context.transaction.find(object, where).filter((row) =>
      holds(filters, 'query', (index) => {
        const { field = '', value = null } = wanted[index] ?? {};
        return { left: row[field] ?? null, right: value, changed: false };
      }),
    );
  }

  private assigned(assignments: readonly FieldAssignment[]): Row {
    return Object.fromEntries(assignments.map(({ field, value }) => [field, this.resources.value(value)]));
  }

  private records(path: string | undefined): FlowRecord[] {
    const resource = path === undefined ? null : this.resources.resolve(path);
    if (resource === null) throw new FlowFault(this.flow, `The record ${path ?? ''} is not set.`, null);
    if (isRecord(resource)) return [resource];
    return Array.isArray(resource) ? resource.filter(isRecord) : [];
  }

  /** Moves a loop on; false when it is over. */
  private turn(name: string, collection: string, descending: boolean): boolean {
    let state = this.loops.get(name);
    if (!state) {
      const resource = this.resources.resolve(collection);
      const items = Array.isArray(resource) ? [...resource] : [];
      state = { items: descending ? items.reverse() : items, index: 0 };
    }
    const item = state.items[state.index];
    if (item === undefined) {
      this.loops.delete(name);
      return false;
    }
    this.loops.set(name, { ...state, index: state.index + 1 });
    this.resources.set(name, copyOf(item));
    return true;
  }
}

/** Empty values come first going up and last going down, as in the platform's queries. */
function sortRows(rows: Row[], field: string, descending: boolean): void {
  rows.sort((a, b) => {
    const [x, y] = [a[field] ?? null, b[field] ?? null];
    const rising = x === y ? 0 : x === null ? -1 : y === null ? 1 : order(x, y);
    return descending ? -rising : rising;
  });
}

/** The fields that the flow gave a record. */
function pick(record: FlowRecord): Row {
  return Object.fromEntries([...record.set].map((name) => [name, record.row[name] ?? null]));
}

function conditionAt(conditions: Conditions, index: number): Condition {
  const condition = conditions.all[index];
  if (!condition) throw new RangeError(`There is no condition ${index}.`);
  return condition;
}
