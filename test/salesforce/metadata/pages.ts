// Components that this org keeps without running them. What they refer to must be there all the same, as the platform
// checks it: a permission on a field that nobody has, a page with a field that is gone.
import { elementOf, type PackageFile } from './package.ts';
import type { Prospect } from './prospect.ts';
import { typeNamed } from './types.ts';
import { childOf, childrenOf, flagOf, textOf, textsOf, type Element } from './xml.ts';

export interface Surroundings {
  prospect: Prospect;
  /** In the package or in the org. */
  exists(type: string, fullName: string): boolean;
}

/** @returns what is wrong */
export function checkStored(file: PackageFile, around: Surroundings): string[] {
  if (file.type === 'LightningComponentBundle') return checkBundle(file);
  if (file.type === 'StaticResource')
    return file.content?.size === 1 && file.text ? [] : ['A static resource is a file and its -meta.xml.'];
  let element: Element;
  try {
    element = elementOf(file, rootOf(file));
  } catch (error) {
    return [(error as Error).message];
  }
  switch (file.type) {
    case 'PermissionSet':
      return checkPermissionSet(element, around);
    case 'QuickAction':
      return checkQuickAction(element, around);
    case 'Layout':
      return checkLayout(file.fullName, element, around);
    case 'CustomTab':
      return checkTab(file.fullName, element, around);
    case 'CustomPermission':
      return lackOf(element, 'label');
    case 'CustomNotificationType':
      return ['customNotifTypeName', 'masterLabel', 'desktop', 'mobile'].flatMap((name) => lackOf(element, name));
    case 'CustomApplication':
      return textsOf(element, 'tabs')
        .filter((tab) => !tab.startsWith('standard-') && !around.exists('CustomTab', tab))
        .map((tab) => `In field: tab - no CustomTab named ${tab} found`);
    case 'FlexiPage':
      return [...lackOf(element, 'masterLabel'), ...conditionsOf(element)];
    case 'LightningMessageChannel':
      return lackOf(element, 'masterLabel');
    default:
      return [];
  }
}

function lackOf(element: Element, name: string): string[] {
  return textOf(element, name) === undefined ? [`Required field is missing: ${name}`] : [];
}

/** The pages show every component to everybody, so a component that is for some only is refused. */
function conditionsOf(page: Element): string[] {
  const items = childrenOf(page, 'flexiPageRegions').flatMap((region) => childrenOf(region, 'itemInstances'));
  return items
    .flatMap((item) => [...childrenOf(item, 'componentInstance'), ...childrenOf(item, 'fieldInstance')])
    .filter((instance) => childOf(instance, 'visibilityRule') !== undefined)
    .map((instance) => {
      const name = textOf(instance, 'identifier') ?? textOf(instance, 'componentName') ?? '';
      return `The element visibilityRule of the component ${name} is not supported by this org.`;
    });
}

/** The folder of a report or a dashboard has a root of its own. */
function rootOf({ type, fullName }: PackageFile): string {
  return typeNamed(type)?.inFolders && !fullName.includes('/') ? `${type}Folder` : type;
}

function checkQuickAction(element: Element, { prospect }: Surroundings): string[] {
  const target = textOf(element, 'targetObject') ?? '';
  const object = prospect.object(target);
  if (!object) return [`In field: targetObject - no CustomObject named ${target} found`];
  const layout = childOf(element, 'quickActionLayout');
  const placed = childrenOf(layout ?? {}, 'quickActionLayoutColumns')
    .flatMap((column) => childrenOf(column, 'quickActionLayoutItems'))
    .map((item) => textOf(item, 'field'));
  return [textOf(element, 'targetParentField'), ...placed]
    .filter((field) => field !== undefined && !object.field(field))
    .map((field) => `In field: field - no CustomField named ${target}.${field ?? ''} found`);
}

/** A tab shows an object, a component or a page. */
function checkTab(fullName: string, element: Element, { prospect, exists }: Surroundings): string[] {
  if (flagOf(element, 'customObject')) {
    return prospect.object(fullName) ? [] : [`In field: customObject - no CustomObject named ${fullName} found`];
  }
  const problems = textOf(element, 'label') === undefined ? ['Required field is missing: label'] : [];
  const component = textOf(element, 'lwcComponent');
  if (component !== undefined && !exists('LightningComponentBundle', component))
    problems.push(`In field: lwcComponent - no LightningComponentBundle named ${component} found`);
  const page = textOf(element, 'flexiPage');
  if (page !== undefined && !exists('FlexiPage', page))
    problems.push(`In field: flexiPage - no FlexiPage named ${page} found`);
  return problems;
}

function checkPermissionSet(element: Element, { prospect, exists }: Surroundings): string[] {
  const problems: string[] = [];
  if (!textOf(element, 'label')) problems.push('Required field is missing: label');
  for (const permission of childrenOf(element, 'fieldPermissions')) {
    const path = textOf(permission, 'field') ?? '';
    const [object = '', name = ''] = path.split('.');
    // This org keeps activities as tasks, and the fields of Activity on them.
    const field = prospect.object(object === 'Event' ? 'Task' : object)?.field(name);
    if (!field) problems.push(`In field: field - no CustomField named ${path} found`);
    // A field that every record must have is seen by everyone; boxes are never empty and can be hidden.
    else if (field.custom && !field.nillable && field.type !== 'boolean' && !field.autoNumber) {
      problems.push(`You cannot deploy to a required field: ${path}`);
    }
  }
  for (const permission of childrenOf(element, 'objectPermissions')) {
    const object = textOf(permission, 'object') ?? '';
    if (!prospect.object(object)) problems.push(`In field: object - no CustomObject named ${object} found`);
  }
  for (const permission of childrenOf(element, 'customPermissions')) {
    const name = textOf(permission, 'name') ?? '';
    if (!exists('CustomPermission', name))
      problems.push(`In field: customPermission - no CustomPermission named ${name} found`);
  }
  return problems;
}

function checkLayout(fullName: string, element: Element, { prospect }: Surroundings): string[] {
  const name = fullName.split('-')[0] ?? '';
  const object = prospect.object(name);
  if (!object) return [`Parent entity failed to deploy: no CustomObject named ${name} found`];
  return childrenOf(element, 'layoutSections')
    .flatMap((section) => childrenOf(section, 'layoutColumns'))
    .flatMap((column) => childrenOf(column, 'layoutItems'))
    .map((item) => textOf(item, 'field'))
    .filter((field) => field !== undefined && !object.field(field))
    .map((field) => `In field: field - no CustomField named ${name}.${field ?? ''} found`);
}

const BUNDLE_FILE = /\.(js|html|css|svg)$/;

function checkBundle(file: PackageFile): string[] {
  const { content = new Map<string, Buffer>(), fullName } = file;
  const problems: string[] = [];
  if (!file.text) problems.push(`Cannot find the configuration file ${fullName}.js-meta.xml`);
  else {
    try {
      const element = elementOf(file, 'LightningComponentBundle');
      if (!textOf(element, 'apiVersion')) problems.push('Required field is missing: apiVersion');
      if (childOf(element, 'targets') && !flagOf(element, 'isExposed'))
        problems.push('A bundle with targets must be exposed.');
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  // The namespace prefixes the bundle, not its files.
  const script = `${fullName.replace(/^\w+?__/, '')}.js`;
  if (!content.has(script)) problems.push(`Cannot find Lightning Component Bundle ${fullName}: it has no ${script}`);
  for (const name of content.keys()) {
    if (!BUNDLE_FILE.test(name))
      problems.push(`Invalid file found for Lightning Component Bundle ${fullName}: ${name}`);
  }
  return problems;
}
