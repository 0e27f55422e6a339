// Rich text of Salesforce (M8): the words that people see are what Sellfire gets, however an editor has written their characters and blocks; and a
// text of Sellfire is the same after the way there and back.
import { htmlOf, textOfHtml } from '../../../bridge/sync/values/richText.ts';
import type { Random } from '../../sellfire/random.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

const ASKED = 40;
/** Characters with their names in HTML 4.01; without one they are written as numbers. */
const CHARACTERS: readonly (readonly [character: string, ...names: string[]])[] = [
  ...([['a'], ['Z'], ['7'], ['.'], ['面'], ['🥐']] as [string][]),
  ...([
    ['&', 'amp', 'AMP'],
    ['<', 'lt', 'LT'],
    ['>', 'gt', 'Gt'],
    ['"', 'quot', 'QUOT'],
    ["'", 'apos'],
  ] as const),
  ...([
    ['é', 'eacute'],
    ['É', 'Eacute'],
    ['ÿ', 'yuml'],
    ['¡', 'iexcl'],
    ['ß', 'szlig'],
    ['½', 'frac12'],
  ] as const),
  ...([
    ['–', 'ndash'],
    ['€', 'euro'],
    ['’', 'rsquo'],
    ['″', 'Prime'],
    ['′', 'prime'],
    ['→', 'rarr'],
  ] as const),
];
/** What is no name of a character stays as it is; half of a pair alone is none, and neither is a number beyond the last. */
const ODD: readonly (readonly [html: string, text: string])[] = [
  ['&nosuch;', '&nosuch;'],
  ['&EACUTE;', '&EACUTE;'],
  ['&#xD83D;', '\uFFFD'],
  ['&#57343;', '\uFFFD'],
  ['&#0;', '&#0;'],
  ['&#x110000;', '&#x110000;'],
  ['&#x10FFFF;', '\u{10FFFF}'],
  ['&#1114111;', '\u{10FFFF}'],
  ['&shy;', ''],
  ['&#xD7FF;', '\uD7FF'],
  ['&#xE000;', '\uE000'],
];

function written(random: Random, [character, ...names]: readonly [string, ...string[]]): string {
  const code = character.codePointAt(0) ?? 0;
  const isPlain = !['&', '<', '>'].includes(character);
  const forms = [...(isPlain ? [character] : []), `&#${code};`, `&#x${code.toString(16)};`, `&#X${code.toString(16)};`];
  return random.pick([...forms, ...names.map((name) => `&${name};`)]);
}

function someLine(random: Random): { html: string; text: string } {
  const parts = Array.from({ length: random.between(1, 5) }, () => {
    if (random.chance(0.15)) {
      const [html, text] = random.pick(ODD);
      return { html, text };
    }
    const character = random.pick(CHARACTERS);
    const html = written(random, character);
    return {
      html: random.pick([html, `<b>${html}</b>`, `<a href="x>y">${html}</a>`, `<!-- no -->${html}`]),
      text: character[0],
    };
  });
  return { html: `w${parts.map((one) => one.html).join('')}w`, text: `w${parts.map((one) => one.text).join('')}w` };
}

function ask({ random }: Simulation): string[] {
  const lines = Array.from({ length: random.between(1, 3) }, () => someLine(random));
  const [open, close] = random.pick([
    ['<p>', '</p>'],
    ['<div class="a">', '</div>\n'],
    ['<li>', '</li>'],
  ] as const);
  const isBroken = random.chance(0.3);
  const html = isBroken
    ? lines.map((one) => one.html).join('<br/>')
    : lines.map((one) => `${open}${one.html}${close}`).join('');
  const text = lines.map((one) => one.text).join('\n');
  const read = textOfHtml(random.chance(0.2) ? `<script>no()</script>${html}` : html);
  const back = textOfHtml(htmlOf(text));
  return [
    ...(read === text ? [] : [`M8: ${html} reads as ${JSON.stringify(read)} instead of ${JSON.stringify(text)}.`]),
    ...(back === text ? [] : [`M8: ${JSON.stringify(text)} comes back as ${JSON.stringify(back)}.`]),
  ];
}

export const RICH_TEXT: Feature = {
  name: 'richText',
  ask: (simulation) => Array.from({ length: ASKED }, () => ask(simulation)).flat(),
};
