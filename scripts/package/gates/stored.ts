// What an event carries, its record can store: an event and the object of the same name have the same fields, of the same
// type and size. A field that is shorter on the record would make the storing flow fail on the longest reports only.
import { Findings, type Gate } from '../gate.ts';
import { readObjects, type PackageField } from '../objects.ts';

export const storedGate: Gate = {
  name: 'stored',
  promise: 'an event that a record stores has the same fields as the record',
  check(source) {
    const objects = readObjects(source);
    const findings = new Findings('fields');
    for (const event of objects.values()) {
      const record = event.kind === 'event' ? objects.get(event.name.replace(/__e$/, '__c')) : undefined;
      if (!record) continue;
      for (const name of new Set([...event.fields.keys(), ...record.fields.keys()])) {
        const [sent, stored] = [sizeOf(event.fields.get(name)), sizeOf(record.fields.get(name))];
        findings.expect(sent === stored, `${name}: ${event.name} has ${sent}, ${record.name} has ${stored}`);
      }
    }
    return findings;
  },
};

function sizeOf(field: PackageField | undefined): string {
  if (!field) return 'nothing';
  return [field.type, field.length, field.precision, field.scale].filter((part) => part !== undefined).join(' ');
}
