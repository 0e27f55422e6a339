// Layouts as pages get them: sections of rows of items, without the fields that the user may not read. An object without a
// deployed layout has the one that a new object gets: all of its fields in two columns.
// Source: User Interface API Developer Guide, "Record Layout", "Record Layout Section", "Record Layout Item".
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { idAt } from '../ids.ts';
import { PlatformError, type FieldDef, type ObjectDef } from '../model.ts';
import type { Org } from '../org.ts';
import { isStored } from '../tables.ts';
import { compactFields, layoutOf, type LayoutItem, type LayoutSection } from './components.ts';
import type { Display } from './display.ts';
import { isPerson, isRequired, MASTER_RECORD_TYPE, nameFields } from './objectInfo.ts';

type Json = Record<string, unknown>;

export const layoutTypeSchema = z.enum(['Compact', 'Full']);
export const modeSchema = z.enum(['Create', 'Edit', 'View']);
export type LayoutType = z.infer<typeof layoutTypeSchema>;
export type Mode = z.infer<typeof modeSchema>;

export interface RecordLayout extends Json {
  id: string;
  sections: LayoutSectionBody[];
}

interface LayoutSectionBody extends Json {
  layoutRows: { layoutItems: { layoutComponents: { apiName: string | null; componentType: string }[] }[] }[];
}

/** Nobody looks at these on a page. */
const SYSTEM = new Set(['Id', 'IsDeleted', 'SystemModstamp', 'CreatedDate', 'LastModifiedDate', 'MasterRecordId']);
const STAMPS = ['CreatedById', 'LastModifiedById'];
const ADDRESS_PARTS = ['Street', 'City', 'State', 'PostalCode', 'Country'];

/** @throws PlatformError INVALID_INPUT */
export function layoutRequest(query: Readonly<Record<string, unknown>>): { layoutType: LayoutType; mode: Mode } {
  const type = layoutTypeSchema.safeParse(query['layoutType'] ?? 'Full');
  const mode = modeSchema.safeParse(query['mode'] ?? 'View');
  if (!type.success) throw new PlatformError('INVALID_INPUT', 'layoutType is Compact or Full');
  if (!mode.success) throw new PlatformError('INVALID_INPUT', 'mode is Create, Edit or View');
  return { layoutType: type.data, mode: mode.data };
}

export function recordLayout(
  org: Org,
  object: ObjectDef,
  layoutType: LayoutType,
  mode: Mode,
  display: Display,
): RecordLayout {
  const deployed = layoutOf(org, object.name);
  const sections = layoutType === 'Compact' ? compact(org, object) : (deployed?.sections ?? generic(object, display));
  const bodies = sections.map((section, place) => sectionOf(object, section, place, mode, display));
  const layout = {
    id: layoutId(`${deployed?.name ?? object.name} ${layoutType}`),
    layoutType,
    mode,
    objectApiName: object.name,
    recordTypeId: MASTER_RECORD_TYPE,
    saveOptions: [],
    // Of a section whose fields the user may not read nothing is left.
    sections: bodies.filter(({ layoutRows }) => layoutRows.length > 0),
  };
  return { eTag: createHash('md5').update(JSON.stringify(layout)).digest('hex'), ...layout };
}

/** The same for the same layout in every org. */
function layoutId(name: string): string {
  return idAt('00h', createHash('md5').update(name).digest().readUInt32BE(0));
}

function compact(org: Org, object: ObjectDef): LayoutSection[] {
  const fields = compactFields(org, object.name) ?? [nameFields(object).at(-1) ?? 'Id'];
  return [{ heading: '', titled: false, columns: [fields.map((field) => ({ field, behavior: 'Readonly' }))] }];
}

function generic(object: ObjectDef, display: Display): LayoutSection[] {
  const parts = new Set<string>();
  for (const { compoundFieldName, name } of object.fields.values()) if (compoundFieldName) parts.add(name);
  const fields = [...object.fields.values()].filter(
    ({ name }) => !SYSTEM.has(name) && !STAMPS.includes(name) && !parts.has(name),
  );
  const item = ({ name }: { name: string }): LayoutItem => ({ field: name, behavior: 'Edit' });
  const half = Math.ceil(fields.length / 2);
  return [
    {
      heading: `${display.label(object)} Information`,
      titled: true,
      columns: [fields.slice(0, half).map(item), fields.slice(half).map(item)],
    },
    {
      heading: 'System Information',
      titled: true,
      columns: STAMPS.map((name) => [{ field: name, behavior: 'Readonly' }]),
    },
  ];
}

function sectionOf(
  object: ObjectDef,
  { heading, titled, columns }: LayoutSection,
  place: number,
  mode: Mode,
  display: Display,
): LayoutSectionBody {
  const usable = columns.map((column) => column.filter((item) => isUsable(object, item, mode)));
  const rows = Math.max(0, ...usable.map((column) => column.length));
  const layoutRows = Array.from({ length: rows }, (_unused, row) => ({
    layoutItems: usable.map((column) => itemOf(object, column[row], display)),
  }));
  return {
    collapsible: titled,
    columns: columns.length,
    heading,
    id: idAt('01B', place + 1),
    layoutRows,
    rows,
    tabOrder: 'LeftRight',
    useHeading: titled,
  };
}

/** In create mode what nobody sets is left out. */
function isUsable(object: ObjectDef, { field: name }: LayoutItem, mode: Mode): boolean {
  if (name === undefined) return true;
  const field = object.fields.get(name);
  if (!field) return false;
  return mode !== 'Create' || isEditable(object, field, 'createable');
}

/** A compound is as editable as its parts. */
function isEditable(object: ObjectDef, field: FieldDef, how: 'createable' | 'updateable'): boolean {
  if (field[how]) return true;
  return partsOf(object, field).some((part) => part[how]);
}

/** What a compound field consists of, in the order of a form. */
function partsOf(object: ObjectDef, field: FieldDef): FieldDef[] {
  const names =
    field.type === 'address'
      ? ADDRESS_PARTS.map((part) => field.name.replace(/Address$/, '') + part)
      : field.name === 'Name' && isPerson(object)
        ? ['Salutation', 'FirstName', 'LastName']
        : [];
  return names.flatMap((name) => object.fields.get(name) ?? []);
}

function itemOf(object: ObjectDef, item: LayoutItem | undefined, display: Display) {
  const field = item?.field === undefined ? undefined : object.fields.get(item.field);
  if (!item || !field) {
    return {
      editableForNew: false,
      editableForUpdate: false,
      label: '',
      layoutComponents: [{ apiName: null, componentType: 'EmptySpace', label: null }],
      lookupIdApiName: null,
      required: false,
      sortable: false,
      uiBehavior: 'Readonly',
    };
  }
  const parts = partsOf(object, field);
  const components = [...parts, ...(isStored(field) ? [field] : [])];
  const open = item.behavior !== 'Readonly';
  return {
    editableForNew: open && isEditable(object, field, 'createable'),
    editableForUpdate: open && isEditable(object, field, 'updateable'),
    label: display.fieldLabel(object, field),
    layoutComponents: components.map((one) => ({
      apiName: one.name,
      componentType: 'Field',
      label: display.fieldLabel(object, one),
    })),
    lookupIdApiName: field.type === 'reference' ? field.name : null,
    required: open && (item.behavior === 'Required' || [field, ...parts].some(isRequired)),
    sortable: field.filterable && field.type !== 'multipicklist',
    uiBehavior: item.behavior,
  };
}

/** The fields that a layout shows, each once. */
export function fieldsOf({ sections }: RecordLayout): string[] {
  const names = sections.flatMap(({ layoutRows }) =>
    layoutRows.flatMap(({ layoutItems }) =>
      layoutItems.flatMap(({ layoutComponents }) => layoutComponents.flatMap(({ apiName }) => apiName ?? [])),
    ),
  );
  return [...new Set(names)];
}
