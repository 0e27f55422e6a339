// What the page says of objects and events: their fields, and what may not be saved in them.
import type { PackageField, PackageObject } from '../objects.ts';
import { filesOf, type PackageSource } from '../source.ts';
import { textOf } from '../xml.ts';
import { table } from './table.ts';

export function objectText(object: PackageObject, source: PackageSource): string {
  const title = `### ${object.label}${object.path === undefined ? '' : ` (\`${object.name}\`)`}`;
  const rows = [...object.fields.values()].map((field) => [
    field.label,
    `\`${field.name}\``,
    typeText(field),
    helpText(field),
  ]);
  return [
    title,
    object.description,
    nameText(object),
    publishText(object),
    table(['Field', 'API name', 'Type', 'Meaning'], rows),
    rulesText(object.name, source),
    listsText(object.name, source),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function nameText({ nameField }: PackageObject): string {
  if (!nameField) return '';
  return nameField.format === undefined
    ? `Its name (${nameField.label}) is a text.`
    : `Its name (${nameField.label}) is numbered \`${nameField.format}\`.`;
}

function publishText({ publishBehavior }: PackageObject): string {
  return publishBehavior === undefined ? '' : `Publish behaviour: \`${publishBehavior}\`.`;
}

function typeText({ type, length, precision, scale, required, unique, defaultValue }: PackageField): string {
  // Setup gives the digits before the point, metadata all digits.
  const size = precision === undefined ? length : `${precision - (scale ?? 0)}, ${scale ?? 0}`;
  return [
    size === undefined ? type : `${type} (${size})`,
    ...(required ? ['required'] : []),
    ...(unique ? ['unique'] : []),
    ...(defaultValue === undefined ? [] : [`default ${defaultValue}`]),
  ].join(', ');
}

function helpText({ help, values, restricted }: PackageField): string {
  if (values.length === 0) return help;
  const list = values.map(({ name, label }) => (name === label ? `\`${name}\`` : `\`${name}\` (${label})`)).join(', ');
  return `${help} ${restricted ? 'Only these values' : 'Values'}: ${list}.`;
}

function rulesText(object: string, source: PackageSource): string {
  const rules = filesOf(source, 'ValidationRule').filter(({ path }) => path.split('/').at(-3) === object);
  if (rules.length === 0) return '';
  return table(
    ['Rule', 'Why', 'What it says'],
    rules.map(({ name, root }) => [
      `\`${name}\``,
      textOf(root, 'description') ?? '',
      textOf(root, 'errorMessage') ?? '',
    ]),
  );
}

function listsText(object: string, source: PackageSource): string {
  const lists = filesOf(source, 'ListView').filter(({ path }) => path.split('/').at(-3) === object);
  if (lists.length === 0) return '';
  return `Lists: ${lists.map(({ root }) => textOf(root, 'label') ?? '').join(', ')}.`;
}
