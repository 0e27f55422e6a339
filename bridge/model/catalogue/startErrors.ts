// Codes of what keeps the bridge from starting: its configuration, and what it signs in with.
import type { Entry } from './entry.ts';

export const CONFIGURATION = {
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
