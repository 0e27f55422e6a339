// Hashes a text to 32 hexadecimal digits. Keys in customers' orgs are made from the hash, so the algorithm never
// changes. The hash is no secret and no signature.
import { createHash } from 'node:crypto';

/**
 * 128 bits of SHA-256, which fits the shortest of the key fields (Report_Id__c: 36 characters). The digits are
 * hexadecimal because Salesforce ignores case in a key.
 */
const DIGITS = 32;

export function fingerprint(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, DIGITS);
}
