// Whoever meets a part of the package in Setup can read what it is for, in a text that the platform accepts at its length.
import { readFlows } from '../flows.ts';
import { Findings, type Gate } from '../gate.ts';
import { readObjects } from '../objects.ts';
import { readPermissionSets } from '../permissionSets.ts';
import { filesOf } from '../source.ts';
import { textOf } from '../xml.ts';

/** Longest texts that Setup stores: permission sets, flows, applications and tabs take 255, objects 1,000, help 255. */
const LONGEST = { object: 1000, other: 255, help: 255, label: 40, flowLabel: 80 };
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
    return findings;
  },
};
