// Codes of errors of requests, of an admin or of the command line.
import type { Entry } from './entry.ts';

export const REQUESTS = {
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
