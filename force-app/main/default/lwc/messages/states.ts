// What helps where Salesforce or Sellfire does not answer as usual, by its code.
import remedy_API_SHARE_USED from '@salesforce/label/c.Say_remedy_API_SHARE_USED';
import remedy_UNEXPECTED_ANSWER from '@salesforce/label/c.Say_remedy_UNEXPECTED_ANSWER';
import remedy_INVALID_ANSWER from '@salesforce/label/c.Say_remedy_INVALID_ANSWER';
import remedy_NO_ANSWER from '@salesforce/label/c.Say_remedy_NO_ANSWER';
import remedy_INSTANCE_URL from '@salesforce/label/c.Say_remedy_INSTANCE_URL';
import remedy_MALFORMED_QUERY from '@salesforce/label/c.Say_remedy_MALFORMED_QUERY';
import remedy_APEX_CPU_TIME_LIMIT_EXCEEDED from '@salesforce/label/c.Say_remedy_APEX_CPU_TIME_LIMIT_EXCEEDED';
import remedy_CANNOT_UPDATE_CONVERTED_LEAD from '@salesforce/label/c.Say_remedy_CANNOT_UPDATE_CONVERTED_LEAD';
import remedy_REQUEST_LIMIT_EXCEEDED from '@salesforce/label/c.Say_remedy_REQUEST_LIMIT_EXCEEDED';
import remedy_STORAGE_LIMIT_EXCEEDED from '@salesforce/label/c.Say_remedy_STORAGE_LIMIT_EXCEEDED';
import remedy_LIMIT_EXCEEDED from '@salesforce/label/c.Say_remedy_LIMIT_EXCEEDED';
import remedy_INVALID_SESSION_ID from '@salesforce/label/c.Say_remedy_INVALID_SESSION_ID';
import remedy_API_DISABLED_FOR_ORG from '@salesforce/label/c.Say_remedy_API_DISABLED_FOR_ORG';
import remedy_API_CURRENTLY_DISABLED from '@salesforce/label/c.Say_remedy_API_CURRENTLY_DISABLED';
import remedy_INVALID_TYPE from '@salesforce/label/c.Say_remedy_INVALID_TYPE';
import remedy_ORG_LOCKED from '@salesforce/label/c.Say_remedy_ORG_LOCKED';
import remedy_INACTIVE_ORG from '@salesforce/label/c.Say_remedy_INACTIVE_ORG';
import remedy_INVALID_LOGIN from '@salesforce/label/c.Say_remedy_INVALID_LOGIN';
import remedy_INVALID_GRANT from '@salesforce/label/c.Say_remedy_INVALID_GRANT';
import remedy_INVALID_CLIENT from '@salesforce/label/c.Say_remedy_INVALID_CLIENT';
import remedy_INVALID_CLIENT_ID from '@salesforce/label/c.Say_remedy_INVALID_CLIENT_ID';
import remedy_INVALID_CLIENT_CREDENTIALS from '@salesforce/label/c.Say_remedy_INVALID_CLIENT_CREDENTIALS';
import remedy_UNAUTHORIZED_CLIENT from '@salesforce/label/c.Say_remedy_UNAUTHORIZED_CLIENT';
import remedy_INVALID_APP_ACCESS from '@salesforce/label/c.Say_remedy_INVALID_APP_ACCESS';
import remedy_INVALID_SCOPE from '@salesforce/label/c.Say_remedy_INVALID_SCOPE';
import remedy_INACTIVE_USER from '@salesforce/label/c.Say_remedy_INACTIVE_USER';
import remedy_SUBSCRIPTION_LIMIT_EXCEEDED from '@salesforce/label/c.Say_remedy_SUBSCRIPTION_LIMIT_EXCEEDED';
import remedy_CONCURRENT_CLIENT_LIMIT_EXCEEDED from '@salesforce/label/c.Say_remedy_CONCURRENT_CLIENT_LIMIT_EXCEEDED';
import remedy_SUBSCRIPTION_FETCH_REPLAYID_CORRUPTED from '@salesforce/label/c.Say_remedy_SUBSCRIPTION_FETCH_REPLAYID_CORRUPTED';
import remedy_TOPIC_NOT_FOUND from '@salesforce/label/c.Say_remedy_TOPIC_NOT_FOUND';
import remedy_TOPIC_META_PERMISSION from '@salesforce/label/c.Say_remedy_TOPIC_META_PERMISSION';
import remedy_UNSUPPORTED_API_VERSION from '@salesforce/label/c.Say_remedy_UNSUPPORTED_API_VERSION';
import remedy_VERSION_CONFLICT from '@salesforce/label/c.Say_remedy_VERSION_CONFLICT';
import remedy_UNAUTHORIZED from '@salesforce/label/c.Say_remedy_UNAUTHORIZED';
import remedy_FORBIDDEN from '@salesforce/label/c.Say_remedy_FORBIDDEN';

export const STATES: Readonly<Record<string, string>> = {
  remedy_API_SHARE_USED,
  remedy_UNEXPECTED_ANSWER,
  remedy_INVALID_ANSWER,
  remedy_NO_ANSWER,
  remedy_NETWORK_ERROR: remedy_NO_ANSWER,
  remedy_STREAM_ENDED: remedy_NO_ANSWER,
  remedy_FEED_FAILED: remedy_NO_ANSWER,
  remedy_INSTANCE_URL,
  remedy_SIGN_IN_ANSWER: remedy_UNEXPECTED_ANSWER,
  remedy_INTERNAL_ERROR: remedy_MALFORMED_QUERY,
  remedy_UNABLE_TO_LOCK_ROW: remedy_NO_ANSWER,
  remedy_SERVER_UNAVAILABLE: remedy_NO_ANSWER,
  remedy_UNKNOWN_EXCEPTION: remedy_NO_ANSWER,
  remedy_QUERY_TIMEOUT: remedy_NO_ANSWER,
  remedy_INVALID_QUERY_LOCATOR: remedy_NO_ANSWER,
  remedy_ALL_OR_NONE_OPERATION_ROLLED_BACK: remedy_NO_ANSWER,
  remedy_PROCESSING_HALTED: remedy_NO_ANSWER,
  remedy_APEX_CPU_TIME_LIMIT_EXCEEDED,
  remedy_TXN_SECURITY_METERING_ERROR: remedy_NO_ANSWER,
  remedy_CANNOT_UPDATE_CONVERTED_LEAD,
  remedy_REQUEST_LIMIT_EXCEEDED,
  remedy_STORAGE_LIMIT_EXCEEDED,
  remedy_LIMIT_EXCEEDED,
  remedy_CONCURRENT_REQUESTS_LIMIT_EXCEEDED: remedy_NO_ANSWER,
  remedy_INVALID_SESSION_ID,
  remedy_INVALID_AUTH_HEADER: remedy_INVALID_SESSION_ID,
  remedy_API_DISABLED_FOR_ORG,
  remedy_API_CURRENTLY_DISABLED,
  remedy_INVALID_TYPE,
  remedy_ORG_LOCKED,
  remedy_INACTIVE_ORG,
  remedy_INVALID_LOGIN,
  remedy_INVALID_GRANT,
  remedy_INVALID_CLIENT,
  remedy_INVALID_CLIENT_ID,
  remedy_INVALID_CLIENT_CREDENTIALS,
  remedy_UNAUTHORIZED_CLIENT,
  remedy_UNSUPPORTED_GRANT_TYPE: remedy_UNAUTHORIZED_CLIENT,
  remedy_INVALID_APP_ACCESS,
  remedy_INVALID_SCOPE,
  remedy_INACTIVE_USER,
  remedy_SUBSCRIPTION_LIMIT_EXCEEDED,
  remedy_CONCURRENT_CLIENT_LIMIT_EXCEEDED,
  remedy_SUBSCRIPTION_FETCH_REPLAYID_CORRUPTED,
  remedy_SUBSCRIPTION_FETCH_REPLAYID_VALIDATION_FAILED: remedy_SUBSCRIPTION_FETCH_REPLAYID_CORRUPTED,
  remedy_SERVICE_UNAVAILABLE: remedy_NO_ANSWER,
  remedy_SERVICE_AUTH_ERROR: remedy_INVALID_SESSION_ID,
  remedy_SERVICE_AUTH_HEADERS_INVALID: remedy_INVALID_LOGIN,
  remedy_TOPIC_NOT_FOUND,
  remedy_TOPIC_META_PERMISSION,
  remedy_SUBSCRIPTION_TOPIC_CANNOT_SUBSCRIBE: remedy_TOPIC_META_PERMISSION,
  remedy_PUBLISH_TOPIC_CANNOT_PUBLISH: remedy_TOPIC_META_PERMISSION,
  remedy_UNSUPPORTED_API_VERSION,
  remedy_VERSION_CONFLICT,
  remedy_UNAUTHORIZED,
  remedy_FORBIDDEN,
  remedy_RATE_LIMITED: remedy_NO_ANSWER,
  remedy_UNAVAILABLE: remedy_NO_ANSWER,
};
