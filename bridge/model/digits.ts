// Converts digits of other scripts to those of ASCII. A number in digits of another script is found only where it is
// searched for in that script, so a script counts where the number's country writes in it.

/** A script by its zero, and the calling codes of the countries that write numbers in it. */
const SCRIPTS: readonly (readonly [zero: string, callingCodes: readonly string[]])[] = [
  [
    '\u0660', // Arabic-Indic
    ['20', '212', '213', '216', '218', '222', '249', '961', '962', '963', '964', '965', '966', '967', '968', '970'],
  ],
  ['\u0660', ['971', '973', '974']],
  ['\u06F0', ['92', '93', '98']], // Persian, Urdu
  ['\u0966', ['91', '977']], // Devanagari
  ['\u09E6', ['880']], // Bengali
  ['\u0E50', ['66']], // Thai
  ['\u1040', ['95']], // Burmese
  ['\uFF10', ['81', '82', '86', '852', '853', '886']], // full width
];

/** The zeros of the scripts in which numbers of the calling code are written, beside ASCII. */
export const scriptsOf = (callingCode: string): string[] =>
  SCRIPTS.filter(([, codes]) => codes.includes(callingCode)).map(([zero]) => zero);

const ZEROS = new Set(SCRIPTS.map(([zero]) => zero));

const isAscii = (character: string): boolean => character >= '0' && character <= '9';

/** The zero of the character's script, where it is a digit of one that is known. */
function zeroOf(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  return [...ZEROS].find((zero) => {
    const value = code - (zero.codePointAt(0) ?? 0);
    return value >= 0 && value <= 9;
  });
}

/**
 * The text in ASCII digits, with the script that it was written in.
 * @returns undefined where digits of two scripts are mixed, or their script is not known
 */
export function inAsciiDigits(given: string): { text: string; zero?: string } | undefined {
  // Fractions, circled and raised digits are no digits of a number.
  if (/[\p{Nl}\p{No}]/u.test(given)) return undefined;
  let text = '';
  const scripts = new Set<string | undefined>();
  for (const character of given) {
    if (!/\p{Nd}/u.test(character)) {
      text += character;
      continue;
    }
    const zero = isAscii(character) ? undefined : zeroOf(character);
    if (!isAscii(character) && zero === undefined) return undefined;
    scripts.add(zero);
    text += zero === undefined ? character : String(character.charCodeAt(0) - zero.charCodeAt(0));
  }
  if (scripts.size > 1) return undefined;
  const [zero] = scripts;
  return { text: text.normalize('NFKC'), ...(zero === undefined ? {} : { zero }) };
}

/** ASCII digits in the digits of a script. */
export const inDigitsOf = (zero: string, digits: string): string =>
  [...digits].map((digit) => String.fromCharCode(zero.charCodeAt(0) + Number(digit))).join('');
