// What the page says of access: permission sets, groups of them, and the app by which the bridge signs in.
import { readObjects, type PackageObject } from '../objects.ts';
import { readPermissionSets, type ObjectPermission, type PermissionSet } from '../permissionSets.ts';
import { filesOf, type PackageSource } from '../source.ts';
import { textOf, textsOf } from '../xml.ts';
import { table } from './table.ts';

export function permissionTexts(source: PackageSource): string[] {
  const objects = readObjects(source);
  return readPermissionSets(source).map((set) => permissionSetText(set, objects));
}

function permissionSetText(set: PermissionSet, known: ReadonlyMap<string, PackageObject>): string {
  const hiddenOf = (object: string): string[] =>
    [...(known.get(object)?.fields.values() ?? [])]
      .filter(
        ({ name, required, type }) => !required && type !== 'MasterDetail' && !set.fields.has(`${object}.${name}`),
      )
      .map(({ name }) => name);
  const objects = [...set.objects.values()].map((one) => {
    const fields = [...set.fields].filter(([field]) => field.startsWith(`${one.object}.`));
    return [`\`${one.object}\``, rightsText(one), fieldsText(fields, hiddenOf(one.object))];
  });
  const others = [...new Set([...set.fields.keys()].map((field) => field.split('.')[0] ?? ''))]
    .filter((object) => !set.objects.has(object))
    .map((object) => {
      const fields = [...set.fields].filter(([field]) => field.startsWith(`${object}.`));
      return [`\`${object}\``, 'not grantable by a package', fieldsText(fields, hiddenOf(object))];
    });
  return [
    `### ${set.label} (\`${set.name}\`)`,
    set.description,
    table(['Object', 'Records', 'Fields that may be edited'], [...objects, ...others]),
  ].join('\n\n');
}

function rightsText(one: ObjectPermission): string {
  const rights = ['read', 'create', 'edit', 'delete'] as const;
  const all = one.modifyAll ? ['modify all'] : one.viewAll ? ['view all'] : [];
  return [...rights.filter((right) => one[right]), ...all].join(', ');
}

/** @param hidden fields of the object that are not granted at all */
function fieldsText(fields: [string, { editable: boolean }][], hidden: readonly string[]): string {
  const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
  const editable = fields.filter(([, { editable }]) => editable).map(([name]) => name.split('.')[1] ?? '');
  if (fields.length === 0) return '';
  if (editable.length === fields.length && hidden.length === 0) return 'all';
  const read = hidden.length === 0 ? 'all may be read' : `all but ${quoted(hidden)} may be read`;
  return `${quoted(editable) || 'none'}; ${read}`;
}

export function groupTexts(source: PackageSource): string[] {
  return filesOf(source, 'PermissionSetGroup').map(({ name, root }) =>
    [
      `${textOf(root, 'label') ?? ''} (\`${name}\`): ${textOf(root, 'description') ?? ''}`,
      `Holds ${textsOf(root, 'permissionSets')
        .map((set) => `\`${set}\``)
        .join(', ')}.`,
    ].join('\n\n'),
  );
}

export function signInTexts(source: PackageSource): string[] {
  const settings = filesOf(source, 'ExtlClntAppOauthSettings');
  return filesOf(source, 'ExternalClientApplication').map(({ name, root }) => {
    const own = settings.find((one) => textOf(one.root, 'externalClientApplication') === name);
    const scopes = (own && textOf(own.root, 'commaSeparatedOauthScopes')) ?? '';
    return `${textOf(root, 'label') ?? ''} (\`${name}\`): ${textOf(root, 'description') ?? ''} Scopes: ${scopes.replaceAll(',', ', ')}. Keys, the address to return to and the policies of the org are no part of a package.`;
  });
}
