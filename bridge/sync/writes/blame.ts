// Finds the fields that caused a refusal by Salesforce. Many refusals name no field: an inactive owner, a reference to no record,
// a validation rule whose message appears at the top of the page. Only the likely fields are left out, and the other fields are
// written (M32).
import { policyOf, type Fault } from '../../model/fault.ts';
import type { Trial } from '../../model/plan.ts';
import { withoutSuffix } from '../../model/recordId.ts';
import type { SalesforceField, SalesforceObject } from '../../model/salesforce.ts';
import type { NodeValue } from '../../model/saleTransaction.ts';

type Fields = Record<string, NodeValue>;
type Test = (field: Pick<SalesforceField, 'type'> & Partial<SalesforceField>, value: NodeValue) => boolean;

const isUser: Test = ({ name, referenceTo }) =>
  (name !== undefined && OWNERS.includes(name)) || (referenceTo?.includes('User') ?? false);
const isReference: Test = ({ type }) => type === 'reference';
const OWNERS = ['OwnerId', 'CreatedById', 'LastModifiedById'];

/** By error code: the only fields that can have caused it (REST API Developer Guide, "Status Codes and Error Responses"). */
const BY_CODE: Readonly<Record<string, Test>> = {
  INACTIVE_OWNER_OR_USER: isUser,
  TRANSFER_REQUIRES_READ: isUser,
  INVALID_CROSS_REFERENCE_KEY: isReference,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: isReference,
  ENTITY_IS_DELETED: isReference,
  MALFORMED_ID: isReference,
  INVALID_EMAIL_ADDRESS: ({ type }) => type === 'email',
  STRING_TOO_LONG: ({ length }, value) => typeof value === 'string' && length !== undefined && value.length > length,
  NUMBER_OUTSIDE_VALID_RANGE: (_field, value) => typeof value === 'number',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: ({ type, picklistValues }, value) =>
    ['picklist', 'multipicklist'].includes(type) &&
    typeof value === 'string' &&
    !value.split(';').every((one) => picklistValues?.includes(one)),
};
/** Shorter words and values appear in a sentence by chance. */
const WORD = 4;
const VALUE = 5;

/**
 * The written fields that the fault is about: the fields that it names; otherwise those whose name, value or label its message
 * contains; otherwise those that can cause its code.
 * @returns an empty list where the fault identifies no field
 */
export function fieldsToBlame(fault: Fault, fields: Fields, object: SalesforceObject | undefined): string[] {
  const names = Object.keys(fields);
  const known = (name: string): Partial<SalesforceField> => object?.fields[name] ?? {};
  const named = names.filter((name) => fault.fields.some((one) => one.toLowerCase() === name.toLowerCase()));
  if (named.length > 0) return named;
  const quoted = names.filter((name) => hasWord(fault.message, name, 'i') || quotes(fault.message, fields[name]));
  if (quoted.length > 0) return quoted;
  const labelled = names.filter((name) => hasWord(fault.message, known(name).label ?? '', ''));
  if (labelled.length > 0) return labelled;
  const test = BY_CODE[fault.code];
  if (!test) return [];
  return names.filter((name) => test({ type: 'string', name, ...known(name) }, fields[name] ?? null));
}

/** Whether a creation may succeed without some fields. In a creation, class `gone` means a deleted record that a field refers to. */
export const mayBlame = (fault: Fault): boolean => policyOf(fault).blamesField || fault.class === 'gone';

/** Whether a retry without some fields may succeed although the fault identifies no field. */
export const mayBeOneField = (fault: Fault): boolean => policyOf(fault).blamesField && fault.class !== 'exists';

function hasWord(text: string, word: string, flags: string): boolean {
  if (word.length < WORD) return false;
  return standsAlone(word, flags).test(text);
}

/** Matches the words where they are no part of a longer one. */
function standsAlone(words: string, flags: string): RegExp {
  const escaped = words.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, `u${flags}`);
}

function quotes(text: string, value: NodeValue | undefined): boolean {
  if (typeof value !== 'string' || value.length < VALUE) return false;
  const isId = /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(value) && /\d/.test(value);
  // A message may quote an id with its suffix or without.
  return isId ? text.includes(withoutSuffix(value)) : standsAlone(value, '').test(text);
}

/** A record with more fields than this is not tried field by field: each trial costs an API call. */
export const MOST_TRIALS = 10;

/** Two fields are refused with the same message and none is accepted, so the cause is the record and not a field. */
export const isHopeless = ({ refusals, accepted }: Trial<unknown>): boolean =>
  !accepted && refusals.length > 1 && new Set(refusals).size === 1;
