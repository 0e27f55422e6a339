// A sentence for an admin with its code and its values, so that the pages of the package say it in the reader's language.
// The English sentence stands beside them, for the log, the API and a page that does not know the code.
import { z } from 'zod';
import { inWords, placesOf, textOfValue, type Explanation, type Message, type Value } from './catalogue/entry.ts';
import { MESSAGES, type MessageCode, type MessageValues } from './catalogue/messages.ts';

export type { Message } from './catalogue/entry.ts';

/** Its JSON. */
export const messageSchema: z.ZodType<Message> = z.object({
  /**
   * Of MESSAGES, with `_one` for the form of one; a wording of the catalogue: `SYNC_PAUSED`, `TEST_RECORD_STUCK.refused`;
   * or the remedy of a peer's refusal: `remedy.STRING_TOO_LONG`.
   */
  code: z.string(),
  args: z.array(z.union([z.string(), z.number(), z.lazy(() => messageSchema)])),
  sentence: z.string(),
});

/** @param given the values of the placeholders; `count` chooses the form for one or for many */
export function say<Code extends MessageCode>(code: Code, ...given: MessageValues<Code>): Message {
  const values: Readonly<Record<string, Value>> = given[0] ?? {};
  const wording: string | { one: string; many: string } = MESSAGES[code];
  const places = placesOf(typeof wording === 'string' ? wording : wording.many);
  const args = places.map((name) => values[name] ?? '');
  if (typeof wording === 'string') return { code, args, sentence: filled(wording, values) };
  const isOne = values['count'] === 1;
  return { code: isOne ? `${code}_one` : code, args, sentence: filled(isOne ? wording.one : wording.many, values) };
}

/** The sentence and the remedy of a cause. */
export function asMessage(why: Explanation): Message {
  const { sentence, action, wording, remedy, words = say('other', { text: sentence }) } = why;
  if (wording) return { code: wording.id, args: wording.args, sentence: inWords(why) };
  if (action === '') return words;
  const help = remedy === undefined ? say('other', { text: action }) : { code: remedy, args: [], sentence: action };
  return say('joined', { first: words, rest: help });
}

/** The sentence of a fault that the bridge words itself. */
export const said = (words: Message): { message: string; words: Message } => ({ message: words.sentence, words });

/** Several as one, at least one: in a list, `A, B, C`, or one after the other. */
export function joined(messages: readonly [Message, ...Message[]], by: 'listed' | 'joined'): Message {
  const [first, second, ...others] = messages;
  return second ? say(by, { first, rest: joined([second, ...others], by) }) : first;
}

/** The number of names in a sentence; the rest is counted. */
const NAMED = 3;

/** `A, B, C and 4 more` */
export function shortList(names: readonly string[], most = NAMED): string | Message {
  const current = names.slice(0, most).join(', ');
  return names.length > most ? say('andMore', { list: current, others: names.length - most }) : current;
}

/** The messages as one text. */
export const sentencesOf = (messages: readonly Message[], separator = ' '): string =>
  messages.map(({ sentence }) => sentence).join(separator);

function filled(template: string, values: Readonly<Record<string, Value>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_place, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? value.toLocaleString('en-US') : textOfValue(value);
  });
}
