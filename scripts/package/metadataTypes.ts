// The types of the Metadata API as data, read from the declarations that @salesforce/types generates from Salesforce's
// own WSDL, so that metadata XML can be checked against them without an org.
// Uses the classic TypeScript compiler API, which TypeScript 7 no longer has.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';

export interface FieldShape {
  /** Name of a type, an enumeration or a scalar. */
  type: string;
  list: boolean;
  optional: boolean;
}

export interface MetadataTypes {
  /** The fields of a type, those of its bases included; undefined where the name is no type. */
  fields(type: string): ReadonlyMap<string, FieldShape> | undefined;
  /** The values of an enumeration; undefined where the name is none. */
  values(type: string): readonly string[] | undefined;
  /** What a name that is neither stands for in the end: `string`, `boolean`, `number`, `Date` or `any`. */
  scalar(type: string): Scalar | undefined;
  /** Whether it is a component that a file of its own may hold. */
  isComponent(type: string): boolean;
}

const SCALARS = ['string', 'boolean', 'number', 'Date', 'any'] as const;
export type Scalar = (typeof SCALARS)[number];

interface TypeEntry {
  bases: string[];
  own: Map<string, FieldShape>;
}

let cached: MetadataTypes | undefined;

/** Read once per process: the declarations are 1.3 MB. */
export function metadataTypes(): MetadataTypes {
  cached ??= load();
  return cached;
}

function load(): MetadataTypes {
  const script = createRequire(import.meta.url).resolve('@salesforce/types/metadata');
  const path = script.replace(/\.js$/, '.d.ts');
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const types = new Map<string, TypeEntry>();
  const enums = new Map<string, string[]>();
  const aliases = new Map<string, string>();
  for (const statement of file.statements) {
    if (!ts.isTypeAliasDeclaration(statement)) continue;
    const { text: name } = statement.name;
    const { type } = statement;
    const literals = literalsOf(type);
    if (literals) enums.set(name, literals);
    else if (ts.isTypeLiteralNode(type)) types.set(name, { bases: [], own: shapesOf(type) });
    else if (ts.isIntersectionTypeNode(type)) types.set(name, intersectionOf(type));
    else aliases.set(name, type.getText());
  }

  function fields(type: string): Map<string, FieldShape> | undefined {
    const entry = types.get(type);
    if (entry) return new Map([...entry.bases.flatMap((base) => [...(fields(base) ?? [])]), ...entry.own]);
    const alias = aliases.get(type);
    return alias === undefined ? undefined : fields(alias);
  }
  function scalar(type: string): Scalar | undefined {
    const known = SCALARS.find((one) => one === type);
    const alias = aliases.get(type);
    return known ?? (alias === undefined ? undefined : scalar(alias));
  }
  function isComponent(type: string): boolean {
    const alias = aliases.get(type);
    if (alias !== undefined) return isComponent(alias);
    return type === 'Metadata' || (types.get(type)?.bases.some(isComponent) ?? false);
  }
  return { fields, values: (type) => enums.get(type), scalar, isComponent };
}

function literalsOf(type: ts.TypeNode): string[] | undefined {
  const parts = ts.isUnionTypeNode(type) ? [...type.types] : [type];
  const texts = parts.map((part) =>
    ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal) ? part.literal.text : undefined,
  );
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function intersectionOf(type: ts.IntersectionTypeNode): TypeEntry {
  const own = new Map<string, FieldShape>();
  const bases: string[] = [];
  for (const part of type.types) {
    if (ts.isTypeLiteralNode(part)) for (const [name, shape] of shapesOf(part)) own.set(name, shape);
    else bases.push(part.getText());
  }
  return { bases, own };
}

function shapesOf(literal: ts.TypeLiteralNode): Map<string, FieldShape> {
  const shapes = new Map<string, FieldShape>();
  for (const member of literal.members) {
    if (!ts.isPropertySignature(member) || !member.type) continue;
    const list = ts.isArrayTypeNode(member.type);
    const element = ts.isArrayTypeNode(member.type) ? member.type.elementType : member.type;
    const name = ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : '';
    shapes.set(name, { type: element.getText(), list, optional: member.questionToken !== undefined });
  }
  return shapes;
}
