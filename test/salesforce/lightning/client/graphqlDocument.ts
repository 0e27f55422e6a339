// A query of a component, and the records in its answer. Each record is asked for its Id beside what the component asks,
// so that the page knows whose fields it shows; the Id that the component did not ask for is taken out again.
// Source: LWC guide, "lightning/graphql"; GraphQL API Developer Guide, "Query Your Data".
import {
  Kind,
  parse,
  print,
  type DocumentNode,
  type FieldNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { FieldValue } from './recordStore.ts';

/** An alias that no component can mean. */
const ID = 'lightning_Id';
/** Selections of a field that are no record: what stands below is its value. */
const VALUE_PARTS = new Set(['value', 'displayValue', 'label', 'format', 'currencyIsoCode']);

export interface FoundRecord {
  id: string;
  apiName: string;
  fields: Record<string, FieldValue>;
}

type Visit = (node: Record<string, unknown>, fields: ReadonlyMap<string, string>) => void;

/** What a selection set asks for, worked out once for all the records of an answer. */
interface Selected {
  /** Those with fields of their own. */
  inner: readonly [key: string, set: SelectionSetNode][];
  /** The key in the answer by the name of the field. */
  keys: ReadonlyMap<string, string>;
}

export class GraphqlDocument {
  readonly source: string;
  private readonly selected = new WeakMap<SelectionSetNode, Selected>();
  /** As it is sent. */
  readonly query: string;
  private readonly document: DocumentNode;

  /** @throws GraphQLError with line and column where the text is no GraphQL */
  constructor(source: string) {
    this.source = source;
    this.document = withIds(parse(source));
    this.query = print(this.document);
  }

  /** Names of the variables that must be given. */
  get required(): string[] {
    return this.document.definitions
      .flatMap((definition) => ('variableDefinitions' in definition ? (definition.variableDefinitions ?? []) : []))
      .filter((variable) => variable.type.kind === Kind.NON_NULL_TYPE && !variable.defaultValue)
      .map((variable) => variable.variable.name.value);
  }

  /** Each record in the answer, as often as it stands there. */
  recordsIn(data: unknown): FoundRecord[] {
    const found: FoundRecord[] = [];
    this.walk(data, (node, fields) => {
      const id = node[ID];
      if (typeof id !== 'string') return;
      const known: Record<string, FieldValue> = {};
      for (const [name, key] of fields) {
        const value = node[key];
        if (isFieldValue(value))
          known[name] = { value: value['value'], displayValue: value['displayValue'] as string | null | undefined };
      }
      found.push({ id, apiName: '', fields: known });
    });
    return found;
  }

  /**
   * The answer as the component asked for it, with what is known of its records by now.
   * @param field what is known of a record's field; undefined where nothing is
   * @returns undefined where a field changed, and what people read of it is not known
   */
  shape(data: unknown, field: (id: string, name: string) => FieldValue | undefined): unknown {
    const copy = structuredClone(data);
    let isWhole = true;
    this.walk(copy, (node, fields) => {
      const id = node[ID];
      Reflect.deleteProperty(node, ID);
      if (typeof id !== 'string') return;
      for (const [name, key] of fields) {
        const answered = node[key];
        const known = isFieldValue(answered) ? field(id, name) : undefined;
        if (!known || !isFieldValue(answered) || known.value === answered['value']) continue;
        // Formats and labels of the old value are nobody's now.
        const asked = Object.keys(answered);
        if (asked.some((part) => part !== 'value' && (part !== 'displayValue' || known.displayValue === undefined)))
          isWhole = false;
        answered['value'] = known.value;
        if ('displayValue' in answered) answered['displayValue'] = known.displayValue;
      }
    });
    return isWhole ? copy : undefined;
  }

  /** Ids of the records in the answer. */
  idsIn(data: unknown): Set<string> {
    return new Set(this.recordsIn(data).map(({ id }) => id));
  }

  private walk(data: unknown, visit: Visit): void {
    for (const definition of this.document.definitions)
      if (definition.kind === Kind.OPERATION_DEFINITION) this.walkSet(definition.selectionSet, data, visit);
  }

  private walkSet(set: SelectionSetNode, data: unknown, visit: Visit): void {
    if (Array.isArray(data)) {
      for (const item of data) this.walkSet(set, item, visit);
      return;
    }
    if (typeof data !== 'object' || data === null) return;
    const node = data as Record<string, unknown>;
    const { inner, keys } = this.selectedBy(set);
    for (const [key, below] of inner) if (node[key] !== undefined) this.walkSet(below, node[key], visit);
    if (ID in node) visit(node, keys);
  }

  private selectedBy(set: SelectionSetNode): Selected {
    const known = this.selected.get(set);
    if (known) return known;
    const fields = this.fieldsOf(set);
    const selected: Selected = {
      // A value has neither records nor parents below it.
      inner: fields.flatMap(({ name, alias, selectionSet }): Selected['inner'] =>
        selectionSet && !isValue(selectionSet) ? [[alias?.value ?? name.value, selectionSet]] : [],
      ),
      keys: new Map(fields.map(({ name, alias }) => [name.value, alias?.value ?? name.value])),
    };
    this.selected.set(set, selected);
    return selected;
  }

  /** Fragments resolved. */
  private fieldsOf(set: SelectionSetNode): FieldNode[] {
    return set.selections.flatMap((selection): FieldNode[] => {
      if (selection.kind === Kind.FIELD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) return this.fieldsOf(selection.selectionSet);
      const fragment = this.document.definitions.find(
        (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
      );
      return fragment?.kind === Kind.FRAGMENT_DEFINITION ? this.fieldsOf(fragment.selectionSet) : [];
    });
  }
}

function isValue({ selections }: SelectionSetNode): boolean {
  return selections.every((one) => one.kind === Kind.FIELD && !one.selectionSet && VALUE_PARTS.has(one.name.value));
}

function isFieldValue(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && 'value' in value;
}

function withIds(document: DocumentNode): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.map((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? { ...definition, selectionSet: inside(definition.selectionSet, []) }
        : definition,
    ),
  };
}

/** @param path names of the fields above */
function inside(set: SelectionSetNode, path: readonly string[]): SelectionSetNode {
  const selections = set.selections.map((selection): SelectionNode => {
    if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return selection;
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return { ...selection, selectionSet: inside(selection.selectionSet, path) };
    return { ...selection, selectionSet: inside(selection.selectionSet, [...path, selection.name.value]) };
  });
  return { ...set, selections: isRecord(set, path) ? [...selections, ID_FIELD] : selections };
}

const ID_FIELD: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: ID },
  name: { kind: Kind.NAME, value: 'Id' },
};

/** A record stands in `uiapi.query.<object>.edges.node`, and a parent of it is a field with fields that have values. */
function isRecord(set: SelectionSetNode, path: readonly string[]): boolean {
  const at = path.indexOf('node');
  if (path[0] !== 'uiapi' || path[1] !== 'query' || at < 0) return false;
  if (path.at(-1) === 'node') return true;
  // Below the record: neither a value nor a list of children, so a parent.
  if (['edges', 'pageInfo', 'totalCount'].includes(path.at(-1) ?? '') || path.slice(at).includes('aggregate'))
    return false;
  const names = set.selections.flatMap((one) => (one.kind === Kind.FIELD ? [one.name.value] : []));
  return (
    !names.some((name) => VALUE_PARTS.has(name) || name === 'edges' || name === 'pageInfo' || name === 'totalCount') &&
    set.selections.every((one) => one.kind === Kind.FIELD)
  );
}
