// The elements of a flow: what each does and where it leads. A setting of an element that is not read here is a problem.
import { childrenOf, flagOf, textOf, type Element } from '../metadata/xml.ts';
import type { AssignmentElement, FlowElement } from './model.ts';
import type { Problems } from './reading.ts';
import { readAssignments, readConditions, readValue, targetOf } from './reading.ts';

export interface ReadElements {
  byName: Map<string, FlowElement>;
  /** Names of the XML elements that were read. */
  handled: ReadonlySet<string>;
}

const COMMON = ['name', 'label', 'description', 'locationX', 'locationY', 'connector', 'faultConnector'];

interface Reader {
  knows: string[];
  read(element: Element, name: string, problems: Problems): FlowElement;
}

const READERS: Readonly<Record<string, Reader>> = {
  recordCreates: {
    knows: ['object', 'inputAssignments', 'inputReference', 'assignRecordIdToReference', 'storeOutputAutomatically'],
    read: (element, name, problems) => ({
      kind: 'create',
      name,
      ...links(element),
      ...given('object', textOf(element, 'object')),
      assignments: readAssignments(element, problems),
      ...given('input', textOf(element, 'inputReference')),
      ...given('idInto', textOf(element, 'assignRecordIdToReference')),
    }),
  },
  recordLookups: {
    knows: [
      'object',
      'filterLogic',
      'filters',
      'getFirstRecordOnly',
      'sortField',
      'sortOrder',
      'limit',
      'outputReference',
      'outputAssignments',
      'queriedFields',
      'storeOutputAutomatically',
      'assignNullValuesIfNoRecordsFound',
    ],
    read(element, name, problems) {
      const sortField = textOf(element, 'sortField');
      const limit = textOf(element, 'limit');
      return {
        kind: 'lookup',
        name,
        ...links(element),
        object: textOf(element, 'object') ?? '',
        filters: readConditions(element, 'filters', 'filterLogic', problems),
        first: flagOf(element, 'getFirstRecordOnly') || element['outputAssignments'] !== undefined,
        ...(sortField ? { sort: { field: sortField, descending: textOf(element, 'sortOrder') === 'Desc' } } : {}),
        ...(limit ? { limit: Number(limit) } : {}),
        ...given('into', textOf(element, 'outputReference')),
        fieldsInto: childrenOf(element, 'outputAssignments').map((child) => ({
          field: textOf(child, 'field') ?? '',
          variable: textOf(child, 'assignToReference') ?? '',
        })),
        nullIfNone: flagOf(element, 'assignNullValuesIfNoRecordsFound'),
      };
    },
  },
  recordUpdates: {
    knows: ['object', 'filterLogic', 'filters', 'inputAssignments', 'inputReference'],
    read: (element, name, problems) => ({
      kind: 'update',
      name,
      ...links(element),
      ...given('object', textOf(element, 'object')),
      filters: readConditions(element, 'filters', 'filterLogic', problems),
      ...given('input', textOf(element, 'inputReference')),
      assignments: readAssignments(element, problems),
    }),
  },
  recordDeletes: {
    knows: ['object', 'filterLogic', 'filters', 'inputReference'],
    read: (element, name, problems) => ({
      kind: 'delete',
      name,
      ...links(element),
      ...given('object', textOf(element, 'object')),
      filters: readConditions(element, 'filters', 'filterLogic', problems),
      ...given('input', textOf(element, 'inputReference')),
    }),
  },
  decisions: {
    knows: ['defaultConnector', 'defaultConnectorLabel', 'rules'],
    read: (element, name, problems) => ({
      kind: 'decision',
      name,
      ...given('next', targetOf(element, 'defaultConnector')),
      rules: childrenOf(element, 'rules').map((rule) => {
        if (flagOf(rule, 'doesRequireRecordChangedToMeetCriteria')) {
          problems.add(
            'An outcome that is taken only when the record changed to meet it is not supported by this org.',
          );
        }
        return {
          name: textOf(rule, 'name') ?? '',
          conditions: readConditions(rule, 'conditions', 'conditionLogic', problems),
          ...given('next', targetOf(rule, 'connector')),
        };
      }),
    }),
  },
  assignments: {
    knows: ['assignmentItems'],
    read: (element, name, problems) => ({
      kind: 'assignment',
      name,
      ...links(element),
      items: childrenOf(element, 'assignmentItems').map((item) => {
        const operator = textOf(item, 'operator') ?? '';
        if (!['Assign', 'Add', 'Subtract'].includes(operator)) {
          problems.add(`The assignment operator ${operator} is not supported by this org.`);
        }
        return {
          target: textOf(item, 'assignToReference') ?? '',
          operator: operator as AssignmentElement['items'][number]['operator'],
          value: readValue(childrenOf(item, 'value')[0], problems),
        };
      }),
    }),
  },
  loops: {
    knows: ['collectionReference', 'iterationOrder', 'nextValueConnector', 'noMoreValuesConnector'],
    read: (element, name) => ({
      kind: 'loop',
      name,
      collection: textOf(element, 'collectionReference') ?? '',
      descending: textOf(element, 'iterationOrder') === 'Desc',
      ...given('body', targetOf(element, 'nextValueConnector')),
      ...given('next', targetOf(element, 'noMoreValuesConnector')),
    }),
  },
  actionCalls: {
    knows: [
      'actionName',
      'actionType',
      'flowTransactionModel',
      'inputParameters',
      'nameSegment',
      'storeOutputAutomatically',
    ],
    read(element, name, problems) {
      const type = textOf(element, 'actionType') ?? '(none)';
      if (type !== 'customNotificationAction')
        problems.add(`Actions of type ${type} are not supported by this org (${name}).`);
      const inputs = childrenOf(element, 'inputParameters').map(
        (input) => [textOf(input, 'name') ?? '', readValue(childrenOf(input, 'value')[0], problems)] as const,
      );
      return { kind: 'action', name, ...links(element), inputs: new Map(inputs) };
    },
  },
  customErrors: {
    knows: ['customErrorMessages'],
    read: (element, name, problems) => ({
      kind: 'error',
      name,
      ...given('next', targetOf(element, 'connector')),
      messages: childrenOf(element, 'customErrorMessages').map((message) => {
        const text = textOf(message, 'errorMessage') ?? '';
        const field = flagOf(message, 'isFieldError') ? textOf(message, 'fieldSelection') : undefined;
        if (!text) problems.add(`The custom error ${name} has no message.`);
        if (flagOf(message, 'isFieldError') && !field) problems.add(`The custom error ${name} names no field.`);
        return { text, ...given('field', field) };
      }),
    }),
  },
};

export function parseElements(flow: Element, problems: Problems): ReadElements {
  const byName = new Map<string, FlowElement>();
  for (const [xmlName, reader] of Object.entries(READERS)) {
    for (const element of childrenOf(flow, xmlName)) {
      const name = textOf(element, 'name') ?? '';
      if (!name) problems.add(`An element of ${xmlName} has no name.`);
      if (byName.has(name)) problems.add(`The name ${name} is used by two elements.`);
      for (const key of Object.keys(element)) {
        if (!COMMON.includes(key) && !reader.knows.includes(key)) {
          problems.add(`The setting ${key} of ${xmlName} is not supported by this org (${name}).`);
        }
      }
      byName.set(name, reader.read(element, name, problems));
    }
  }
  return { byName, handled: new Set(Object.keys(READERS)) };
}

function links(element: Element): { next?: string; fault?: string } {
  return { ...given('next', targetOf(element, 'connector')), ...given('fault', targetOf(element, 'faultConnector')) };
}

/** A property where there is a value, nothing where there is none. */
function given<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: string };
}
