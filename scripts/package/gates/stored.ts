// What an event carries, its record can store: each field that a flow copies from an event fits the field it is copied to,
// and no field of such an event is left behind. A field that is shorter on the record would make the storing flow fail on
// the longest messages only.
import { readFlows, type Flow } from '../flows.ts';
import { Findings, type Gate } from '../gate.ts';
import { hasField, readObjects, type PackageField, type PackageObject } from '../objects.ts';
import { child, children, descendants, textOf } from '../xml.ts';

/** Types of a record's field that hold what an event field of the type carries, besides the same type. */
const HOLDS: Readonly<Record<string, readonly string[]>> = {
  Text: ['LongTextArea', 'Picklist', 'Lookup'],
  Number: ['Percent'],
};
/** A picklist value's longest API name, and a record id in a lookup. */
const FIXED_LENGTH: Readonly<Record<string, number>> = { Picklist: 255, Lookup: 18 };

export const storedGate: Gate = {
  name: 'stored',
  promise: 'what a flow stores of an event fits the record, and no field of the event is left behind',
  check(source) {
    const objects = readObjects(source);
    const findings = new Findings('fields');
    for (const flow of readFlows(source)) {
      const event = objects.get(flow.start.object);
      if (event?.kind === 'event') checkFlow(flow, event, objects, findings);
    }
    return findings;
  },
};

function checkFlow(
  flow: Flow,
  event: PackageObject,
  objects: ReadonlyMap<string, PackageObject>,
  findings: Findings,
): void {
  for (const { xml } of flow.elements.values()) {
    const record = objects.get(textOf(xml, 'object') ?? '');
    for (const assignment of children(xml, 'inputAssignments')) {
      const value = child(assignment, 'value');
      const reference = (value && textOf(value, 'elementReference')) ?? '';
      const sent = event.fields.get(reference.replace(/^\$Record\./, ''));
      if (!record || !sent) continue;
      const name = textOf(assignment, 'field') ?? '';
      // The platform's own fields, such as Name, are not among the package's.
      const stored = record.fields.get(name);
      if (!stored && hasField(objects, record.name, name)) continue;
      findings.expect(
        stored !== undefined && fits(sent, stored),
        `${name}: ${event.name} has ${sizeOf(sent)}, ${record.name} has ${sizeOf(stored)}`,
      );
    }
  }
  const used = descendants(flow.xml)
    .map(({ text }) => text)
    .join(' ');
  for (const name of event.fields.keys()) {
    findings.expect(
      used.includes(`$Record.${name}`),
      `${name}: ${event.name} has it, and ${flow.name} does not store it`,
    );
  }
}

function fits(sent: PackageField, stored: PackageField): boolean {
  if (stored.type !== sent.type && !HOLDS[sent.type]?.includes(stored.type)) return false;
  const length = FIXED_LENGTH[stored.type] ?? stored.length;
  return (
    (length ?? 0) >= (sent.length ?? 0) && digits(stored) >= digits(sent) && (stored.scale ?? 0) >= (sent.scale ?? 0)
  );
}

/** Before the point. */
function digits({ precision = 0, scale = 0 }: PackageField): number {
  return precision - scale;
}

function sizeOf(field: PackageField | undefined): string {
  if (!field) return 'nothing';
  return [field.type, field.length, field.precision, field.scale].filter((part) => part !== undefined).join(' ');
}
