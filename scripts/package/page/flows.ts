// What the page says of a flow: when it runs, what it reads, stores, publishes and refuses, and its elements.
import { triggerOf, type Flow } from '../flows.ts';
import { textOf } from '../xml.ts';
import { table } from './table.ts';

export function flowText(flow: Flow): string {
  const rows = [...flow.elements.values()].map(({ name, description }) => [`\`${name}\``, description]);
  return [
    `### ${flow.label} (\`${flow.name}\`)`,
    flow.description,
    [`Runs: ${triggerOf(flow)}.`, ...doings(flow)].join(' '),
    table(['Element', 'What it does'], rows),
  ].join('\n\n');
}

function doings(flow: Flow): string[] {
  const elements = [...flow.elements.values()];
  const objects = (wanted: (kind: string, object: string) => boolean): string[] => [
    ...new Set(
      elements
        .map(({ kind, xml }) => [kind, textOf(xml, 'object') ?? ''] as const)
        .filter(([kind, object]) => wanted(kind, object))
        .map(([, object]) => `\`${object}\``),
    ),
  ];
  const sentence = (verb: string, names: string[]): string[] =>
    names.length === 0 ? [] : [`${verb} ${names.join(', ')}.`];
  const isEvent = (object: string): boolean => object.endsWith('__e');
  return [
    ...sentence(
      'Publishes',
      objects((kind, object) => kind === 'recordCreates' && isEvent(object)),
    ),
    ...sentence(
      'Stores',
      objects((kind, object) => ['recordCreates', 'recordUpdates'].includes(kind) && !isEvent(object)),
    ),
    ...sentence(
      'Deletes',
      objects((kind) => kind === 'recordDeletes'),
    ),
    ...sentence(
      'Looks in',
      objects((kind) => kind === 'recordLookups'),
    ),
    ...(elements.some(({ kind }) => kind === 'customErrors') ? ['Can refuse the save.'] : []),
  ];
}
