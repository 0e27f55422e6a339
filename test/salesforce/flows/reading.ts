// The small shapes that recur in a flow's XML: values, conditions, connectors.
import { childOf, childrenOf, textOf, type Element } from '../metadata/xml.ts';
import type { Conditions, FieldAssignment, FlowValue, Operator } from './model.ts';

/** What is wrong with a flow, each listed once. */
export class Problems {
  private readonly found = new Set<string>();

  get all(): string[] {
    return [...this.found];
  }

  add(problem: string): void {
    this.found.add(problem);
  }
}

const OPERATORS: readonly string[] = [
  'EqualTo',
  'NotEqualTo',
  'GreaterThan',
  'GreaterThanOrEqualTo',
  'LessThan',
  'LessThanOrEqualTo',
  'IsNull',
  'IsBlank',
  'IsChanged',
  'Contains',
  'StartsWith',
  'EndsWith',
] satisfies Operator[];

export function readValue(element: Element | undefined, problems: Problems): FlowValue {
  if (!element) return { literal: null };
  const text = (name: string): string | undefined => textOf(element, name);
  const reference = text('elementReference');
  if (reference !== undefined) return { reference };
  const booleanValue = text('booleanValue');
  if (booleanValue !== undefined) return { literal: booleanValue === 'true' };
  const numberValue = text('numberValue');
  if (numberValue !== undefined) return { literal: Number(numberValue) };
  const plain = text('stringValue') ?? text('dateValue') ?? text('dateTimeValue');
  if (plain !== undefined) return { literal: plain };
  const [kind] = Object.keys(element);
  if (kind) problems.add(`A value of the kind ${kind} is not supported by this org.`);
  return { literal: null };
}

/** Filters name a field, conditions a resource: both are the left side. */
export function readConditions(parent: Element, children: string, logicName: string, problems: Problems): Conditions {
  const all = childrenOf(parent, children).map((element) => {
    const operator = textOf(element, 'operator') ?? '';
    if (!OPERATORS.includes(operator)) problems.add(`The operator ${operator} of a flow is not supported by this org.`);
    return {
      left: textOf(element, 'field') ?? textOf(element, 'leftValueReference') ?? '',
      operator: operator as Operator,
      right: readValue(childOf(element, 'value') ?? childOf(element, 'rightValue'), problems),
    };
  });
  const logic = textOf(parent, logicName) ?? 'and';
  if (logic !== 'and' && logic !== 'or') {
    problems.add(`The custom condition logic '${logic}' is not supported by this org.`);
  }
  return { logic: logic === 'or' ? 'or' : 'and', all };
}

export function readAssignments(parent: Element, problems: Problems): FieldAssignment[] {
  return childrenOf(parent, 'inputAssignments').map((element) => ({
    field: textOf(element, 'field') ?? '',
    value: readValue(childOf(element, 'value'), problems),
  }));
}

/** The element that a connector leads to. */
export function targetOf(parent: Element, connector: string): string | undefined {
  const element = childOf(parent, connector);
  return element && textOf(element, 'targetReference');
}
