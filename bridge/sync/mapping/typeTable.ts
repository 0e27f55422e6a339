// Defines which values pass between a Sellfire type and a Salesforce type (M5, M8): all, some, or none. A value that
// does not pass is refused by the side that cannot hold it, and reported on its record, or changed in the way that the
// table names. No value changes silently.
import type { SellfireFieldType } from '../../model/field.ts';

export type Verdict = 'none' | 'lossless' | 'lossy';

export interface Passage {
  verdict: Verdict;
  /** For `lossy`: a sentence that says what is lost or refused. Empty otherwise. */
  why: string;
}

export interface Conversion {
  toSalesforce: Passage;
  toSellfire: Passage;
}

/**
 * Describe's types by their kind of value. Types that are absent (address, location, base64, anyType …) cannot be
 * mapped.
 */
export const SALESFORCE_KINDS = {
  string: 'text',
  textarea: 'area',
  phone: 'phone',
  email: 'email',
  url: 'url',
  picklist: 'picklist',
  combobox: 'picklist',
  multipicklist: 'multi',
  boolean: 'boolean',
  int: 'int',
  long: 'int',
  double: 'decimal',
  currency: 'decimal',
  percent: 'decimal',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  reference: 'reference',
  id: 'id',
  encryptedstring: 'encrypted',
} as const satisfies Record<string, string>;
export type SalesforceKind = (typeof SALESFORCE_KINDS)[keyof typeof SALESFORCE_KINDS];

/** Why only some values pass; each letter of the table stands for one reason. */
const WHY = {
  n: 'What is no number is refused.',
  i: 'A number with decimals is refused.',
  d: 'What is no date like 2026-11-24 is refused.',
  m: 'What is no date-time like 2026-11-24T06:30:00Z is refused.',
  t: 'What is no time like 10:30:00.000Z is refused.',
  b: 'Anything but "true" and "false" is refused.',
  e: 'What is no e-mail address is refused.',
  u: 'What is no web address is refused.',
  p: 'What is no phone number is refused, and an extension is left out.',
  x: 'An extension is left out.',
  o: 'What is none of the options is refused.',
  r: 'What is no 18-character id of a record is refused.',
  R: 'An id that no rep has is refused.',
  s: 'A value with a semicolon in it becomes several.',
  l: 'The time of day is lost: the day in the time zone of Salesforce counts.',
  z: 'A day has no time: noon in the time zone of Salesforce is taken.',
} as const;

/**
 * For each Sellfire type and kind of Salesforce field: what passes to Salesforce, then what passes to Sellfire. `=`
 * all, `-` none, a letter of WHY some. Kinds that are absent pass nothing in either direction. Dropdowns depend on
 * their options, which are compared separately (M7).
 */
const TABLE: Record<SellfireFieldType, Partial<Record<SalesforceKind, string>>> = {
  text: {
    ...{ text: '==', area: '==', phone: '==', url: '==', picklist: '==', email: 'e=', multi: 's=', boolean: 'b=' },
    ...{ int: 'n=', decimal: 'n=', date: 'd=', datetime: 'm=', time: 't=', reference: 'r=', id: '-=' },
  },
  long_text: {
    ...{ text: '==', area: '==', phone: '==', url: '==', picklist: '==', email: 'e=', multi: 's=', boolean: 'b=' },
    ...{ int: 'n=', decimal: 'n=', date: 'd=', datetime: 'm=', time: 't=', reference: 'r=', id: '-=' },
  },
  number: { text: '=n', area: '=n', picklist: '=n', int: 'i=', decimal: '==' },
  currency: { text: '=n', area: '=n', picklist: '=n', int: 'i=', decimal: '==' },
  percent: { text: '=n', area: '=n', picklist: '=n', int: 'i=', decimal: '==' },
  date: { text: '=d', area: '=d', picklist: '=d', date: '==', datetime: 'zl' },
  datetime: { text: '=m', area: '=m', picklist: '=m', date: 'lz', datetime: '==' },
  checkbox: { text: '=b', area: '=b', picklist: '=b', boolean: '==' },
  select: {
    ...{ text: '=o', area: '=o', picklist: '==', multi: '==', boolean: 'bo', int: 'no', decimal: 'no' },
  },
  multi_select: { text: '=o', area: '=o', picklist: '-=', multi: '==' },
  multi_text: { text: 's=', area: '==', phone: '-=', email: '-=', url: '-=', picklist: '-=', multi: 's=', id: '-=' },
  phone: { text: '=p', area: '=p', phone: '=x' },
  email: { text: '=e', area: '=e', email: '==' },
  url: { text: '=u', area: '=u', url: '=u' },
  rep: { text: '=R', area: '=R', picklist: '=R' },
};

/**
 * Whether REST shows a mask in the place of the value, unless the user may view encrypted data. Such a field is written like a text,
 * and never read. Source: Salesforce Help, "Classic Encryption for Custom Fields".
 */
export const isMasked = ({ type }: { type: string }): boolean => kindOf(type) === 'encrypted';

const passage = (sign: string): Passage => {
  if (sign === '=') return { verdict: 'lossless', why: '' };
  const why = WHY[sign as keyof typeof WHY] as string | undefined;
  return why === undefined ? { verdict: 'none', why: '' } : { verdict: 'lossy', why };
};

export function kindOf(salesforceType: string): SalesforceKind | undefined {
  return salesforceType in SALESFORCE_KINDS
    ? SALESFORCE_KINDS[salesforceType as keyof typeof SALESFORCE_KINDS]
    : undefined;
}

/** @param salesforceType the field's type in describe */
export function conversion(sellfireType: SellfireFieldType, salesforceType: string): Conversion {
  const kind = kindOf(salesforceType);
  const row = TABLE[sellfireType];
  const [outward = '-', inward = '-'] =
    (kind === 'encrypted' ? `${row.text?.charAt(0) ?? '-'}-` : kind && row[kind]) ?? '--';
  return { toSalesforce: passage(outward), toSellfire: passage(inward) };
}
