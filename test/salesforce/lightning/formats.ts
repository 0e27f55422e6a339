// How a person reads numbers and times: the modules of `@salesforce/i18n` that depend on the locale, made from what the
// runtime knows of it. Source: LWC guide, "Internationalization"; Unicode CLDR, "Date Format Patterns".
import type { SessionInfo } from '../oauth/sessionInfo.ts';

const PATTERN_LETTERS: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {
  day: 'd',
  year: 'yyyy',
  hour: 'h',
  minute: 'mm',
  second: 'ss',
  dayPeriod: 'a',
};

export function formatsOf({ locale, language, timeZone, currency }: SessionInfo): Record<string, unknown> {
  const numbers = new Intl.NumberFormat(locale).formatToParts(-12_345.6);
  const part = (type: string): string => numbers.find((one) => one.type === type)?.value ?? '';
  const date = (style: 'short' | 'medium' | 'long'): string => patternOf(locale, { dateStyle: style });
  const time = (style: 'short' | 'medium'): string => patternOf(locale, { timeStyle: style });
  return {
    '@salesforce/i18n/lang': language.split('_')[0],
    '@salesforce/i18n/locale': locale,
    '@salesforce/i18n/dir': 'ltr',
    '@salesforce/i18n/timeZone': timeZone,
    '@salesforce/i18n/currency': currency,
    '@salesforce/i18n/firstDayOfWeek': locale === 'en-US' ? 1 : 2,
    '@salesforce/i18n/number.decimalSeparator': part('decimal'),
    '@salesforce/i18n/number.groupingSeparator': part('group') || '.',
    '@salesforce/i18n/dateTime.shortDateFormat': date('short'),
    '@salesforce/i18n/dateTime.mediumDateFormat': date('medium'),
    '@salesforce/i18n/dateTime.longDateFormat': date('long'),
    '@salesforce/i18n/dateTime.shortTimeFormat': time('short'),
    '@salesforce/i18n/dateTime.mediumTimeFormat': time('medium'),
    '@salesforce/i18n/dateTime.longTimeFormat': time('medium'),
    '@salesforce/i18n/dateTime.shortDateTimeFormat': `${date('short')}, ${time('short')}`,
    '@salesforce/i18n/dateTime.mediumDateTimeFormat': `${date('medium')}, ${time('medium')}`,
    '@salesforce/i18n/dateTime.longDateTimeFormat': `${date('long')}, ${time('medium')}`,
  };
}

function patternOf(locale: string, options: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  const is24 = format.resolvedOptions().hourCycle === 'h23';
  return format
    .formatToParts(new Date(Date.UTC(2021, 8, 6, 15, 4, 5)))
    .map(({ type, value }) => {
      if (type === 'month') return /^\d+$/.test(value) ? 'M' : value.length > 4 ? 'MMMM' : 'MMM';
      if (type === 'hour' && is24) return 'HH';
      if (type === 'literal')
        return /^[A-Za-z ]*[A-Za-z][A-Za-z ]*$/.test(value)
          ? value.replace(/[A-Za-z]+/g, "'$&'")
          : value.replace(/[\u202f\u00a0]/g, ' ');
      return PATTERN_LETTERS[type] ?? value;
    })
    .join('');
}
