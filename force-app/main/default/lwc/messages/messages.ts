// What the bridge says, in the reader's language: it sends a code and the values beside its English sentence, and the label of
// the code is the sentence here. A code that this version of the package does not know stays in English.
import { titleOf } from 'c/codes';
import { number } from 'c/format';
import { fill } from 'c/labels';
import { CAUSES } from './causes';
import { RESULTS } from './results';
import { STATUS } from './status';
import { WHY } from './why';

export interface Message {
  code: string;
  args: readonly (string | number)[];
  /** English. */
  sentence: string;
}

const LABELS: ReadonlyMap<string, string> = new Map(Object.entries({ ...RESULTS, ...STATUS, ...WHY, ...CAUSES }));

/** @param value `{ code, args, sentence }` of the bridge; what is missing of it is blank */
export function messageOf(value: unknown): Message {
  const { code, args, sentence } = Object(value) as Partial<Record<keyof Message, unknown>>;
  return {
    code: typeof code === 'string' ? code : '',
    args: Array.isArray(args) ? args.map((arg: unknown) => (typeof arg === 'number' ? arg : String(arg))) : [],
    sentence: typeof sentence === 'string' ? sentence : '',
  };
}

/** @param value a list of the bridge; anything else is none */
export function messagesOf(value: unknown): Message[] {
  return Array.isArray(value) ? value.map(messageOf) : [];
}

/** In the reader's language; the sentence of the bridge where its code has no label. */
export function worded({ code, args, sentence }: Message): string {
  const label = LABELS.get(code.replace('.', '_'));
  return label === undefined ? (titleOf(code) ?? sentence) : fill(label, ...args.map(display));
}

/** @param otherwise where there is no message, as of an older bridge */
export function wordedAll(messages: readonly Message[], otherwise: string): string {
  return messages.length === 0 ? otherwise : messages.map(worded).join(' ');
}

/** A number as the reader writes it, and a code by its title. */
function display(arg: string | number): string {
  return typeof arg === 'number' ? number(arg) : (titleOf(arg) ?? arg);
}
