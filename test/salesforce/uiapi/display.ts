// How one user reads the org: labels in the user's language, and values as people of the user's locale and time zone
// write them.
// Source: User Interface API Developer Guide, "Field Value"; Object Reference, "User" LanguageLocaleKey, LocaleSidKey.
import type { FieldDef, FieldValue, ObjectDef } from '../model.ts';
import type { Org } from '../org.ts';
import { translationsOf, type Translations } from './translations.ts';

export interface Display {
  /** As users have it: `en_US`, `es`. */
  readonly language: string;
  /** `en-US` */
  readonly locale: string;
  readonly timeZone: string;
  /** The value as people read it; null where they read the value itself. */
  value(object: ObjectDef, field: FieldDef, value: FieldValue): string | null;
  picklistLabel(object: ObjectDef, field: FieldDef, value: string): string;
  fieldLabel(object: ObjectDef, field: FieldDef): string;
  help(object: ObjectDef, field: FieldDef): string | null;
  label(object: ObjectDef): string;
  labelPlural(object: ObjectDef): string;
}

const DEFAULT = { language: 'en_US', locale: 'en_US', timeZone: 'GMT' };
const DAY = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;

interface Formats {
  number(scale: number): Intl.NumberFormat;
  currency(scale: number): Intl.NumberFormat;
  date: Intl.DateTimeFormat;
  datetime: Intl.DateTimeFormat;
}

const formats = new Map<string, Formats>();

function formatsOf(locale: string, timeZone: string): Formats {
  const key = `${locale} ${timeZone}`;
  const ready = formats.get(key);
  if (ready) return ready;
  const numbers = new Map<string, Intl.NumberFormat>();
  const numberFormat = (name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const format = numbers.get(name) ?? new Intl.NumberFormat(locale, options);
    numbers.set(name, format);
    return format;
  };
  const made: Formats = {
    number: (scale) => numberFormat(`n${scale}`, { minimumFractionDigits: scale, maximumFractionDigits: scale }),
    currency: (scale) =>
      numberFormat(`c${scale}`, {
        style: 'currency',
        currency: 'USD',
        minimumFractionDigits: scale,
        maximumFractionDigits: scale,
      }),
    date: new Intl.DateTimeFormat(locale, { ...DAY, timeZone: 'UTC' }),
    datetime: new Intl.DateTimeFormat(locale, { ...DAY, hour: 'numeric', minute: '2-digit', timeZone }),
  };
  formats.set(key, made);
  return made;
}

/** What a deployment or a User record left unusable falls back to the org's own. */
function usable(locale: string, timeZone: string): { locale: string; timeZone: string } {
  const tag = locale.replaceAll('_', '-');
  try {
    new Intl.DateTimeFormat(tag, { timeZone });
    return { locale: tag, timeZone };
  } catch {
    return { locale: 'en-US', timeZone: 'GMT' };
  }
}

/** @param language instead of the user's own, where a request names one */
export function displayFor(org: Org, userId: string, language?: string): Display {
  const user = org.whole.get('User', userId) ?? {};
  const spoken = language ?? String(user['LanguageLocaleKey'] ?? DEFAULT.language);
  const { locale, timeZone } = usable(
    String(user['LocaleSidKey'] ?? DEFAULT.locale),
    String(user['TimeZoneSidKey'] ?? DEFAULT.timeZone),
  );
  return makeDisplay(spoken, translationsOf(org, spoken), locale, timeZone);
}

function makeDisplay(language: string, words: Translations, locale: string, timeZone: string): Display {
  const { number, currency, date, datetime } = formatsOf(locale, timeZone);
  const picklistLabel = (object: ObjectDef, field: FieldDef, value: string): string => {
    const label = field.picklistValues.find((known) => known.value === value)?.label ?? value;
    return words.field(object.name, field.name)?.values.get(label) ?? label;
  };
  return {
    language,
    locale,
    timeZone,
    picklistLabel,
    value(object, field, value) {
      if (value === null) return null;
      switch (field.type) {
        case 'picklist':
          return picklistLabel(object, field, String(value));
        case 'multipicklist':
          return String(value)
            .split(';')
            .map((one) => picklistLabel(object, field, one))
            .join(';');
        case 'int':
          return number(0).format(Number(value));
        case 'double':
          return number(field.scale).format(Number(value));
        case 'currency':
          return currency(field.scale).format(Number(value));
        case 'percent':
          return `${number(field.scale).format(Number(value))}%`;
        case 'date':
          return date.format(new Date(`${String(value)}T00:00:00Z`));
        case 'datetime':
          return datetime.format(new Date(String(value)));
        default:
          return null;
      }
    },
    fieldLabel: (object, field) => words.field(object.name, field.name)?.label ?? field.label,
    help: (object, field) => words.field(object.name, field.name)?.help ?? field.inlineHelpText,
    label: (object) => words.object(object.name).label ?? object.label,
    labelPlural: (object) => words.object(object.name).labelPlural ?? object.labelPlural,
  };
}
