// What the bridge says has a label in both languages, and the English one is the bridge's own sentence.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { CATALOGUE } from '../../../../../../bridge/model/catalogue/catalogue.ts';
import { placesOf, type Entry } from '../../../../../../bridge/model/catalogue/entry.ts';
import { MESSAGES } from '../../../../../../bridge/model/catalogue/messages.ts';
import { say } from '../../../../../../bridge/model/message.ts';
import { CAUSES } from '../causes';
import { RESULTS } from '../results';
import { STATUS } from '../status';
import { WHY } from '../why';
import { messageOf, messagesOf, worded, wordedAll } from 'c/messages';

interface Translations {
  Translations: { customLabels: { name: string; label: string }[] };
}
const file = new XMLParser({ parseTagValue: false }).parse(
  readFileSync(join(process.cwd(), 'force-app/main/default/translations/es.translation-meta.xml'), 'utf8'),
) as Translations;
const SPANISH = new Map(file.Translations.customLabels.map(({ name, label }) => [name, label]));

/** `{count} of {total}` as a label has it: `{0} of {1}`. @param of the sentence whose order of places holds */
function asLabel(template: string, of = template): string {
  const places = placesOf(of);
  return template.replace(/\{(\w+)\}/g, (_place, name: string) => `{${places.indexOf(name)}}`);
}

/** Each code and its label, of what the bridge says; `other` passes the words of a system on. */
const SAID = new Map(
  Object.entries(MESSAGES).flatMap(([code, wording]): [string, string][] => {
    if (typeof wording === 'string') return [[code, asLabel(wording)]];
    const { one, many } = wording;
    return [
      [code, asLabel(many)],
      [`${code}_one`, asLabel(one, many)],
    ];
  }),
);
SAID.delete('other');

function causeOf(id: string): string {
  const code = Object.keys(CATALOGUE).find((one) => id === one || id.startsWith(`${one}_`)) ?? '';
  const entry = (CATALOGUE as Readonly<Record<string, Entry>>)[code];
  const wording = id === code ? entry : entry?.cases?.[id.slice(code.length + 1)];
  const { sentence = '', action = entry?.action ?? '' } = wording ?? {};
  return asLabel([sentence, action].filter((part) => part !== '').join(' '));
}

describe('what the bridge says', () => {
  it('has a label for every sentence, which is the sentence', () => {
    expect({ ...RESULTS, ...STATUS, ...WHY }).toEqual(Object.fromEntries(SAID));
  });

  it('has the wording of the catalogue for every cause', () => {
    expect(CAUSES).toEqual(Object.fromEntries(Object.keys(CAUSES).map((id) => [id, causeOf(id)])));
  });

  it('has a label for every case of a field that is gone, which the step Check shows', () => {
    const cases = Object.keys((CATALOGUE.FIELD_GONE as Entry).cases ?? {});
    expect(cases.length).toBeGreaterThan(0);
    expect(cases.filter((one) => !(`FIELD_GONE_${one}` in CAUSES))).toEqual([]);
  });

  it('is translated, whichever it is', () => {
    const labels = { ...RESULTS, ...STATUS, ...WHY, ...CAUSES };
    const missing = Object.entries(labels).filter(([code, text]) =>
      [undefined, text].includes(SPANISH.get(`Say_${code}`)),
    );
    expect(missing.map(([code]) => code)).toEqual([]);
  });

  it('is one record or many, with its numbers as the reader writes them', () => {
    expect(worded(say('repushed', { count: 1 }))).toBe('1 event repushed.');
    expect(worded(say('repushed', { count: 14_000 }))).toBe('14,000 events repushed.');
    expect(worded(say('mappingApplied', { mapping: 'city ↔ Lead.City', count: 1 }))).toBe(
      'city ↔ Lead.City was applied to 1 linked record.',
    );
  });

  it('names a code by its title, and a cause by its case', () => {
    const answer = say('peerAnswered', { peer: 'Salesforce', code: 'STRING_TOO_LONG', message: 'City is too long.' });
    expect(worded(answer)).toBe('Salesforce answered Text longer than its field: City is too long.');
    expect(worded({ code: 'MAPPING_UNKNOWN.off', args: [], sentence: '' })).toContain('The mapping is switched off');
  });

  it('stays the sentence of the bridge where its code is not known here, or no code came', () => {
    expect(worded({ code: 'ofTomorrow', args: [], sentence: 'It is new.' })).toBe('It is new.');
    expect(wordedAll(messagesOf(undefined), 'From an older bridge.')).toBe('From an older bridge.');
    expect(messageOf({ code: 1, args: 'x' })).toEqual({ code: '', args: [], sentence: '' });
  });
});
