// Codes for errors of the service itself, which stop a command, a request, a connection or the store; for whoever runs
// the bridge.
import { CONNECTION } from './connectionErrors.ts';
import { DEPLOYMENT } from './deploymentErrors.ts';
import type { Entry } from './entry.ts';
import { REQUESTS } from './requestErrors.ts';
import { CONFIGURATION } from './startErrors.ts';
import { STORE } from './storeErrors.ts';

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
  'Many connections': DEPLOYMENT,
  'Checks of the doctor': CHECKS,
};
export const ERROR_CODES = { ...CONFIGURATION, ...CONNECTION, ...REQUESTS, ...STORE, ...DEPLOYMENT, ...CHECKS };
