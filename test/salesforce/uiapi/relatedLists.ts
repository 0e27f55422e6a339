// Related lists: what refers to a record, as the layout of its object lists it, else in the order of its relationships.
// Source: User Interface API Developer Guide, "Related List Info", "Related List Info Summary", "Related List Reference".
import { quoted } from '../graphql/literals.ts';
import type { FieldDef, ObjectDef } from '../model.ts';
import type { Org } from '../org.ts';
import { notFound } from '../rest/request.ts';
import { childRelationshipName, findChildRelationship } from '../soql/children.ts';
import { compactFields, layoutOf, type RelatedListPart } from './components.ts';
import type { Display } from './display.ts';
import { columnOf, defaultOrder } from './listViews.ts';
import { MASTER_RECORD_TYPE, nameFields } from './objectInfo.ts';
import { themeOf } from './theme.ts';

type Json = Record<string, unknown>;

/** Columns of a list that no layout describes. */
const COLUMNS = 4;

export interface RelatedList {
  /** The relationship's name: `Contacts`, `Sites__r`. */
  id: string;
  parent: ObjectDef;
  child: ObjectDef;
  field: FieldDef;
  part: RelatedListPart | undefined;
}

/** Those of the parent's layout where it has one, else all. */
export function relatedListsOf(org: Org, parent: ObjectDef): RelatedList[] {
  const all = org.schema.objects().flatMap((child) =>
    child.kind !== 'record'
      ? []
      : [...child.fields.values()].flatMap((field): RelatedList[] => {
          const id = field.referenceTo.includes(parent.name) ? childRelationshipName(child, field) : undefined;
          return id === undefined ? [] : [{ id, parent, child, field, part: partOf(org, parent, child, field) }];
        }),
  );
  return layoutOf(org, parent.name) ? all.filter(({ part }) => part !== undefined) : all;
}

function partOf(org: Org, parent: ObjectDef, child: ObjectDef, field: FieldDef): RelatedListPart | undefined {
  return layoutOf(org, parent.name)?.relatedLists.find(({ reference }) => reference === `${child.name}.${field.name}`);
}

/** A list need not be on the layout. @throws PlatformError NOT_FOUND */
export function relatedList(org: Org, parent: ObjectDef, id: string): RelatedList {
  const found = findChildRelationship(org.schema, parent, id);
  if (!found) throw notFound(`${parent.name} has no related list ${id}`);
  const { name, child, field } = found;
  return { id: name, parent, child, field, part: partOf(org, parent, child, field) };
}

export function columnsOf(org: Org, { child, part }: RelatedList): string[] {
  if (part && part.fields.length > 0) return part.fields;
  const fields = compactFields(org, child.name) ?? [nameFields(child).at(-1) ?? 'Id', 'CreatedDate'];
  return fields.slice(0, COLUMNS);
}

export function orderOf({ child, part }: RelatedList): string {
  return part?.sortField === undefined ? defaultOrder(child) : `${part.sortField} ${part.descending ? 'DESC' : 'ASC'}`;
}

export function filterOf({ field }: RelatedList, parentId: string): string {
  return `${field.name} = ${quoted(parentId)}`;
}

export function relatedReference({ id, parent, child }: RelatedList, parentId: string | null): Json {
  return {
    id: null,
    inContextOfRecordId: parentId,
    listViewApiName: null,
    objectApiName: child.name,
    parentObjectApiName: parent.name,
    recordTypeId: MASTER_RECORD_TYPE,
    relatedListId: id,
    type: 'relatedList',
  };
}

export function relatedSummary(
  org: Org,
  { id, parent, child, field }: RelatedList,
  base: string,
  display: Display,
): Json {
  return {
    entityLabel: display.label(child),
    entityLabelPlural: display.labelPlural(child),
    fieldApiName: field.name,
    keyPrefix: child.keyPrefix,
    label: display.labelPlural(child),
    objectApiName: child.name,
    parentFieldApiName: field.name,
    relatedListId: id,
    relatedListInfoUrl: `${base}/ui-api/related-list-info/${parent.name}/${id}`,
    themeInfo: themeOf(org, child),
  };
}

export function relatedInfo(org: Org, list: RelatedList, display: Display): Json {
  const { child, field } = list;
  const allows = (operation: 'create' | 'update' | 'delete'): boolean => !child.refuses?.includes(operation);
  const [order] = orderOf(list).split(', ');
  const [sortField = '', direction] = (order ?? '').split(' ');
  const sorted = child.fields.get(sortField);
  return {
    cloneable: false,
    createable: allows('create'),
    deletable: allows('delete'),
    displayColumns: columnsOf(org, list).flatMap((path) => columnOf(org.schema, child, path, display) ?? []),
    fieldApiName: field.name,
    filterLogicString: '',
    filteredByInfo: [],
    label: display.labelPlural(child),
    listReference: relatedReference(list, null),
    objectApiNames: [child.name],
    orderedByInfo: sorted
      ? [{ fieldApiName: sortField, isAscending: direction !== 'DESC', label: display.fieldLabel(child, sorted) }]
      : [],
    updateable: allows('update'),
    userPreferences: { columnWidths: {}, columnWrap: {} },
    visibility: 'Public',
    visibilityEditable: false,
  };
}
