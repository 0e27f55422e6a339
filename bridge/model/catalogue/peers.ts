// Codes with which Salesforce, Sellfire and the mail server answer. The sentence is the peer's own; the remedy is the
// catalogue's. Sources: "Status Codes" of the SOAP API guide and "Status Codes and Error Responses" of the REST API
// guide; Sellfire's contract.
import type { FaultClass } from '../fault.ts';
import type { Entry } from './entry.ts';

const answer = <A extends string>(title: string, action: A) => ({
  title,
  places: ['report'] as const,
  outcomes: ['Failed'] as const,
  action,
});
/** A record that exists already is no failure, unless it prevents other writes. */
const exists = <A extends string>(title: string, action: A) => ({
  ...answer(title, action),
  outcomes: ['Skipped', 'Failed'] as const,
});

export const SALESFORCE_CODES = {
  FIELD_CUSTOM_VALIDATION_EXCEPTION: answer(
    'Validation rule of the org',
    'Correct the value, or change the validation rule in Salesforce, then repush.',
  ),
  DUPLICATES_DETECTED: exists(
    'Duplicate rule of the org',
    'Merge the two records; or turn on Save Over Duplicate Alerts where the rule only alerts, or let the rule pass for the connected user; then repush.',
  ),
  DUPLICATE_VALUE: exists(
    'Value is unique, and taken',
    'Correct the value of one of the two records, or merge them, then repush.',
  ),
  DUPLICATE_EXTERNAL_ID: answer(
    'External id on several records',
    'Keep the id on one record and clear it on the others, then repush.',
  ),
  STRING_TOO_LONG: answer(
    'Text longer than its field',
    'Shorten it in Sellfire, or map it to a longer field, then repush.',
  ),
  REQUIRED_FIELD_MISSING: answer(
    'Field required by Salesforce',
    'Map a Sellfire field to it, or give it a default value in Salesforce, then repush.',
  ),
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: answer(
    'Value not in the picklist',
    'Add the value to the picklist in Salesforce, or choose another one in Sellfire, then repush.',
  ),
  INACTIVE_OWNER_OR_USER: answer(
    'Owner is an inactive user',
    'Activate the user, or give the rep another Salesforce user in Sellfire, then repush.',
  ),
  INSUFFICIENT_ACCESS: answer(
    'No right to do this',
    'Assign the permission set "Sellfire Integration" to the connected user, and give it the object and its records, then repush.',
  ),
  INSUFFICIENT_ACCESS_OR_READONLY: answer(
    'No right to change the record',
    'Give the connected user Edit on the record (sharing, or the permission set "Sellfire Integration"), then repush.',
  ),
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: answer(
    'No right to a related record',
    'Give the connected user access to the record that the field refers to, then repush.',
  ),
  TRANSFER_REQUIRES_READ: answer(
    'New owner may not read the record',
    'Give the new owner Read on the object, or choose another owner, then repush.',
  ),
  FIELD_INTEGRITY_EXCEPTION: answer(
    'Value contradicts another field',
    'Correct what the message names, in Sellfire or in the mapping, then repush.',
  ),
  INVALID_EMAIL_ADDRESS: answer('Not an e-mail address', 'Correct the e-mail address in Sellfire, then repush.'),
  NUMBER_OUTSIDE_VALID_RANGE: answer(
    'Number outside the range of its field',
    'Correct the number in Sellfire, or give the field more digits in Salesforce, then repush.',
  ),
  INVALID_FIELD: answer(
    'Field is gone or hidden',
    'Give the connected user Read and Edit on the field, or delete its mapping, then repush.',
  ),
  INVALID_FIELD_FOR_INSERT_UPDATE: answer(
    'Field cannot be written',
    'Give the connected user Edit on the field, or map another one, then repush.',
  ),
  INVALID_TYPE_ON_FIELD_IN_RECORD: answer(
    'Value does not fit its field',
    'Correct the value in Sellfire, or map it to another field, then repush.',
  ),
  INVALID_CROSS_REFERENCE_KEY: answer(
    'Related record not found',
    'Correct the id, or give the connected user access to the record that it names, then repush.',
  ),
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: answer(
    'Trigger or flow of the org failed',
    'Show the message to whoever keeps the automation of the org; repush when it is mended.',
  ),
  CANNOT_EXECUTE_FLOW_TRIGGER: answer(
    'Flow of the org failed',
    'Show the message to whoever keeps the flows of the org; repush when it is mended.',
  ),
  JSON_PARSER_ERROR: answer('Value could not be read', 'Correct the value in Sellfire, then repush.'),
  MALFORMED_QUERY: answer('Query not understood', 'Report it with the log around it.'),
  MALFORMED_ID: answer('Not an id of Salesforce', 'Correct the id, then repush.'),
  ENTITY_IS_DELETED: answer('Record deleted', 'Undelete the record, or link the lead to another one by an import.'),
} as const satisfies Record<string, Entry>;

/** Codes of both peers. */
export const SHARED_CODES = {
  NOT_FOUND: answer(
    'Record not found',
    'Undelete it, give the connected user access to it, or link the lead to another record by an import.',
  ),
  NO_RESULT: {
    title: 'No result for this record',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: '{peer} gave no result for this record.',
    action: 'Repush it; what was done already is not done twice.',
  },
} as const satisfies Record<string, Entry>;

export const SELLFIRE_CODES = {
  ANSWER_UNREADABLE: answer(
    'Record of Sellfire that cannot be read',
    'Correct it in Sellfire, or install the version of the bridge that knows it, then repush.',
  ),
  INVALID_VALUE: answer('Value refused by Sellfire', 'Correct the value in Salesforce, then repush.'),
  UNKNOWN_FIELD: answer('Field is gone from Sellfire', 'Refresh the Sellfire fields, and map another one.'),
  READ_ONLY_FIELD: answer('Field is read-only in Sellfire', 'Choose the rule Always use Sellfire for its mapping.'),
  UNKNOWN_OPTION: answer(
    'Option missing in Sellfire',
    'Create the option (Field Mappings, Inspect), or choose another value in Salesforce, then repush.',
  ),
  INVALID_REQUEST: answer('Request not understood', 'Report it with the log around it.'),
  IDEMPOTENCY_CONFLICT: answer('Request sent twice with different content', 'Repush it.'),
} as const satisfies Record<string, Entry>;

export const MAIL_CODES = {
  MAIL_DELAYED: answer('Mail server is busy', 'It is sent again later.'),
  MAIL_AWAY: answer('Mail server cannot be reached', 'It is sent again later; check the host and port of SMTP_URL.'),
  MAIL_UNDELIVERED: answer(
    'E-mail not sent for an hour',
    'Check the mail server, and the host and port of SMTP_URL; nobody got this e-mail about the owner.',
  ),
  MAIL_REFUSED: answer(
    'E-mail address refused',
    'Correct the e-mail address in Sellfire, or let the mail server take it.',
  ),
  MAIL_SENDER_REFUSED: answer(
    'E-mail sender refused',
    'Set MAIL_FROM to an address that this mail server may send for.',
  ),
  MAIL_SIGN_IN: answer('Mail server refused the sign-in', 'Correct the user and the password in SMTP_URL.'),
  MAIL_UNSAFE: answer(
    'Mail server is not safe',
    'Give the mail server TLS with a certificate that is trusted here; nothing was sent.',
  ),
  MAIL_NO_RECIPIENT: answer('Nobody to write to', 'Give an Enablement user to the Sellfire account.'),
  MAIL_FAILED: answer('E-mail failed', 'Look for this code in the log.'),
} as const satisfies Record<string, Entry>;

/** Of the webhook for alerts; no report row has them. */
const posted = <A extends string>(title: string, action: A) => ({ title, places: ['error'] as const, action });

export const WEBHOOK_CODES = {
  WEBHOOK_AWAY: posted('Webhook cannot be reached', 'It is sent again later; check the host of ALERT_WEBHOOK_URL.'),
  WEBHOOK_BUSY: posted('Webhook is busy', 'It is sent again later.'),
  WEBHOOK_REFUSED: posted(
    'Webhook refused the alert',
    'Check ALERT_WEBHOOK_URL, ALERT_WEBHOOK_FORMAT and ALERT_WEBHOOK_SECRET.',
  ),
  WEBHOOK_REDIRECTED: posted(
    'Webhook leads elsewhere',
    'Set ALERT_WEBHOOK_URL to the final address: no redirect is followed.',
  ),
  WEBHOOK_ADDRESS: posted(
    'Webhook address is not public',
    'Set ALERT_WEBHOOK_URL to a public https address; nothing was sent.',
  ),
} as const satisfies Record<string, Entry>;

/** The remedies for codes that are not in the catalogue, by the class of the fault. */
export const REMEDIES: Readonly<Record<FaultClass, string>> = {
  record: 'Correct what the message names, then repush.',
  exists: 'Merge the two records, or correct the value that both have, then repush.',
  gone: 'Undelete the record, or link the lead to another one by an import.',
  retry: 'It is tried again by itself.',
  limit: 'It is tried again when the limit allows it.',
  auth: 'It is tried again after the next sign-in.',
  stop: 'Give the connected user what the message names: sync goes on then.',
};
