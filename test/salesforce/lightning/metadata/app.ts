// What surrounds the pages and no API gives: the app with its navigation, Lightning pages with their components and quick
// actions, as they were deployed into the org, in the language of who looks.
// Source: Metadata API Developer Guide, "CustomApplication", "CustomTab", "QuickAction".
import { installedIn } from '../../metadata/installed.ts';
import { childrenOf, flagOf, parseXml, textOf, textsOf, type Element } from '../../metadata/xml.ts';
import type { Org } from '../../org.ts';
import { readDashboards, type Dashboard } from './dashboards.ts';
import { readPages, type Page } from './pages.ts';
import { readActions, type QuickAction } from './quickActions.ts';
import { wordsOf, type Words } from './words.ts';

export interface NavigationItem {
  /** As the address has it: `home`, `Field_Mapping__c`, `sellfire__Reports`. */
  name: string;
  label: string;
  kind: 'home' | 'object' | 'component' | 'page' | 'unsupported';
  /** Of what it shows: an object, a bundle or a page. */
  target: string;
  icon: string;
}

export interface App {
  name: string;
  label: string;
  description: string;
  color: string;
  isConsole: boolean;
  items: NavigationItem[];
  /** Full name of the page behind Home. */
  homePage?: string;
}

export interface Metadata {
  apps: App[];
  /** Every tab of the org, for "All Items". */
  tabs: NavigationItem[];
  pages: Page[];
  actions: QuickAction[];
  dashboards: Dashboard[];
  /** Value by full name, without `c.`. */
  labels: Record<string, string>;
  /** Full name of the page of an object's records. */
  recordPages: Record<string, string>;
}

/** @param language of the user: `en_US`, `es` */
export function readMetadata(org: Org, language: string): Metadata {
  const words = wordsOf(org, language);
  const installed = installedIn(org);
  const pages = readPages(org, words);
  const tabs = installed.all('CustomTab').map(({ fullName, text }) => readTab(org, words, fullName, text));
  return {
    apps: installed
      .all('CustomApplication')
      .map(({ fullName, text }) => readApp(fullName, parseXml(text, 'CustomApplication').element, tabs, words)),
    tabs,
    pages,
    actions: readActions(org, words),
    dashboards: readDashboards(org),
    labels: words.labels,
    recordPages: recordPagesOf(org, pages),
  };
}

function readApp(fullName: string, element: Element, tabs: readonly NavigationItem[], words: Words): App {
  const home = childrenOf(element, 'actionOverrides').find(
    (override) => textOf(override, 'pageOrSobjectType') === 'standard-home' && textOf(override, 'type') === 'Flexipage',
  );
  const color = childrenOf(element, 'brand').map((brand) => textOf(brand, 'headerColor'))[0];
  return {
    name: fullName,
    label: words.app(fullName) ?? textOf(element, 'label') ?? fullName,
    description: textOf(element, 'description') ?? '',
    color: color ?? '#0070d2',
    isConsole: textOf(element, 'navType') === 'Console',
    items: textsOf(element, 'tabs').map((tab) => navigationItem(tab, tabs, words)),
    ...(home && { homePage: textOf(home, 'content') ?? '' }),
  };
}

function navigationItem(name: string, tabs: readonly NavigationItem[], words: Words): NavigationItem {
  if (name === 'standard-home')
    return { name: 'home', label: words.platform('Home'), kind: 'home', target: 'home', icon: 'standard:home' };
  const standard = /^standard-(.+)$/.exec(name)?.[1];
  if (standard !== undefined) {
    const object = words.object(standard);
    const kind = object ? 'object' : 'unsupported';
    const label = object?.labelPlural ?? words.platform(standard);
    return { name: standard, label, kind, target: standard, icon: `standard:${standard.toLowerCase()}` };
  }
  const tab = tabs.find((one) => one.name === name || one.name.endsWith(`__${name}`));
  // The deployment has checked that there is one.
  if (!tab) throw new Error(`The app names the tab ${name}, which is not installed.`);
  return tab;
}

function readTab(org: Org, words: Words, fullName: string, text: string): NavigationItem {
  const element = parseXml(text, 'CustomTab').element;
  const icon = iconOf(textOf(element, 'motif'));
  if (flagOf(element, 'customObject')) {
    const label = words.object(fullName)?.labelPlural ?? fullName;
    return { name: fullName, label, kind: 'object', target: fullName, icon };
  }
  const label = words.tab(fullName) ?? textOf(element, 'label') ?? fullName;
  const component = textOf(element, 'lwcComponent');
  if (component !== undefined)
    return { name: fullName, label, kind: 'component', target: installedName(org, component), icon };
  const page = textOf(element, 'flexiPage');
  if (page !== undefined) return { name: fullName, label, kind: 'page', target: installedName(org, page), icon };
  return { name: fullName, label, kind: 'unsupported', target: '', icon };
}

/** Of a component that the package calls by its own name. */
export function installedName(org: Org, name: string): string {
  return org.namespace === undefined || name.startsWith(`${org.namespace}__`) ? name : `${org.namespace}__${name}`;
}

/** `Custom18: Form` → `custom:custom18` */
function iconOf(motif: string | undefined): string {
  const number = /^Custom(\d+)/.exec(motif ?? '')?.[1];
  return number === undefined ? 'standard:default' : `custom:custom${number}`;
}

/** The page that an object's own View action names; otherwise the record page of the object, as an admin activates it. */
function recordPagesOf(org: Org, pages: readonly Page[]): Record<string, string> {
  const activated: Record<string, string> = {};
  for (const { name, object, kind } of pages) if (kind === 'RecordPage' && object) activated[object] ??= name;
  for (const { fullName, text } of installedIn(org).all('CustomObject')) {
    for (const override of childrenOf(parseXml(text, 'CustomObject').element, 'actionOverrides')) {
      if (textOf(override, 'actionName') !== 'View' || textOf(override, 'type') !== 'Flexipage') continue;
      activated[fullName] = installedName(org, textOf(override, 'content') ?? '');
    }
  }
  return activated;
}
