// A gate: one thing that must be so before a change crosses (B16). The gates stand in the order in which they are decided, and the
// first that stops is the answer.
import type { Explanation } from '../../model/catalogue/entry.ts';
import { asMessage, type Message } from '../../model/message.ts';

export const GATES = [
  'found',
  'sync',
  'phoneMapped',
  'object',
  'link',
  'phone',
  'holder',
  'creation',
  'update',
  'attempt',
  'fields',
  'waiting',
  'beginning',
] as const;
export type GateName = (typeof GATES)[number];

/** Where the mend is: a page of the package, a record, a lead or a report. */
export type Mend =
  | { page: 'home' | 'mappings' | 'settings' }
  | { record: string }
  | { lead: string }
  | { report: string }
  | { syncNow: string };

/** `pass`: it is so · `stop`: it is not, and nothing crosses before it is mended · `skip`: it does not come to that. */
export interface Gate {
  gate: GateName;
  state: 'pass' | 'stop' | 'skip';
  message: Message;
  mend?: Mend;
  /** ms since the epoch: when what the sentence is about happened. */
  at?: number;
}

export const pass = (gate: GateName, message: Message, more: Pick<Gate, 'at' | 'mend'> = {}): Gate => ({
  gate,
  state: 'pass',
  message,
  ...more,
});

export const skip = (gate: GateName, message: Message): Gate => ({ gate, state: 'skip', message });

export const stop = (gate: GateName, why: Message | Explanation, more: Pick<Gate, 'at' | 'mend'> = {}): Gate => ({
  gate,
  state: 'stop',
  message: 'args' in why ? why : asMessage(why),
  ...more,
});
