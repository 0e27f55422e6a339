// A code of a report in a few words, in the language of the reader. The bridge writes its sentence in English; it names the
// values, so it stands beneath as detail. A test holds these titles to the catalogue of the bridge.
import { ANSWERS } from './answers';
import { DECISIONS } from './decisions';

const TITLES: ReadonlyMap<string, string> = new Map(Object.entries({ ...DECISIONS, ...ANSWERS }));

/** @returns undefined for a code that this version of the package does not know, such as one of an org's own automation */
export const titleOf = (code: string): string | undefined => TITLES.get(code);
