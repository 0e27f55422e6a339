// Everything that a flow refers to must be there: elements, resources, objects, fields. The platform checks this when a
// flow is saved, and so does this org; a flow that is deployed finds what it names.
import type { Prospect, ProspectObject } from '../metadata/prospect.ts';
import type { Conditions, FieldAssignment, Flow, FlowElement, FlowValue } from './model.ts';
import { Problems } from './reading.ts';

/** What a path may begin with, besides the flow's own resources. */
const GLOBALS: Readonly<Record<string, readonly string[] | 'record'>> = {
  $Record: 'record',
  $Record__Prior: 'record',
  $Flow: ['CurrentDateTime', 'CurrentDate', 'FaultMessage', 'InterviewStartTime'],
  $GlobalConstant: ['EmptyString', 'True', 'False'],
  $User: ['Id'],
  $Organization: ['Id'],
};
const MERGE_FIELD = /\{!([^}]+)\}/g;

/** @returns what is missing, in words */
export function checkFlow(flow: Flow, prospect: Prospect, hasLabel: (name: string) => boolean): string[] {
  const problems = new Problems();
  const { trigger } = flow;
  const started = prospect.object(trigger.object);
  const wanted = trigger.kind === 'platformEvent' ? 'platformEvent' : 'record';
  if (started?.kind !== wanted) problems.add(`The flow's start names ${trigger.object}, which is not there.`);

  const objectNamed = (name: string | undefined): ProspectObject | undefined => {
    const object = name === undefined ? undefined : prospect.object(name);
    if (name !== undefined && !object) problems.add(`The object "${name}" doesn't exist.`);
    return object;
  };
  /** The object of a record resource, undefined for a plain value, 'missing' where there is no such resource. */
  const recordOf = (root: string): ProspectObject | undefined | 'missing' => {
    if (GLOBALS[root] === 'record') return started;
    const variable = flow.variables.get(root);
    if (variable) return variable.objectType === undefined ? undefined : objectNamed(variable.objectType);
    if (flow.constants.has(root) || flow.formulas.has(root) || flow.templates.has(root)) return undefined;
    const element = flow.elements.get(root);
    if (element?.kind === 'lookup') return objectNamed(element.object);
    if (element?.kind === 'loop') return recordOf(element.collection);
    return element?.kind === 'create' ? undefined : 'missing';
  };
  const checkPath = (path: string): void => {
    const [root = '', ...names] = path.split('.');
    if (root === '$Label') {
      if (names.length !== 1 || !hasLabel(names[0] ?? ''))
        problems.add(`The custom label "${names.join('.')}" doesn't exist.`);
      return;
    }
    const global = GLOBALS[root];
    if (Array.isArray(global)) {
      if (names.length !== 1 || !global.includes(names[0]))
        problems.add(`The resource ${path} is not supported by this org.`);
      return;
    }
    if (root === '$Record__Prior' && (trigger.kind === 'platformEvent' || trigger.on === 'Create')) {
      problems.add(`${path} can be used only in flows that run when a record is updated.`);
    }
    let object = recordOf(root);
    if (object === 'missing') problems.add(`The element or resource "${root}" doesn't exist.`);
    names.forEach((name, index) => {
      if (object === undefined || object === 'missing') return;
      const last = index === names.length - 1;
      const field = last ? object.field(name) : object.relationship(name);
      if (!field) problems.add(`The field "${name}" for the object "${object.name}" doesn't exist.`);
      object = last || !field ? undefined : prospect.object(field.referenceTo[0] ?? '');
    });
  };
  const checkValue = (value: FlowValue): void => {
    if ('reference' in value) checkPath(value.reference);
    else if (typeof value.literal === 'string') checkText(value.literal);
  };
  const checkText = (text: string): void => {
    for (const [, path] of text.matchAll(MERGE_FIELD)) checkPath(path?.trim() ?? '');
  };
  const checkField = (object: ProspectObject | undefined, name: string): void => {
    if (object && !object.field(name))
      problems.add(`The field "${name}" for the object "${object.name}" doesn't exist.`);
  };
  const checkFilters = (object: ProspectObject | undefined, conditions: Conditions): void => {
    for (const condition of conditions.all) {
      checkField(object, condition.left);
      checkValue(condition.right);
    }
  };
  const checkAssignments = (object: ProspectObject | undefined, assignments: readonly FieldAssignment[]): void => {
    for (const { field, value } of assignments) {
      checkField(object, field);
      checkValue(value);
    }
  };
  const checkTarget = (target: string | undefined): void => {
    if (target !== undefined && !flow.elements.has(target)) problems.add(`The element "${target}" doesn't exist.`);
  };
  const checkElement = (element: FlowElement): void => {
    checkTarget(element.next);
    if ('fault' in element) checkTarget(element.fault);
    switch (element.kind) {
      case 'create':
      case 'update':
      case 'delete': {
        if (element.input !== undefined) checkPath(element.input);
        if (element.object === undefined && element.input === undefined) {
          problems.add(`The element "${element.name}" names neither an object nor a record.`);
        }
        const record = element.input === undefined ? undefined : recordOf(element.input.split('.')[0] ?? '');
        const object = objectNamed(element.object) ?? (record === 'missing' ? undefined : record);
        if (element.kind !== 'create') checkFilters(object, element.filters);
        if (element.kind !== 'delete') checkAssignments(object, element.assignments);
        if (element.kind === 'create' && element.idInto !== undefined) checkPath(element.idInto);
        if (element.kind !== 'create' && object?.kind === 'platformEvent') {
          problems.add(`Platform events can only be created (${element.name}).`);
        }
        return;
      }
      case 'lookup': {
        const object = objectNamed(element.object);
        checkFilters(object, element.filters);
        if (element.sort) checkField(object, element.sort.field);
        if (element.into !== undefined) checkPath(element.into);
        for (const { field, variable } of element.fieldsInto) {
          checkField(object, field);
          checkPath(variable);
        }
        return;
      }
      case 'decision':
        for (const rule of element.rules) {
          checkTarget(rule.next);
          for (const condition of rule.conditions.all) {
            checkPath(condition.left);
            checkValue(condition.right);
          }
        }
        return;
      case 'assignment':
        for (const item of element.items) {
          checkPath(item.target);
          checkValue(item.value);
        }
        return;
      case 'action':
        for (const value of element.inputs.values()) checkValue(value);
        return;
      case 'loop':
        checkPath(element.collection);
        checkTarget(element.body);
        return;
      case 'error':
        if (trigger.kind === 'platformEvent') {
          problems.add('A custom error can be used only in a flow that a record starts.');
        }
        for (const { text, field } of element.messages) {
          checkText(text);
          if (field !== undefined) checkField(started, field);
        }
    }
  };

  if (started?.kind === wanted && trigger.kind !== 'platformEvent') {
    checkFilters(started, trigger.filters);
    for (const reference of trigger.formula?.references ?? []) checkPath(reference);
    for (const path of trigger.scheduled) {
      checkField(started, path.field);
      checkTarget(path.next);
    }
  }
  checkTarget(flow.start);
  for (const element of flow.elements.values()) checkElement(element);
  for (const formula of flow.formulas.values()) for (const reference of formula.references) checkPath(reference);
  for (const template of flow.templates.values()) checkText(template);
  for (const variable of flow.variables.values()) checkValue(variable.initial);
  return problems.all;
}
