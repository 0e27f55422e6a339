// What an installation does to names: every custom name that the package defines gets the package's prefix, wherever it
// is referred to. Texts stay as their author wrote them, but for the merge fields inside.
import type { PackageFile } from './package.ts';

/** A custom name: object, field, event, channel, change event or relationship. */
const CUSTOM_NAME = /\b([A-Za-z]\w*)__(c|e|r|chn|ChangeEvent)\b/g;
/** Elements whose content is words for people or a literal value. */
const LITERAL = /<(stringValue|description|label|pluralLabel|inlineHelpText|text|value|interviewLabel)>([^<]*)<\/\1>/g;
const MERGE_FIELD = /\{![^}]*\}/g;

/** The names that the package's files define, without suffix: `Phase`, `Sync_Settings`, `Sellfire`. */
export function definedNames(files: readonly PackageFile[]): Set<string> {
  const names = new Set<string>();
  const add = (text: string): void => {
    for (const [, base] of text.matchAll(CUSTOM_NAME)) if (base) names.add(base);
  };
  for (const file of files) {
    if (file.type === 'CustomObject') {
      add(file.fullName);
      for (const [, field] of file.text.matchAll(/<fields>[\s\S]*?<fullName>([^<]+)<\/fullName>/g)) add(field ?? '');
    }
    if (file.type === 'PlatformEventChannel') add(file.fullName);
  }
  return names;
}

/** Rewrites the names inside one file. */
export function prefixNames(text: string, names: ReadonlySet<string>, namespace: string): string {
  const prefix = (part: string): string =>
    part.replace(CUSTOM_NAME, (whole, base: string, suffix: string) =>
      names.has(base) ? `${namespace}__${base}__${suffix}` : whole,
    );
  let result = '';
  let done = 0;
  for (const literal of text.matchAll(LITERAL)) {
    const [whole] = literal;
    result += prefix(text.slice(done, literal.index)) + whole.replace(MERGE_FIELD, prefix);
    done = literal.index + whole.length;
  }
  return result + prefix(text.slice(done));
}

/** The full name that a component of the package has once it is installed. */
export function prefixedName(
  file: Pick<PackageFile, 'type' | 'fullName'>,
  names: ReadonlySet<string>,
  namespace: string,
): string {
  const { type, fullName } = file;
  // Names with a suffix, and standard objects, follow the names inside; labels are one file in every org.
  if (type === 'CustomLabels') return fullName;
  if (/__(c|e|chn)\b/.test(fullName) && type !== 'Layout') return prefixNames(fullName, names, namespace);
  if (type === 'CustomObject' || type === 'Translations' || type === 'CustomObjectTranslation') return fullName;
  if (type === 'QuickAction') {
    const [object = '', action] = fullName.split('.');
    return action === undefined ? `${namespace}__${object}` : `${object}.${namespace}__${action}`;
  }
  if (type === 'Layout') {
    const [object = '', ...rest] = fullName.split('-');
    return `${prefixNames(object, names, namespace)}-${namespace}__${rest.join('-')}`;
  }
  return `${namespace}__${fullName}`;
}
