// Codes for errors of the service itself, which stop a command, a request, a connection or the store; for whoever runs
// the bridge.
import type { Entry } from './entry.ts';

/** The configuration at the start of the bridge. */
const CONFIGURATION = {
  CONFIG_INVALID: {
    title: 'Configuration cannot be used',
    places: ['error'],
    action: 'Correct these environment variables and start again.',
    cases: {
      one: { sentence: 'The configuration has a problem:\n{problems}' },
      several: { sentence: 'The configuration has {count} problems:\n{problems}' },
    },
  },
  PUBLIC_URL_MISSING: {
    title: 'Address not known',
    places: ['error'],
    sentence: 'The address of the bridge is not known, because PORT is 0.',
    action: 'Set PUBLIC_URL, or a PORT.',
  },
  LISTEN_FAILED: {
    title: 'Cannot listen',
    places: ['error'],
    sentence: 'The bridge cannot listen on {host}, port {port} ({cause}).',
    action: 'Stop what uses the port, or set HOST and PORT to an address of this machine that is free.',
  },
  LOGIN_URL: {
    title: 'Not a login address',
    places: ['error'],
    sentence: '{address} is not a Salesforce login address.',
    action: 'Give https://login.salesforce.com, https://test.salesforce.com, or the My Domain address of the org.',
  },
  PRIVATE_KEY: {
    title: 'Private key cannot be read',
    places: ['error'],
    sentence: 'The private key for signing in to Salesforce cannot be read.',
    action: 'Give an RSA key in PEM form whose certificate the External Client App holds.',
  },
  JWT_MISSING: {
    title: 'No key to sign in with',
    places: ['error'],
    action: 'Set SALESFORCE_JWT_KEY_FILE and SALESFORCE_USERNAME.',
    cases: {
      connecting: {
        sentence: 'There is no key to sign in with.',
        action:
          'Set SALESFORCE_JWT_KEY_FILE and SALESFORCE_USERNAME, or connect in a browser: npm run bridge -- connect web',
      },
      connected: {
        sentence: '{org} was connected with a key (JWT), and there is none in the configuration.',
        action: 'Set SALESFORCE_JWT_KEY_FILE and SALESFORCE_USERNAME as they were when it was connected.',
      },
      request: {
        sentence: 'There is no key to sign in with, and the sign-in of a browser is the running bridge’s alone.',
        action:
          'Set SALESFORCE_JWT_KEY_FILE and SALESFORCE_USERNAME, or make the request on the pages of the Sellfire app.',
      },
    },
  },
  SECRET_KEY_INVALID: {
    title: 'Encryption key of the wrong length',
    places: ['error'],
    sentence: 'The encryption key has {bytes} bytes.',
    action: 'Give {needed} random bytes, for example from: openssl rand -base64 {needed}',
  },
  SECRET_KEY_WRONG: {
    title: 'Encryption key is another one',
    places: ['error'],
    sentence: 'The saved sign-in of connection {connection} cannot be opened with the encryption key of this bridge.',
    action:
      'Start the bridge with the SECRET_KEY that it was saved with; to replace that key, give it as SECRET_KEY_OLD. If it is lost: npm run bridge -- disconnect {connection}, start, and connect again.',
  },
  SECRET_UNREADABLE: {
    title: 'Saved sign-in of another version',
    places: ['error'],
    sentence: 'The saved sign-in of connection {connection} is not in a form that this version knows.',
    action: 'Start the version of the bridge that saved it, or connect again.',
  },
} as const satisfies Record<string, Entry>;

/** The connection to an org. */
const CONNECTION = {
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

/** Requests of an admin. */
const REQUESTS = {
  REQUEST_UNKNOWN: {
    title: 'Request of another version',
    places: ['error'],
    sentence: 'This version of the bridge does not know requests of the type "{type}".',
    action: 'Update the bridge to the version of the package.',
  },
  SYNC_NOT_STARTED: {
    title: 'Sync not started',
    places: ['error'],
    sentence: 'Sync has not been started, so that nothing is written in either system.',
    action: 'Press Start on Home, then make the request again.',
  },
  SYNC_PAUSED: {
    title: 'Sync paused',
    places: ['error'],
    sentence: 'Sync is paused by {by}, so that nothing is written in either system.',
    action: 'Resume it on Home, then make the request again.',
  },
  SYNC_STORE_LOST: {
    title: 'Links are lost',
    places: ['error'],
    sentence:
      'The store of the bridge is not the one that this org knows, so that nothing is written in either system.',
    action: 'Choose Restore Links on Home, then make the request again.',
  },
  TEST_RECORD_STUCK: {
    title: 'Test record did not make the round trip',
    places: ['error'],
    action: 'Look for it in Integration Reports: its row says why.',
    cases: {
      notInSalesforce: { sentence: 'It has not arrived in Salesforce.' },
      notInSellfire: { sentence: 'The change has not arrived in Sellfire.' },
      refused: {
        sentence: '{peer} refused the test lead: {message}',
        action: 'Correct what it names, then test again.',
      },
      phoneTaken: {
        sentence: 'The number {phone} is the phone of another lead.',
        action: 'Give that lead its own number: this one is reserved for tests.',
      },
      notRetired: {
        sentence: 'The test lead could not be retired: {message}',
        action: 'Retire or delete it in Sellfire.',
      },
    },
  },
  BRIDGE_UNREACHABLE: {
    title: 'No bridge answers',
    places: ['error'],
    sentence: 'No bridge answers at {url}.',
    action: 'Start it (npm start), or set PUBLIC_URL or PORT to where it is reached.',
  },
  CONTROL_REFUSED: {
    title: 'Bridge refused the command',
    places: ['error'],
    action: 'Run it with the SELLFIRE_WEBHOOK_SECRET of the bridge, on a machine whose clock is right.',
    cases: {
      notSigned: { sentence: 'The bridge at {url} has refused this ({status}).' },
      notConnected: {
        sentence: 'The org {id} is not connected to the bridge at {url}.',
        action: 'The 18-character id of the connected org stands in its log, and in Setup, Company Information.',
      },
    },
  },
  REQUEST_GONE: {
    title: 'Request deleted',
    places: ['error'],
    sentence: 'The request was deleted in the org.',
    action: 'Make it again.',
  },
  PARAMETERS_INVALID: {
    title: 'Parameters not understood',
    places: ['error'],
    action: 'Make the request from the pages of the Sellfire app, or correct its Parameters.',
    cases: {
      request: { sentence: 'The parameters of this {type} request cannot be understood: {problems}' },
      command: { sentence: '{message}', action: 'See: bridge {command} --help' },
    },
  },
  RECORD_MISSING: {
    title: 'No record named',
    places: ['error'],
    sentence: 'The request names no Lead, Contact or Account.',
    action: 'Use "Sync now" on the record\'s page.',
  },
  MAPPING_UNKNOWN: {
    title: 'Mapping cannot be used',
    places: ['error'],
    action: 'Choose a mapping of the list of Field Mappings whose status is Ok.',
    cases: {
      notThere: { sentence: 'The mapping is not there, or one of its fields is gone or hidden.' },
      gone: {
        sentence: 'The mapping is not there, or it cannot be understood.',
        action: 'Choose a mapping of the list of Field Mappings.',
      },
      off: {
        sentence: 'The mapping is switched off (Don’t sync).',
        action: 'Choose a mapping of the list of Field Mappings.',
      },
      notOnUpdate: {
        sentence: 'The mapping does not fire on create/update, so that there is nothing to apply to existing records.',
        action: 'Choose a mapping of the list of Field Mappings.',
      },
    },
  },
  OPTION_UNKNOWN: {
    title: 'No such value in Salesforce',
    places: ['error'],
    sentence: '{field} of Salesforce has no such value.',
    action: 'Look at the options again: a value may have been deactivated meanwhile.',
  },
  OPTIONS_UNFIT: {
    title: 'Not two dropdowns',
    places: ['error'],
    sentence: '{sellfire} ({sellfireType}) and {salesforce} ({salesforceType}) are not both dropdowns.',
    action: 'Choose a mapping between a dropdown of Sellfire and a picklist of Salesforce.',
  },
  CATALOGUE_REFUSED: {
    title: 'Sellfire fields not shown',
    places: ['error'],
    sentence: 'Salesforce refused {fields} of the catalogue, {first} for one: {message}',
    action: 'Assign the permission set "Sellfire Integration" to the connected user, and refresh again.',
  },
  FILE_UNWRITABLE: {
    title: 'File cannot be made',
    places: ['error'],
    sentence: '{file} cannot be made: {cause}',
    action: 'Name a file that is not there yet, in a folder that is.',
  },
  BRIDGE_AWAY: {
    title: 'No bridge works on it',
    places: ['error'],
    sentence: 'No bridge has begun the request {id} within {seconds} s.',
    action:
      'Start the bridge (npm start): the request stays in the org and is worked on then. To withdraw it, tick Stop Requested on it.',
  },
  INTERNAL: {
    title: 'Fault of the bridge',
    places: ['error'],
    sentence: '{message}.',
    action: 'Report it with the log around it.',
  },
  UNDECIDED: {
    title: 'No decision',
    places: ['error'],
    sentence: 'No decision about {key} was reached.',
    action: 'Report it with the log around it.',
  },
} as const satisfies Record<string, Entry>;

/** The store. */
const STORE = {
  STORE_IN_USE: {
    title: 'Store in use',
    places: ['error', 'check'],
    sentence: 'Another process has the store {file} open.',
    action:
      'Stop the other bridge first, or give this one a store of its own. Several bridges share a store on PostgreSQL only.',
  },
  STORE_UNUSABLE: {
    title: 'Store cannot be used',
    places: ['error', 'check'],
    action: 'Check the disk: its room, its health, and the permissions of the file.',
    cases: {
      opening: {
        sentence: 'The store {file} cannot be opened: {cause}.',
        action:
          'Check that the path is a file of the bridge on a local disk, that this user may write to it, and that the disk has room.',
      },
      running: {
        sentence: 'The store cannot be read or written: {cause}.',
        action:
          'Check the disk: its room, its health, and the permissions of the file. Nothing that was confirmed is lost.',
      },
    },
  },
  STORE_LOST: {
    title: 'Store is not the one that the org knows',
    places: ['error', 'state'],
    action:
      'Stop the bridge, put the right store back and start it again. If there is none, choose Restore Links on Home (or run: npm run bridge -- restore-links): pairs are linked again by the ids that records carry, and what has changed since {since} is compared.',
    cases: {
      lost: {
        sentence:
          'The store of the bridge is empty, but this org was in step with Sellfire before: its links are lost. Nothing is written until somebody decides.',
      },
      older: {
        sentence:
          'The store of the bridge is another one, or an older copy, than the one that kept this org in step last. Nothing is written until somebody decides.',
      },
      emptied: {
        sentence: 'The store of the bridge has lost links that it had. Nothing is written until somebody decides.',
      },
    },
  },
  STORE_NEWER: {
    title: 'Store of a newer version',
    places: ['error'],
    sentence: 'The store was written by a newer version of the bridge ({migrations}).',
    action: 'Start that version, or restore the backup that was made before the upgrade.',
  },
  STORE_CLOSED: {
    title: 'Store is closed',
    places: ['error'],
    sentence: 'The store is closed.',
    action: 'Start the bridge again.',
  },
  STORE_STOPPED: {
    title: 'Store has stopped',
    places: ['error'],
    action: 'Start the bridge again; everything that was confirmed is on the disk.',
    cases: {
      because: { sentence: "The store's thread has stopped: {cause}." },
      unexplained: { sentence: "The store's thread has stopped." },
    },
  },
  LINK_UNREADABLE: {
    title: 'Link of another version',
    places: ['error'],
    sentence: 'The link of lead {lead} is stored in a form that this version cannot read: {cause}',
    action: 'Start the version of the bridge that wrote it last, or restore the store from a backup.',
  },
} as const satisfies Record<string, Entry>;

/** Findings of `doctor`. */
const CHECKS = {
  RIGHT_MISSING: {
    title: 'Right is missing',
    places: ['check'],
    action: 'Assign the permission set "Sellfire Integration" to the connected user.',
    cases: {
      ofPackage: { sentence: '{rights} is missing.' },
      recordType: {
        sentence: 'New Accounts of the connected user are person accounts, and a demo or a sale needs a business.',
        action: 'Assign a business record type of Account to the user, in a permission set or a profile.',
      },
      ofCustomer: {
        sentence: '{rights} is missing.',
        action:
          'Give the connected user Read, Create, Edit and View All Records on {object}, in a permission set of your own: a package cannot.',
      },
    },
  },
  RIGHT_EXCESS: {
    title: 'Right is not needed',
    places: ['check'],
    action: 'Take it away: whoever stole the token could use it.',
    cases: {
      ofObject: { sentence: 'The bridge never deletes a record of {object}, and its user may.' },
      ofUser: {
        sentence: 'The connected user has {rights}, which the bridge does not need.',
        action: 'Give the bridge a user of its own with the permission sets of the set-up guide alone.',
      },
    },
  },
  API_CALLS_LOW: {
    title: 'API calls run short',
    places: ['check'],
    sentence: '{used} of {allowed} API calls were used today.',
    action: 'See in Setup, under System Overview, which integration spends them.',
  },
  MAPPING_UNREADABLE: {
    title: 'Field mapping cannot be read',
    places: ['check'],
    sentence: '{mapping}: {why}',
    action: 'Edit it on the Field Mappings page.',
  },
} as const satisfies Record<string, Entry>;

export const ERROR_CHAPTERS = {
  'Starting the bridge': CONFIGURATION,
  'The connection with an org': CONNECTION,
  'Requests and commands': REQUESTS,
  'The store': STORE,
  'Checks of the doctor': CHECKS,
};
export const ERROR_CODES = { ...CONFIGURATION, ...CONNECTION, ...REQUESTS, ...STORE, ...CHECKS };
