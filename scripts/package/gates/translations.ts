// Whoever works in Spanish reads Spanish: every name, message and text that the package shows has a translation, and none
// is of something that is gone. What flows write is in the labels.
import { readFlows } from '../flows.ts';
import { Findings, type Gate } from '../gate.ts';
import { readObjects } from '../objects.ts';
import { filesOf, type MetadataFile, type PackageSource } from '../source.ts';
import { children, textOf, textsOf, type XmlElement } from '../xml.ts';

const LANGUAGES = ['es'];
/** Values that are the same in every language: the 14 phases of M15 are names, not words. */
const NAMES = ['Phase__c'];
/** The platform's limit for a help text, in every language. */
const LONGEST_HELP = 255;

export const translationsGate: Gate = {
  name: 'translations',
  promise: `every text that a person sees is there in ${LANGUAGES.join(', ')}, and nothing else is translated`,
  check(source) {
    const findings = new Findings('texts');
    for (const language of LANGUAGES) {
      checkObjects(source, language, findings);
      const file = filesOf(source, 'Translations').find(({ name }) => name === language);
      if (file) checkTexts(source, file.root, language, findings);
      else findings.expect(false, `${language}: has no translations`);
    }
    return findings;
  },
};

/** Compares what is to be translated with what is, both ways. */
function compare(where: string, wanted: Iterable<string>, found: Iterable<string>, findings: Findings): void {
  const [needed, present] = [new Set(wanted), new Set(found)];
  for (const name of needed) findings.expect(present.has(name), `${where}: ${name} is not translated`);
  for (const name of present) findings.expect(needed.has(name), `${where}: ${name} is translated and does not exist`);
}

function filled(elements: XmlElement[], key: string, text: string): string[] {
  return elements.filter((one) => (textOf(one, text) ?? '').trim().length > 0).map((one) => textOf(one, key) ?? '');
}

function checkObjects(source: PackageSource, language: string, findings: Findings): void {
  for (const object of readObjects(source).values()) {
    // No page shows an event.
    if (object.kind === 'event') continue;
    const where = `${object.name}-${language}`;
    const root = filesOf(source, 'CustomObjectTranslation').find(({ name }) => name === where)?.root;
    if (!root) {
      findings.expect(false, `${where}: ${object.name} is not translated`);
      continue;
    }
    const fields = children(root, 'fields');
    compare(where, object.fields.keys(), filled(fields, 'name', 'label'), findings);
    compare(`${where}: help texts`, object.fields.keys(), filled(fields, 'name', 'help'), findings);
    for (const field of fields) {
      const length = textOf(field, 'help')?.length ?? 0;
      findings.expect(
        length <= LONGEST_HELP,
        `${where}: the help text of ${textOf(field, 'name') ?? ''} has ${length}`,
      );
    }
    compare(
      `${where}: related lists`,
      namedRelations(source, object.name),
      filled(fields, 'name', 'relationshipLabel'),
      findings,
    );
    for (const field of object.fields.values()) {
      const values = fields.filter((one) => textOf(one, 'name') === field.name);
      const wanted = NAMES.includes(field.name) ? [] : field.values.map(({ label }) => label);
      const translated = values.flatMap((one) => filled(children(one, 'picklistValues'), 'masterLabel', 'translation'));
      compare(`${where}: ${field.name}`, wanted, translated, findings);
    }
    if (object.path !== undefined) {
      // One for the singular, one for the plural.
      findings.expect(
        filled(children(root, 'caseValues'), 'plural', 'value').length === 2,
        `${where}: its name is not translated`,
      );
      findings.expect((textOf(root, 'nameFieldLabel') ?? '') !== '', `${where}: the label of Name is not translated`);
      checkLayout(where, source, object.name, root, findings);
    }
    const rules = filesOf(source, 'ValidationRule').filter(({ path }) => path.split('/').at(-3) === object.name);
    compare(
      `${where}: rules`,
      rules.map(({ name }) => name),
      filled(children(root, 'validationRules'), 'name', 'errorMessage'),
      findings,
    );
    const actions = filesOf(source, 'QuickAction').filter(({ name }) => name.startsWith(`${object.name}.`));
    compare(
      `${where}: actions`,
      actions.map(({ name }) => name.slice(object.name.length + 1)),
      filled(children(root, 'quickActions'), 'name', 'label'),
      findings,
    );
  }
}

/** Lookups whose related list has a name of its own. */
function namedRelations(source: PackageSource, object: string): string[] {
  return filesOf(source, 'CustomField')
    .filter(({ path, root }) => path.split('/').at(-3) === object && textOf(root, 'relationshipLabel') !== undefined)
    .map(({ name }) => name);
}

/** Names of sections that are ours; the platform translates its own. */
function checkLayout(where: string, source: PackageSource, object: string, root: XmlElement, findings: Findings): void {
  const layouts = filesOf(source, 'Layout').filter(({ name }) => name.startsWith(`${object}-`));
  const wanted = layouts.flatMap((layout) =>
    children(layout.root, 'layoutSections')
      .filter((section) => textOf(section, 'customLabel') === 'true')
      .map((section) => `${layout.name.slice(object.length + 1)}: ${textOf(section, 'label') ?? ''}`),
  );
  const found = children(root, 'layouts').flatMap((layout) =>
    filled(children(layout, 'sections'), 'section', 'label').map(
      (section) => `${textOf(layout, 'layout') ?? ''}: ${section}`,
    ),
  );
  compare(where, wanted, found, findings);
}

function checkTexts(source: PackageSource, root: XmlElement, language: string, findings: Findings): void {
  const named: [type: string, list: string][] = [
    ['CustomApplication', 'customApplications'],
    ['Dashboard', 'dashboards'],
    ['Report', 'reports'],
    ['ReportType', 'reportTypes'],
    ['Prompt', 'prompts'],
  ];
  for (const [type, list] of named) {
    const files = filesOf(source, type).map((file) => ({ ...file, name: keyOf(file, type) }));
    const translated = children(root, list);
    const wanted = files.map(({ name }) => name);
    compare(`${language}: ${list}`, wanted, filled(translated, 'name', 'label'), findings);
    // Whoever chooses a report or opens the app reads what it is for.
    const described = files.filter((file) => textOf(file.root, 'description') !== undefined).map(({ name }) => name);
    compare(`${language}: descriptions of ${list}`, described, filled(translated, 'name', 'description'), findings);
  }
  for (const type of filesOf(source, 'ReportType')) {
    const translated = children(root, 'reportTypes').filter((one) => textOf(one, 'name') === type.name);
    compare(
      `${language}: ${type.name}`,
      children(type.root, 'sections').flatMap((one) => textsOf(one, 'masterLabel')),
      translated.flatMap((one) => filled(children(one, 'sections'), 'name', 'label')),
      findings,
    );
  }
  // A tab of an object is called as the object.
  compare(
    `${language}: tabs`,
    filesOf(source, 'CustomTab').flatMap(({ name, root: tab }) => (textOf(tab, 'label') === undefined ? [] : [name])),
    filled(children(root, 'customTabs'), 'name', 'label'),
    findings,
  );
  const labels = filesOf(source, 'CustomLabels').flatMap((file) => children(file.root, 'labels'));
  compare(
    `${language}: labels`,
    labels.flatMap((label) => textsOf(label, 'fullName')),
    filled(children(root, 'customLabels'), 'name', 'label'),
    findings,
  );
  checkPlaces(labels, root, language, findings);
  for (const prompt of filesOf(source, 'Prompt')) {
    const translated = children(root, 'prompts').filter((one) => textOf(one, 'name') === prompt.name);
    const versions = children(prompt.root, 'promptVersions').flatMap((one) => textsOf(one, 'versionNumber'));
    for (const text of ['title', 'body', 'dismissButtonLabel']) {
      const found = translated.flatMap((one) => filled(children(one, 'promptVersions'), 'name', text));
      compare(`${language}: ${prompt.name} ${text}`, versions, found, findings);
    }
  }
  checkFlows(source, root, language, findings);
}

/**
 * Types that stand in folders, by which their translations name them. Headings of a dashboard's components stay as they are: their
 * translations name a component (`Folder/Dashboard.Component`), and the metadata of a component has no name to be sure of.
 */
const IN_FOLDERS = ['Dashboard', 'Report'];

/** Source: Metadata API, "DashboardTranslation", "ReportTranslation". */
function keyOf({ name, path }: MetadataFile, type: string): string {
  return IN_FOLDERS.includes(type) ? `${path.split('/').at(-2) ?? ''}/${name}` : name;
}

/** A number that is put into a label in English is put into it in every language. */
function checkPlaces(labels: XmlElement[], root: XmlElement, language: string, findings: Findings): void {
  const placesOf = (text: string | undefined): string => [...(text ?? '').matchAll(/\{\d+\}/g)].sort().join(' ');
  const translated = new Map(
    children(root, 'customLabels').map((one) => [textOf(one, 'name'), placesOf(textOf(one, 'label'))]),
  );
  for (const label of labels) {
    const name = textOf(label, 'fullName') ?? '';
    const places = placesOf(textOf(label, 'value'));
    findings.expect(
      (translated.get(name) ?? places) === places,
      `${language}: ${name} has other places than the label: ${places || 'none'} are wanted`,
    );
  }
}

function checkFlows(source: PackageSource, root: XmlElement, language: string, findings: Findings): void {
  const definitions = children(root, 'flowDefinitions');
  const flows = readFlows(source);
  compare(
    `${language}: flows`,
    flows.map(({ name }) => name),
    filled(definitions, 'fullName', 'label'),
    findings,
  );
  for (const definition of definitions) {
    // What a flow writes is a label, and would be translated twice.
    const found = children(definition, 'flows').flatMap((one) => [
      ...filled(children(one, 'textTemplates'), 'name', 'text'),
      ...filled(children(one, 'customErrorMessages'), 'developerName', 'errorMessage'),
    ]);
    compare(`${language}: ${textOf(definition, 'fullName') ?? ''}`, [], found, findings);
  }
}
