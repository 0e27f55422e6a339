// An admin finds everything: each record object has a tab, a layout and a list of all records, each of its fields is on the
// layout, each tab is in the app or among all items, and no page names a field or tab that does not exist. The channel carries what its members select.
import { Findings, type Gate } from '../gate.ts';
import { hasField, readObjects, type PackageObject } from '../objects.ts';
import { readPermissionSets } from '../permissionSets.ts';
import { filesOf, type PackageSource } from '../source.ts';
import { child, children, descendants, textOf, textsOf, type XmlElement } from '../xml.ts';

type Objects = ReadonlyMap<string, PackageObject>;

export const pagesGate: Gate = {
  name: 'pages',
  promise: 'layouts, list views, tabs, the app and the channel name only what exists and leave nothing out',
  check(source) {
    const objects = readObjects(source);
    const findings = new Findings('references');
    for (const object of objects.values()) {
      if (object.kind === 'record') checkObject(source, object, objects, findings);
    }
    checkLists(source, objects, findings);
    checkTabs(source, objects, findings);
    checkChannel(source, findings);
    return findings;
  },
};

function checkObject(source: PackageSource, object: PackageObject, objects: Objects, findings: Findings): void {
  const layout = filesOf(source, 'Layout').find((file) => file.name.startsWith(`${object.name}-`));
  findings.expect(layout !== undefined, `${object.name}: has no layout`);
  findings.expect(
    filesOf(source, 'CustomTab').some((tab) => tab.name === object.name),
    `${object.name}: has no tab`,
  );
  findings.expect(
    filesOf(source, 'ListView').some((view) => view.name === 'All' && objectOf(view.path) === object.name),
    `${object.name}: has no list view of all records`,
  );
  if (layout) checkLayout(layout.path, layout.root, object, objects, findings);
}

function checkLayout(
  path: string,
  root: XmlElement,
  object: PackageObject,
  objects: Objects,
  findings: Findings,
): void {
  const items = descendants(root).filter((one) => one.name === 'layoutItems');
  const placed = items.map((item) => textOf(item, 'field') ?? '');
  for (const [index, field] of placed.entries()) {
    findings.expect(hasField(objects, object.name, field), `${path}: ${object.name}.${field} does not exist`);
    findings.expect(placed.indexOf(field) === index, `${path}: ${field} is placed twice`);
  }
  for (const field of object.fields.values()) {
    const item = items.find((one) => textOf(one, 'field') === field.name);
    findings.expect(item !== undefined, `${path}: ${field.name} is on no section`);
    if (!item || !field.required) continue;
    findings.expect(textOf(item, 'behavior') === 'Required', `${path}: ${field.name} is required and not marked so`);
  }
}

/** `…/objects/X__c/listViews/All.listView-meta.xml` → `X__c` */
function objectOf(path: string): string {
  return path.split('/').at(-3) ?? '';
}

/** Columns of a list view that have names of their own. */
const LIST_COLUMNS = ['NAME', 'CREATED_DATE', 'LAST_UPDATE', 'OWNER.ALIAS'];

function checkLists(source: PackageSource, objects: Objects, findings: Findings): void {
  const field = (path: string, object: string, name: string): void =>
    findings.expect(
      LIST_COLUMNS.includes(name) || hasField(objects, object, name),
      `${path}: ${object}.${name} does not exist`,
    );
  for (const { path, root } of filesOf(source, 'ListView')) {
    const names = [...textsOf(root, 'columns'), ...children(root, 'filters').flatMap((one) => textsOf(one, 'field'))];
    for (const name of names) field(path, objectOf(path), name);
  }
  for (const { path, root } of filesOf(source, 'CompactLayout')) {
    for (const name of textsOf(root, 'fields')) field(path, objectOf(path), name);
  }
  for (const { path, name, root } of filesOf(source, 'CustomObject')) {
    for (const one of child(root, 'searchLayouts')?.children ?? []) field(path, name, one.text);
    const compact = textOf(root, 'compactLayoutAssignment');
    if (compact === undefined) continue;
    findings.expect(
      filesOf(source, 'CompactLayout').some((file) => file.name === compact && objectOf(file.path) === name),
      `${path}: compact layout ${compact} does not exist`,
    );
  }
}

function checkTabs(source: PackageSource, objects: Objects, findings: Findings): void {
  const tabs = filesOf(source, 'CustomTab');
  for (const { path, name, root } of tabs) {
    const component = textOf(root, 'lwcComponent');
    if (component === undefined) {
      findings.expect(objects.get(name)?.kind === 'record', `${path}: ${name} is no record object of the package`);
    } else {
      findings.expect(isTab(source, component), `${path}: ${component} is no component that can be a tab`);
    }
  }
  const reachable = new Set<string>();
  for (const { path, root } of filesOf(source, 'CustomApplication')) {
    for (const tab of textsOf(root, 'tabs')) {
      reachable.add(tab);
      findings.expect(
        tab.startsWith('standard-') || tabs.some((file) => file.name === tab),
        `${path}: tab ${tab} does not exist`,
      );
    }
  }
  // The App Launcher lists what a permission set makes visible under All Items.
  for (const set of readPermissionSets(source)) for (const tab of set.tabs) reachable.add(tab);
  for (const { path, name } of tabs) {
    findings.expect(reachable.has(name), `${path}: the tab is in no app, and no permission set shows it`);
  }
}

/** Exposed, and made for it. */
function isTab(source: PackageSource, component: string): boolean {
  const root = filesOf(source, 'LightningComponentBundle').find(({ name }) => name === component)?.root;
  const targets = root && child(root, 'targets');
  return targets !== undefined && textsOf(targets, 'target').includes('lightning__Tab');
}

function checkChannel(source: PackageSource, findings: Findings): void {
  const channels = new Set(filesOf(source, 'PlatformEventChannel').map((file) => file.name));
  for (const { path, root } of filesOf(source, 'PlatformEventChannelMember')) {
    const channel = textOf(root, 'eventChannel') ?? '';
    const entity = textOf(root, 'selectedEntity') ?? '';
    findings.expect(channels.has(channel), `${path}: channel ${channel} does not exist`);
    findings.expect(entity.endsWith('ChangeEvent'), `${path}: ${entity} is no change event`);
    // Enriched events are not merged: each costs a delivery of its own, out of 25,000 a day.
    findings.expect(children(root, 'enrichedFields').length === 0, `${path}: enriches its events`);
  }
}
