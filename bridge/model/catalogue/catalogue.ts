// The one catalogue of codes, sentences and remedies. Report rows, errors, mapping statuses and checks take their words
// from it, and docs/errors.md is made from it. One cause has one code.
import type { Fault } from '../fault.ts';
import { ERROR_CHAPTERS, ERROR_CODES } from './errors.ts';
import { fill, placesOf, type Entry, type Explanation, type Value, type Values } from './entry.ts';
import { MAPPING_CHAPTERS, MAPPING_CODES } from './mappings.ts';
import { MAIL_CODES, REMEDIES, SALESFORCE_CODES, SELLFIRE_CODES, SHARED_CODES, WEBHOOK_CODES } from './peers.ts';
import { STATE_CHAPTERS, STATE_CODES } from './states.ts';
import { REPORT_CHAPTERS, REPORT_CODES } from './reports.ts';

export const CATALOGUE = {
  ...REPORT_CODES,
  ...ERROR_CODES,
  ...MAPPING_CODES,
  ...STATE_CODES,
  ...SALESFORCE_CODES,
  ...SELLFIRE_CODES,
  ...SHARED_CODES,
  ...MAIL_CODES,
  ...WEBHOOK_CODES,
};

/** The entries in the order of docs/errors.md. */
export const CHAPTERS: Readonly<Record<string, Readonly<Record<string, Entry>>>> = {
  ...REPORT_CHAPTERS,
  'Answers of Salesforce': SALESFORCE_CODES,
  'Answers of Sellfire': SELLFIRE_CODES,
  'Answers of either': SHARED_CODES,
  'Answers of the mail server': MAIL_CODES,
  'Answers of the webhook for alerts': WEBHOOK_CODES,
  ...MAPPING_CHAPTERS,
  ...ERROR_CHAPTERS,
  ...STATE_CHAPTERS,
};

type Catalogue = typeof CATALOGUE;
export type Code = keyof Catalogue;

/** A code, with its case where it has several sentences: `NO_PHONE.inSellfire`. */
export type WordingId = {
  [C in Code]: Catalogue[C] extends { cases: infer Cases }
    ? `${C}.${keyof Cases & string}`
    : Catalogue[C] extends { sentence: string }
      ? C
      : never;
}[Code];

/** Sentence and action of an id in the catalogue. */
type Text<Id extends string> = Id extends `${infer C extends Code}.${infer Case}`
  ? Catalogue[C] extends { action: infer Shared; cases: infer Cases }
    ? Case extends keyof Cases
      ? Cases[Case] extends { action: infer Own extends string; sentence: infer Sentence extends string }
        ? `${Sentence}${Own}`
        : Cases[Case] extends { sentence: infer Sentence extends string }
          ? `${Sentence}${Shared & string}`
          : never
      : never
    : never
  : Id extends Code
    ? Catalogue[Id] extends { sentence: infer Sentence extends string; action: infer Action extends string }
      ? `${Sentence}${Action}`
      : never
    : never;

export type ValuesOf<Id extends WordingId> = Values<Text<Id>>;
type Given<Id extends WordingId> = keyof ValuesOf<Id> extends never ? [] : [values: ValuesOf<Id>];

/** @param given the values of the placeholders in the sentence and the action */
export function explain<Id extends WordingId>(id: Id, ...given: Given<Id>): Explanation {
  const [code = '', name] = id.split('.');
  const entry: Entry = CATALOGUE[code as Code];
  const wording = (name === undefined ? entry : entry.cases?.[name]) ?? entry;
  const values: Record<string, Value> = given[0] ?? {};
  const { sentence = '', action = entry.action } = wording;
  return {
    code,
    sentence: fill(sentence, values),
    action: fill(action, values),
    wording: { id, args: placesOf(`${sentence} ${action}`).map((place) => values[place] ?? '') },
  };
}

/**
 * Explains a peer's refusal: its own sentence, with the fields and the record that it named, and the catalogue's
 * remedy; or what the bridge itself says of it.
 */
export function explainFault({ class: kind, code, message, fields, holder, words, wording }: Fault): Explanation {
  const entry = entryOf(code);
  if (wording) return { code, sentence: message, action: entry?.action ?? REMEDIES[kind], wording };
  const named = [...fields, ...(holder ? [holder] : [])].filter((name) => !message.includes(name));
  const about = named.length > 0 ? ` (${named.join(', ')})` : '';
  // The peer's sentence is not changed.
  const sentence = /[.!?…]$/.test(message) ? message + about : `${message}${about}.`;
  const isOwn = entry && !entry.action.includes('{');
  return {
    code,
    sentence,
    action: isOwn ? entry.action : REMEDIES[kind],
    remedy: `remedy.${isOwn ? code : kind}`,
    ...(words && { words }),
  };
}

export const entryOf = (code: string): Entry | undefined => (CATALOGUE as Record<string, Entry>)[code];
