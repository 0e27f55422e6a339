// Takes out of a request what is marked `@optional` and not in the user's schema: a field that was deleted, or one that
// the user may not read. The answer then has no such field, and no error.
// Source: LWC Developer Guide, "GraphQL API Wire Adapter Comparison", optional fields.
import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
} from 'graphql';

export function withoutMissing(
  document: DocumentNode,
  schema: GraphQLSchema,
): { document: DocumentNode; left: boolean } {
  let left = false;
  const types = new TypeInfo(schema);
  const isMissing = (node: FieldNode): boolean => {
    const parent = getNamedType(types.getParentType() ?? undefined);
    const known = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    return parent !== undefined && known === undefined && !node.name.value.startsWith('__');
  };
  const reduced = visit(
    document,
    visitWithTypeInfo(types, {
      Field: {
        enter(node) {
          if (!node.directives?.some(({ name }) => name.value === 'optional') || !isMissing(node)) return undefined;
          left = true;
          return null;
        },
        leave(node) {
          // What only held such fields has nothing left to ask for.
          if (node.selectionSet?.selections.length !== 0) return undefined;
          return null;
        },
      },
      InlineFragment: { leave: (node) => (node.selectionSet.selections.length === 0 ? null : undefined) },
    }),
  );
  return { document: reduced, left };
}
