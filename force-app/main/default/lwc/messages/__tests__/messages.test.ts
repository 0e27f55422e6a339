// What the bridge says has a label in both languages, and the English one is the bridge's own sentence.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { CATALOGUE, CHAPTERS, explainFault } from '../../../../../../bridge/model/catalogue/catalogue.ts';
import { placesOf, type Entry } from '../../../../../../bridge/model/catalogue/entry.ts';
import { MESSAGES } from '../../../../../../bridge/model/catalogue/messages.ts';
import { REMEDIES } from '../../../../../../bridge/model/catalogue/peers.ts';
import { asMessage, joined, say } from '../../../../../../bridge/model/message.ts';
import { CAUSES } from '../causes';
import { CONNECTION } from '../connection';
import { COUNTS } from '../counts';
import { CREATIONS } from '../creations';
import { FAULTS } from '../faults';
import { LINKS } from '../links';
import { REFUSALS } from '../refusals';
import { REMARKS } from '../remarks';
import { RESULTS } from '../results';
import { SALES } from '../sales';
import { STATES } from '../states';
import { STATUS } from '../status';
import { TESTS } from '../tests';
import { VALUES } from '../values';
import { WHY } from '../why';
import { messageOf, messagesOf, worded, wordedAll } from 'c/messages';

interface Labels {
  CustomLabels: { labels: { fullName: string; value: string }[] };
}
interface Translations {
  Translations: { customLabels: { name: string; label: string }[] };
}
const read = (path: string): unknown =>
  new XMLParser({ parseTagValue: false }).parse(
    readFileSync(join(process.cwd(), 'force-app/main/default', path), 'utf8'),
  );
const { labels } = (read('labels/CustomLabels.labels-meta.xml') as Labels).CustomLabels;
const ENGLISH = new Map(labels.map(({ fullName, value }) => [fullName, value]));
const { customLabels } = (read('translations/es.translation-meta.xml') as Translations).Translations;
const SPANISH = new Map(customLabels.map(({ name, label }) => [name, label]));

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
/** Punctuation alone, which no language changes. */
const SIGNS = ['other', 'joined', 'listed', 'recordsThat', 'recordsOnly', 'fieldLeftOut'];
for (const code of SIGNS) SAID.delete(code);

const SENTENCES = { ...RESULTS, ...FAULTS, ...TESTS, ...COUNTS, ...REMARKS, ...STATUS, ...WHY };
const WORDINGS = { ...CAUSES, ...CONNECTION, ...CREATIONS, ...VALUES, ...LINKS, ...SALES };
const HELP = { ...REFUSALS, ...STATES };

/** What only the command line and the page of the sign-in say; it never comes into a record of the org. */
const ELSEWHERE = [
  ...[
    'ORG_UNKNOWN',
    'ORG_CONNECTED',
    'TOKEN_NOT_REVOKED',
    'WEBHOOK_NOT_REMOVED',
    'SIGN_IN_REFUSED',
    'CONNECTION_UNREADABLE',
    'BRIDGE_AWAY',
  ],
  ...['BRIDGE_UNREACHABLE', 'CONTROL_REFUSED', 'PARAMETERS_INVALID_command', 'FILE_UNWRITABLE', 'CHANGE_UNREADABLE'],
];
/** Chapters whose sentences requests and the state of the bridge pass on, beside those of report rows. */
const SPOKEN = ['The connection with an org', 'Requests and commands', 'States of a connection'];

const ENTRIES: [string, Entry][] = Object.entries(CATALOGUE);

/** The wordings of the catalogue that an admin may read in a record: `NO_PHONE_inSellfire`. */
const READ = ENTRIES.filter(
  ([code, { places }]) => places.includes('report') || SPOKEN.some((one) => code in (CHAPTERS[one] ?? {})),
)
  .flatMap(([code, { cases, sentence }]) => {
    if (cases) return Object.keys(cases).map((name) => `${code}_${name}`);
    return sentence === undefined ? [] : [code];
  })
  .filter((id) => !ELSEWHERE.some((code) => id === code || id.startsWith(`${code}_`)));

function causeOf(id: string): string {
  const code = id in CATALOGUE ? id : (Object.keys(CATALOGUE).find((one) => id.startsWith(`${one}_`)) ?? '');
  const entry = (CATALOGUE as Readonly<Record<string, Entry>>)[code];
  const wording = id === code ? entry : entry?.cases?.[id.slice(code.length + 1)];
  const { sentence = '', action = entry?.action ?? '' } = wording ?? {};
  return asLabel([sentence, action].filter((part) => part !== '').join(' '));
}

describe('what the bridge says', () => {
  it('has a label for every sentence, which is the sentence', () => {
    expect(SENTENCES).toEqual(Object.fromEntries(SAID));
  });

  it('has the wording of the catalogue for every cause', () => {
    expect(WORDINGS).toEqual(Object.fromEntries(Object.keys(WORDINGS).map((id) => [id, causeOf(id)])));
  });

  it('has a label for every cause that a report, a request or the state of the bridge may name', () => {
    expect(READ.length).toBeGreaterThan(100);
    expect(READ.filter((id) => !(id in WORDINGS))).toEqual([]);
  });

  it('has what helps for every answer of another system, by its code or by its kind', () => {
    const wordless = ENTRIES.filter(([, { sentence, cases }]) => sentence === undefined && !cases);
    const codes = [...wordless, ...Object.entries(REMEDIES).map(([kind, action]) => [kind, { action }] as const)];
    expect(HELP).toMatchObject(Object.fromEntries(codes.map(([code, { action }]) => [`remedy_${code}`, action])));
    const others = Object.entries(HELP).map(([id, text]) => [id.replace('remedy_', ''), text] as const);
    for (const [code, text] of others.filter(([one]) => one in CATALOGUE))
      expect([code, (CATALOGUE as Readonly<Record<string, Entry>>)[code]?.action]).toEqual([code, text]);
  });

  it('has a label for every case of a field that is gone, which the step Check shows', () => {
    const cases = Object.keys((CATALOGUE.FIELD_GONE as Entry).cases ?? {});
    expect(cases.length).toBeGreaterThan(0);
    expect(cases.filter((one) => !(`FIELD_GONE_${one}` in CAUSES))).toEqual([]);
  });

  it('is translated, whichever it is', () => {
    const translated = new Map(
      [...ENGLISH].flatMap(([name, text]) => (SPANISH.has(name) ? [[text, SPANISH.get(name)] as const] : [])),
    );
    const texts = Object.entries({ ...SENTENCES, ...WORDINGS, ...HELP });
    const missing = texts.filter(([, text]) => [undefined, text].includes(translated.get(text)));
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

  it('says what it says inside a sentence in the same language, and a time as the reader writes it', () => {
    const parts = joined([say('linkedAlready', { number: 1204 }), say('numberFailed', { number: 2 })], 'listed');
    expect(worded(say('recordsThat', { what: say('records', { count: 1206 }), parts }))).toBe(
      '1,206 records: 1,204 linked already, 2 failed.',
    );
    expect(worded(say('restored', { count: 2, since: '2026-11-24T06:30:00.000Z' }))).toMatch(
      /^2 records linked again or new since Nov 2\d, 2026, .* and compared\.$/,
    );
  });

  it('passes the words of another system on, with what helps in the language of the reader', () => {
    const fault = { class: 'record', code: 'STRING_TOO_LONG', message: 'City: too long.', fields: [] } as const;
    const message = asMessage(explainFault({ ...fault, fields: [], unknownOutcome: false }));
    expect(message.sentence).toBe('City: too long. Shorten it in Sellfire, or map it to a longer field, then repush.');
    const { args, ...rest } = JSON.parse(JSON.stringify(message)) as ReturnType<typeof messageOf>;
    const [, help] = args;
    expect(help).toMatchObject({ code: 'remedy.STRING_TOO_LONG' });
    // The label decides, not the sentence that came with it.
    const silent = { ...rest, args: [args[0], { ...Object(help), sentence: '' }] };
    expect(worded(messageOf(silent))).toBe(message.sentence);
  });

  it('stays the sentence of the bridge where its code is not known here, or no code came', () => {
    expect(worded({ code: 'ofTomorrow', args: [], sentence: 'It is new.' })).toBe('It is new.');
    expect(wordedAll(messagesOf(undefined), 'From an older bridge.')).toBe('From an older bridge.');
    expect(messageOf({ code: 1, args: 'x' })).toEqual({ code: '', args: [], sentence: '' });
  });
});
