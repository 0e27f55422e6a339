// The pages name every code that a report can have, in both languages, and the English names are those of the catalogue.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '../../../../../../bridge/model/catalogue/catalogue.ts';
import type { Entry } from '../../../../../../bridge/model/catalogue/entry.ts';
import { titleOf } from 'c/codes';

const SPANISH = readFileSync(
  join(process.cwd(), 'force-app/main/default/translations/es.translation-meta.xml'),
  'utf8',
);
const reported = Object.entries(CATALOGUE as Readonly<Record<string, Entry>>).filter(([, { places }]) =>
  places.includes('report'),
);

describe('a code of a report', () => {
  it('has the title of the catalogue, whichever it is', () => {
    expect(reported.length).toBeGreaterThan(70);
    expect(Object.fromEntries(reported.map(([code]) => [code, titleOf(code)]))).toEqual(
      Object.fromEntries(reported.map(([code, { title }]) => [code, title])),
    );
  });

  it('has another title in Spanish', () => {
    const spanish = new Map(
      [...SPANISH.matchAll(/<label>([^<]+)<\/label>\s*<name>Code_(\w+)<\/name>/g)].map(([, text, code]) => [
        code,
        text,
      ]),
    );
    const missing = reported.filter(([code, { title }]) => [undefined, title].includes(spanish.get(code)));
    expect(missing.map(([code]) => code)).toEqual([]);
  });

  it('that the package does not know has none', () => {
    expect(titleOf('MY_OWN_TRIGGER')).toBeUndefined();
    expect(titleOf('constructor')).toBeUndefined();
  });
});
