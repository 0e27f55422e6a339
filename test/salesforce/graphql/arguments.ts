// Arguments in the order in which the client wrote them. Coerced arguments come in the order of the schema; where the
// order says something, as that of an ORDER BY does, it is read from the request.
import type { FieldNode, ValueNode } from 'graphql';

/** An argument's value as plain data, enums as their names. Undefined where the request has no such argument. */
export function plainArgument(
  node: FieldNode | undefined,
  name: string,
  variables: Readonly<Record<string, unknown>>,
): unknown {
  const argument = node?.arguments?.find((one) => one.name.value === name);
  return argument && plain(argument.value, variables);
}

function plain(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  switch (node.kind) {
    case 'Variable':
      return variables[node.name.value];
    case 'NullValue':
      return null;
    case 'ListValue':
      return node.values.map((value) => plain(value, variables));
    case 'ObjectValue':
      return Object.fromEntries(node.fields.map((field) => [field.name.value, plain(field.value, variables)]));
    case 'IntValue':
    case 'FloatValue':
      return Number(node.value);
    default:
      return node.value;
  }
}
