// The deployed components that pages show: layouts, list views, compact layouts, apps, tabs and actions, read from their
// XML. Names of columns that the metadata writes in its own way are the API names of fields here.
// Source: Metadata API Developer Guide, "Layout", "ListView", "CompactLayout", "CustomApplication", "QuickAction".
import { installedIn } from '../metadata/installed.ts';
import { childOf, childrenOf, parseXml, textOf, textsOf, type Element } from '../metadata/xml.ts';
import type { Org } from '../org.ts';

export interface LayoutItem {
  /** Undefined for an empty place. */
  field: string | undefined;
  behavior: 'Edit' | 'Required' | 'Readonly';
}

export interface LayoutSection {
  heading: string;
  /** False where the section has no heading on the page. */
  titled: boolean;
  columns: LayoutItem[][];
}

export interface RelatedListPart {
  /** `Site__c.Organization__c` */
  reference: string;
  fields: string[];
  sortField: string | undefined;
  descending: boolean;
}

export interface PageLayout {
  name: string;
  sections: LayoutSection[];
  relatedLists: RelatedListPart[];
}

export interface ListViewFilter {
  field: string;
  operation: string;
  value: string;
}

export interface ListView {
  name: string;
  label: string;
  columns: string[];
  mine: boolean;
  filters: ListViewFilter[];
  /** `1 AND (2 OR 3)`; undefined where all filters hold. */
  logic: string | undefined;
}

const parsed = new Map<string, Element>();

function read(text: string, root: string): Element {
  const known = parsed.get(text);
  if (known) return known;
  const { element } = parseXml(text, root);
  parsed.set(text, element);
  return element;
}

/** How list views and related lists call standard fields. */
const COLUMNS: Readonly<Record<string, string>> = {
  NAME: 'Name',
  FULL_NAME: 'Name',
  'OWNER.ALIAS': 'Owner.Alias',
  OWNER_NAME: 'Owner.Name',
  CREATED_DATE: 'CreatedDate',
  CREATEDBY_USER: 'CreatedBy.Name',
  'CREATEDBY_USER.ALIAS': 'CreatedBy.Alias',
  LAST_UPDATE: 'LastModifiedDate',
  UPDATEDBY_USER: 'LastModifiedBy.Name',
  'UPDATEDBY_USER.ALIAS': 'LastModifiedBy.Alias',
};

function columnName(written: string): string {
  return COLUMNS[written] ?? written;
}

export function layoutOf(org: Org, object: string): PageLayout | undefined {
  const component = installedIn(org.whole)
    .all('Layout')
    .find(({ fullName }) => fullName.startsWith(`${object}-`));
  if (!component) return undefined;
  const element = read(component.text, 'Layout');
  return {
    name: component.fullName,
    sections: childrenOf(element, 'layoutSections').map((section) => ({
      heading: textOf(section, 'label') ?? '',
      titled: textOf(section, 'detailHeading') !== 'false',
      columns: childrenOf(section, 'layoutColumns').map((column) =>
        childrenOf(column, 'layoutItems').map((item) => ({
          field: textOf(item, 'field'),
          behavior: (textOf(item, 'behavior') ?? 'Edit') as LayoutItem['behavior'],
        })),
      ),
    })),
    relatedLists: childrenOf(element, 'relatedLists').map((list) => ({
      reference: textOf(list, 'relatedList') ?? '',
      fields: textsOf(list, 'fields').map(columnName),
      sortField: textOf(list, 'sortField') && columnName(textOf(list, 'sortField') ?? ''),
      descending: textOf(list, 'sortOrder') === 'Desc',
    })),
  };
}

function objectElement(org: Org, object: string): Element | undefined {
  const component = installedIn(org.whole).get('CustomObject', object);
  return component && read(component.text, 'CustomObject');
}

/** Fields of the compact layout that the object names, else of its first. */
export function compactFields(org: Org, object: string): string[] | undefined {
  const element = objectElement(org, object);
  if (!element) return undefined;
  const assigned = textOf(element, 'compactLayoutAssignment');
  const all = childrenOf(element, 'compactLayouts');
  const layout = all.find((one) => textOf(one, 'fullName') === assigned) ?? all[0];
  return layout && textsOf(layout, 'fields');
}

export function listViewsOf(org: Org, object: string): ListView[] {
  return childrenOf(objectElement(org, object) ?? {}, 'listViews').map((view) => ({
    name: textOf(view, 'fullName') ?? '',
    label: textOf(view, 'label') ?? '',
    columns: textsOf(view, 'columns').map(columnName),
    mine: textOf(view, 'filterScope') === 'Mine',
    filters: childrenOf(view, 'filters').map((filter) => ({
      field: columnName(textOf(filter, 'field') ?? ''),
      operation: textOf(filter, 'operation') ?? '',
      value: textOf(filter, 'value') ?? '',
    })),
    logic: textOf(view, 'booleanFilter'),
  }));
}

export interface AppPart {
  name: string;
  label: string;
  description: string | null;
  headerColor: string | null;
  tabs: string[];
}

export function appsOf(org: Org): AppPart[] {
  return installedIn(org.whole)
    .all('CustomApplication')
    .map(({ fullName, text }) => {
      const element = read(text, 'CustomApplication');
      return {
        name: fullName,
        label: textOf(element, 'label') ?? fullName,
        description: textOf(element, 'description') ?? null,
        headerColor: textOf(childOf(element, 'brand') ?? {}, 'headerColor') ?? null,
        tabs: textsOf(element, 'tabs'),
      };
    });
}

export interface TabPart {
  name: string;
  /** Of an object's tab there is none: it is called as its object. */
  label: string | undefined;
  ofObject: boolean;
  flexiPage: string | undefined;
  component: string | undefined;
  /** `Custom67: Gears` */
  motif: string | undefined;
}

export function tabsOf(org: Org): TabPart[] {
  return installedIn(org.whole)
    .all('CustomTab')
    .map(({ fullName, text }) => {
      const element = read(text, 'CustomTab');
      return {
        name: fullName,
        label: textOf(element, 'label'),
        ofObject: textOf(element, 'customObject') === 'true',
        flexiPage: textOf(element, 'flexiPage'),
        component: textOf(element, 'lwcComponent'),
        motif: textOf(element, 'motif'),
      };
    });
}

export interface ActionPart {
  /** `Lead.Sync_Now` */
  name: string;
  label: string;
  type: string;
  target: string | undefined;
}

export function quickActionsOf(org: Org, object: string): ActionPart[] {
  return installedIn(org.whole)
    .all('QuickAction')
    .filter(({ fullName }) => fullName.startsWith(`${object}.`))
    .map(({ fullName, text }) => {
      const element = read(text, 'QuickAction');
      return {
        name: fullName,
        label: textOf(element, 'label') ?? fullName,
        type: textOf(element, 'type') ?? '',
        target: textOf(element, 'targetObject'),
      };
    });
}
