// What the catalogue says of one code: its title, its sentences, and what the admin can do. Sentences are templates: `{name}` stands
// for a value that the place of use gives, and the compiler holds it to giving each.

/**
 * Where an admin meets a code: a report row, an error of the service or a request, the status of a field mapping, a check, or the state of
 * a connection.
 */
export type Place = 'report' | 'error' | 'mapping' | 'check' | 'state';

/** What became of the attempt that a report row is about. */
export type Outcome = 'Success' | 'Skipped' | 'Refused' | 'Failed';

export interface Wording {
  sentence: string;
  /** Default: the entry's. Empty where nothing is to be done. */
  action?: string;
}

export interface Entry {
  /** A few words: the heading under which its rows are counted. */
  title: string;
  places: readonly Place[];
  /** Of its report rows. */
  outcomes?: readonly Outcome[];
  /** What an admin can do, whatever the sentence. Empty where nothing is to be done. */
  action: string;
  /** The only sentence; an entry without sentences explains an answer of Salesforce, Sellfire or the mail server, which has its own. */
  sentence?: string;
  /** Several sentences of one cause, by the case that each is for. */
  cases?: Readonly<Record<string, Wording>>;
}

/** A cause in words, for one record or one moment. */
export interface Explanation {
  /** The same in the log, in report rows and on the pages. */
  code: string;
  /** What happened. */
  sentence: string;
  /** What the admin can do; empty where nothing is to be done. */
  action: string;
}

/** As a report row and a page give it. */
export const inWords = ({ sentence, action }: Omit<Explanation, 'code'>): string =>
  [sentence, action].filter((part) => part !== '').join(' ');

/** The names of a template's values. */
type Names<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
export type Values<T> = Record<Names<T>, string | number>;

/** @param values by name */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
