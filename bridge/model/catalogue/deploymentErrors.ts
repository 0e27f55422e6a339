// Codes of errors of a deployment of many connections.
import type { Entry } from './entry.ts';

export const DEPLOYMENT = {
  CONNECTION_NAME_INVALID: {
    title: 'Not a name of a connection',
    places: ['error'],
    sentence: 'A connection cannot have this name.',
    action: 'Give 1 to 40 lower-case letters, digits and hyphens, with no hyphen at either end.',
  },
  CONNECTION_EXISTS: {
    title: 'Connection exists',
    places: ['error'],
    action: 'Choose another name. (npm run bridge -- connections list)',
    cases: {
      running: { sentence: 'There is a connection {name} already.' },
      removing: {
        sentence: 'The connection {name} is being removed.',
        action: 'Wait for its removal. If that was interrupted: npm run bridge -- connections remove {name}',
      },
    },
  },
  CONNECTION_UNKNOWN: {
    title: 'Connection is not known',
    places: ['error'],
    sentence: 'There is no connection {name}.',
    action: 'See which there are: npm run bridge -- connections list',
  },
  ACCOUNT_CONNECTED: {
    title: 'Account is connected already',
    places: ['error'],
    sentence: 'The connection {other} has this Sellfire account.',
    action:
      'Give the API key of another account. To connect the account with another org, remove {other} first: npm run bridge -- connections remove {other}',
  },
  ORG_ELSEWHERE: {
    title: 'Another connection has the org',
    places: ['error'],
    sentence: 'Another connection of this deployment has the org {org}.',
    action:
      'Sign in to another org. To move the org, remove the connection that has it: npm run bridge -- connections list',
  },
  DEPLOYMENT_UNAVAILABLE: {
    title: 'Deployment does not answer',
    places: ['error'],
    sentence: 'Whether another connection has this org cannot be found out now.',
    action: 'Check that the database of the deployment runs. The process of the connection starts again by itself.',
  },
  CONNECTION_BUSY: {
    title: 'Connection still runs',
    places: ['error'],
    sentence: 'A process still runs the connection {name} after {seconds} s.',
    action:
      'See which one holds it (npm run bridge -- connections list), and run the removal again once it has stopped.',
  },
  CONNECTION_SEALED: {
    title: 'Configuration of a connection cannot be opened',
    places: ['error'],
    sentence: 'The configuration of the connection {name} cannot be opened with the SECRET_KEY of this deployment.',
    action:
      'Give the SECRET_KEY with which it was added; to replace that key, give it as SECRET_KEY_OLD. If it is lost: npm run bridge -- connections remove {name}, and add it again.',
  },
} as const satisfies Record<string, Entry>;
