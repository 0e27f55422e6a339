// Why a value does not fit a field of Salesforce, as a message: the judgement is that of the values, the words are the catalogue's.
import type { Canonical } from '../../model/link.ts';
import { say, type Message } from '../../model/message.ts';
import type { SalesforceField } from '../../model/salesforce.ts';
import { quoted } from '../../model/text.ts';
import { toSalesforce, whyUnfit } from '../values/canonical.ts';

const BY_TYPE = {
  boolean: 'unfitBoolean',
  double: 'unfitNumber',
  currency: 'unfitNumber',
  percent: 'unfitNumber',
  int: 'unfitWhole',
  long: 'unfitWhole',
  date: 'unfitDate',
  datetime: 'unfitDatetime',
  time: 'unfitTime',
  reference: 'unfitId',
} as const;

/** @returns undefined where the value fits */
export function unfitFor(field: SalesforceField, value: Canonical): Message | undefined {
  const sentence = whyUnfit(field, value);
  if (sentence === undefined) return undefined;
  const code = BY_TYPE[field.type as keyof typeof BY_TYPE];
  return say(code, { value: quoted(String(toSalesforce(field, value))), field: field.label });
}
