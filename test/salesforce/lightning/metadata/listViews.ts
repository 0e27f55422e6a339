// List views as they were deployed, and those that every object has. Source: Metadata API Developer Guide, "ListView".
import { installedIn } from '../../metadata/installed.ts';
import { childrenOf, parseXml, textOf, textsOf } from '../../metadata/xml.ts';
import type { Org } from '../../org.ts';
import type { Words } from './words.ts';

export interface ListFilter {
  field: string;
  /** `equals`, `notEqual`, `lessThan` … */
  operation: string;
  value: string;
}

export interface ListView {
  name: string;
  object: string;
  label: string;
  columns: string[];
  filters: ListFilter[];
  /** `1 AND (2 OR 3)`; all of them where it is left out. */
  logic?: string;
  /** `Everything`, `Mine` … */
  scope: string;
}

/** Columns that the platform names by itself. */
const COLUMNS: Readonly<Record<string, string>> = {
  NAME: 'Name',
  OWNER: 'Owner.Name',
  CREATED_DATE: 'CreatedDate',
  CREATEDBY_USER: 'CreatedBy.Name',
  LAST_UPDATE: 'LastModifiedDate',
  UPDATEDBY_USER: 'LastModifiedBy.Name',
};

export function readListViews(org: Org, words: Words): ListView[] {
  return installedIn(org)
    .all('CustomObject')
    .flatMap(({ fullName: object, text }) =>
      childrenOf(parseXml(text, 'CustomObject').element, 'listViews').map((view): ListView => {
        const name = textOf(view, 'fullName') ?? '';
        const logic = textOf(view, 'booleanFilter');
        return {
          name,
          object,
          label: words.listView(object, name) ?? textOf(view, 'label') ?? name,
          columns: textsOf(view, 'columns').map(fieldOf),
          filters: childrenOf(view, 'filters').map((filter) => ({
            field: fieldOf(textOf(filter, 'field') ?? ''),
            operation: textOf(filter, 'operation') ?? 'equals',
            value: textOf(filter, 'value') ?? '',
          })),
          ...(logic !== undefined && { logic }),
          scope: textOf(view, 'filterScope') ?? 'Everything',
        };
      }),
    );
}

function fieldOf(column: string): string {
  return COLUMNS[column] ?? column;
}
