// The scalars of the GraphQL API. A value of another form is refused when the request is validated, as the platform does:
// text is text, a number is a number, a date has the form of a date.
// Source: GraphQL API Developer Guide, "Schema Conventions", "Create a Record".
import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLID,
  GraphQLInt,
  GraphQLScalarType,
  GraphQLString,
  Kind,
  type ConstValueNode,
} from 'graphql';
import type { FieldDef } from '../model.ts';

function textScalar(name: string, accept: (text: string) => boolean = () => true, form = 'text'): GraphQLScalarType {
  const check = (value: unknown): string => {
    if (typeof value === 'string' && accept(value)) return value;
    throw new GraphQLError(`${name} must be ${form}, found ${JSON.stringify(value)}`);
  };
  return new GraphQLScalarType({
    name,
    coerceOutputValue: (value) => String(value),
    coerceInputValue: check,
    coerceInputLiteral: (node: ConstValueNode) => {
      if (node.kind === Kind.STRING) return check(node.value);
      throw new GraphQLError(`${name} must be ${form}`, { nodes: node });
    },
  });
}

function numberScalar(name: string): GraphQLScalarType {
  return new GraphQLScalarType({
    name,
    coerceOutputValue: (value) => Number(value),
    coerceInputValue(value) {
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      throw new GraphQLError(`${name} must be a number, found ${JSON.stringify(value)}`);
    },
    coerceInputLiteral(node) {
      if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return Number(node.value);
      throw new GraphQLError(`${name} must be a number`, { nodes: node });
    },
  });
}

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
const isDateTime = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text);

export const LONG = numberScalar('Long');
export const DATE = textScalar('Date', isDate, 'a date of the form YYYY-MM-DD');
export const DATE_TIME = textScalar('DateTime', isDateTime, 'a point in time of the form YYYY-MM-DDThh:mm:ssZ');
export const ID_OR_REF = textScalar('IdOrRef', undefined, 'a record id or a reference like @{operation}');

/** What a field's value is, and how the types of its kind are named (`PicklistValue`, `PicklistOperators` …). */
export interface Kinded {
  name: string;
  scalar: GraphQLScalarType;
}

const KINDS: Readonly<Record<FieldDef['type'], Kinded>> = {
  id: { name: 'ID', scalar: GraphQLID },
  reference: { name: 'ID', scalar: GraphQLID },
  string: { name: 'String', scalar: GraphQLString },
  textarea: { name: 'TextArea', scalar: textScalar('TextArea') },
  boolean: { name: 'Boolean', scalar: GraphQLBoolean },
  int: { name: 'Int', scalar: GraphQLInt },
  double: { name: 'Double', scalar: numberScalar('Double') },
  currency: { name: 'Currency', scalar: numberScalar('Currency') },
  percent: { name: 'Percent', scalar: numberScalar('Percent') },
  date: { name: 'Date', scalar: DATE },
  datetime: { name: 'DateTime', scalar: DATE_TIME },
  picklist: { name: 'Picklist', scalar: textScalar('Picklist') },
  multipicklist: { name: 'MultiPicklist', scalar: textScalar('MultiPicklist') },
  combobox: { name: 'Combobox', scalar: textScalar('Combobox') },
  phone: { name: 'PhoneNumber', scalar: textScalar('PhoneNumber') },
  email: { name: 'Email', scalar: textScalar('EmailAddress') },
  url: { name: 'Url', scalar: textScalar('Url') },
  encryptedstring: { name: 'EncryptedString', scalar: textScalar('EncryptedString') },
  time: { name: 'Time', scalar: textScalar('Time') },
  location: { name: 'String', scalar: GraphQLString },
  // Compounds are read by their parts.
  address: { name: 'String', scalar: GraphQLString },
};
const LONG_TEXT: Kinded = { name: 'LongTextArea', scalar: textScalar('LongTextArea') };
export const FLOAT: Kinded = { name: 'Double', scalar: KINDS.double.scalar };
export const COUNT: Kinded = { name: 'Long', scalar: LONG };

/** Text of more characters than this is a long text area. */
const SHORT_TEXT = 255;

export function kindOf(field: FieldDef): Kinded {
  return field.type === 'textarea' && field.length > SHORT_TEXT ? LONG_TEXT : KINDS[field.type];
}

export const NUMERIC = new Set<FieldDef['type']>(['int', 'double', 'currency', 'percent']);
