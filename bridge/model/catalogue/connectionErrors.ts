// Codes of errors of the connection with an org.
import type { Entry } from './entry.ts';

export const CONNECTION = {
  ORG_UNKNOWN: {
    title: 'Org is not connected',
    places: ['error'],
    action: 'Give the id of a connected org.',
    cases: {
      none: { sentence: 'The org {id} is not connected.', action: 'No org is.' },
      others: { sentence: 'The org {id} is not connected.', action: 'Connected: {connected}' },
    },
  },
  ORG_CONNECTED: {
    title: 'Another org is connected',
    places: ['error'],
    sentence: 'Another org ({others}) is connected to this Sellfire account.',
    action: 'Disconnect it first: npm run bridge -- disconnect <org-id>',
  },
  ORG_CHANGED: {
    title: 'Another org answers',
    places: ['error'],
    sentence: 'The connection belongs to the org {pinned}, and {answering} answers behind it.',
    action: 'If the sandbox was refreshed, disconnect it and connect it anew; nothing is written until then.',
  },
  DISCONNECTED: {
    title: 'Disconnected',
    places: ['error'],
    sentence: 'The connection to Salesforce was ended by an admin.',
    action: 'Connect the org again to go on.',
  },
  TOKEN_NOT_REVOKED: {
    title: 'Token not revoked',
    places: ['error', 'state'],
    sentence:
      'The org {org} is disconnected and the bridge has forgotten its token, but Salesforce has not confirmed that it is revoked. {why}',
    action: 'Revoke it in Salesforce: Setup, Connected Apps OAuth Usage, Sellfire Bridge, Revoke.',
  },
  WEBHOOK_NOT_REMOVED: {
    title: 'Webhook not removed',
    places: ['error', 'state'],
    sentence:
      'The org {org} is disconnected, but Sellfire has not confirmed that it sends its events no more; the bridge takes none of them. {why}',
    action: 'Have Sellfire remove the webhook bridge-{org}, or connect the org and disconnect it again.',
  },
  SIGN_IN_REFUSED: {
    title: 'Sign-in refused',
    places: ['error'],
    action:
      'Press Connect again. If it stays so, compare the callback address and the scopes of the app with the README.',
    cases: {
      denied: {
        sentence: 'Access was not allowed in Salesforce.',
        action: 'Press Connect again and choose Allow on Salesforce’s page.',
      },
      byApp: {
        sentence: 'Salesforce does not let this user use the app ({answer}).',
        action:
          'In Salesforce Setup, under External Client Apps, let the integration user’s permission set use the app.',
      },
      other: { sentence: 'Salesforce ended the sign-in ({answer}).' },
    },
  },
  PACKAGE_MISSING: {
    title: 'Package not found',
    places: ['error', 'check'],
    sentence: 'The Sellfire package is not in this org, or the connected user cannot see its objects.',
    action: 'Install the package, and assign the permission set "Sellfire Integration" to the connected user.',
  },
  REFRESH_TOKEN_MISSING: {
    title: 'No saved sign-in',
    places: ['error'],
    action: 'Connect the org again.',
    cases: {
      notSaved: { sentence: 'No sign-in is saved for {org}.' },
      notGiven: {
        sentence: 'Salesforce gave no refresh token, so the bridge could not go on when the session ends.',
        action:
          'Allow the scope "Perform requests at any time (refresh_token)" in the External Client App, and connect again.',
      },
    },
  },
  CONNECTION_UNREADABLE: {
    title: 'Saved connection of another version',
    places: ['error'],
    sentence: 'The saved connection {connection} is not in a form that this version knows.',
    action: 'Start the version of the bridge that saved it, or disconnect and connect again.',
  },
  NOT_CONFIGURED: {
    title: 'Not ready yet',
    places: ['error'],
    sentence: 'The configuration was not read yet.',
    action: 'Wait until the bridge is ready.',
  },
  FEED_CURSOR_LOST: {
    title: 'Feed cannot be continued',
    places: ['error'],
    sentence:
      "Sellfire's feed cannot be continued after event {event}: it was read too long ago, or it is another account's.",
    action:
      'Check SELLFIRE_URL and SELLFIRE_API_KEY. If they are right, changes in Sellfire since then have to be compared.',
  },
  FEED_BROKEN: {
    title: 'Feed is not in order',
    places: ['error'],
    action: 'The cursor stays before it and the feed is read again; if it lasts, tell Sellfire’s support.',
    cases: {
      gap: { sentence: "The feed's page after {event} has a gap." },
      nothingNew: { sentence: "The feed's page after {event} brings nothing new." },
    },
  },
} as const satisfies Record<string, Entry>;
