// Whatever a page, an action, a report, a group or a prompt names exists: fields, list views, child relationships, regions,
// reports, permission sets, labels. An org finds some of these at deploy, and shows the rest as an empty box.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkAnalytics } from '../analytics.ts';
import { Findings, type Gate } from '../gate.ts';
import { hasField, isKnown, readObjects, type PackageObject } from '../objects.ts';
import { filesOf, type PackageSource } from '../source.ts';
import { children, descendants, textOf, textsOf, type XmlElement } from '../xml.ts';

type Objects = ReadonlyMap<string, PackageObject>;

/** The platform's own components that the pages use. Another is added here after it was looked up. */
const STANDARD_COMPONENTS = [
  'desktopDashboards:embeddedDashboard',
  'flexipage:filterListCard',
  'flexipage:richText',
  'flexipage:tab',
  'flexipage:tabset',
  'force:detailPanel',
  'force:highlightsPanel',
  'force:relatedListContainer',
  'force:relatedListSingleContainer',
  'runtime_sales_activities:activityPanel',
];
/** Properties of a component that name a region of the same page. */
const FACETS = ['body', 'tabs'];
const LABEL_IN_METADATA = /\$Label\.(?:c\.)?(\w+)/g;
const LABEL_IN_SCRIPT = /@salesforce\/label\/c\.(\w+)/g;

export const componentsGate: Gate = {
  name: 'components',
  promise: 'pages, actions, groups, prompts, reports and labels name only what exists, and no label is unused',
  async check(source) {
    const objects = readObjects(source);
    const findings = new Findings('references');
    checkActions(source, objects, findings);
    for (const page of filesOf(source, 'FlexiPage')) checkPage(page.path, page.root, source, objects, findings);
    checkOverrides(source, findings);
    checkGroups(source, findings);
    checkSignIn(source, findings);
    checkPrompts(source, objects, findings);
    checkAnalytics(source, objects, findings);
    await checkLabels(source, findings);
    return findings;
  },
};

function names(source: PackageSource, type: string): Set<string> {
  return new Set(filesOf(source, type).map((file) => file.name));
}

function checkActions(source: PackageSource, objects: Objects, findings: Findings): void {
  for (const { path, name, root } of filesOf(source, 'QuickAction')) {
    const [on = '', action] = name.split('.');
    const target = textOf(root, 'targetObject') ?? '';
    findings.expect(action === undefined || isKnown(objects, on), `${path}: is on ${on}, which does not exist`);
    findings.expect(isKnown(objects, target), `${path}: works on ${target}, which does not exist`);
    const fields = [
      ...textsOf(root, 'targetParentField'),
      ...descendants(root)
        .filter((one) => one.name === 'quickActionLayoutItems' || one.name === 'fieldOverrides')
        .flatMap((one) => textsOf(one, 'field')),
    ];
    for (const field of fields) {
      findings.expect(hasField(objects, target, field), `${path}: ${target}.${field} does not exist`);
    }
  }
}

function checkPage(path: string, root: XmlElement, source: PackageSource, objects: Objects, findings: Findings): void {
  const object = textOf(root, 'sobjectType');
  if (object !== undefined) findings.expect(isKnown(objects, object), `${path}: shows ${object}, which does not exist`);
  const regions = children(root, 'flexiPageRegions');
  const facets = regions.filter((one) => textOf(one, 'type') === 'Facet').map((one) => textOf(one, 'name') ?? '');
  const used = new Set<string>();
  for (const component of descendants(root).filter((one) => one.name === 'componentInstance')) {
    const name = textOf(component, 'componentName') ?? '';
    const own = name.startsWith('c:') && names(source, 'LightningComponentBundle').has(name.slice('c:'.length));
    findings.expect(own || STANDARD_COMPONENTS.includes(name), `${path}: component ${name} does not exist`);
    const properties = new Map(
      children(component, 'componentInstanceProperties').map((one) => [
        textOf(one, 'name'),
        textOf(one, 'value') ?? '',
      ]),
    );
    for (const facet of FACETS.flatMap((property) => properties.get(property) ?? [])) {
      used.add(facet);
      findings.expect(facets.includes(facet), `${path}: region ${facet} does not exist`);
    }
    const entity = properties.get('entityName');
    const view = properties.get('filterName');
    if (entity !== undefined && view !== undefined) {
      findings.expect(hasListView(source, entity, view), `${path}: list view ${entity}.${view} does not exist`);
    }
    const list = properties.get('relatedListApiName');
    if (list !== undefined && list.endsWith('__r')) {
      const related = hasChildren(objects, object ?? '', list);
      findings.expect(related, `${path}: ${object ?? ''} has no child relationship ${list}`);
    }
    const dashboard = properties.get('dashboardName');
    if (dashboard !== undefined) {
      findings.expect(names(source, 'Dashboard').has(dashboard), `${path}: dashboard ${dashboard} does not exist`);
    }
  }
  for (const facet of facets) findings.expect(used.has(facet), `${path}: nothing shows region ${facet}`);
}

function hasListView(source: PackageSource, object: string, view: string): boolean {
  return filesOf(source, 'ListView').some((file) => file.name === view && file.path.split('/').at(-3) === object);
}

function hasChildren(objects: Objects, parent: string, relationship: string): boolean {
  const name = relationship.replace(/__r$/, '');
  return [...objects.values()].some((one) =>
    [...one.fields.values()].some((field) => field.referenceTo === parent && field.relationshipName === name),
  );
}

/** Of objects and apps: which page stands in for the platform's. */
function checkOverrides(source: PackageSource, findings: Findings): void {
  const pages = names(source, 'FlexiPage');
  for (const { path, root } of source.metadata) {
    for (const override of root ? children(root, 'actionOverrides') : []) {
      if (textOf(override, 'type') !== 'Flexipage') continue;
      const page = textOf(override, 'content') ?? '';
      findings.expect(pages.has(page), `${path}: page ${page} does not exist`);
    }
  }
}

function checkGroups(source: PackageSource, findings: Findings): void {
  const sets = names(source, 'PermissionSet');
  for (const { path, root } of filesOf(source, 'PermissionSetGroup')) {
    for (const set of textsOf(root, 'permissionSets')) {
      findings.expect(sets.has(set), `${path}: permission set ${set} does not exist`);
    }
  }
}

/** The external client app: what may be packaged of it, and nothing that holds a secret. */
function checkSignIn(source: PackageSource, findings: Findings): void {
  const apps = names(source, 'ExternalClientApplication');
  for (const { path, root } of filesOf(source, 'ExtlClntAppOauthSettings')) {
    const app = textOf(root, 'externalClientApplication') ?? '';
    findings.expect(apps.has(app), `${path}: external client app ${app} does not exist`);
  }
  for (const type of ['ExtlClntAppGlobalOauthSettings', 'ExtlClntAppOauthConfigurablePolicies', 'ConnectedApp']) {
    for (const { path } of filesOf(source, type)) findings.expect(false, `${path}: a ${type} cannot be packaged`);
  }
}

function checkPrompts(source: PackageSource, objects: Objects, findings: Findings): void {
  const applications = names(source, 'CustomApplication');
  for (const { path, root } of filesOf(source, 'Prompt')) {
    for (const version of children(root, 'promptVersions')) {
      const application = textOf(version, 'customApplication') ?? '';
      const object = textOf(version, 'targetPageKey1') ?? '';
      findings.expect(applications.has(application), `${path}: app ${application} does not exist`);
      findings.expect(isKnown(objects, object), `${path}: is placed on ${object}, which does not exist`);
    }
  }
}

async function checkLabels(source: PackageSource, findings: Findings): Promise<void> {
  const labels = filesOf(source, 'CustomLabels').flatMap(({ root }) => children(root, 'labels'));
  const known = new Set(labels.map((label) => textOf(label, 'fullName') ?? ''));
  const used = new Set<string>();
  for (const file of source.files) {
    const pattern = /\.(js|ts)$/.test(file) ? LABEL_IN_SCRIPT : /\.xml$/.test(file) ? LABEL_IN_METADATA : undefined;
    if (!pattern) continue;
    for (const [, label = ''] of (await readFile(join(source.directory, file), 'utf8')).matchAll(pattern)) {
      used.add(label);
      findings.expect(known.has(label), `${file}: label ${label} does not exist`);
    }
  }
  for (const label of known) findings.expect(used.has(label), `CustomLabels: nothing shows ${label}`);
}
