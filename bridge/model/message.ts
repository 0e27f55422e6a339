// A sentence for an admin with its code and its values, so that the pages of the package say it in the reader's language.
// The English sentence stands beside them, for the log, the API and a page that does not know the code.
import { z } from 'zod';
import { inWords, placesOf, type Explanation } from './catalogue/entry.ts';
import { MESSAGES, type MessageCode, type MessageValues } from './catalogue/messages.ts';

export const messageSchema = z.object({
  /** Of MESSAGES, with `_one` for the form of one; or a wording of the catalogue: `SYNC_PAUSED`, `TEST_RECORD_STUCK.refused`. */
  code: z.string(),
  /** The values of the placeholders, in their order in the sentence. */
  args: z.array(z.union([z.string(), z.number()])),
  sentence: z.string(),
});
export type Message = z.infer<typeof messageSchema>;

/** @param given the values of the placeholders; `count` chooses the form for one or for many */
export function say<Code extends MessageCode>(code: Code, ...given: MessageValues<Code>): Message {
  const values: Readonly<Record<string, string | number>> = given[0] ?? {};
  const wording: string | { one: string; many: string } = MESSAGES[code];
  const places = placesOf(typeof wording === 'string' ? wording : wording.many);
  const args = places.map((name) => values[name] ?? '');
  if (typeof wording === 'string') return { code, args, sentence: filled(wording, values) };
  const isOne = values['count'] === 1;
  return { code: isOne ? `${code}_one` : code, args, sentence: filled(isOne ? wording.one : wording.many, values) };
}

/** The sentence and the remedy of a cause. */
export function asMessage(why: Explanation): Message {
  const { code, wording } = why;
  return { code: wording?.id ?? code, args: [...(wording?.args ?? [])], sentence: inWords(why) };
}

/** The messages as one text. */
export const sentencesOf = (messages: readonly Message[], separator = ' '): string =>
  messages.map(({ sentence }) => sentence).join(separator);

function filled(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_place, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? value.toLocaleString('en-US') : value;
  });
}
