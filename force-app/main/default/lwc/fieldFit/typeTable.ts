// Which values pass between a Sellfire type and a Salesforce type (M5, M8), as the bridge judges it: whole, in part, or not
// at all. A test holds this table against the bridge's own, cell by cell.

export type Verdict = 'none' | 'lossless' | 'lossy';

/** Why something passes in part; each letter of the table stands for one of them. */
export type Loss = 'n' | 'i' | 'd' | 'm' | 't' | 'b' | 'e' | 'u' | 'p' | 'x' | 'o' | 'r' | 'R' | 's' | 'l' | 'z';

export interface Passage {
  verdict: Verdict;
  loss?: Loss;
}

export interface Conversion {
  toSalesforce: Passage;
  toSellfire: Passage;
}

/** Describe's types by what they hold. Types that are not here hold nothing to map. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'line',
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
};

const TEXT = {
  ...{ line: '==', area: '==', phone: '==', url: '==', picklist: '==', email: 'e=', multi: 's=', boolean: 'b=' },
  ...{ int: 'n=', decimal: 'n=', date: 'd=', datetime: 'm=', time: 't=', reference: 'r=', id: '-=' },
};
const NUMBER = { line: '=n', area: '=n', picklist: '=n', int: 'i=', decimal: '==' };

/**
 * For each Sellfire type and kind of Salesforce field, what passes to Salesforce and what passes to Sellfire: `=` whole, `-`
 * nothing, a letter of Loss in part. Kinds that are not named pass nothing either way.
 */
const TABLE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  text: TEXT,
  long_text: TEXT,
  number: NUMBER,
  currency: NUMBER,
  percent: NUMBER,
  date: { line: '=d', area: '=d', picklist: '=d', date: '==', datetime: 'zl' },
  datetime: { line: '=m', area: '=m', picklist: '=m', date: 'lz', datetime: '==' },
  checkbox: { line: '=b', area: '=b', picklist: '=b', boolean: '==' },
  select: { line: '=o', area: '=o', picklist: '==', multi: '==', boolean: 'bo', int: 'no', decimal: 'no' },
  multi_select: { line: '=o', area: '=o', picklist: '-=', multi: '==' },
  multi_text: { line: 's=', area: '==', phone: '-=', email: '-=', url: '-=', picklist: '-=', multi: 's=', id: '-=' },
  phone: { line: '=p', area: '=p', phone: '=x' },
  email: { line: '=e', area: '=e', email: '==' },
  url: { line: '=u', area: '=u', url: '=u' },
  rep: { line: '=R', area: '=R', picklist: '=R' },
};

export const SELLFIRE_TYPES: readonly string[] = Object.keys(TABLE);
export const SALESFORCE_TYPES: readonly string[] = Object.keys(KINDS);

const passage = (sign: string): Passage => {
  if (sign === '=') return { verdict: 'lossless' };
  return sign === '-' ? { verdict: 'none' } : { verdict: 'lossy', loss: sign as Loss };
};

export const kindOf = (salesforceType: string): string | undefined => KINDS[salesforceType];

/** @param salesforceType describe's type of the field */
export function conversion(sellfireType: string, salesforceType: string): Conversion {
  const kind = KINDS[salesforceType];
  const row = TABLE[sellfireType];
  // An encrypted text is written like a text, and shows a mask.
  const [outward = '-', inward = '-'] =
    (kind === 'encrypted' ? `${row?.line?.charAt(0) ?? '-'}-` : kind === undefined ? undefined : row?.[kind]) ?? '--';
  return { toSalesforce: passage(outward), toSellfire: passage(inward) };
}
