// The flows of the package as graphs: elements, the ways between them, and what they refer to.
import { filesOf, type PackageSource } from './source.ts';
import { child, descendants, textOf, textsOf, type XmlElement } from './xml.ts';

export interface FlowElement {
  name: string;
  /** `recordCreates`, `decisions` … */
  kind: string;
  xml: XmlElement;
  description: string;
  /** Elements that come next, on the ways other than the fault path. */
  next: string[];
  fault?: string;
}

export interface Flow {
  name: string;
  path: string;
  xml: XmlElement;
  label: string;
  description: string;
  start: { object: string; recordTriggerType: string; triggerType: string; next: string[] };
  elements: Map<string, FlowElement>;
  /** Names that occur more than once: an org refuses them. */
  repeated: string[];
  /** Variables, constants, formulas and text templates, with the object they hold, or '' for plain values. */
  resources: Map<string, string>;
}

/** Elements that touch the database or call out, and so can fail. */
export const FALLIBLE = ['recordCreates', 'recordUpdates', 'recordDeletes', 'recordLookups', 'actionCalls'];
const ELEMENT_KINDS = [
  ...FALLIBLE,
  'assignments',
  'decisions',
  'loops',
  'subflows',
  'customErrors',
  'transforms',
  'screens',
];
const RESOURCE_KINDS = ['variables', 'constants', 'formulas', 'textTemplates'];

export function readFlows(source: PackageSource): Flow[] {
  return filesOf(source, 'Flow').map(({ name, path, root }) => {
    const start = child(root, 'start');
    const elements = root.children.filter((one) => ELEMENT_KINDS.includes(one.name)).map(elementOf);
    const names = elements.map((element) => element.name);
    return {
      name,
      path,
      xml: root,
      label: textOf(root, 'label') ?? '',
      description: textOf(root, 'description') ?? '',
      start: {
        object: (start && textOf(start, 'object')) ?? '',
        recordTriggerType: (start && textOf(start, 'recordTriggerType')) ?? '',
        triggerType: (start && textOf(start, 'triggerType')) ?? '',
        next: start ? targets(start) : [],
      },
      elements: new Map(elements.map((element) => [element.name, element])),
      repeated: names.filter((one, index) => names.indexOf(one) !== index),
      resources: new Map(
        root.children
          .filter((one) => RESOURCE_KINDS.includes(one.name))
          .map((one) => [textOf(one, 'name') ?? '', textOf(one, 'objectType') ?? '']),
      ),
    };
  });
}

function elementOf(xml: XmlElement): FlowElement {
  const faultConnector = child(xml, 'faultConnector');
  const fault = faultConnector && textOf(faultConnector, 'targetReference');
  return {
    name: textOf(xml, 'name') ?? '',
    kind: xml.name,
    xml,
    description: textOf(xml, 'description') ?? '',
    next: targets(xml),
    ...(fault === undefined ? {} : { fault }),
  };
}

function targets(xml: XmlElement): string[] {
  return xml.children
    .filter((one) => one.name !== 'faultConnector')
    .flatMap((one) => descendants(one))
    .flatMap((one) => textsOf(one, 'targetReference'));
}

/** Names of the elements that the start reaches; `withFaults` follows the fault paths too. */
export function reachable(flow: Flow, withFaults: boolean): Set<string> {
  const reached = new Set<string>();
  const waiting = [...flow.start.next];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const element = flow.elements.get(name);
    if (!element || reached.has(name)) continue;
    reached.add(name);
    waiting.push(...element.next);
    if (withFaults && element.fault !== undefined) waiting.push(element.fault);
  }
  return reached;
}

/** What starts the flow, in an admin's words. */
export function triggerOf({ start }: Flow): string {
  if (start.triggerType === 'PlatformEvent') return `each ${start.object} message`;
  if (start.triggerType === 'RecordBeforeDelete') return `before a ${start.object} record is deleted`;
  const saved = { Create: 'created', Update: 'updated', CreateAndUpdate: 'created or updated' };
  return `after a ${start.object} record is ${saved[start.recordTriggerType as keyof typeof saved] ?? 'saved'}`;
}
