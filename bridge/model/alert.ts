// What an admin is alerted about: the bell of Salesforce, an e-mail or a webhook carries one of these messages (B24).
import type { CreationTarget } from './config.ts';

/** A state of the connection that somebody has to know of; `failures` ends with the code that many rows carry. */
export type AlertState =
  | 'storeFails'
  | 'storeLost'
  | 'connection'
  | 'sellfireLost'
  | 'budgetSpent'
  | 'eventsSpent'
  | 'workPaused'
  | 'toSellfireStill'
  | 'toSalesforceStill'
  | `creationPaused:${CreationTarget}`
  | `undelivered:${AlertChannel}`
  | `failures:${string}`;

export const ALERT_CHANNELS = ['bell', 'email', 'webhook'] as const;
export type AlertChannel = (typeof ALERT_CHANNELS)[number];

export type AlertKind = 'raised' | 'recovered' | 'digest' | 'test';

export interface AlertMessage {
  /** The same for a message that is sent again, by which a receiver recognizes it. */
  id: string;
  kind: AlertKind;
  /** Absent for a digest and a test. */
  state?: string | undefined;
  /** One line. */
  title: string;
  /** Plain text: what happened, with what to do. */
  text: string;
  /** ms since the epoch: when it was decided. */
  at: number;
}
