// The files of a package as the org will know them: in an installation every custom name gets the prefix of the package. And
// what is wrong with their names.
// Source: Metadata API Developer Guide, "Metadata Components and Types"; ISVforce Guide, "Namespace Prefix".
import { definedNames, prefixedName, prefixNames } from './namespace.ts';
import { checkBundleName, checkChildren, checkNames, checkPicklistValues, checkTranslatedFields } from './names.ts';
import { elementOf, type PackageFile } from './package.ts';
import { childOf, childrenOf, type Element } from './xml.ts';

/** A file whose names are those that the org will know. */
export interface Prepared extends PackageFile {
  /** As the package calls it. */
  sourceName: string;
}

export function prepare(files: readonly PackageFile[], namespace: string | undefined): Prepared[] {
  const names = definedNames(files);
  return files.map((file) => {
    if (!namespace) return { ...file, sourceName: file.fullName };
    const { document: _ofOtherNames, ...own } = file;
    return {
      ...own,
      sourceName: file.fullName,
      fullName: prefixedName(file, names, namespace),
      text: prefixNames(file.text, names, namespace),
    };
  });
}

/** `A__B` is read as component B of namespace A, which only A's own package may bring. */
export function foreignName(fullName: string, namespace: string | undefined): string[] {
  const [, first = ''] = /^([A-Za-z][A-Za-z0-9]*)__(?=.)/.exec(fullName.replace(/__(c|e|chn)$/, '')) ?? [];
  if (first === '' || first === namespace) return [];
  return [
    `Cannot create a new component with the namespace: ${first}. Only components in the same namespace as the organization can be created through the API`,
  ];
}

export function namesOf(file: Prepared, element: Element): string[] {
  const problems = checkNames(file.type, file.sourceName, element);
  if (file.type !== 'CustomObject') return problems;
  const lists = childrenOf(element, 'listViews');
  const compact = childrenOf(element, 'compactLayouts');
  return [...problems, ...checkChildren('ListView', lists), ...checkChildren('CompactLayout', compact)];
}

export function namesOfField(name: string, field: Element, namespace: string | undefined): string[] {
  const foreign = foreignName(name, namespace);
  if (foreign.length > 0) return foreign;
  const values = childrenOf(childOf(childOf(field, 'valueSet') ?? {}, 'valueSetDefinition') ?? {}, 'value');
  return [...checkNames('CustomField', sourceFieldName(name, namespace), field), ...checkPicklistValues(values)];
}

/** Of a component whose own checks passed. */
export function namesOfStored(file: Prepared): string[] {
  if (file.type === 'LightningComponentBundle') return checkBundleName(file.sourceName);
  const element = elementOf(file);
  if (file.type === 'CustomObjectTranslation') return checkTranslatedFields(element);
  return checkNames(file.type, file.sourceName, element);
}

export function sourceFieldName(name: string, namespace: string | undefined): string {
  return namespace && name.startsWith(`${namespace}__`) ? name.slice(namespace.length + 2) : name;
}
