// Flows hold together: whatever an element points to exists, every element is reached, and what can fail has a fault path.
// An org finds a wrong field when the flow is deployed, a missing fault path only when something fails.
import { FALLIBLE, reachable, readFlows, type Flow, type FlowElement } from '../flows.ts';
import { Findings, type Gate } from '../gate.ts';
import { hasField, isKnown, readObjects, type PackageObject } from '../objects.ts';
import { SOURCE_API_VERSION } from '../project.ts';
import { children, descendants, textOf, textsOf, type XmlElement } from '../xml.ts';

type Objects = ReadonlyMap<string, PackageObject>;

/** Elements whose text names a variable, an element or a global, with or without a field. */
const REFERENCES = [
  'elementReference',
  'leftValueReference',
  'assignToReference',
  'inputReference',
  'outputReference',
  'collectionReference',
];
/** Elements of the database elements whose text names a field of the element's object. */
const FIELD_LISTS = ['queriedFields', 'sortField'];
const FLOW_GLOBALS = ['CurrentDate', 'CurrentDateTime', 'FaultMessage', 'InterviewGuid'];

export const flowsGate: Gate = {
  name: 'flows',
  promise: 'no reference of a flow dangles, every element is reached, and what can fail has a fault path',
  check(source) {
    const objects = readObjects(source);
    const findings = new Findings('references');
    for (const flow of readFlows(source)) {
      checkStart(flow, objects, findings);
      checkPaths(flow, findings);
      for (const element of flow.elements.values()) checkFields(flow, element, objects, findings);
      for (const element of descendants(flow.xml)) checkReference(flow, element, objects, findings);
    }
    return findings;
  },
};

function checkStart(flow: Flow, objects: Objects, findings: Findings): void {
  const { path, start } = flow;
  findings.expect(isKnown(objects, start.object), `${path}: starts on ${start.object}, which does not exist`);
  findings.expect(start.next.length > 0, `${path}: the start leads nowhere`);
  const version = textOf(flow.xml, 'apiVersion');
  findings.expect(version === SOURCE_API_VERSION, `${path}: API version ${version ?? ''}, not ${SOURCE_API_VERSION}`);
  findings.expect(textOf(flow.xml, 'status') === 'Active', `${path}: is not active, so it would be packaged asleep`);
  findings.expect(
    (start.triggerType === 'PlatformEvent') === start.object.endsWith('__e'),
    `${path}: ${start.object} does not start by ${start.triggerType}`,
  );
  const deletes = start.recordTriggerType === 'Delete';
  findings.expect(
    deletes === (start.triggerType === 'RecordBeforeDelete'),
    `${path}: RecordBeforeDelete and Delete go together only`,
  );
}

function checkPaths(flow: Flow, findings: Findings): void {
  for (const name of flow.repeated) findings.expect(false, `${flow.path}: ${name} is defined twice`);
  const all = reachable(flow, true);
  const ordinary = reachable(flow, false);
  for (const { name, kind, fault } of flow.elements.values()) {
    findings.expect(all.has(name), `${flow.path}: nothing leads to ${name}`);
    // An element on a fault path may end in the platform's own error: there is no further way to deal with it.
    const needsFault = FALLIBLE.includes(kind) && ordinary.has(name);
    if (needsFault) findings.expect(fault !== undefined, `${flow.path}: ${name} can fail and has no fault path`);
  }
}

function checkFields(flow: Flow, { name, kind, xml }: FlowElement, objects: Objects, findings: Findings): void {
  const object = textOf(xml, 'object');
  if (object === undefined) return;
  const where = `${flow.path}: ${name}`;
  findings.expect(isKnown(objects, object), `${where} works on ${object}, which does not exist`);
  const fields = [
    ...['filters', 'inputAssignments', 'outputAssignments'].flatMap((list) =>
      children(xml, list).flatMap((one) => textsOf(one, 'field')),
    ),
    ...FIELD_LISTS.flatMap((list) => textsOf(xml, list)),
  ];
  for (const field of fields) {
    findings.expect(hasField(objects, object, field), `${where} uses ${object}.${field}, which does not exist`);
  }
  if (kind !== 'recordCreates') return;
  for (const field of objects.get(object)?.fields.values() ?? []) {
    if (!field.required || field.defaultValue !== undefined) continue;
    findings.expect(fields.includes(field.name), `${where} creates ${object} without its required ${field.name}`);
  }
}

function checkReference(flow: Flow, element: XmlElement, objects: Objects, findings: Findings): void {
  if (element.name === 'targetReference') {
    findings.expect(flow.elements.has(element.text), `${flow.path}: ${element.text} is led to and does not exist`);
  } else if (REFERENCES.includes(element.name)) {
    const fault = referenceFault(flow, element.text, objects);
    findings.expect(fault === undefined, `${flow.path}: ${element.text} ${fault ?? ''}`);
  } else {
    for (const [, merged = ''] of element.text.matchAll(/\{!([^}]*)\}/g)) {
      const fault = referenceFault(flow, merged, objects);
      findings.expect(fault === undefined, `${flow.path}: {!${merged}} ${fault ?? ''}`);
    }
  }
}

/** What is wrong with a reference such as `$Record.Name`, `Find_Report` or `Found.Id`. */
function referenceFault(flow: Flow, reference: string, objects: Objects): string | undefined {
  const [base = '', field, ...more] = reference.split('.');
  if (more.length > 0) return 'goes over a relationship, which this gate does not follow';
  // Labels are looked for by the gate of components, wherever they are named.
  if (base === '$Label') return undefined;
  if (base === '$Flow') return FLOW_GLOBALS.includes(field ?? '') ? undefined : 'is no global of a flow';
  if (base === '$Record__Prior' && !['Update', 'CreateAndUpdate'].includes(flow.start.recordTriggerType)) {
    return 'exists only in a flow that starts on an update';
  }
  const object = objectOf(flow, base);
  if (object === undefined) return 'refers to nothing';
  if (field === undefined) return undefined;
  return hasField(objects, object, field) ? undefined : `refers to ${object}.${field}, which does not exist`;
}

/** The object whose record the name holds; '' for a plain value; undefined where nothing has the name. */
function objectOf(flow: Flow, name: string): string | undefined {
  if (name === '$Record' || name === '$Record__Prior') return flow.start.object;
  const element = flow.elements.get(name);
  if (element?.kind === 'recordLookups') return textOf(element.xml, 'object') ?? '';
  // A loop holds one record at a time of what it goes through.
  if (element?.kind === 'loops') return objectOf(flow, textOf(element.xml, 'collectionReference') ?? '');
  return flow.resources.get(name);
}
