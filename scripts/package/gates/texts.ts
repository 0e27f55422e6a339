// Whoever meets a part of the package in Setup can read what it is for, in a text that the platform accepts at its length.
import { readFlows } from '../flows.ts';
import { Findings, type Gate } from '../gate.ts';
import { readObjects } from '../objects.ts';
import { readPermissionSets } from '../permissionSets.ts';
import { filesOf, type PackageSource } from '../source.ts';
import { children, descendants, textOf, type XmlElement } from '../xml.ts';

/** Longest texts that Setup stores: permission sets, flows, applications and tabs take 255, objects and custom labels 1,000, help and the refusal of a flow 255. */
const LONGEST = { object: 1000, other: 255, help: 255, label: 40, flowLabel: 80, customLabel: 1000, refusal: 255 };
/** Characters of a name or a number that is merged into a message. */
const MERGED = 40;
/** Other types that have a description. */
const DESCRIBED = [
  'CustomApplication',
  'CustomTab',
  'QuickAction',
  'FlexiPage',
  'PermissionSetGroup',
  'ReportType',
  'Report',
  'Dashboard',
  'ExternalClientApplication',
  'LightningComponentBundle',
];
/** A text shorter than this says no more than the label. */
const SHORTEST = 10;

export const textsGate: Gate = {
  name: 'texts',
  promise: 'everything that can have a description has one, and every field a help text',
  check(source) {
    const findings = new Findings('texts');
    const text = (where: string, what: string, value: string | undefined, longest: number): void => {
      const length = value?.trim().length ?? 0;
      findings.expect(length >= SHORTEST, `${where}: has no ${what} worth the name`);
      findings.expect(length <= longest, `${where}: its ${what} has ${length} characters, ${longest} are allowed`);
    };
    const label = (where: string, value: string, longest = LONGEST.label): void => {
      findings.expect(
        value.length > 0 && value.length <= longest,
        `${where}: its label has not 1 to ${longest} characters`,
      );
    };
    for (const object of readObjects(source).values()) {
      if (object.path !== undefined) {
        text(object.path, 'description', object.description, LONGEST.object);
        label(object.path, object.label);
        label(object.path, object.pluralLabel);
      }
      for (const field of object.fields.values()) {
        text(field.path, 'help text', field.help, LONGEST.help);
        label(field.path, field.label);
      }
    }
    for (const flow of readFlows(source)) {
      text(flow.path, 'description', flow.description, LONGEST.other);
      label(flow.path, flow.label, LONGEST.flowLabel);
      for (const element of flow.elements.values()) {
        text(`${flow.path}: ${element.name}`, 'description', element.description, LONGEST.other);
      }
    }
    for (const set of readPermissionSets(source)) text(set.path, 'description', set.description, LONGEST.other);
    for (const file of DESCRIBED.flatMap((type) => filesOf(source, type))) {
      text(file.path, 'description', textOf(file.root, 'description'), LONGEST.other);
    }
    for (const [language, labels] of labelsByLanguage(source)) checkLabels(source, language, labels, findings);
    return findings;
  },
};

/** Value by name, for the language that labels are written in and each that they are translated into. */
function labelsByLanguage(source: PackageSource): [language: string, labels: Map<string, string>][] {
  const read = (root: XmlElement, list: string, name: string, value: string): Map<string, string> =>
    new Map(children(root, list).map((label) => [textOf(label, name) ?? '', textOf(label, value) ?? '']));
  return [
    ...filesOf(source, 'CustomLabels').map(({ root }): [string, Map<string, string>] => [
      'en_US',
      read(root, 'labels', 'fullName', 'value'),
    ]),
    ...filesOf(source, 'Translations').map(({ name, root }): [string, Map<string, string>] => [
      name,
      read(root, 'customLabels', 'name', 'label'),
    ]),
  ];
}

/** Labels, and the words with which a flow refuses: the platform cuts these off where they are too long. */
function checkLabels(
  source: PackageSource,
  language: string,
  labels: ReadonlyMap<string, string>,
  findings: Findings,
): void {
  for (const [name, value] of labels) {
    findings.expect(
      value.length <= LONGEST.customLabel,
      `${language}: label ${name} has ${value.length} characters, ${LONGEST.customLabel} are allowed`,
    );
  }
  for (const flow of readFlows(source)) {
    for (const { name, text } of descendants(flow.xml)) {
      if (name !== 'errorMessage') continue;
      const filled = text.replace(/\{!([^}]*)\}/g, (_merged, path: string) =>
        path.startsWith('$Label.') ? (labels.get(path.slice('$Label.'.length)) ?? '') : '-'.repeat(MERGED),
      );
      findings.expect(
        filled.length <= LONGEST.refusal,
        `${flow.path}: a refusal in ${language} may have ${filled.length} characters, ${LONGEST.refusal} are shown`,
      );
    }
  }
}
