// The words of the org in the language of its user: labels and help texts of objects, fields and picklist values, as the
// deployed translations give them; what has no translation stays in the language that it was written in.
// Source: Metadata API Developer Guide, "CustomObjectTranslation", "Translations".
import { installedIn, type InstalledComponent } from '../metadata/installed.ts';
import { childrenOf, flagOf, parseXml, textOf } from '../metadata/xml.ts';
import type { Org } from '../org.ts';

interface FieldWords {
  label?: string;
  help?: string;
  /** By the value's own label. */
  values: ReadonlyMap<string, string>;
}

export interface Translations {
  object(name: string): { label?: string; labelPlural?: string };
  field(object: string, field: string): FieldWords | undefined;
  /** A custom label, a tab or an app; undefined where it is not translated. */
  other(kind: 'customLabels' | 'customTabs' | 'customApplications', name: string): string | undefined;
}

interface Read {
  texts: readonly string[];
  translations: Translations;
}

const known = new WeakMap<Org, Map<string, Read>>();

/** @param language as users have it: `en_US`, `es`, `es_MX` */
export function translationsOf(org: Org, language: string): Translations {
  const whole = org.whole;
  const [base = ''] = language.split('_');
  const files = installedIn(whole)
    .all('CustomObjectTranslation')
    .filter(({ fullName }) => fullName.endsWith(`-${language}`) || fullName.endsWith(`-${base}`))
    .sort((left, right) => left.fullName.length - right.fullName.length);
  const others = installedIn(whole)
    .all('Translations')
    .filter(({ fullName }) => fullName === language || fullName === base);
  const texts = [...files, ...others].map(({ text }) => text);
  const byLanguage = known.get(whole) ?? new Map<string, Read>();
  known.set(whole, byLanguage);
  const ready = byLanguage.get(language);
  if (ready?.texts.length === texts.length && ready.texts.every((text, index) => text === texts[index])) {
    return ready.translations;
  }
  const translations = read(files, others, whole.namespace);
  byLanguage.set(language, { texts, translations });
  return translations;
}

/** Activities are tasks in this org. */
function objectOf(fullName: string): string {
  const name = fullName.slice(0, fullName.lastIndexOf('-'));
  return name === 'Activity' ? 'Task' : name;
}

function read(
  files: readonly InstalledComponent[],
  others: readonly InstalledComponent[],
  namespace: string | undefined,
): Translations {
  // The package's own file names its apps and tabs without the prefix that they have once they are installed.
  const bare = (name: string): string =>
    namespace !== undefined && name.startsWith(`${namespace}__`) ? name.slice(namespace.length + 2) : name;
  const objects = new Map<string, { label?: string; labelPlural?: string }>();
  const fields = new Map<string, FieldWords>();
  for (const { fullName, text } of files) {
    const { element } = parseXml(text, 'CustomObjectTranslation');
    const object = objectOf(fullName);
    const words: { label?: string; labelPlural?: string } = { ...objects.get(object) };
    for (const one of childrenOf(element, 'caseValues')) {
      const value = textOf(one, 'value');
      if (value) words[flagOf(one, 'plural') ? 'labelPlural' : 'label'] = value;
    }
    objects.set(object, words);
    for (const one of childrenOf(element, 'fields')) {
      const label = textOf(one, 'label');
      const help = textOf(one, 'help');
      const values = childrenOf(one, 'picklistValues').flatMap((value): [string, string][] => {
        const translation = textOf(value, 'translation');
        return translation ? [[textOf(value, 'masterLabel') ?? '', translation]] : [];
      });
      fields.set(`${object}.${textOf(one, 'name') ?? ''}`, {
        ...(label && { label }),
        ...(help && { help }),
        values: new Map(values),
      });
    }
  }
  const rest = new Map<string, string>();
  for (const { text } of others) {
    const { element } = parseXml(text, 'Translations');
    for (const kind of ['customLabels', 'customTabs', 'customApplications'] as const) {
      for (const one of childrenOf(element, kind)) {
        const label = textOf(one, 'label');
        if (label) rest.set(`${kind}/${textOf(one, 'name') ?? ''}`, label);
      }
    }
  }
  return {
    object: (name) => objects.get(name) ?? {},
    field: (object, field) => fields.get(`${object}.${field}`),
    other: (kind, name) => rest.get(`${kind}/${name}`) ?? rest.get(`${kind}/${bare(name)}`),
  };
}
