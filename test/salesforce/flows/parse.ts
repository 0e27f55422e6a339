// Reads a flow's XML. Everything in it is either understood or a problem: an element, an operator, a trigger that this
// org does not run makes the deployment fail, so that no flow runs otherwise than it says.
// Source: Metadata API Developer Guide, "Flow".
import { childOf, childrenOf, flagOf, textOf, type Element } from '../metadata/xml.ts';
import type { FieldValue } from '../model.ts';
import { parseElements } from './elements.ts';
import { parseFormula, type Formula } from './formula.ts';
import type { EventTrigger, Flow, RecordTrigger, ScheduledPath, Variable } from './model.ts';
import { Problems, readConditions, readValue, targetOf } from './reading.ts';

/** Of no consequence for what the flow does. */
const PASSED_OVER = new Set([
  'apiVersion',
  'description',
  'environments',
  'interviewLabel',
  'label',
  'processMetadataValues',
  'processType',
  'status',
  'runInMode',
  'start',
  'triggerOrder',
  'isAdditionalPermissionRequiredToRun',
  'isOverridable',
  'isTemplate',
  'sourceTemplate',
  'segment',
  'migratedFromWorkflowRuleName',
]);
const RESOURCES = new Set(['variables', 'constants', 'formulas', 'textTemplates']);
const RECORD_TRIGGERS = { RecordAfterSave: 'afterSave', RecordBeforeDelete: 'beforeDelete' } as const;
/** Flows without an order of their own start after those that have one of up to 1,000. */
const UNORDERED = 1001;

export interface FlowReading {
  flow: Flow;
  problems: string[];
}

export function parseFlow(name: string, element: Element): FlowReading {
  const problems = new Problems();
  const elements = parseElements(element, problems);
  for (const key of Object.keys(element)) {
    if (!PASSED_OVER.has(key) && !RESOURCES.has(key) && !elements.handled.has(key)) {
      problems.add(`The flow element ${key} is not supported by this org.`);
    }
  }
  if (textOf(element, 'processType') !== 'AutoLaunchedFlow') {
    problems.add(`Flows of type ${textOf(element, 'processType') ?? '(none)'} are not supported by this org.`);
  }
  const start = childOf(element, 'start');
  if (!start) problems.add('The flow has no start element.');
  const first = start && targetOf(start, 'connector');
  const flow: Flow = {
    name,
    label: textOf(element, 'label') ?? name,
    active: textOf(element, 'status') === 'Active',
    trigger: readTrigger(start ?? {}, Number(textOf(element, 'triggerOrder') ?? UNORDERED), problems),
    ...(first ? { start: first } : {}),
    elements: elements.byName,
    variables: new Map(childrenOf(element, 'variables').map((child) => readVariable(child, problems))),
    constants: new Map(
      childrenOf(element, 'constants').map((child): [string, FieldValue] => {
        const value = readValue(childOf(child, 'value'), problems);
        return [nameOf(child), 'literal' in value ? value.literal : null];
      }),
    ),
    formulas: new Map(childrenOf(element, 'formulas').flatMap((child) => readFormula(child, problems))),
    templates: new Map(
      childrenOf(element, 'textTemplates').map((child) => [nameOf(child), textOf(child, 'text') ?? '']),
    ),
  };
  return { flow, problems: problems.all };
}

const nameOf = (element: Element): string => textOf(element, 'name') ?? '';

function readTrigger(start: Element, order: number, problems: Problems): RecordTrigger | EventTrigger {
  const type = textOf(start, 'triggerType') ?? '(none)';
  const object = textOf(start, 'object') ?? '';
  const known = new Set([
    'locationX',
    'locationY',
    'connector',
    'object',
    'triggerType',
    'recordTriggerType',
    'filterLogic',
    'filters',
    'filterFormula',
    'doesRequireRecordChangedToMeetCriteria',
    'flowRunAsUser',
    'scheduledPaths',
  ]);
  for (const key of Object.keys(start)) {
    if (!known.has(key)) problems.add(`The element ${key} of a flow's start is not supported by this org.`);
  }
  if (!object) problems.add('The start of the flow names no object.');
  if (type === 'PlatformEvent') {
    if (start['filters'] ?? start['filterFormula']) {
      problems.add('A platform event-triggered flow cannot have conditions at its start.');
    }
    if ((textOf(start, 'flowRunAsUser') ?? 'TriggeringUser') !== 'TriggeringUser') {
      problems.add('Running a flow as another user than the one who published is not supported by this org.');
    }
    return { kind: 'platformEvent', object };
  }
  const kind = RECORD_TRIGGERS[type as keyof typeof RECORD_TRIGGERS] as RecordTrigger['kind'] | undefined;
  if (!kind) problems.add(`Flows that are started by ${type} are not supported by this org.`);
  const on = textOf(start, 'recordTriggerType') ?? '';
  const allowed = kind === 'beforeDelete' ? ['Delete'] : ['Create', 'Update', 'CreateAndUpdate'];
  if (!allowed.includes(on)) problems.add(`A flow started by ${type} cannot have the recordTriggerType ${on}.`);
  const formulaText = textOf(start, 'filterFormula');
  const formula = formulaText === undefined ? undefined : tryFormula(formulaText, problems);
  return {
    kind: kind ?? 'afterSave',
    object,
    on: on as RecordTrigger['on'],
    filters: readConditions(start, 'filters', 'filterLogic', problems),
    ...(formula ? { formula } : {}),
    onlyWhenBecoming: flagOf(start, 'doesRequireRecordChangedToMeetCriteria'),
    scheduled: childrenOf(start, 'scheduledPaths').map((path) => readScheduled(path, problems)),
    order,
  };
}

/** ms of a unit are those of the platform's clock, which knows no daylight saving for minutes and hours. */
const UNIT_MINUTES: Readonly<Record<string, number>> = { Minutes: 1, Hours: 60 };

function readScheduled(path: Element, problems: Problems): ScheduledPath {
  const name = nameOf(path);
  const minutes = UNIT_MINUTES[textOf(path, 'offsetUnit') ?? ''];
  if (minutes === undefined || textOf(path, 'timeSource') !== 'RecordField' || path['pathType'] !== undefined)
    problems.add(`This org runs paths that are scheduled by minutes or hours of a field of the record only (${name}).`);
  const next = targetOf(path, 'connector');
  return {
    name,
    field: textOf(path, 'recordField') ?? '',
    minutes: Number(textOf(path, 'offsetNumber') ?? 0) * (minutes ?? 0),
    ...(next ? { next } : {}),
  };
}

function readVariable(element: Element, problems: Problems): [string, Variable] {
  const name = nameOf(element);
  const dataType = textOf(element, 'dataType') ?? '';
  const simple = ['String', 'Number', 'Currency', 'Boolean', 'Date', 'DateTime', 'Picklist'];
  if (dataType !== 'SObject' && !simple.includes(dataType)) {
    problems.add(`Variables of type ${dataType} are not supported by this org (${name}).`);
  }
  const objectType = textOf(element, 'objectType');
  if (dataType === 'SObject' && !objectType) problems.add(`The record variable ${name} names no object.`);
  const value = childOf(element, 'value');
  const variable: Variable = {
    name,
    dataType,
    ...(objectType ? { objectType } : {}),
    collection: flagOf(element, 'isCollection'),
    // A number or a checkbox without a default is null, as in the platform.
    initial: value ? readValue(value, problems) : { literal: null },
  };
  return [name, variable];
}

function readFormula(element: Element, problems: Problems): [string, Formula][] {
  const formula = tryFormula(textOf(element, 'expression') ?? '', problems);
  return formula ? [[nameOf(element), formula]] : [];
}

function tryFormula(expression: string, problems: Problems): Formula | undefined {
  try {
    return parseFormula(expression);
  } catch (error) {
    problems.add((error as Error).message);
    return undefined;
  }
}
