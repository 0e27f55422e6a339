// Reads the id of a Salesforce record in every form in which people supply one, as its 18 characters (SOAP API Developer
// Guide, "ID Field Type"). All ids from outside go through it, so that one record has one id.
import type { SalesforceIds } from './lead.ts';
import { remembered } from './remembered.ts';
import type { FollowedObject } from './salesforce.ts';

/** Key prefixes of the followed objects (Object Reference for Salesforce, "Key Prefix"). */
const PREFIXES: Record<string, FollowedObject> = { '00Q': 'Lead', '003': 'Contact', '001': 'Account' };

/** Characters of an id without its suffix. */
const OWN_LENGTH = 15;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const GROUPS = [0, 5, 10];

/** The 18 characters of an id of 15: the last three encode which of the first are upper case. */
export const withSuffix = (id: string): string =>
  id +
  GROUPS.map((start) => {
    const bits = [...id.slice(start, start + 5)].reduce((sum, one, at) => sum + (/[A-Z]/.test(one) ? 1 << at : 0), 0);
    return LETTERS.charAt(bits);
  }).join('');

/** The 15 characters that identify a record, case-sensitive: the key of an id that may have its suffix or lack it. */
export const withoutSuffix = (id: string): string => id.slice(0, OWN_LENGTH);

/** Whether two ids name one record. @param one 15 or 18 characters in the case that Salesforce gives, as is `other` */
export const sameId = (one: string, other: string): boolean => withoutSuffix(one) === withoutSuffix(other);

/** The id of 18 characters in whatever case, in its own case; null where the suffix does not fit the letters. */
function inOwnCase(id: string): string | null {
  const bits = [...id.slice(OWN_LENGTH).toUpperCase()].map((letter) => LETTERS.indexOf(letter));
  const own = [...withoutSuffix(id)]
    .map((one, at) => (((bits[Math.floor(at / 5)] ?? 0) >> (at % 5)) & 1 ? one.toUpperCase() : one.toLowerCase()))
    .join('');
  return withSuffix(own) === own + id.slice(OWN_LENGTH).toUpperCase() ? withSuffix(own) : null;
}

/** An id in a page's address: /lightning/r/Lead/<id>/view, #/sObject/<id>/view, /<id>, ?id=<id>. */
const IN_ADDRESS = /(?:^|[/=])([a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?)(?=$|[/?&#])/g;

/**
 * @param given 15 or 18 characters, in any case where there are 18, with blanks or quotes around; or the address of the
 * record's page, in Lightning or Classic
 * @returns the 18 characters, or null where it is no id. A turn reads the ids of its lead a dozen times, and its echo again
 */
export const readRecordId = remembered(readGiven, { limit: 2_000, longest: 18 });

function readGiven(given: string): string | null {
  const text = given.replace(/[\u200B-\u200F\u2060\uFEFF]/g, '').trim();
  const bare = text.replace(/^(["'])(.*)\1$/s, '$2').trim();
  if (/^[a-zA-Z0-9]+$/.test(bare)) return readBare(bare);
  if (!/^https?:\/\/|^\/|\.com\//i.test(bare)) return null;
  const ids = [...decoded(bare).matchAll(IN_ADDRESS)].map(([, id = '']) => readBare(id)).filter((id) => id !== null);
  // Of the pages around it, a record of these objects is what is meant.
  return ids.find((id) => objectOf(id) !== undefined) ?? ids[0] ?? null;
}

function readBare(id: string): string | null {
  // Every id of a record has digits: of its instance, or of its number.
  if (!/\d/.test(id)) return null;
  if (id.length === OWN_LENGTH) return withSuffix(id);
  return id.length === 18 ? inOwnCase(id) : null;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** The object of a record, where it is one that is followed. @param id 18 characters */
export const objectOf = (id: string): FollowedObject | undefined => PREFIXES[id.slice(0, 3)];

const OBJECTS = { lead_id: 'Lead', contact_id: 'Contact', account_id: 'Account' } as const;
type IdName = keyof SalesforceIds;

/** The records that a lead names, as 18 characters; null where it names none, or what it names is no id of the object. */
export function recordIdsOf({ salesforce }: { salesforce: SalesforceIds }): SalesforceIds {
  const idOf = (name: IdName): string | null => {
    const id = readRecordId(salesforce[name] ?? '');
    return id !== null && objectOf(id) === OBJECTS[name] ? id : null;
  };
  return { lead_id: idOf('lead_id'), contact_id: idOf('contact_id'), account_id: idOf('account_id') };
}

/** What a lead carries as an id and is none of the object: `other` is the object of the record that it names, if known. */
export function unreadIdsOf({
  salesforce,
}: {
  salesforce: SalesforceIds;
}): { object: FollowedObject; text: string; id: string | null }[] {
  const read = recordIdsOf({ salesforce });
  return (Object.keys(OBJECTS) as IdName[]).flatMap((name) => {
    const text = salesforce[name]?.trim() ?? '';
    return text === '' || read[name] !== null ? [] : [{ object: OBJECTS[name], text, id: readRecordId(text) }];
  });
}
