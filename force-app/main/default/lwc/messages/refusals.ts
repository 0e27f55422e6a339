// What helps where Salesforce, Sellfire or the mail server has refused something, by its code or the kind of the refusal.
import remedy_PHONE_EXISTS from '@salesforce/label/c.Say_remedy_PHONE_EXISTS';
import remedy_PHASE_REFUSED from '@salesforce/label/c.Say_remedy_PHASE_REFUSED';
import remedy_OWNER_REFUSED from '@salesforce/label/c.Say_remedy_OWNER_REFUSED';
import remedy_FIELD_CUSTOM_VALIDATION_EXCEPTION from '@salesforce/label/c.Say_remedy_FIELD_CUSTOM_VALIDATION_EXCEPTION';
import remedy_DUPLICATES_DETECTED from '@salesforce/label/c.Say_remedy_DUPLICATES_DETECTED';
import remedy_DUPLICATE_VALUE from '@salesforce/label/c.Say_remedy_DUPLICATE_VALUE';
import remedy_DUPLICATE_EXTERNAL_ID from '@salesforce/label/c.Say_remedy_DUPLICATE_EXTERNAL_ID';
import remedy_STRING_TOO_LONG from '@salesforce/label/c.Say_remedy_STRING_TOO_LONG';
import remedy_REQUIRED_FIELD_MISSING from '@salesforce/label/c.Say_remedy_REQUIRED_FIELD_MISSING';
import remedy_INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST from '@salesforce/label/c.Say_remedy_INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST';
import remedy_INACTIVE_OWNER_OR_USER from '@salesforce/label/c.Say_remedy_INACTIVE_OWNER_OR_USER';
import remedy_INSUFFICIENT_ACCESS from '@salesforce/label/c.Say_remedy_INSUFFICIENT_ACCESS';
import remedy_INSUFFICIENT_ACCESS_OR_READONLY from '@salesforce/label/c.Say_remedy_INSUFFICIENT_ACCESS_OR_READONLY';
import remedy_INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY from '@salesforce/label/c.Say_remedy_INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY';
import remedy_TRANSFER_REQUIRES_READ from '@salesforce/label/c.Say_remedy_TRANSFER_REQUIRES_READ';
import remedy_FIELD_INTEGRITY_EXCEPTION from '@salesforce/label/c.Say_remedy_FIELD_INTEGRITY_EXCEPTION';
import remedy_INVALID_EMAIL_ADDRESS from '@salesforce/label/c.Say_remedy_INVALID_EMAIL_ADDRESS';
import remedy_NUMBER_OUTSIDE_VALID_RANGE from '@salesforce/label/c.Say_remedy_NUMBER_OUTSIDE_VALID_RANGE';
import remedy_INVALID_FIELD from '@salesforce/label/c.Say_remedy_INVALID_FIELD';
import remedy_INVALID_FIELD_FOR_INSERT_UPDATE from '@salesforce/label/c.Say_remedy_INVALID_FIELD_FOR_INSERT_UPDATE';
import remedy_INVALID_TYPE_ON_FIELD_IN_RECORD from '@salesforce/label/c.Say_remedy_INVALID_TYPE_ON_FIELD_IN_RECORD';
import remedy_INVALID_CROSS_REFERENCE_KEY from '@salesforce/label/c.Say_remedy_INVALID_CROSS_REFERENCE_KEY';
import remedy_CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY from '@salesforce/label/c.Say_remedy_CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY';
import remedy_CANNOT_EXECUTE_FLOW_TRIGGER from '@salesforce/label/c.Say_remedy_CANNOT_EXECUTE_FLOW_TRIGGER';
import remedy_JSON_PARSER_ERROR from '@salesforce/label/c.Say_remedy_JSON_PARSER_ERROR';
import remedy_MALFORMED_QUERY from '@salesforce/label/c.Say_remedy_MALFORMED_QUERY';
import remedy_MALFORMED_ID from '@salesforce/label/c.Say_remedy_MALFORMED_ID';
import remedy_ENTITY_IS_DELETED from '@salesforce/label/c.Say_remedy_ENTITY_IS_DELETED';
import remedy_ANSWER_UNREADABLE from '@salesforce/label/c.Say_remedy_ANSWER_UNREADABLE';
import remedy_INVALID_VALUE from '@salesforce/label/c.Say_remedy_INVALID_VALUE';
import remedy_UNKNOWN_FIELD from '@salesforce/label/c.Say_remedy_UNKNOWN_FIELD';
import remedy_READ_ONLY_FIELD from '@salesforce/label/c.Say_remedy_READ_ONLY_FIELD';
import remedy_UNKNOWN_OPTION from '@salesforce/label/c.Say_remedy_UNKNOWN_OPTION';
import remedy_IDEMPOTENCY_CONFLICT from '@salesforce/label/c.Say_remedy_IDEMPOTENCY_CONFLICT';
import remedy_NOT_FOUND from '@salesforce/label/c.Say_remedy_NOT_FOUND';
import remedy_NO_RESULT from '@salesforce/label/c.Say_remedy_NO_RESULT';
import remedy_MAIL_DELAYED from '@salesforce/label/c.Say_remedy_MAIL_DELAYED';
import remedy_MAIL_AWAY from '@salesforce/label/c.Say_remedy_MAIL_AWAY';
import remedy_MAIL_UNDELIVERED from '@salesforce/label/c.Say_remedy_MAIL_UNDELIVERED';
import remedy_MAIL_REFUSED from '@salesforce/label/c.Say_remedy_MAIL_REFUSED';
import remedy_MAIL_SENDER_REFUSED from '@salesforce/label/c.Say_remedy_MAIL_SENDER_REFUSED';
import remedy_MAIL_SIGN_IN from '@salesforce/label/c.Say_remedy_MAIL_SIGN_IN';
import remedy_MAIL_UNSAFE from '@salesforce/label/c.Say_remedy_MAIL_UNSAFE';
import remedy_MAIL_NO_RECIPIENT from '@salesforce/label/c.Say_remedy_MAIL_NO_RECIPIENT';
import remedy_MAIL_FAILED from '@salesforce/label/c.Say_remedy_MAIL_FAILED';
import remedy_record from '@salesforce/label/c.Say_remedy_record';
import remedy_exists from '@salesforce/label/c.Say_remedy_exists';
import remedy_retry from '@salesforce/label/c.Say_remedy_retry';
import remedy_limit from '@salesforce/label/c.Say_remedy_limit';
import remedy_auth from '@salesforce/label/c.Say_remedy_auth';
import remedy_stop from '@salesforce/label/c.Say_remedy_stop';
import remedy_WEBHOOK_ADDRESS from '@salesforce/label/c.Say_remedy_WEBHOOK_ADDRESS';
import remedy_WEBHOOK_AWAY from '@salesforce/label/c.Say_remedy_WEBHOOK_AWAY';
import remedy_WEBHOOK_BUSY from '@salesforce/label/c.Say_remedy_WEBHOOK_BUSY';
import remedy_WEBHOOK_REDIRECTED from '@salesforce/label/c.Say_remedy_WEBHOOK_REDIRECTED';
import remedy_WEBHOOK_REFUSED from '@salesforce/label/c.Say_remedy_WEBHOOK_REFUSED';

export const REFUSALS: Readonly<Record<string, string>> = {
  remedy_PHONE_EXISTS,
  remedy_PHASE_REFUSED,
  remedy_OWNER_REFUSED,
  remedy_FIELD_CUSTOM_VALIDATION_EXCEPTION,
  remedy_DUPLICATES_DETECTED,
  remedy_DUPLICATE_VALUE,
  remedy_DUPLICATE_EXTERNAL_ID,
  remedy_STRING_TOO_LONG,
  remedy_REQUIRED_FIELD_MISSING,
  remedy_INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST,
  remedy_INACTIVE_OWNER_OR_USER,
  remedy_INSUFFICIENT_ACCESS,
  remedy_INSUFFICIENT_ACCESS_OR_READONLY,
  remedy_INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY,
  remedy_TRANSFER_REQUIRES_READ,
  remedy_FIELD_INTEGRITY_EXCEPTION,
  remedy_INVALID_EMAIL_ADDRESS,
  remedy_NUMBER_OUTSIDE_VALID_RANGE,
  remedy_INVALID_FIELD,
  remedy_INVALID_FIELD_FOR_INSERT_UPDATE,
  remedy_INVALID_TYPE_ON_FIELD_IN_RECORD,
  remedy_INVALID_CROSS_REFERENCE_KEY,
  remedy_CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY,
  remedy_CANNOT_EXECUTE_FLOW_TRIGGER,
  remedy_JSON_PARSER_ERROR,
  remedy_MALFORMED_QUERY,
  remedy_MALFORMED_ID,
  remedy_ENTITY_IS_DELETED,
  remedy_ANSWER_UNREADABLE,
  remedy_INVALID_VALUE,
  remedy_UNKNOWN_FIELD,
  remedy_READ_ONLY_FIELD,
  remedy_UNKNOWN_OPTION,
  remedy_INVALID_REQUEST: remedy_MALFORMED_QUERY,
  remedy_IDEMPOTENCY_CONFLICT,
  remedy_NOT_FOUND,
  remedy_NO_RESULT,
  remedy_MAIL_DELAYED,
  remedy_MAIL_AWAY,
  remedy_WEBHOOK_ADDRESS,
  remedy_WEBHOOK_AWAY,
  remedy_WEBHOOK_BUSY,
  remedy_WEBHOOK_REDIRECTED,
  remedy_WEBHOOK_REFUSED,
  remedy_MAIL_UNDELIVERED,
  remedy_MAIL_REFUSED,
  remedy_MAIL_SENDER_REFUSED,
  remedy_MAIL_SIGN_IN,
  remedy_MAIL_UNSAFE,
  remedy_MAIL_NO_RECIPIENT,
  remedy_MAIL_FAILED,
  remedy_record,
  remedy_exists,
  remedy_gone: remedy_ENTITY_IS_DELETED,
  remedy_retry,
  remedy_limit,
  remedy_auth,
  remedy_stop,
};
