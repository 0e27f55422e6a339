// Reads what a request selects: the fields of one type, through fragments and directives, each response name once.
import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isObjectType,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Field nodes by response name, in the order of the request. */
export type Selections = Map<string, FieldNode[]>;

/** What is selected of the type in all of the given nodes together. */
export function selectedIn(nodes: readonly FieldNode[], type: GraphQLObjectType, info: GraphQLResolveInfo): Selections {
  const found: Selections = new Map();
  const visit = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (!isIncluded(selection, info)) continue;
      if (selection.kind === 'Field') {
        const name = selection.alias?.value ?? selection.name.value;
        found.set(name, [...(found.get(name) ?? []), selection]);
        continue;
      }
      const fragment = selection.kind === 'FragmentSpread' ? info.fragments[selection.name.value] : selection;
      if (fragment && appliesTo(fragment.typeCondition?.name.value, type, info)) visit(fragment.selectionSet);
    }
  };
  for (const { selectionSet } of nodes) if (selectionSet) visit(selectionSet);
  return found;
}

function isIncluded(selection: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues);
  return skip?.['if'] !== true && include?.['if'] !== false;
}

function appliesTo(condition: string | undefined, type: GraphQLObjectType, { schema }: GraphQLResolveInfo): boolean {
  if (condition === undefined || condition === type.name) return true;
  const named = schema.getType(condition);
  return isAbstractType(named) && schema.isSubType(named, type);
}

/** The nodes at a path of field names below, whatever their response names, and the type that they select from. */
export function nodesAt(
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  path: readonly string[],
  info: GraphQLResolveInfo,
): { nodes: FieldNode[]; type: GraphQLObjectType } | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return { nodes: [...nodes], type };
  const inner = [...selectedIn(nodes, type, info).values()].flat().filter((node) => node.name.value === name);
  let next: unknown = type.getFields()[name]?.type;
  while (typeof next === 'object' && next !== null && 'ofType' in next) next = next.ofType;
  if (inner.length === 0 || !isObjectType(next)) return undefined;
  return nodesAt(inner, next, rest, info);
}
