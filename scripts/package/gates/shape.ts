// Every metadata file is well-formed and has the shape that the Metadata API defines: known elements only, required ones
// present, single ones not repeated, enumerations and scalars in their range. An org would refuse the rest at deploy.
import { Findings, type Gate } from '../gate.ts';
import { metadataTypes, type MetadataTypes, type Scalar } from '../metadataTypes.ts';
import type { XmlElement } from '../xml.ts';

export const METADATA_NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

const VALID: Record<Scalar, RegExp> = {
  string: /[^]*/,
  any: /[^]*/,
  boolean: /^(true|false)$/,
  number: /^-?\d+(\.\d+)?$/,
  Date: /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$/,
};

export const shapeGate: Gate = {
  name: 'shape',
  promise: "every file matches the Metadata API's types",
  check(source) {
    const types = metadataTypes();
    const findings = new Findings('files');
    for (const file of source.metadata) {
      const faults = file.root ? documentFaults(file.root, types) : [`malformed XML at ${file.fault ?? 'its start'}`];
      findings.expect(faults.length === 0, `${file.path}: ${faults.join('; ')}`);
    }
    return findings;
  },
};

function documentFaults(root: XmlElement, types: MetadataTypes): string[] {
  const faults: string[] = [];
  if (root.attributes['xmlns'] !== METADATA_NAMESPACE) faults.push(`<${root.name}> is not in ${METADATA_NAMESPACE}`);
  if (!types.isComponent(root.name)) faults.push(`<${root.name}> is not a metadata type`);
  else checkElement(root, root.name, root.name, types, faults);
  return faults;
}

function checkElement(element: XmlElement, type: string, path: string, types: MetadataTypes, faults: string[]): void {
  const fields = types.fields(type) ?? new Map();
  const seen = new Map<string, number>();
  if (element.text.trim()) faults.push(`${path} holds text between its elements`);
  for (const part of element.children) {
    const shape = fields.get(part.name);
    const where = `${path}/${part.name}`;
    if (!shape) {
      faults.push(`${path} has an unknown element <${part.name}>`);
      continue;
    }
    seen.set(part.name, (seen.get(part.name) ?? 0) + 1);
    if (!shape.list && seen.get(part.name) === 2) faults.push(`${where} is repeated, but is not a list`);
    checkValue(part, shape.type, where, types, faults);
  }
  for (const [name, shape] of fields) {
    if (!shape.optional && !shape.list && !seen.has(name)) faults.push(`${path} lacks the required <${name}>`);
  }
}

function checkValue(element: XmlElement, type: string, path: string, types: MetadataTypes, faults: string[]): void {
  // A value may name a more special type than the declaration does.
  const actual = element.attributes['xsi:type']?.replace(/^.*:/, '') ?? type;
  const values = types.values(actual);
  const scalar = types.scalar(actual);
  if (types.fields(actual)) return checkElement(element, actual, path, types, faults);
  if (!values && !scalar) throw new Error(`@salesforce/types declares ${path} as ${actual}, which it does not define`);
  // Contents of a component's targetConfigs are declared as a string, and written as elements.
  if (element.children.length > 0 && actual !== 'string') faults.push(`${path} is a value and holds elements`);
  if (values && !values.includes(element.text))
    faults.push(`${path} is '${element.text}', not one of ${firstValues(values)}`);
  if (scalar && !VALID[scalar].test(element.text)) faults.push(`${path} is '${element.text}', not a ${scalar}`);
  if (element.children.length === 0 && element.text !== element.text.trim()) {
    faults.push(`${path} begins or ends with white space, which the platform takes as part of the value`);
  }
}

function firstValues(values: readonly string[]): string {
  const few = 8;
  return values.slice(0, few).join(', ') + (values.length > few ? ', …' : '');
}
