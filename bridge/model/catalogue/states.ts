// Codes for what stops a whole connection, for a while or until somebody acts; used in the log, in /health/ready and in
// the org's status. No report row carries them, because a later attempt succeeds. The sentence is that of the peer that
// answered.
import type { Entry } from './entry.ts';

const state = <A extends string>(title: string, action: A) => ({ title, places: ['state'] as const, action });

const RETRIED = 'Nothing is to be done: it is tried again by itself.';

/** States of a connection that the bridge itself detects. */
const OWN = {
  API_SHARE_USED: state(
    'Share of API calls used up',
    'It goes on by itself. Raise Api Share in the settings, or see in Setup, under System Overview, what else spends calls.',
  ),
  UNEXPECTED_ANSWER: state('Answer not understood', 'It is tried again. If it lasts, look for a proxy on the way.'),
  INVALID_ANSWER: state(
    'Answer not understood',
    'It is tried again. If it lasts, the address in SELLFIRE_URL is not Sellfire, or of another version.',
  ),
  NO_ANSWER: state('No answer', RETRIED),
  NETWORK_ERROR: state('No answer', RETRIED),
  STREAM_ENDED: state('Event stream ended', RETRIED),
  FEED_FAILED: state('Feed could not be read', RETRIED),
  INSTANCE_URL: state(
    'Address of no Salesforce org',
    'Check SALESFORCE_LOGIN_URL and what stands between the bridge and Salesforce, then connect again.',
  ),
  SIGN_IN_EXPIRED: {
    ...state(
      'Saved sign-in has ended',
      'Connect the org again: press Connect in the settings, or run npm run bridge -- connect web. What changes meanwhile is kept, or read back, and carried over then.',
    ),
    sentence:
      'Salesforce takes the saved sign-in no more ({answer}): an admin has revoked it, it was not used for as long as the app allows (30 days), or its replacement was lost on the way.',
  },
  SIGN_IN_ADDRESS: {
    ...state(
      'Sign-in from this address refused',
      'Let the address of the bridge sign in: in Salesforce Setup, in the policies of the External Client App, and in the login IP ranges of the profile of the connected user.',
    ),
    sentence: 'Salesforce does not let the bridge sign in from its address ({answer}).',
  },
  SIGN_IN_ANSWER: state('Sign-in not understood', 'It is tried again. If it lasts, look for a proxy on the way.'),
  INTERNAL_ERROR: state('Fault of the bridge', 'Report it with the log around it.'),
} as const satisfies Record<string, Entry>;

const OF_SALESFORCE = {
  UNABLE_TO_LOCK_ROW: state('Record locked by somebody else', RETRIED),
  SERVER_UNAVAILABLE: state('Salesforce is not available', RETRIED),
  UNKNOWN_EXCEPTION: state('Fault of Salesforce', RETRIED),
  QUERY_TIMEOUT: state('Query took too long', RETRIED),
  INVALID_QUERY_LOCATOR: state('Query begun anew', RETRIED),
  ALL_OR_NONE_OPERATION_ROLLED_BACK: state('Transaction undone', RETRIED),
  PROCESSING_HALTED: state('Transaction undone', RETRIED),
  APEX_CPU_TIME_LIMIT_EXCEEDED: state(
    'Automation of the org took too long',
    'It is tried again. If it lasts, show it to whoever keeps the automation of the org.',
  ),
  TXN_SECURITY_METERING_ERROR: state('Fault of Salesforce', RETRIED),
  CANNOT_UPDATE_CONVERTED_LEAD: state(
    'Lead was converted',
    'Nothing is to be done: the link goes on with the Contact.',
  ),
  REQUEST_LIMIT_EXCEEDED: state(
    'API calls of the org used up',
    'It goes on when calls are free again. See in Setup, under System Overview, which integration spends them.',
  ),
  STORAGE_LIMIT_EXCEEDED: state('Storage of the org is full', 'Free storage of the org: sync goes on then.'),
  LIMIT_EXCEEDED: state('Limit of the org reached', 'It goes on when the limit allows it.'),
  CONCURRENT_REQUESTS_LIMIT_EXCEEDED: state('Too many calls at once', RETRIED),
  INVALID_SESSION_ID: state('Session has ended', 'Nothing is to be done: the bridge signs in again.'),
  INVALID_AUTH_HEADER: state('Session has ended', 'Nothing is to be done: the bridge signs in again.'),
  API_DISABLED_FOR_ORG: state(
    'No API access',
    'Give the connected user API Enabled, by the permission set "Sellfire Integration"; the edition must have the API.',
  ),
  API_CURRENTLY_DISABLED: state('API is switched off', 'Nothing is to be done, unless it lasts: then ask Salesforce.'),
  INVALID_TYPE: state(
    'Object is gone or hidden',
    'Assign the permission set "Sellfire Integration" to the connected user, and give it the object.',
  ),
  ORG_LOCKED: state('Org is locked', 'Unlock the org: sync goes on then.'),
  INACTIVE_ORG: state('Org is not active', 'Activate the org, or disconnect it.'),
  INVALID_LOGIN: state('Sign-in refused', 'Connect the org again.'),
  INVALID_GRANT: state(
    'Sign-in is not valid any more',
    'Connect the org again; with a key (JWT), pre-authorize the user in the External Client App.',
  ),
  INVALID_CLIENT: state('External Client App not known', 'Correct SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET.'),
  INVALID_CLIENT_ID: state('External Client App not known', 'Correct SALESFORCE_CLIENT_ID.'),
  INVALID_CLIENT_CREDENTIALS: state('Secret of the app refused', 'Correct SALESFORCE_CLIENT_SECRET.'),
  UNAUTHORIZED_CLIENT: state('App may not sign in like this', 'Allow the flow in the External Client App.'),
  UNSUPPORTED_GRANT_TYPE: state('App may not sign in like this', 'Allow the flow in the External Client App.'),
  INVALID_APP_ACCESS: state(
    'User may not use the app',
    'Let the connected user use the External Client App (its policies, or a permission set).',
  ),
  INVALID_SCOPE: state('Scope is missing', 'Allow the scopes api and refresh_token in the External Client App.'),
  INACTIVE_USER: state('Connected user is inactive', 'Activate the user, or connect as another one.'),
  SUBSCRIPTION_LIMIT_EXCEEDED: state(
    'Event allocation used up',
    'It goes on by asking for changes, and by events as soon as they come again. See which subscribers spend them (Setup, Platform Events).',
  ),
  CONCURRENT_CLIENT_LIMIT_EXCEEDED: state('Too many subscribers', 'End other subscribers of the org, or wait.'),
  SUBSCRIPTION_FETCH_REPLAYID_CORRUPTED: state(
    'Place in the stream not known',
    'Nothing is to be done: what was missed is compared.',
  ),
  SUBSCRIPTION_FETCH_REPLAYID_VALIDATION_FAILED: state(
    'Place in the stream not known',
    'Nothing is to be done: what was missed is compared.',
  ),
  SERVICE_UNAVAILABLE: state('Event service is not available', RETRIED),
  SERVICE_AUTH_ERROR: state('Session has ended', 'Nothing is to be done: the bridge signs in again.'),
  SERVICE_AUTH_HEADERS_INVALID: state('Event service refused the sign-in', 'Connect the org again.'),
  TOPIC_NOT_FOUND: state(
    'Topic is gone or hidden',
    'Install the package, and assign the permission set "Sellfire Integration" to the connected user.',
  ),
  TOPIC_META_PERMISSION: state(
    'No right to the topic',
    'Assign the permission set "Sellfire Integration" to the connected user.',
  ),
  SUBSCRIPTION_TOPIC_CANNOT_SUBSCRIBE: state(
    'No right to the topic',
    'Assign the permission set "Sellfire Integration" to the connected user.',
  ),
  PUBLISH_TOPIC_CANNOT_PUBLISH: state(
    'No right to publish',
    'Assign the permission set "Sellfire Integration" to the connected user.',
  ),
  UNSUPPORTED_API_VERSION: state('API version not known', 'Update the bridge, or leave SALESFORCE_API_VERSION out.'),
} as const satisfies Record<string, Entry>;

const OF_SELLFIRE = {
  VERSION_CONFLICT: state('Lead changed meanwhile', 'Nothing is to be done: it is decided again.'),
  UNAUTHORIZED: state('API key refused', 'Set SELLFIRE_API_KEY to a key of the account.'),
  FORBIDDEN: state('Not allowed', 'Give the API key the rights that the message names.'),
  RATE_LIMITED: state('Too many requests', RETRIED),
  UNAVAILABLE: state('Sellfire is not available', RETRIED),
} as const satisfies Record<string, Entry>;

export const STATE_CODES = { ...OWN, ...OF_SALESFORCE, ...OF_SELLFIRE };
export const STATE_CHAPTERS = {
  'States of a connection': OWN,
  'States that Salesforce names': OF_SALESFORCE,
  'States that Sellfire names': OF_SELLFIRE,
};
