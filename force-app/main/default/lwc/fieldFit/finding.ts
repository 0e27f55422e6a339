// What can be said of a mapping: a code for the sentence, and the values that the sentence names.

export type FindingCode =
  | 'SellfireGone'
  | 'ObjectGone'
  | 'FieldGone'
  | 'NoTrigger'
  | 'SaleOnly'
  | 'NotFollowed'
  | 'NeverInward'
  | 'TypesOut'
  | 'TypesIn'
  | 'NotWritable'
  | 'ReadOnly'
  | 'OptionTooLong'
  | 'OptionsTooLong'
  | 'TextTooLong'
  | 'AnyLength'
  | 'CentsLost'
  | 'Semicolon'
  | 'RestrictedLacks'
  | 'MayLack'
  | 'NeverFilled'
  | 'Unfilled'
  | 'SameTarget'
  | 'SameSource'
  | 'Ring'
  | 'LossOut'
  | 'LossIn'
  | 'CreateOnly'
  | 'UpdateOnly'
  | 'ListTooLong'
  | 'Rounds'
  | 'FewDigits'
  | 'RestrictedAny'
  | 'SellfireShorter'
  | 'SellfireLacks'
  | 'NotInEvents'
  | 'Unsearchable';

export interface Finding {
  code: FindingCode;
  /** In the order in which the sentence names them. */
  values: readonly (string | number)[];
  /** Other mappings that it names. */
  mappings?: readonly string[];
}

/** What was found out about one mapping (M8). */
export interface Findings {
  /** Nothing passes by the mapping as it stands. */
  dead: Finding[];
  /** Something is wrong, and single values or ways may still pass. */
  issues: Finding[];
  /** It works, and may refuse or change single values. */
  warnings: Finding[];
}

export const finding = (code: FindingCode, ...values: (string | number)[]): Finding => ({ code, values });
