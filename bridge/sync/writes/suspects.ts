// Which fields a refusal of Salesforce is about. Many refusals name no field: an inactive owner, a reference that leads nowhere,
// a validation rule whose message stands at the top of the page. What such a refusal is likely about is left out, so that it
// costs no more than it must (M32).
import { policyOf, type Fault } from '../../model/fault.ts';
import type { Trial } from '../../model/plan.ts';
import type { SalesforceField, SalesforceObject } from '../../model/salesforce.ts';
import type { NodeValue } from '../../model/saleTransaction.ts';

type Fields = Record<string, NodeValue>;
type Test = (field: Pick<SalesforceField, 'type'> & Partial<SalesforceField>, value: NodeValue) => boolean;

const isUser: Test = ({ name, referenceTo }) =>
  (name !== undefined && OWNERS.includes(name)) || (referenceTo?.includes('User') ?? false);
const isReference: Test = ({ type }) => type === 'reference';
const OWNERS = ['OwnerId', 'CreatedById', 'LastModifiedById'];

/** By code, which fields alone can have caused it (REST API Developer Guide, "Status Codes and Error Responses"). */
const BY_CODE: Readonly<Record<string, Test>> = {
  INACTIVE_OWNER_OR_USER: isUser,
  TRANSFER_REQUIRES_READ: isUser,
  INVALID_CROSS_REFERENCE_KEY: isReference,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: isReference,
  ENTITY_IS_DELETED: isReference,
  MALFORMED_ID: isReference,
  INVALID_EMAIL_ADDRESS: ({ type }) => type === 'email',
  STRING_TOO_LONG: ({ length }, value) =>
    typeof value === 'string' && length !== undefined && [...value].length > length,
  NUMBER_OUTSIDE_VALID_RANGE: (_field, value) => typeof value === 'number',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: ({ type, picklistValues }, value) =>
    ['picklist', 'multipicklist'].includes(type) &&
    typeof value === 'string' &&
    !value.split(';').every((one) => picklistValues?.includes(one)),
};
/** Shorter words and values stand in a sentence by chance. */
const WORD = 4;
const VALUE = 5;
/** Of an id that a message quotes; it may be written with 15 characters or 18. */
const ID_LENGTH = 15;

/**
 * The fields among those written that the fault is about: those that it names; else those whose name, value or label stands in
 * its text; else those that alone can cause its code.
 * @returns none where it tells nothing
 */
export function suspects(fault: Fault, fields: Fields, object: SalesforceObject | undefined): string[] {
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

/** Whether a creation may succeed without some fields. What a new record is refused for as gone is a record that it refers to. */
export const mayBlame = (fault: Fault): boolean => policyOf(fault).blamesField || fault.class === 'gone';

/** Whether trying again without some fields may help, though the fault tells nothing of which. */
export const mayBeOneField = (fault: Fault): boolean => policyOf(fault).blamesField && fault.class !== 'exists';

function hasWord(text: string, word: string, flags: string): boolean {
  if (word.length < WORD) return false;
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, `u${flags}`).test(text);
}

function quotes(text: string, value: NodeValue | undefined): boolean {
  if (typeof value !== 'string' || value.length < VALUE) return false;
  const isId = /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(value) && /\d/.test(value);
  return text.includes(isId ? value.slice(0, ID_LENGTH) : value);
}

/** A record with more fields than this is not tried field by field: each costs a call. */
export const MOST_TRIALS = 10;

/** Two fields refused in the same words, and none accepted: it is the record and not a field. */
export const isHopeless = ({ refusals, accepted }: Trial<unknown>): boolean =>
  !accepted && refusals.length > 1 && new Set(refusals).size === 1;
