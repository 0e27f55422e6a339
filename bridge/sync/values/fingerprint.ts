// A short name for a long text: the same text gives the same 32 hexadecimal digits, and no two that anybody will meet share
// them. Keys in customers' orgs are made of it, so that it never changes. It is no secret and no signature.
import { createHash } from 'node:crypto';

/**
 * 128 bits of SHA-256: what the shortest of the key fields takes (Report_Id__c: 36 characters), in hexadecimal, since Salesforce
 * does not tell upper from lower case in a key.
 */
const DIGITS = 32;

export function fingerprint(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, DIGITS);
}
