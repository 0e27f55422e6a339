// What the bridge says, in the reader's language: it sends a code and the values beside its English sentence, and the label of
// the code is the sentence here. A code that this version of the package does not know stays in English.
import { titleOf } from 'c/codes';
import { exact, number } from 'c/format';
import { fill } from 'c/labels';
import { CAUSES } from './causes';
import { CONNECTION } from './connection';
import { COUNTS } from './counts';
import { CREATIONS } from './creations';
import { FAULTS } from './faults';
import { LINKS } from './links';
import { REFUSALS } from './refusals';
import { REMARKS } from './remarks';
import { RESULTS } from './results';
import { SALES } from './sales';
import { STATES } from './states';
import { STATUS } from './status';
import { TESTS } from './tests';
import { VALUES } from './values';
import { WHY } from './why';

export interface Message {
  code: string;
  args: readonly Value[];
  /** English. */
  sentence: string;
}
/** A text, a number, or a sentence of the bridge in the sentence. */
export type Value = string | number | Message;

/** Sentences without words, the same in every language. */
const PUNCTUATION = {
  other: '{0}',
  joined: '{0} {1}',
  listed: '{0}, {1}',
  recordsThat: '{0}: {1}.',
  recordsOnly: '{0}.',
  fieldLeftOut: '{0}: {1}',
};

const LABELS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...PUNCTUATION,
    ...{ ...RESULTS, ...FAULTS, ...TESTS, ...COUNTS, ...REMARKS, ...STATUS, ...WHY },
    ...{ ...CAUSES, ...CONNECTION, ...CREATIONS, ...VALUES, ...LINKS, ...SALES },
    ...{ ...REFUSALS, ...STATES },
  }),
);

/** @param value `{ code, args, sentence }` of the bridge; what is missing of it is blank */
export function messageOf(value: unknown): Message {
  const { code, args, sentence } = Object(value) as Partial<Record<keyof Message, unknown>>;
  return {
    code: typeof code === 'string' ? code : '',
    args: Array.isArray(args) ? args.map(valueOf) : [],
    sentence: typeof sentence === 'string' ? sentence : '',
  };
}

function valueOf(arg: unknown): Value {
  if (typeof arg === 'number') return arg;
  return typeof arg === 'object' && arg !== null ? messageOf(arg) : String(arg);
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

const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** A number and a time as the reader writes them, and a code by its title. */
function display(arg: Value): string {
  if (typeof arg === 'number') return number(arg);
  if (typeof arg === 'object') return worded(arg);
  return MOMENT.test(arg) ? exact(arg) : (titleOf(arg) ?? arg);
}
