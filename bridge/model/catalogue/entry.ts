// Defines an entry of the catalogue for one code: its title, its sentences and the remedy. Sentences are templates:
// `{name}` is a placeholder, and the compiler requires a value for each.

/**
 * Where an admin meets a code: a report row, an error of the service or a request, the status of a field mapping, a
 * check, or the state of a connection.
 */
export type Place = 'report' | 'error' | 'mapping' | 'check' | 'state';

/** The outcome of the attempt that a report row is about. */
export type Outcome = 'Success' | 'Skipped' | 'Refused' | 'Failed';

export interface Wording {
  sentence: string;
  /** Defaults to the action of the entry. Empty where nothing is to be done. */
  action?: string;
}

export interface Entry {
  /** A short heading, under which its rows are counted. */
  title: string;
  places: readonly Place[];
  /** The outcomes of its report rows. */
  outcomes?: readonly Outcome[];
  /** The remedy for all sentences. Empty where nothing is to be done. */
  action: string;
  /**
   * The only sentence. An entry without sentences explains an answer of Salesforce, Sellfire or the mail server, which
   * has its own.
   */
  sentence?: string;
  /** Several sentences of one cause, by case. */
  cases?: Readonly<Record<string, Wording>>;
}

/** A sentence with its code and its values, so that each reader gets it in the language of their own. */
export interface Message {
  code: string;
  /** The values of the placeholders, in their order in the sentence. */
  args: readonly Value[];
  /** English. */
  sentence: string;
}
/** The value of a placeholder; words of the bridge among the values are messages themselves. */
export type Value = string | number | Message;

/** A cause in words, for one record or one moment. */
export interface Explanation {
  /** The same in the log, in report rows and on the pages. */
  code: string;
  /** What happened. */
  sentence: string;
  /** The remedy; empty where nothing is to be done. */
  action: string;
  /**
   * The id of the wording in the catalogue, and the values of its placeholders in their order in sentence and action.
   * Absent where a peer's own sentence is passed on.
   */
  wording?: { id: string; args: readonly Value[] };
  /** The sentence as a message, where a peer gave none and the bridge says what it met; absent where it is the peer's own. */
  words?: Message;
  /** The id of the remedy, where the sentence is not of the catalogue. */
  remedy?: string;
}

/** The text of a report row or a page. */
export const inWords = ({ sentence, action }: Pick<Explanation, 'sentence' | 'action'>): string =>
  [sentence, action].filter((part) => part !== '').join(' ');

/** The end of a remedy after which nothing happens by itself. */
export const REPUSH = 'Then repush this row.';

/** The names of a template's placeholders. */
type Names<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
export type Values<T> = Record<Names<T>, Value>;
/** The English text of a value. */
export const textOfValue = (value: Value): string => (typeof value === 'object' ? value.sentence : String(value));

/** @param values by name */
export function fill(template: string, values: Readonly<Record<string, Value>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (place, name: string) => textOfValue(values[name] ?? place));
}

/** The names of the placeholders, each once, in their order. */
export const placesOf = (template: string): string[] => [
  ...new Set([...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)),
];
