// The package in words: a page for admins and reviewers, made of the labels, descriptions and help texts of the metadata
// itself, so that it cannot say anything else than what Setup shows.
import { format, resolveConfig } from 'prettier';
import { readFlows, triggerOf, type Flow } from './flows.ts';
import { readObjects, type PackageField, type PackageObject } from './objects.ts';
import { readPermissionSets, type ObjectPermission, type PermissionSet } from './permissionSets.ts';
import { filesOf, type PackageSource } from './source.ts';
import { textOf, textsOf } from './xml.ts';

const INTRODUCTION = `# The package

What \`force-app\` installs into an org, in the words that Setup shows. API names are given without the namespace \`sellfire\`, which an installed package puts in front of them (\`sellfire__Phase__c\`). This page is written by \`node scripts/describePackage.ts\`; edit the metadata, not the page.
`;

/** Markdown, formatted as the repository's Prettier does. `page` is the path it is written to. */
export async function describePackage(source: PackageSource, page: string): Promise<string> {
  const objects = [...readObjects(source).values()];
  const section = (title: string, parts: string[]): string => [`## ${title}`, ...parts].join('\n\n');
  const text = [
    INTRODUCTION,
    section(
      'Fields on standard objects',
      objects.filter((one) => one.kind === 'standard').map((one) => objectText(one)),
    ),
    section(
      'Objects',
      objects.filter((one) => one.kind === 'record').map((one) => objectText(one)),
    ),
    section(
      'Platform events',
      objects.filter((one) => one.kind === 'event').map((one) => objectText(one)),
    ),
    section('Flows', readFlows(source).map(flowText)),
    section('Change data channel', channelTexts(source)),
    section('Permission sets', readPermissionSets(source).map(permissionSetText)),
    section('App', appTexts(source)),
  ].join('\n\n');
  return format(text, { ...(await resolveConfig(page)), parser: 'markdown' });
}

function objectText(object: PackageObject): string {
  const title = `### ${object.label}${object.path === undefined ? '' : ` (\`${object.name}\`)`}`;
  const facts = [object.description, nameText(object), publishText(object)].filter(Boolean).join('\n\n');
  const rows = [...object.fields.values()].map((field) => [
    field.label,
    `\`${field.name}\``,
    typeText(field),
    helpText(field),
  ]);
  return [title, facts, table(['Field', 'API name', 'Type', 'Meaning'], rows)].filter(Boolean).join('\n\n');
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

function flowText(flow: Flow): string {
  const rows = [...flow.elements.values()].map(({ name, description }) => [`\`${name}\``, description]);
  return [
    `### ${flow.label} (\`${flow.name}\`)`,
    flow.description,
    `Runs: ${triggerOf(flow)}.`,
    table(['Element', 'What it does'], rows),
  ].join('\n\n');
}

function channelTexts(source: PackageSource): string[] {
  const members = filesOf(source, 'PlatformEventChannelMember');
  return filesOf(source, 'PlatformEventChannel').map(({ name, root }) => {
    const entities = members
      .filter((member) => textOf(member.root, 'eventChannel') === name)
      .map((member) => `\`${textOf(member.root, 'selectedEntity') ?? ''}\``);
    return `${textOf(root, 'label') ?? ''} (\`${name}\`) carries ${entities.join(', ')}. No event is enriched.`;
  });
}

function permissionSetText(set: PermissionSet): string {
  const objects = [...set.objects.values()].map((one) => {
    const fields = [...set.fields].filter(([field]) => field.startsWith(`${one.object}.`));
    return [`\`${one.object}\``, rightsText(one), fieldsText(fields)];
  });
  const others = [...new Set([...set.fields.keys()].map((field) => field.split('.')[0] ?? ''))]
    .filter((object) => !set.objects.has(object))
    .map((object) => {
      const fields = [...set.fields].filter(([field]) => field.startsWith(`${object}.`));
      return [`\`${object}\``, 'not grantable by a package', fieldsText(fields)];
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

function fieldsText(fields: [string, { editable: boolean }][]): string {
  const editable = fields.filter(([, { editable }]) => editable).map(([name]) => `\`${name.split('.')[1] ?? ''}\``);
  if (fields.length === 0) return '';
  if (editable.length === 0) return 'none; all may be read';
  return editable.length === fields.length ? 'all' : `${editable.join(', ')}; all may be read`;
}

function appTexts(source: PackageSource): string[] {
  const tabs = new Map(filesOf(source, 'CustomTab').map((tab) => [tab.name, textOf(tab.root, 'description') ?? '']));
  return filesOf(source, 'CustomApplication').map(({ name, root }) =>
    [
      `${textOf(root, 'label') ?? ''} (\`${name}\`): ${textOf(root, 'description') ?? ''}`,
      table(
        ['Tab', 'What it shows'],
        textsOf(root, 'tabs').map((tab) => [`\`${tab}\``, tabs.get(tab) ?? '']),
      ),
    ].join('\n\n'),
  );
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
