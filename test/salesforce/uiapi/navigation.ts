// Apps, tabs and the actions of a record, as the deployed components and the user's rights give them.
// Source: User Interface API Developer Guide, "Get Apps", "Get All Navigation Items", "Platform Action".
import { createHash } from 'node:crypto';
import { idAt } from '../ids.ts';
import type { ObjectDef } from '../model.ts';
import type { Org } from '../org.ts';
import { appsOf, quickActionsOf, tabsOf, type AppPart, type TabPart } from './components.ts';
import type { Display } from './display.ts';
import { themeOf } from './theme.ts';
import { translationsOf } from './translations.ts';

type Json = Record<string, unknown>;

const HOME = 'standard-home';

function idOf(prefix: string, name: string): string {
  return idAt(prefix, createHash('md5').update(name).digest().readUInt32BE(0));
}

/** Tabs of objects that the user cannot read are not there. */
export function navItems(org: Org, display: Display, names?: readonly string[]): Json[] {
  const known = new Map(tabsOf(org).map((tab) => [tab.name, tab]));
  const wanted = names ?? [HOME, ...known.keys()];
  return wanted.flatMap((name): Json[] => {
    if (name === HOME) return [homeItem()];
    const tab = known.get(name);
    const item = tab && itemOf(org, tab, display);
    if (tab) return item ? [item] : [];
    const object = name.startsWith('standard-') ? org.schema.find(name.slice('standard-'.length)) : undefined;
    return object ? [objectItem(org, object, name, false, display)] : [];
  });
}

function homeItem(): Json {
  return {
    ...common('standard-home', 'Home', false),
    itemType: 'Standard',
    objectApiName: 'Home',
    pageReference: { attributes: { pageName: 'home' }, state: {}, type: 'standard__namedPage' },
    standardType: 'Home',
  };
}

function common(developerName: string, label: string, custom: boolean): Json {
  return {
    availableInClassic: false,
    availableInLightning: true,
    color: null,
    content: null,
    custom,
    developerName,
    iconUrl: null,
    id: custom ? idOf('01r', developerName) : null,
    itemType: 'Entity',
    label,
    objectApiName: null,
    objectLabel: null,
    objectLabelPlural: null,
    standardType: null,
  };
}

function objectItem(org: Org, object: ObjectDef, name: string, custom: boolean, display: Display): Json {
  const theme = themeOf(org, object);
  return {
    ...common(name, display.labelPlural(object), custom),
    color: theme?.color ?? null,
    iconUrl: theme?.iconUrl ?? null,
    objectApiName: object.name,
    objectLabel: display.label(object),
    objectLabelPlural: display.labelPlural(object),
    pageReference: {
      attributes: { actionName: 'home', objectApiName: object.name },
      state: {},
      type: 'standard__objectPage',
    },
  };
}

function itemOf(org: Org, tab: TabPart, display: Display): Json | undefined {
  if (tab.ofObject) {
    const object = org.schema.find(tab.name);
    return object && objectItem(org, object, tab.name, true, display);
  }
  const words = translationsOf(org, display.language).other('customTabs', tab.name);
  return {
    ...common(tab.name, words ?? tab.label ?? tab.name, true),
    content: tab.flexiPage ?? tab.component ?? null,
    itemType: tab.flexiPage ? 'FlexiPage' : 'LightningComponent',
    pageReference: { attributes: { apiName: tab.name }, state: {}, type: 'standard__navItemPage' },
  };
}

export function appOf(org: Org, app: AppPart, display: Display, selected: boolean): Json {
  const label = translationsOf(org, display.language).other('customApplications', app.name) ?? app.label;
  return {
    appId: idOf('06m', app.name),
    description: app.description,
    developerName: app.name,
    headerColor: app.headerColor,
    iconUrl: null,
    isNavAutoTempTabsDisabled: false,
    isNavPersonalizationDisabled: false,
    isNavTabPersistenceDisabled: false,
    label,
    logoUrl: null,
    mobileStartUrl: null,
    navItems: navItems(org, display, app.tabs),
    selected,
    startUrl: '/',
    type: 'Standard',
    userNavItems: [],
  };
}

/** The first of them is the selected one. */
export function apps(org: Org, display: Display): Json[] {
  return appsOf(org).map((app, place) => appOf(org, app, display, place === 0));
}

/** What a user may do with a record: the buttons that the rights allow, and the deployed quick actions. */
export function recordActions(org: Org, object: ObjectDef, id: string): Json[] {
  const allows = (operation: 'create' | 'update' | 'delete'): boolean => !object.refuses?.includes(operation);
  const buttons: [string, string, boolean][] = [
    ['Edit', 'Edit', allows('update')],
    ['Clone', 'Clone', allows('create')],
    ['Delete', 'Delete', allows('delete')],
  ];
  const standard = buttons
    .filter(([, , allowed]) => allowed)
    .map(([apiName, label]) => ({ apiName, label, type: 'StandardButton', subtype: null, target: null }));
  const makes = (target: string): boolean => {
    const made = org.schema.find(target);
    return made !== undefined && !made.refuses?.includes('create');
  };
  const quick = quickActionsOf(org, object.name)
    .filter(({ target }) => target === undefined || makes(target))
    .map(({ name, label, type, target }) => ({
      apiName: name,
      label,
      type: 'QuickAction',
      subtype: type,
      target: target ?? null,
    }));
  return [...standard, ...quick].map(({ apiName, label, type, subtype, target }) => ({
    actionListContext: 'Record',
    actionTarget: null,
    actionTargetType: type === 'QuickAction' ? 'Describe' : null,
    apiName,
    externalId: `${id}:${apiName}`,
    iconUrl: null,
    id: idOf('0JV', `${object.name}.${apiName}`),
    isMassAction: 'false',
    label,
    primaryColor: null,
    relatedListRecordId: null,
    relatedSourceObject: null,
    section: 'Page',
    sourceObject: id,
    subtype,
    targetObject: target,
    targetUrl: null,
    type,
  }));
}
